"""The frame around every page: language, filters, navigation, and what must always be said.

The pages lie in sub-folders on purpose: a script directly in `pages/` would be
served by its own address, outside this frame.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import access
from i18n import _, local
from metrics import Scope, context
from ui import data, errors, filters, frame, look, markup, read_in, viewer

# A named icon would be fetched from another machine (R18).
ICON = Path(__file__).parent / "static" / "svarvakt.svg"


def pages() -> dict[str, list[st.Page]]:
    """One file answers one question; the address never changes with the language."""
    return {
        _("Do people get answers?"): [
            st.Page(
                "pages/svar/svarandel.py",
                title=_("Response rate"),
                url_path="svarandel",
                default=True,
            ),
            st.Page(
                "pages/svar/ubesvarte_negative.py",
                title=_("Unanswered negative"),
                url_path="ubesvarte-negative",
            ),
        ],
        _("Are the accounts in order?"): [
            st.Page(
                "pages/kontoer/kontoeierskap.py",
                title=_("Account ownership"),
                url_path="kontoeierskap",
            ),
            st.Page(
                "pages/kontoer/aktivitet.py", title=_("Activity per unit"), url_path="aktivitet"
            ),
        ],
    }


def navigate(groups: dict[str, list[st.Page]], place: DeltaGenerator) -> st.Page:
    """The page that the address asks for, and our own list of links.

    Streamlit's list with headings is a broken list to a screen reader (axe: list, listitem).
    """
    for heading, links in groups.items():
        place.caption(heading)
        for link in links:
            place.page_link(link)
    return st.navigation([link for links in groups.values() for link in links], position="hidden")


def main() -> None:
    st.set_page_config(
        page_title="Svarvakt",
        layout="wide",
        initial_sidebar_state="auto",
        page_icon=ICON,
    )
    look.apply()
    viewer.use(access.LOCAL)
    place = st.sidebar.container(gap="xsmall", key="pages")
    filters.choose_language()
    page = navigate(pages(), place)
    st.set_page_config(page_title=f"{page.title} – Svarvakt")
    if data.current() is None:
        read_in.empty_state()
        return
    build = data.ask(context.build_info)
    as_of = local(frame.as_of(build)).date()
    everything = Scope(as_of.replace(day=1), as_of.replace(day=1))
    selection = filters.choose(
        data.ask(context.months_with_data) or (as_of.replace(day=1), as_of.replace(day=1)),
        as_of,
        data.ask(context.unit_choices, everything),
        data.ask(context.account_choices, everything),
    )
    read_in.in_sidebar()
    frame.banner(build)
    frame.look_up(selection, build)
    page.run()
    markup.mark("page-is-ready")


errors.guard(main)
