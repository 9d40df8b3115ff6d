"""The frame around every page: language, filters, navigation, and what must always be said.

The pages lie in sub-folders on purpose: a script directly in `pages/` would be
served by its own address, outside this frame.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from svarvakt.i18n import _, local
from svarvakt.metrics import Scope, reference_data
from ui import data, errors, filters, frame, gate, look, markup, read_in, viewer, ways

# A named icon would be fetched from another machine (R18).
ICON = Path(__file__).parent / "static" / "svarvakt.svg"
# What it has to say is wanted most before anything is read in.
NEEDS_NO_DATA = {"eksportguide"}


def everything() -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:
    """Address, script and title of every page, under the question that it helps to answer."""
    return (
        (
            _("How does it stand?"),
            (
                ("oversikt", "oversikt/oversikt", _("Overview")),
                ("min-enhet", "kontoer/min_enhet", _("My unit")),
                ("arbeidsliste", "svar/arbeidsliste", _("Work list")),
                ("manedsrapport", "rapport/manedsrapport", _("Monthly report")),
            ),
        ),
        (
            _("Do people get answers?"),
            (
                ("svarandel", "svar/svarandel", _("Response rate")),
                ("ubesvarte-negative", "svar/ubesvarte_negative", _("Unanswered negative")),
                ("merk", "svar/merk", _("Label 20")),
            ),
        ),
        (
            _("Are the accounts in order?"),
            (
                ("kontoregister", "kontoer/kontoregister", _("Account register")),
                ("kontoeierskap", "kontoer/kontoeierskap", _("Account ownership")),
                ("aktivitet", "kontoer/aktivitet", _("Activity per unit")),
                ("datagrunnlag", "kontoer/datagrunnlag", _("Import and data")),
            ),
        ),
        (
            _("Svarvakt"),
            (
                ("innstillinger", "hjelp/innstillinger", _("Settings")),
                ("logg", "hjelp/logg", _("Audit log")),
                ("hjelp", "hjelp/hjelp", _("Help")),
                ("eksportguide", "hjelp/eksportguide", _("How to get the files")),
            ),
        ),
    )


def pages() -> dict[str, list[st.Page]]:
    """The pages of the reader's role; the address never changes with the language."""
    allowed = viewer.current().pages
    return {
        heading: [
            st.Page(f"pages/{script}.py", title=title, url_path=address)
            for address, script, title in links
            if address in allowed
        ]
        for heading, links in everything()
        if any(address in allowed for address, *_rest in links)
    }


def navigate(groups: dict[str, list[st.Page]], place: DeltaGenerator) -> st.Page:
    """The page that the address asks for, and our own list of links.

    Streamlit's list with headings is a broken list to a screen reader (axe: list, listitem).
    «/» leads on to the role's first page, so that every page keeps its own address.
    """
    for heading, links in groups.items():
        place.caption(heading)
        for link in links:
            place.page_link(link)
    known = [link for links in groups.values() for link in links]
    first = next(link for link in known if link.url_path == viewer.current().pages[0])

    start = st.Page(lambda: None, title="Svarvakt", url_path="start", default=True)
    ways.know(known)
    page = st.navigation([start, *known, *_closed(viewer.current().pages)], position="hidden")
    if page == start:
        st.switch_page(first, query_params=st.query_params.to_dict())
    return page


def _closed(but: Collection[str]) -> list[st.Page]:
    """What stands at the address of every page but these: a sentence."""
    return [
        st.Page(partial(gate.no_such_page, address), title=title, url_path=address)
        for _heading, links in everything()
        for address, _script, title in links
        if address not in but
    ]


def main() -> None:
    st.set_page_config(
        page_title="Svarvakt",
        layout="wide",
        initial_sidebar_state="auto",
        page_icon=ICON,
    )
    look.apply()
    place = st.sidebar.container(gap="xsmall", key="pages")
    filters.choose_language()
    if not gate.is_open():
        # Every address is known to the browser: else it says «Page not found» over the gate.
        start = st.Page(lambda: None, title="Svarvakt", url_path="start", default=True)
        st.navigation([start, *_closed(())], position="hidden")
        return
    page = navigate(pages(), place)
    with st.sidebar:
        gate.sign_out_button()
    st.set_page_config(page_title=f"{page.title} – Svarvakt")
    if data.hold() is None:
        _run_without_data(page)
        return
    who = viewer.current()
    build = data.ask(reference_data.build_info)
    as_of = local(frame.as_of(build)).date()
    whole = Scope(as_of.replace(day=1), as_of.replace(day=1))
    selection = filters.choose(
        data.ask(reference_data.months_with_data) or (as_of.replace(day=1), as_of.replace(day=1)),
        as_of,
        data.ask(reference_data.unit_choices, whole)
        if who.may_decide and who.may_read("units")
        else [],
        data.ask(reference_data.account_choices, whole) if who.may_read("accounts") else [],
    )
    if who.may_keep_register:
        read_in.in_sidebar()
    frame.banner(build)
    frame.look_up(selection, build)
    page.run()
    markup.mark("page-is-ready")


def _run_without_data(page: st.Page) -> None:
    """Before the first file: the pages that need none, else where to start."""
    if page.url_path not in NEEDS_NO_DATA:
        read_in.empty_state()
        return
    page.run()
    markup.mark("page-is-ready")


errors.guard(main)
