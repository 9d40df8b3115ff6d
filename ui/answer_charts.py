"""The three charts of the response rate page, as records made from the figures."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from datetime import date

from svarvakt.charts import Chart, Role, Series
from svarvakt.i18n import _, month, ngettext, number, percent, short_month
from svarvakt.metrics import BucketMonth, MonthFigures, Rate, UnitFigures
from svarvakt.metrics.unit_benchmark import UNITS
from ui.pictures import separators
from ui.words import rate, rate_and_counts, unit, with_interval


def rates_over_time(months: Sequence[MonthFigures]) -> Chart:
    """M4 twice per month: what needs a reply in blue, all of it in grey."""
    return Chart(
        shape="trend",
        kind="share",
        finding=_rates_finding(months),
        unit=_("Per cent answered, by the month the enquiry came"),
        n=sum(each.all_items for each in months),
        label_header=_("Month"),
        labels=tuple(short_month(each.month) for each in months),
        series=(
            _rate_line(_("all"), months, lambda each: each.all_rate, "context"),
            _rate_line(_("needs a reply"), months, lambda each: each.need_rate, "main"),
        ),
        unfinished=frozenset(i for i, each in enumerate(months) if each.is_unfinished),
        alt=_(
            "Line chart of the response rate per month. {finding} The figures are in the table "
            "below."
        ).format(finding=_rates_finding(months)),
        separators=separators(),
    )


def _rate_line(
    name: str, months: Sequence[MonthFigures], of: Callable[[MonthFigures], Rate], role: Role
) -> Series:
    """Fewer than five are no percentage: a gap in the line, counts in the table."""
    values = tuple(None if of(each).is_thin else of(each).share for each in months)
    return Series(
        name,
        values,
        role,
        hover=tuple(with_interval(of(each)) for each in months),
        texts=tuple(_said(each, of(each)) for each in months),
    )


def _said(each: MonthFigures, value: Rate) -> str:
    return rate_and_counts(value) if each.has_data else _("no data")


def _rates_finding(months: Sequence[MonthFigures]) -> str:
    """The newest finished month against the best and worst of every month that is drawn."""
    drawn = [each for each in months if not each.need_rate.is_thin]
    finished = [each for each in drawn if not each.is_unfinished]
    if not finished:
        return _("Too few enquiries to follow the response rate month by month")
    last = finished[-1]
    said = _("{share} of what needs a reply was answered in {month}").format(
        share=rate(last.need_rate), month=month(last.month)
    )
    if len(drawn) == 1:
        return said
    shares = [each.need_rate.share or 0.0 for each in drawn]
    said += "; " + _("the months lie between {low} and {high}").format(
        low=percent(min(shares), 1), high=percent(max(shares), 1)
    )
    unfinished = len(drawn) - len(finished)
    if unfinished:
        said += ", " + ngettext(
            "{n} of them is preliminary", "{n} of them are preliminary", unfinished
        )
    return said


def how_long(months: Sequence[BucketMonth], with_data: frozenset[date]) -> Chart:
    """How soon the answer came, as a stacked bar per month; a month without data has none."""
    layers: tuple[tuple[str, Role, Callable[[BucketMonth], int]], ...] = (
        (_("within an hour"), "ramp1", lambda each: each.within_hour),
        (_("within a working day"), "ramp2", lambda each: each.within_day),
        (_("within three working days"), "ramp3", lambda each: each.within_three_days),
        (_("later"), "ramp4", lambda each: each.later),
        (_("without an answer"), "late", lambda each: each.waiting),
    )
    total = sum(of(each) for each in months for _name, _role, of in layers)
    soon = sum(each.within_hour + each.within_day for each in months)
    finding = _time_finding(Rate(soon, total))
    return Chart(
        shape="stack",
        finding=finding,
        n=total,
        label_header=_("Month"),
        unit=_("Number of enquiries that need a reply, by working time to the answer"),
        labels=tuple(short_month(each.month) for each in months),
        series=tuple(
            Series(
                name,
                tuple(float(of(each)) if each.month in with_data else None for each in months),
                role,
                texts=tuple(
                    number(of(each)) if each.month in with_data else _("no data") for each in months
                ),
            )
            for name, role, of in layers
        ),
        alt=_(
            "Stacked bars of the time to the answer per month. {finding} The figures are in the "
            "table below."
        ).format(finding=finding),
        separators=separators(),
    )


def _time_finding(soon: Rate) -> str:
    if soon.share is None:
        return _("There is no waiting time to show in the period")
    return _("{share} got an answer within a working day").format(share=rate(soon))


def units_side_by_side(units: Sequence[UnitFigures]) -> Chart:
    """M4 per unit, alphabetical; the band is the middle half of the units. Nobody is ranked."""
    shown = [each for each in units if each.need_items]
    shares = [each.need_rate.share or 0.0 for each in shown if not each.need_rate.is_thin]
    half = middle_half(shares)
    finding = _units_finding(shares, half)
    return Chart(
        shape="dots",
        kind="share",
        finding=finding,
        label_header=_("Unit"),
        unit=_("Per cent of what needs a reply that was answered, units in alphabetical order"),
        n=sum(each.need_items for each in shown),
        labels=tuple(unit(each.unit_name) for each in shown),
        series=(
            Series(
                _("answered"),
                tuple(None if each.need_rate.is_thin else each.need_rate.share for each in shown),
                hover=tuple(with_interval(each.need_rate) for each in shown),
                texts=tuple(rate_and_counts(each.need_rate) for each in shown),
            ),
        ),
        band=(*half, _("the middle half of the units")) if half else None,
        alt=_(
            "Dots for the response rate of each unit, in alphabetical order. {finding} The "
            "figures are in the table below."
        ).format(finding=finding),
        separators=separators(),
    )


def middle_half(shares: Sequence[float]) -> tuple[float, float] | None:
    """Where the middle half lies; None of fewer than five: the extremes would be somebody's own."""
    if len(shares) < UNITS:
        return None
    low, _median, high = statistics.quantiles(shares, n=4, method="inclusive")
    return low, high


def _units_finding(shares: Sequence[float], half: tuple[float, float] | None) -> str:
    if not shares:
        return _("No unit has enough enquiries to show a percentage")
    if len(shares) == 1:
        return _("One unit has enough enquiries to show a percentage: {share}").format(
            share=percent(shares[0])
        )
    if half is None:
        return ngettext(
            "{n} unit has enough enquiries to show a percentage",
            "{n} units have enough enquiries to show a percentage",
            len(shares),
        )
    return _("Half of the units lie between {low} and {high}").format(
        low=percent(half[0]), high=percent(half[1])
    )
