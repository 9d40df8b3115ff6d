"""The work list: what is open, oldest first, and what is left of it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

import metrics
from i18n import _, ngettext, number, working_days
from metrics import Kind, Scope, WorkCounts
from ui import decided, frame, items
from ui.data import ask
from ui.markup import paragraph

PAGE = 10
MOST = 5000  # in the file


def kinds() -> Mapping[Kind, str]:
    """What the list can be narrowed to."""
    return {
        "open": _("All that is open"),
        "open_overdue": _("Past the deadline"),
        "open_negative": _("Negative"),
        "open_error": _("Says that something is wrong"),
        "open_case": _("Looks like a case"),
        "claim_lapsed": _("Answered, but no reply is seen"),
        "hidden_without_reason": _("Hidden without a reason"),
        "archive_candidate": _("May be for the archive"),
    }


def counts(scope: Scope) -> WorkCounts:
    """What is open, without what was just decided."""
    return ask(metrics.work_counts, scope, decided.left_out("open"))


def finding(counts: WorkCounts) -> str:
    """`14 venter, 3 over fristen; den eldste har ventet 6 arbeidsdager.`"""
    if not counts.open and not frame.current().shows_answers:
        return _("The files show nobody who waits for an answer, but they do not show enough.")
    if not counts.open:
        return _("Nothing is waiting for you.")
    said = ngettext("{n} is waiting", "{n} are waiting", counts.open)
    if counts.overdue:
        said += ", " + ngettext("{n} past the deadline", "{n} past the deadline", counts.overdue)
    if counts.oldest_working_days is not None:
        age = working_days(counts.oldest_working_days, 1)
        said += "; " + _("the oldest has waited {time}").format(time=age)
    return said + "."


def show(scope: Scope) -> None:
    """The choice of what to see, one page of it, and the way to the other pages."""
    words = kinds()
    kind = st.selectbox(_("Show"), list(words), key="work-kind", format_func=lambda k: words[k])
    without = decided.left_out(kind)
    count = ask(metrics.item_count, scope, kind, without)
    pages = max(1, -(-count // PAGE))
    page = min(_page(kind), pages - 1)
    rows = ask(metrics.items, scope, kind, PAGE, page * PAGE, without)
    items.show(
        rows,
        f"arbeidsliste-{kind}",
        with_tone=True,
        with_decisions=True,
        whole=lambda: ask(metrics.items, scope, kind, MOST, 0, without),
    )
    if not rows:
        paragraph(_("None."))
    if pages > 1:
        _turn(kind, page, pages)


def _page(kind: str) -> int:
    return int(st.session_state.get(f"work-page-{kind}", 0))


def _turn(kind: str, page: int, pages: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="work-turn"):
        for label, to, is_there in (
            (_("Previous page"), page - 1, page > 0),
            (_("Next page"), page + 1, page + 1 < pages),
        ):
            st.button(
                label, key=f"turn-{to - page}", disabled=not is_there, on_click=_go, args=(kind, to)
            )
        paragraph(_("Page {page} of {pages}").format(page=page + 1, pages=number(pages)))


def _go(kind: str, page: int) -> None:
    st.session_state[f"work-page-{kind}"] = page
