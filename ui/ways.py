"""Ways from page to page, by address, for those whose role has the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar

import streamlit as st

_open: ContextVar[Mapping[str, st.Page]] = ContextVar("pages")


def know(pages: Iterable[st.Page]) -> None:
    """Takes the pages of this run's reader as the navigation has them.

    A page that is named by its script is looked up on the disk, link by link.
    """
    _open.set({page.url_path: page for page in pages})


def to(address: str, words: str, **chosen: str) -> None:
    """A link that keeps what is chosen, and chooses more; nothing where the role lacks the page."""
    page = _open.get().get(address)
    if page:
        st.page_link(page, label=words, query_params=st.query_params.to_dict() | chosen)
