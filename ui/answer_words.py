"""What the response rate page says about its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from reports.target_status import within_words
from svarvakt.i18n import _, hours, month, ngettext, number, percent
from svarvakt.metrics import (
    Change,
    ClassMargins,
    MonthFigures,
    Rate,
    ResponseFigures,
    TimeFigures,
    WaitingFigures,
    answered_status,
    within_status,
)
from ui import assessment
from ui.cards import MOODS, Card, State
from ui.frame import View
from ui.markup import paragraph
from ui.words import (
    among_answered,
    basis,
    change,
    count,
    counts,
    duration,
    is_withheld,
    rate,
    typical_wait,
)

ANSWER_WITHIN = "answer_within"
WITHIN_SHARE = "answered_within_share"


def finding(
    view: View, figures: ResponseFigures, before: Change | None, months: Sequence[MonthFigures]
) -> str:
    """The page's one sentence: the headline figure (M5), and what it was before."""
    within = figures.within_rate
    if view.state.state != "figure":
        return ""
    if figures.cannot_link > figures.received - figures.cannot_link:
        return ngettext(
            "{n} enquiry came, but the files do not show what was answered.",
            "{n} enquiries came, but the files do not show what was answered.",
            figures.cannot_link,
        )
    if within.share is None:
        return _("No enquiry that needs a reply has passed its deadline in this period.")
    if is_withheld(within.denominator):
        return _("How many were answered in time is not shown: it is about so few.")
    said = _("Of {n} enquiries that needed a reply, {answered} were answered in time").format(
        n=number(within.denominator), answered=number(within.numerator)
    )
    said += f", {rate(within)}" if not within.is_thin else ""
    return f"{said}{_compared(before, months)}."


def _compared(before: Change | None, months: Sequence[MonthFigures]) -> str:
    """The period before on the same accounts; where the data do not reach back, the last months."""
    if before and before.points is not None and not before.before.is_thin:
        return "; " + _("on the same accounts it was {share} in the period before").format(
            share=rate(before.before)
        )
    told = [each for each in months if not each.is_unfinished and not each.within_rate.is_thin]
    if len(told) < 2 or before is not None:
        return ""
    return "; " + _("{share} in {month}, against {earlier} in {previous}").format(
        share=rate(told[-1].within_rate),
        month=month(told[-1].month),
        earlier=rate(told[-2].within_rate),
        previous=month(told[-2].month),
    )


def cards(
    view: View,
    figures: ResponseFigures,
    times: TimeFigures,
    before: Change | None,
    margins: ClassMargins,
    negative_overdue: int,
) -> list[Card]:
    """M4 twice, M5, and M6 with the unanswered counted in."""
    meaning = meanings()
    off = {"need": margins.need, "within": margins.within}
    rates = (
        (_("Answered, of all"), figures.all_rate, all_state(view, figures.all_rate), "all"),
        (
            _("Answered, of those that need a reply"),
            figures.need_rate,
            all_state(view, figures.need_rate),
            "need",
        ),
        (
            _("Answered within the target time"),
            figures.within_rate,
            within_state(view, figures.within_rate, negative_overdue),
            "within",
        ),
    )
    shown = [
        Card(
            name,
            rate(value),
            basis(value),
            state,
            meaning=meaning[key],
            margin=assessment.margin(off[key]) if key in off else "",
        )
        for name, value, state, key in rates
    ]
    if before:
        shown[2] = replace(shown[2], change=change(before, _("the period before")))
    wait = typical_wait(times, view.day_seconds)
    rests_on = _("in working time, {n} enquiries").format(n=count(times.n_all))
    rests_on = "; ".join(filter(None, (rests_on, among_answered(times, view.day_seconds))))
    return [*shown, Card(_("Typical wait"), wait, rests_on, meaning=meaning["wait"])]


def all_state(view: View, value: Rate) -> State | None:
    """M4 has no target of its own: only that everyone got an answer has a colour."""
    status = answered_status(value, is_thin=view.coverage.is_thin)
    if status.state == "unknown":
        return None
    words = ngettext("{n} without an answer", "{n} without an answer", value.missing)
    said = _("everyone got an answer") if status.state == "kept" else words
    return State(said, MOODS.get(status.state, "plain"))


def within_state(view: View, value: Rate, negative_overdue: int) -> State | None:
    """M5 as it is judged everywhere; `negative_overdue` is that of M8."""
    if value.share is None:
        return None
    target = view.targets.get(WITHIN_SHARE)
    status = within_status(
        value, target, negative_overdue=negative_overdue, is_thin=view.coverage.is_thin
    )
    return State(within_words(status, value, target), MOODS.get(status.state, "plain"))


def deadline(view: View) -> str:
    """The target time and whether it is adopted (M5)."""
    target = view.targets.get(ANSWER_WITHIN)
    per = view.day_seconds if target and target.unit == "working_days" else 3600
    within = hours(target.value * per if target else view.day_seconds)
    if target and target.is_adopted:
        return _("Deadline: {time} in working time, adopted.").format(time=within)
    return _("Deadline: {time} in working time (local target – not adopted).").format(time=within)


