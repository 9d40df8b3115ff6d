"""Where the units lie, so that one unit can see itself beside them; nobody is named or ranked."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Iterable
from datetime import date

import duckdb

from svarvakt.metrics import _quantiles
from svarvakt.metrics._query import prepare, totals
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.rates import THIN
from svarvakt.metrics.response_times import ADMINISTERED, IS_WITHHELD

UNITS = 5  # fewer units with enough items give no range: it would point somebody out


@dataclasses.dataclass(frozen=True)
class Band:
    """Where the middle half of the units lies: shares 0-1, or working seconds."""

    low: float
    high: float
    units: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class MunicipalityRange:
    """M4 (all), M5 and M6 of the units' own accounts; None with fewer than `UNITS` units."""

    response: Band | None
    within: Band | None
    median_seconds: Band | None


# A unit counts with at least five items; its median only where R31 lets anybody see it.
_COUNTED = f"""
SELECT {totals("all_items", "all_answered", "need_items", "within_answered")}
FROM response_months
WHERE month BETWEEN $first_month AND $last_month AND unit_id IS NOT NULL
GROUP BY unit_id
"""
_WITHHELD = f"SELECT unit_id FROM {ADMINISTERED} GROUP BY unit_id HAVING {IS_WITHHELD}"


@question("common")  # five units or more, none named
def municipality_range(
    con: duckdb.DuckDBPyConnection, first_month: date, last_month: date
) -> MunicipalityRange:
    """The middle half of the units in these months, for every reader: it names no unit."""
    months = {"first_month": first_month, "last_month": last_month}
    counted = con.execute(prepare(_COUNTED), months).fetchall()
    withheld = {unit for (unit,) in con.execute(prepare(_WITHHELD)).fetchall()}
    medians = _quantiles.medians_by_unit(con, first_month, last_month, THIN)
    return MunicipalityRange(
        response=_band(answered / n for n, answered, _need, _within in counted if n >= THIN),
        within=_band(within / need for _n, _answered, need, within in counted if need >= THIN),
        median_seconds=_band(medians[unit] for unit in medians.keys() - withheld),
    )


def _band(values: Iterable[float]) -> Band | None:
    """Quartiles over the units that have the figure; the extremes would be somebody's own."""
    found = list(values)
    if len(found) < UNITS:
        return None
    low, _median, high = statistics.quantiles(found, n=4, method="inclusive")
    return Band(low, high, len(found))
