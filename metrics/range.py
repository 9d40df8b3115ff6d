"""Where the units lie, so that one unit can see itself beside them; nobody is named or ranked."""

from __future__ import annotations

import dataclasses
from datetime import date

import duckdb

from metrics._rows import fetch_one
from metrics.figures import THIN

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


def _band(column: str, name: str) -> str:
    """Quartiles over the units that have the figure; the extremes would be somebody's own."""
    return f"""
    CASE WHEN count({column}) >= {UNITS} THEN struct_pack(
        low := quantile_cont({column}, 0.25),
        high := quantile_cont({column}, 0.75),
        units := count({column})
    ) END AS {name}"""


# A unit counts with at least five items; its median only where R31 lets anybody see it.
_SQL = f"""
WITH
counted AS (
    SELECT
        unit_id,
        CASE WHEN sum(all_items) >= {THIN} THEN sum(all_answered) / sum(all_items) END AS answered,
        CASE WHEN sum(need_items) >= {THIN}
            THEN sum(within_answered) / sum(need_items)
        END AS in_time
    FROM response_months
    WHERE month BETWEEN $first_month AND $last_month AND unit_id IS NOT NULL
    GROUP BY unit_id
),
withheld AS (
    SELECT unit_id FROM accounts CROSS JOIN (
        SELECT coalesce(max(try_cast(value AS INTEGER)), 1) AS least
        FROM municipality WHERE key = 'min_administrators_for_response_time'
    ) AS setting
    GROUP BY unit_id, least
    HAVING bool_and(least > 1 AND coalesce(administrators, 0) < least)
),
waits AS (
    SELECT unit_id, median(working_seconds) FILTER (is_answered) AS seconds
    FROM metric_response_time ANTI JOIN withheld USING (unit_id)
    WHERE month BETWEEN $first_month AND $last_month AND unit_id IS NOT NULL
    GROUP BY unit_id HAVING count(*) FILTER (is_answered) >= {THIN}
)
SELECT response, within, median_seconds
FROM (SELECT {_band("answered", "response")}, {_band("in_time", "within")} FROM counted)
CROSS JOIN (SELECT {_band("seconds", "median_seconds")} FROM waits)
"""


def municipality_range(
    con: duckdb.DuckDBPyConnection, first_month: date, last_month: date
) -> MunicipalityRange:
    """The middle half of the units in these months, for every reader: it names no unit."""
    months = {"first_month": first_month, "last_month": last_month}
    found = fetch_one(con, MunicipalityRange, _SQL, months)
    return MunicipalityRange(
        **{
            field.name: Band(**value) if (value := getattr(found, field.name)) else None
            for field in dataclasses.fields(found)
        }
    )
