"""How long people wait for the answer: M6, in working time with elapsed time beside it."""

from __future__ import annotations

import dataclasses
from datetime import date

import duckdb

from metrics._rows import MONTHS, fetch, fetch_one, totals
from metrics.figures import THIN
from metrics.scope import Scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class TimeFigures:
    """M6 over must + unclear items that can be linked; seconds, None when fewer than five.

    The Kaplan-Meier median counts the unanswered as still waiting at the
    as-of time. Where fewer than half are answered there is none, and
    `km_at_least` is the «over X»: the longest time observed.
    """

    n_answered: int
    n_all: int  # answered and waiting
    median_working_seconds: float | None
    p90_working_seconds: float | None
    median_elapsed_seconds: float | None
    p90_elapsed_seconds: float | None
    km_median_working_seconds: float | None
    km_at_least: float | None
    is_withheld: bool  # fewer administrators than the municipality's setting asks for (R31)


@dataclasses.dataclass(frozen=True, kw_only=True)
class MonthTime:
    """M6 for one month of arrival; None when fewer than five are answered."""

    month: date
    n_answered: int
    median_working_seconds: float | None
    p90_working_seconds: float | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class BucketMonth:
    """Items that need a reply, one month of arrival, by working time to the answer.

    A working day is the calendar's own. `waiting` = not answered at the as-of time.
    """

    month: date
    within_hour: int  # at most one working hour
    within_day: int  # at most one working day
    within_three_days: int
    later: int
    waiting: int


# Without a register every account has 0 known administrators: the default of 1 withholds nothing.
_WITHHELD = """
SELECT bool_and(setting.least > 1 AND coalesce(accounts.administrators, 0) < setting.least)
FROM accounts
CROSS JOIN (
    SELECT coalesce(max(try_cast(value AS INTEGER)), 1) AS least
    FROM municipality WHERE key = 'min_administrators_for_response_time'
) AS setting
WHERE {where}
"""


def _is_withheld(con: duckdb.DuckDBPyConnection, scope: Scope) -> bool:
    """Every account of the scope has fewer administrators than the setting (R31)."""
    sql = _WITHHELD.format(where=scope.where(months=False))
    row = con.execute(sql, scope.parameters(months=False)).fetchone()
    return bool(row and row[0])


# Kaplan-Meier: at each time, the share of those still waiting that was not answered then.
# An item that is censored at the same second is still at risk there. The tolerance keeps a
# product of fractions that is exactly one half from landing beside it.
_KAPLAN_MEIER = """
moments AS (
    SELECT
        coalesce(working_seconds, waiting_working_seconds, 0) AS seconds,
        count(*) AS n,
        count(*) FILTER (is_answered) AS answered
    FROM times GROUP BY seconds
),
at_risk AS (
    SELECT seconds, answered, sum(n) OVER (ORDER BY seconds DESC) AS n FROM moments
),
survival AS (
    SELECT seconds, product(1 - answered / n) OVER (ORDER BY seconds) AS waiting FROM at_risk
),
kaplan_meier AS (
    SELECT
        min(seconds) FILTER (waiting <= 0.5 + 1e-9)::DOUBLE AS median,
        max(seconds)::DOUBLE AS longest
    FROM survival
)
"""


def _quantiles(column: str) -> str:
    """[median, 90th percentile] among answered, in seconds; NULL under five answered (M6)."""
    return (
        f"CASE WHEN count(*) FILTER (is_answered) >= {THIN} THEN "
        f"quantile_cont({column}, [0.5, 0.9]) FILTER (is_answered) END"
    )


def response_time(con: duckdb.DuckDBPyConnection, scope: Scope) -> TimeFigures:
    """M6 of the scope."""
    sql = f"""
    WITH times AS (
        SELECT is_answered, working_seconds, elapsed_seconds, waiting_working_seconds
        FROM metric_response_time WHERE {scope.where()}
    ),
    {_KAPLAN_MEIER},
    figures AS (
        SELECT
            count(*) FILTER (is_answered) AS n_answered,
            count(*) AS n_all,
            {_quantiles("working_seconds")} AS working,
            {_quantiles("elapsed_seconds")} AS elapsed
        FROM times
    )
    SELECT
        n_answered,
        n_all,
        working[1] AS median_working_seconds,
        working[2] AS p90_working_seconds,
        elapsed[1] AS median_elapsed_seconds,
        elapsed[2] AS p90_elapsed_seconds,
        CASE WHEN n_answered >= {THIN} THEN median END AS km_median_working_seconds,
        CASE WHEN n_all >= {THIN} AND median IS NULL THEN longest END AS km_at_least,
        false AS is_withheld
    FROM figures CROSS JOIN kaplan_meier
    """
    figures = fetch_one(con, TimeFigures, sql, scope.parameters())
    return _withhold(figures) if _is_withheld(con, scope) else figures


def _withhold(figures: TimeFigures) -> TimeFigures:
    """Only how many there are; no median nor percentile (R31)."""
    return TimeFigures(
        n_answered=figures.n_answered,
        n_all=figures.n_all,
        median_working_seconds=None,
        p90_working_seconds=None,
        median_elapsed_seconds=None,
        p90_elapsed_seconds=None,
        km_median_working_seconds=None,
        km_at_least=None,
        is_withheld=True,
    )


def response_time_by_month(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[MonthTime]:
    """Median and 90th percentile among answered, every month of the scope in order."""
    shown = "NOT $is_withheld"
    sql = f"""
    WITH months AS ({MONTHS}),
    times AS (
        SELECT
            month,
            count(*) FILTER (is_answered) AS n_answered,
            {_quantiles("working_seconds")} AS working
        FROM metric_response_time WHERE {scope.where()} GROUP BY month
    )
    SELECT
        months.month,
        coalesce(times.n_answered, 0) AS n_answered,
        CASE WHEN {shown} THEN times.working[1] END AS median_working_seconds,
        CASE WHEN {shown} THEN times.working[2] END AS p90_working_seconds
    FROM months LEFT JOIN times ON times.month = months.month
    ORDER BY months.month
    """
    withheld = {"is_withheld": _is_withheld(con, scope)}
    return fetch(con, MonthTime, sql, scope.parameters() | withheld)


def time_buckets(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[BucketMonth]:
    """Every month of the scope in order, for the stacked bars."""
    sql = f"""
    WITH months AS ({MONTHS}),
    times AS (
        SELECT month, {totals("within_hour", "within_day", "within_three_days", "later", "waiting")}
        FROM month_counts WHERE {scope.where()} GROUP BY month
    )
    SELECT
        months.month,
        coalesce(within_hour, 0) AS within_hour,
        coalesce(within_day, 0) AS within_day,
        coalesce(within_three_days, 0) AS within_three_days,
        coalesce(later, 0) AS later,
        coalesce(waiting, 0) AS waiting
    FROM months LEFT JOIN times ON times.month = months.month
    ORDER BY months.month
    """
    return fetch(con, BucketMonth, sql, scope.parameters())
