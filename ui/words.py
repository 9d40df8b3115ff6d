"""How figures are said. «No data», «none», «too few» and «0 %» never look alike."""

from __future__ import annotations

from datetime import date

from svarvakt import i18n
from svarvakt.i18n import _, hours, month, ngettext, number, percent, signed, working_days
from svarvakt.metrics import THIN, Change, Rate, TimeFigures
from ui import viewer

NONE = "–"
platform = i18n.platform


def rate(value: Rate) -> str:
    """«–» of nothing, «3 av 4» of fewer than five, else `87,3 %`."""
    if value.share is None:
        return NONE
    if value.is_thin:
        return counts(value) if viewer.current().may_read("items") else _("not shown")
    return percent(value.share, 0 if value.share in (0, 1) else 1)


def account_rate(value: Rate) -> str:
    """A share of accounts, which points at no citizen: of few the counts, for every reader."""
    return counts(value) if 0 < value.denominator < THIN else rate(value)


def basis(value: Rate) -> str:
    """What a figure rests on, beside it: the counts, or why there is no percentage."""
    if value.share is None:
        return _("none in this choice")
    if not value.is_thin:
        return counts(value)
    return _("too few for a percentage") if viewer.current().may_read("items") else why_withheld()


def count(n: int) -> str:
    """A count of items; one to four could point at somebody, for readers who see no items."""
    return _("not shown") if is_withheld(n) else number(n)


def is_withheld(*counts: int) -> bool:
    """Whether one of the counts is not for this reader. What is withheld may be another number:
    a second line is covered so that the total does not give the first away."""
    return any(0 < n < THIN for n in counts) and not viewer.current().may_read("items")


def why_withheld() -> str:
    """The reason, for readers who may not see the items; never how many there are."""
    return _("so that nobody can be recognised")


def count_value(n: int) -> int | str:
    """The same for a file."""
    return _("not shown") if is_withheld(n) else n


def counts(value: Rate) -> str:
    """`371 av 412`."""
    return _("{part} of {whole}").format(
        part=number(value.numerator), whole=number(value.denominator)
    )


def rate_and_counts(value: Rate) -> str:
    """`90,0 % (371 av 412)`, for tables and hover."""
    if value.share is None or value.is_thin:
        return rate(value)
    return f"{rate(value)} ({counts(value)})"


def with_interval(value: Rate) -> str:
    """The same with its 95 % interval."""
    if value.share is None or value.is_thin:
        return rate(value)
    low, high = value.interval
    return (
        rate_and_counts(value)
        + "<br>"
        + _("95 % interval {low}–{high}").format(low=number(low * 100), high=percent(high))
    )


def change(value: Change, period: str) -> str:
    """`+3,8 prosentpoeng fra perioden før`; nothing where either side is too thin to compare."""
    points = value.printed_points
    if points is None or value.before.is_thin or value.after.is_thin:
        return ""
    if value.is_normal_variation:
        return _(
            "{points} percentage points from {period} on the same accounts, within normal variation"
        ).format(points=signed(points, 1), period=period)
    return _("{points} percentage points from {period} on the same accounts").format(
        points=signed(points, 1), period=period
    )


def period(first: date, last: date) -> str:
    """`oktober 2026`, or `november 2025–oktober 2026`."""
    return month(first) if first == last else f"{month(first)}\u2013{month(last)}"


def typical_wait(times: TimeFigures, day_seconds: float) -> str:
    """M6 with the unanswered counted in; «over X» where fewer than half are answered."""
    if times.is_withheld:
        return _("Not shown")
    if times.km_median_working_seconds is not None:
        return duration(times.km_median_working_seconds, day_seconds)
    if times.km_at_least is not None:
        return _("over {time}").format(time=duration(times.km_at_least, day_seconds))
    return NONE


def among_answered(times: TimeFigures, day_seconds: float) -> str:
    """M6 of the answered alone, always said as such: `blant 412 besvarte: 4,9 timer`."""
    if times.is_withheld or times.median_working_seconds is None:
        return ""
    return ngettext(
        "among {n} answered: {time}", "among {n} answered: {time}", times.n_answered
    ).replace("{time}", duration(times.median_working_seconds, day_seconds))


def duration(seconds: float, day_seconds: float) -> str:
    """Working time: hours within a working day, else working days."""
    if seconds < day_seconds:
        return hours(seconds)
    return _("{n} working days").format(n=number(seconds / day_seconds, 1))


def age(days: float) -> str:
    """How long something has waited, in working days."""
    return working_days(days, 1)


def enquiries(n: int) -> str:
    return ngettext("{n} enquiry", "{n} enquiries", n)


def unit(name: str | None) -> str:
    """A unit's own name is never translated; accounts without a unit have our words for it."""
    if not name:
        return NONE
    return _("Without a unit") if name == "Uten enhet" else name
