"""Long work on a page: a bar that says how far it came, and plain words where it stops."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from svarvakt.i18n import language
from ui import markup

T = TypeVar("T")
Progress = Callable[[float, str], None]
_LOG = logging.getLogger("svarvakt")


def with_progress(work: Callable[[Progress], T], words: str, failed: str) -> T | None:
    """What the work gives; None when it stopped, which is then logged and said as `failed`.

    The steps' own words are bokmål; in other languages `words` stand all the time.
    """
    bar = st.progress(0.0, text=words)

    def told(share: float, step: str) -> None:
        bar.progress(min(max(share, 0.0), 1.0), step if language() == "nb" else words)

    try:
        return work(told)
    except Exception:  # noqa: BLE001 -- whatever it was, what stood before still stands
        _LOG.exception("Long work on a page stopped")
        markup.note(failed, "warning")
        return None
    finally:
        bar.empty()
