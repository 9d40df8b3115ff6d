"""What the page of unanswered negative comments says about its figures."""

from __future__ import annotations

from i18n import _, ngettext, number, signed
from metrics import EqualTreatment, NegativeCounts
from ui.cards import Card, State
from ui.frame import View
from ui.words import basis, duration, rate


def finding(view: View, found: NegativeCounts) -> str:
    """How many wait, and how many of them too long."""
    if view.state.state != "figure":
        return ""
    if found.total == 0 and view.coverage.is_thin:
        return _("The files show no negative comment that waits, but they do not show enough.")
    if found.total == 0:
        return _("No negative comment waits for an answer.")
    said = ngettext(
        "{n} negative comment waits for an answer",
        "{n} negative comments wait for an answer",
        found.total,
    )
    if found.overdue == 0:
        return said + ", " + _("none of them past the deadline.")
    return said + ", " + ngettext("{n} past the deadline.", "{n} past the deadline.", found.overdue)


def figures(view: View, found: NegativeCounts, treatment: EqualTreatment) -> list[Card]:
    """Confirmed and suggested apart, what has waited longest, and equal treatment."""
    return [
        Card(
            _("Confirmed by a person"),
            number(found.confirmed),
            _("negative, unanswered"),
            confirmed_state(found, view.coverage.is_thin),
        ),
        Card(
            _("Suggested by the software"),
            number(found.suggested),
            _("machine assessment, not confirmed"),
            suggested_state(found),
        ),
        Card(_("Waited over one month"), number(found.over_one_month), _("of both kinds")),
        Card(
            _("Answered, negative enquiries"),
            rate(treatment.negative),
            basis(treatment.negative),
            change=against_others(treatment),
        ),
    ]


def confirmed_state(found: NegativeCounts, is_thin: bool) -> State:
    """G6c: none = kept, confirmed ones past the deadline = not kept; thin data are never green."""
    if found.overdue == 0 and is_thin:
        return State(_("none past the deadline"))
    if found.overdue == 0:
        return State(_("none past the deadline"), "good")
    if found.confirmed_overdue == 0:
        return State(_("none of these past the deadline"))
    return State(
        ngettext("{n} past the deadline", "{n} past the deadline", found.confirmed_overdue), "late"
    )


def suggested_state(found: NegativeCounts) -> State | None:
    """G6c: only unconfirmed ones past the deadline = needs a hand."""
    overdue = found.overdue - found.confirmed_overdue
    if overdue == 0:
        return None
    return State(
        ngettext(
            "{n} past the deadline, read it first",
            "{n} past the deadline, read them first",
            overdue,
        ),
        "warning",
    )


def against_others(treatment: EqualTreatment) -> str:
    """Equal treatment: negative minus others, in percentage points."""
    if treatment.rate_difference is None or treatment.negative.is_thin or treatment.other.is_thin:
        return _("too few to compare with the others")
    return _("{points} percentage points from the others").format(
        points=signed(treatment.rate_difference * 100, 1)
    )


def how(view: View, treatment: EqualTreatment) -> list[str]:
    """The medians behind equal treatment."""
    mine, others = treatment.negative_median_seconds, treatment.other_median_seconds
    if mine is None or others is None:
        return [_("Fewer than five answered: no median is shown.")]
    return [
        _(
            "Equal treatment in the chosen period, among answered: half of the negative ones "
            "within {mine}, half of the others within {others} (n = {n} and {m})."
        ).format(
            mine=duration(mine, view.day_seconds),
            others=duration(others, view.day_seconds),
            n=number(treatment.negative.numerator),
            m=number(treatment.other.numerator),
        )
    ]


def kind(code: str) -> str:
    """The name of a part of the list."""
    return {
        "all": _("All"),
        "confirmed": _("Confirmed by a person"),
        "suggested": _("Suggested by the software"),
    }[code]