def margin_words() -> str:
    """What «± 3 percentage points: machine assessment» means."""
    return _(
        "The machine says which enquiries need a reply and which are negative, and it is wrong at "
        "times. The margin shows how far that can move the figure. It shrinks as people check "
        "more, and is gone when they have checked all of it."
    )


def thin_note(view: View, year: ResponseFigures) -> str:
    """Where the choice is thin, the last twelve months beside it (ground rules)."""
    if year.within_rate.is_thin or view.selection.months >= 12:
        return ""
    return _(
        "Few enquiries in this choice. In the last twelve months {rate} were answered in time "
        "({counts})."
    ).format(rate=rate(year.within_rate), counts=counts(year.within_rate))


def meanings() -> dict[str, str]:
    """A short definition a click away from each figure."""
    return {
        "all": _(
            "Of all enquiries with content whose deadline has passed: how many have had a "
            "public answer from the account."
        ),
        "need": _(
            "The same, of questions, complaints and other enquiries that need a reply. What "
            "the software is at least 40 % certain is negative counts as needing one."
        ),
        "within": _(
            "Of the enquiries that need a reply: how many were answered before the "
            "deadline, counted in working time."
        ),
        "wait": _(
            "Half of those who need a reply have waited shorter than this. Those who still "
            "wait are counted in, so an unanswered enquiry never improves the figure."
        ),
    }


def how(view: View, figures: ResponseFigures, times: TimeFigures) -> list[str]:
    """«Slik er dette regnet»: what was left out, and the other ways to tell the time."""
    left_out = _(
        "Received: {received}. Not counted: {none} need no answer, {unlinked} cannot be "
        "linked to a thread, {not_due} are not due yet, {claimed} wait for "
        "confirmation."
    ).format(
        received=number(figures.received),
        none=number(figures.class_none),
        unlinked=number(figures.cannot_link),
        not_due=number(figures.not_due),
        claimed=number(figures.claimed),
    )
    registered = _("Answers given elsewhere and registered by a person: {n}.").format(
        n=count(figures.registered_answers)
    )
    joined = _("Replies that a person has joined to the comment: {n}.").format(
        n=count(figures.joined_answers)
    )
    parts = (figures.class_none, figures.cannot_link, figures.not_due, figures.claimed)
    return [
        deadline(view),
        # A part of one to four would be given away by the rest of the sum.
        *([] if is_withheld(figures.received, *parts) else [left_out]),
        registered,
        *([joined] if figures.joined_answers else []),
        _intervals(figures),
        margin_words(),
        *_times(view, times),
    ]


def _intervals(figures: ResponseFigures) -> str:
    """M4: 95 % Wilson intervals of the three rates."""
    named = (
        (_("of all"), figures.all_rate),
        (_("of those that need a reply"), figures.need_rate),
        (_("within the target time"), figures.within_rate),
    )
    said = [
        f"{name} {number(value.interval[0] * 100, 1)}–{percent(value.interval[1], 1)} "
        f"({counts(value)})"
        for name, value in named
        if not value.is_thin
    ]
    return (
        _("95 % interval (Wilson): {intervals}.").format(intervals="; ".join(said)) if said else ""
    )


def _times(view: View, times: TimeFigures) -> list[str]:
    if times.is_withheld:
        return [
            _(
                "Response time is not shown: the account has fewer administrators than the "
                "municipality has decided."
            )
        ]
    if times.median_working_seconds is None or times.p90_working_seconds is None:
        return [_("Fewer than five answered: no median is shown.")]
    said = _(
        "Among answered (n = {n}): half within {median} of working time, nine out of ten "
        "within {p90}."
    ).format(
        n=number(times.n_answered),
        median=duration(times.median_working_seconds, view.day_seconds),
        p90=duration(times.p90_working_seconds, view.day_seconds),
    )
    if times.median_elapsed_seconds is None or times.p90_elapsed_seconds is None:
        return [said]
    return [
        said,
        _("On the clock, nights and weekends included: {median} and {p90}.").format(
            median=hours(times.median_elapsed_seconds), p90=hours(times.p90_elapsed_seconds)
        ),
    ]


def waiting_heading(waiting: WaitingFigures) -> None:
    """M7: what waits now, in the words of the buckets."""
    st.header(_("Waiting now"), anchor=False)
    if waiting.count == 0:
        paragraph(_("Nobody is waiting for an answer."))
        return
    said = ngettext("{n} enquiry waits", "{n} enquiries wait", waiting.count)
    oldest = waiting.oldest_working_seconds
    parts = [
        _("{n} under a working day").format(n=number(waiting.under_one_day)),
        _("{n} one to three").format(n=number(waiting.one_to_three_days)),
        _("{n} three to six").format(n=number(waiting.three_to_six_days)),
        _("{n} six or more").format(n=number(waiting.six_days_or_more)),
        _("{n} of them over one month").format(n=number(waiting.over_one_month)),
    ]
    paragraph(f"{said}: {', '.join(parts)}.")
    if oldest is not None:
        paragraph(_("The oldest first; at most five are shown here."), "sv-muted")
