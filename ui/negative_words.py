"""What the page of unanswered negative comments says about its figures."""

from __future__ import annotations

from svarvakt.charts import Chart, Series
from svarvakt.i18n import _, ngettext, number, signed
from svarvakt.metrics import (
    Change,
    EqualTreatment,
    FollowUpFigures,
    Margin,
    ModerationFigures,
    NegativeCounts,
    Rate,
    negative_status,
)
from ui import answer_words, assessment
from ui.cards import MOODS, Card, State
from ui.frame import View
from ui.pictures import separators
from ui.words import basis, duration, rate, rate_and_counts, with_interval


def finding(view: View, found: NegativeCounts) -> str:
    """How many wait, and how many of them too long."""
    if view.state.state != "figure" and found.total == 0:
        return ""
    if found.total == 0 and view.coverage.is_thin:
        return _("The files show no unanswered negative comment, but they do not show enough.")
    if found.total == 0:
        return _("No negative comment is without an answer.")
    said = ngettext(
        "{n} negative comment is without an answer",
        "{n} negative comments are without an answer",
        found.total,
    )
    if found.overdue == 0:
        return said + ", " + _("none of them past the deadline.")
    return said + ", " + ngettext("{n} past the deadline.", "{n} past the deadline.", found.overdue)


def figures(
    view: View, found: NegativeCounts, unsure: int, treatment: EqualTreatment, margin: Margin
) -> list[Card]:
    """Confirmed, suggested and unsure apart; equal treatment where the months have a figure."""
    waiting = [
        Card(
            _("Confirmed by a person"),
            number(found.confirmed),
            _("negative, unanswered"),
            confirmed_state(found, is_thin=not view.shows_answers),
        ),
        Card(
            _("Suggested by the software"),
            number(found.suggested),
            _("machine assessment, not confirmed"),
            suggested_state(found),
        ),
        Card(
            _("Unsure"),
            number(unsure),
            _("the machine cannot tell; not counted as negative"),
        ),
    ]
    if view.state.state != "figure":
        return waiting
    answered = Card(
        _("Answered, negative enquiries"),
        rate(treatment.negative),
        basis(treatment.negative),
        change=against_others(treatment),
        margin=assessment.margin(margin),
    )
    return [*waiting, answered]


def confirmed_state(found: NegativeCounts, is_thin: bool) -> State:
    """G6c as the front page judges it: green only where some were due and none of them waits."""
    status = negative_status(
        found.due, found.overdue, found.confirmed_overdue, "thin" if is_thin else None
    )
    if found.overdue == 0:
        return State(_("none past the deadline"), MOODS.get(status.state, "plain"))
    if found.confirmed_overdue == 0:
        return State(_("none of these past the deadline"))
    said = ngettext("{n} past the deadline", "{n} past the deadline", found.confirmed_overdue)
    return State(said, MOODS.get(status.state, "plain"))


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


def queue_rule() -> list[str]:
    """What comes into the queue, in which order, and what takes it out."""
    return [
        _(
            "Oldest first, whatever the period. In the queue is every negative comment without an "
            "answer: those that a person has confirmed, and those that the machine is at least "
            "60 % certain of. What it is 25 to 60 % certain of is called unsure and stands for "
            "itself: about half of those are not negative."
        ),
        _(
            "A comment leaves the queue when the account answers, or when a person says that it "
            "was answered elsewhere or is not negative. The machine may be wrong; read the comment "
            "before you decide."
        ),
    ]


def medians(view: View, treatment: EqualTreatment, followed: FollowUpFigures) -> str:
    """M6 of both groups and M9, beside the rates: half of the answers came within so long."""
    mine, others, again = (
        _median(view, seconds) for _name, _value, seconds in _groups(treatment, followed)
    )
    return _(
        "Half of the answers came within: {mine} for negative ones, {others} for the others, "
        "{again} for follow-ups (somebody wrote again after an answer, n = {n})."
    ).format(mine=mine, others=others, again=again, n=number(followed.n_all))


def _median(view: View, seconds: float | None) -> str:
    return _("too few to say") if seconds is None else duration(seconds, view.day_seconds)


def _groups(
    treatment: EqualTreatment, followed: FollowUpFigures
) -> list[tuple[str, Rate, float | None]]:
    return [
        (_("Negative"), treatment.negative, treatment.negative_median_seconds),
        (_("Others that need a reply"), treatment.other, treatment.other_median_seconds),
        (
            _("Follow-ups: wrote again after an answer"),
            Rate(followed.n_answered, followed.n_all),
            followed.median_working_seconds,
        ),
    ]


def picture(treatment: EqualTreatment, followed: FollowUpFigures) -> Chart:
    """The three response rates under each other, zero-based."""
    groups = _groups(treatment, followed)
    finding = _alike(treatment)
    return Chart(
        shape="bars",
        kind="share",
        finding=finding,
        label_header=_("Enquiries"),
        unit=_("Per cent answered, of those whose deadline has passed"),
        n=sum(value.denominator for _name, value, _seconds in groups),
        labels=tuple(name for name, _value, _seconds in groups),
        series=(
            Series(
                _("answered"),
                tuple(None if value.is_thin else value.share for _name, value, _seconds in groups),
                hover=tuple(with_interval(value) for _name, value, _seconds in groups),
                texts=tuple(rate_and_counts(value) for _name, value, _seconds in groups),
            ),
        ),
        alt=_(
            "Bars for the response rate of negative enquiries, of the others and of follow-ups. "
            "{finding} The figures are in the table below."
        ).format(finding=finding),
        separators=separators(),
    )


def _alike(treatment: EqualTreatment) -> str:
    """The heading of the chart: what the two rates say when they are held together."""
    mine, others = treatment.negative, treatment.other
    if treatment.rate_difference is None or mine.is_thin or others.is_thin:
        return _("Too few enquiries to hold negative ones against the others")
    if Change(others, mine).is_normal_variation:
        return _("Negative enquiries are answered about as often as the others")
    if treatment.rate_difference < 0:
        return _("Negative enquiries are answered more seldom than the others")
    return _("Negative enquiries are answered more often than the others")


def moderation(found: ModerationFigures) -> str:
    """M10: how many were taken away, how many of them nobody gave a reason for, and negative ones.

    «None» is not said for sure: not every file tells whether a comment is hidden.
    """
    if not found.either.numerator:
        return _(
            "The files show no comment from the period as hidden or gone. Not every file tells "
            "whether a comment is hidden."
        )
    counted = _(
        "Of {received} comments from the period {hidden} are hidden and {vanished} gone in a newer "
        "file. Without a recorded reason: {without}."
    ).format(
        received=number(found.received),
        hidden=number(found.hidden),
        vanished=number(found.vanished),
        without=number(found.without_reason),
    )
    negative = _("Among negative ones: {share}.").format(share=rate_and_counts(found.negative))
    return f"{counted} {negative}" if found.negative.denominator else counted


def how() -> list[str]:
    """What the margin means."""
    return [answer_words.margin_words()]


def kind(code: str) -> str:
    """The name of a part of the list."""
    return {
        "all": _("All"),
        "confirmed": _("Confirmed by a person"),
        "suggested": _("Suggested by the software"),
        "unsure": _("Unsure"),
    }[code]
