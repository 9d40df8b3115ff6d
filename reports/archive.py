"""Locked months as a row each, and what they add up to."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reports.figures import Figures
from reports.monthly_report import report
from reports.serialization import from_json
from svarvakt import decisions
from svarvakt.metrics import Rate


@dataclasses.dataclass(frozen=True)
class LockedReport:
    """One locked month: its newest version, and M4 all, M4 needs a reply, M5 as they were."""

    month: date
    version: int
    rates: tuple[Rate, Rate, Rate]


def archive(data: Path, unit_id: str = "") -> list[LockedReport]:
    """Every locked month of a unit ("" = the municipality), the newest first."""
    return [_kept(each) for each in decisions.archive(decisions.open_store(data), unit_id)]


def _kept(one: decisions.Locked) -> LockedReport:
    figures: Figures = from_json(Figures, one.figures)
    rates = (figures.all.now, figures.need.now, figures.within.now)
    return LockedReport(one.month, one.version, rates)


def rates(data: Path, month: date, unit_id: str | None = None) -> tuple[Rate, Rate, Rate]:
    """M4 all, M4 needs a reply, M5 of any month: as it was locked, else as it is now.

    Raises NoData, or KeyError for an unknown unit.
    """
    figures = report(data, month, unit_id).figures
    return figures.all.now, figures.need.now, figures.within.now


def total(lines: Sequence[LockedReport]) -> tuple[Rate, Rate, Rate]:
    """The months together: numerators and denominators are added, then divided."""

    def added(place: int) -> Rate:
        rates = [each.rates[place] for each in lines]
        return Rate(sum(r.numerator for r in rates), sum(r.denominator for r in rates))

    return added(0), added(1), added(2)
