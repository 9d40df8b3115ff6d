"""A place to drop files, in the reader's language: Streamlit's own words on it are English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from svarvakt.i18n import _
from ui import gate, handed_in, markup

_NORWEGIAN = """<style>
.st-key-{key} button[data-testid="stBaseButton-secondary"] p {{ font-size: 0; }}
.st-key-{key} button[data-testid="stBaseButton-secondary"] p::after {{
  content: "{words}"; font-size: .875rem; }}
.st-key-{key} [data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
</style>"""


def one_file(label: str, types: Sequence[str], key: str) -> Any:
    """The file that was chosen, None before."""
    _style(key, _("Choose a file"))
    return st.file_uploader(label, list(types), key=key)


def several_files(label: str, key: str) -> list[Any]:
    """The files that were chosen; of any type, since content decides what a file is."""
    _style(key, _("Choose files, or drop them here"))
    return list(st.file_uploader(label, accept_multiple_files=True, key=key) or [])


def _style(key: str, words: str) -> None:
    handed_in.expect(gate.owner())
    st.html(_NORWEGIAN.format(key=key, words=markup.escape(words)))
