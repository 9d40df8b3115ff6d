"""The way to the guide to the files, from wherever a reader lacks one."""

from __future__ import annotations

import streamlit as st

from i18n import _
from ui import viewer
from ui.filters import GUIDE

ADDRESS = "eksportguide"


def show(guide: str = "") -> None:
    """A link to the page, with one of its guides open; nothing for a role without the page."""
    if ADDRESS not in viewer.current().pages:
        return
    address = st.query_params.to_dict() | ({GUIDE: guide} if guide else {})
    words = _("How to get the files, platform by platform")
    st.page_link("pages/hjelp/eksportguide.py", label=words, query_params=address)
