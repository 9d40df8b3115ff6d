"""The work list: what is open, oldest first, and what is left of it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from svarvakt import metrics
from svarvakt.i18n import _, ngettext, number, working_days
from svarvakt.metrics import Kind, Scope, WorkCounts
from ui import decided, frame, items
from ui.data import ask
from ui.markup import paragraph

PAGE = 10
MOST = 5000  # in the file


def kinds() -> Mapping[Kind, str]:
    """The populations that the list can show, in the order of their choice."""
    return {
        "open": _("All that must be followed up"),
        "waiting": _("Waiting"),
        "waiting_overdue": _("Past the deadline"),
        "unanswered_negative": _("Negative without an answer"),
        "to_case": _("To the case-handling system"),
        "open_error": _("Says that something is wrong"),
        "may_be_unanswered": _("May be unanswered"),
        "claim_lapsed": _("Answered, but no reply is seen"),
        "hidden_without_reason": _("Hidden without a reason"),
        "archive_candidate": _("May be for the archive"),
    }


def counts(scope: Scope) -> WorkCounts:
    """What each population holds now, without what was just decided."""
    listed = [kind for kind in kinds() if metrics.POPULATIONS[kind].is_open]
    return ask(metrics.work_counts, scope, decided.left_out_of(listed))


def finding(counts: WorkCounts) -> str:
    """`14 venter på svar, 3 over fristen; den eldste har ventet 6 arbeidsdager. 5 skal til sak.`

    What waits (M7) and what is to be a case (M12) are two populations: a sentence each.
    """
    said = _waiting(counts)
    others = (
        _negative(counts) if counts.count["unanswered_negative"] else "",
        _to_case(counts) if counts.count["to_case"] else "",
    )
    return " ".join(filter(None, (said, *others)))


def _waiting(counts: WorkCounts) -> str:
    count, overdue = counts.count["waiting"], counts.count["waiting_overdue"]
    if not count and not frame.current().shows_answers:
        return _("The files show nobody who waits for an answer, but they do not show enough.")
    if not counts.count["open"]:
        return _("Nothing is waiting for you.")
    if not count:
        return _("Nobody is waiting for an answer.")
    said = ngettext("{n} waits for an answer", "{n} wait for an answer", count)
    if overdue:
        said += ", " + ngettext("{n} past the deadline", "{n} past the deadline", overdue)
    if counts.oldest_working_days is not None:
        age = working_days(counts.oldest_working_days, 1)
        said += "; " + _("the oldest has waited {time}").format(time=age)
    return said + "."


def _negative(counts: WorkCounts) -> str:
    return ngettext(
        "{n} negative is without an answer.",
        "{n} negative are without an answer.",
        counts.count["unanswered_negative"],
    )


def _to_case(counts: WorkCounts) -> str:
    return ngettext(
        "{n} is to go to the case-handling system.",
        "{n} are to go to the case-handling system.",
        counts.count["to_case"],
    )


def show(scope: Scope, counts: WorkCounts) -> None:
    """The choice of what to see, one page of it, and the way to the other pages."""
    words = kinds()
    kind = st.pills(
        _("Show"),
        list(words),
        key="work-kind",
        required=True,
        default="open",
        format_func=lambda each: _counted(words[each], counts.count.get(each)),
    )
    without = decided.left_out(kind)
    count = counts.count.get(kind)
    if count is None:  # of the chosen months
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


def _counted(words: str, count: int | None) -> str:
    return words if count is None else f"{words} ({number(count)})"


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
