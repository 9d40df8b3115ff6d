"""The two charts of a report: the same records as on the page, made from the report's figures."""

from __future__ import annotations

from reports.cells import basis, hidden, share
from reports.figures import Figures, MonthLine
from svarvakt.charts import Chart, Line, Role, Series
from svarvakt.i18n import _, language, month, percent, short_month
from svarvakt.metrics import Rate

Lines = tuple[tuple[str, Role, str], ...]


def in_time_over_time(figures: Figures) -> Chart:
    """M5 per month, with the target where there is one."""
    line: Lines = ((_("answered in time"), "main", "within"),)
    goal = figures.within_share
    words = _("target") if figures.within_share_adopted else _("local target – not adopted")
    target = None if goal is None else Line(goal / 100, words)
    unit = _("Per cent of what needs a reply, answered before the deadline")
    return _trend(figures, line, _("was answered in time"), unit, target)


def answered_over_time(figures: Figures) -> Chart:
    """M4 twice per month; too few is a gap in the line."""
    lines: Lines = ((_("all"), "context", "all"), (_("needs a reply"), "main", "need"))
    unit = _("Per cent answered, by the month the enquiry came")
    return _trend(figures, lines, _("was answered"), unit, None)


def _trend(figures: Figures, lines: Lines, done: str, unit: str, target: Line | None) -> Chart:
    finding = _finding(figures, lines[-1][2], done)
    return Chart(
        shape="trend",
        kind="share",
        finding=finding,
        unit=unit,
        n=sum(getattr(each, lines[0][2]).denominator for each in figures.months),
        label_header=_("Month"),
        labels=tuple(short_month(each.month) for each in figures.months),
        series=tuple(
            Series(
                name,
                tuple(_plotted(getattr(each, field)) for each in figures.months),
                role,
                texts=tuple(_said(each, getattr(each, field)) for each in figures.months),
            )
            for name, role, field in lines
        ),
        target=target,
        unfinished=frozenset(i for i, each in enumerate(figures.months) if each.is_unfinished),
        alt=_("Line chart, a point per month. {finding}.").format(finding=finding),
        separators=".," if language() == "en" else ",\u00a0",
    )


def _finding(figures: Figures, field: str, done: str) -> str:
    """The report's own month against the range of every point that is drawn."""
    drawn = [getattr(each, field) for each in figures.months]
    shares = [rate.share for rate in drawn if not _is_gap(rate)]
    if not shares:
        return _("Too few enquiries to follow month by month")
    own = next((each for each in figures.months if each.month == figures.month), None)
    lies = {"low": percent(min(shares), 1), "high": percent(max(shares), 1)}
    when = month(figures.month)
    if own is None or _is_gap(getattr(own, field)):
        return _(
            "Too few enquiries in {month} to show a share; the other months lie between {low} and "
            "{high}"
        ).format(month=when, **lies)
    if figures.is_preliminary:  # and drawn as a ring
        when = _("{month} (preliminary)").format(month=when)
    said = {"month": when, "share": percent(getattr(own, field).share, 1), "done": done}
    if len(shares) == 1:
        return _("In {month} {share} of what needs a reply {done}").format(**said)
    return _(
        "In {month} {share} of what needs a reply {done}; the months lie between {low} and {high}"
    ).format(**said, **lies)


def _is_gap(rate: Rate) -> bool:
    return rate.share is None or hidden(rate)


def _plotted(rate: Rate) -> float | None:
    return None if hidden(rate) else rate.share


def _said(line: MonthLine, rate: Rate) -> str:
    if not line.has_data:
        return _("no data")
    return share(rate) if _is_gap(rate) else f"{share(rate)} ({basis(rate)})"
