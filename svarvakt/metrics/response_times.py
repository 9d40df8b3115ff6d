"""How long people wait for the answer: M6, in working time with elapsed time beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

import duckdb

from svarvakt.metrics import _quantiles
from svarvakt.metrics._query import MONTHS, fetch, prepare, totals
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.rates import THIN
from svarvakt.metrics.scope import Scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class TimeFigures:
    """M6 over must + unclear items that can be linked; seconds, None when fewer than five.

    The Kaplan-Meier median counts the unanswered as still waiting at the
    as-of time. Where fewer than half are answered there is none, and
    `km_at_least` is the «over X»: the longest time observed.
    """

    n_answered: int
    n_all: int  # answered and waiting
    median_working_seconds: float | None = None
    p90_working_seconds: float | None = None
    median_elapsed_seconds: float | None = None
    p90_elapsed_seconds: float | None = None
    km_median_working_seconds: float | None = None
    km_at_least: float | None = None
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


# R31 over a group of accounts: every one has fewer administrators than the setting. Without a
# register each has 0 known ones: the default of 1 withholds nothing.
ADMINISTERED = """accounts CROSS JOIN (
    SELECT coalesce(max(try_cast(value AS INTEGER)), 1) AS least
    FROM municipality WHERE key = 'min_administrators_for_response_time'
) AS setting"""
IS_WITHHELD = "bool_and(least > 1 AND coalesce(administrators, 0) < least)"


def _is_withheld(con: duckdb.DuckDBPyConnection, scope: Scope) -> bool:
    """Whether the times of the scope are shown to nobody (R31)."""
    sql = f"SELECT {IS_WITHHELD} FROM {ADMINISTERED} WHERE {scope.where(months=False)}"
    row = con.execute(prepare(sql), scope.parameters(months=False)).fetchone()
    return bool(row and row[0])


@question("figures")
def response_time(con: duckdb.DuckDBPyConnection, scope: Scope) -> TimeFigures:
    """M6 of the scope."""
    found = _quantiles.times(con, scope)
    is_withheld = _is_withheld(con, scope)
    figures = TimeFigures(n_answered=found.n_answered, n_all=found.n_all, is_withheld=is_withheld)
    return figures if is_withheld else _with_times(con, scope, figures, found)


def _with_times(
    con: duckdb.DuckDBPyConnection, scope: Scope, figures: TimeFigures, found: _quantiles.Times
) -> TimeFigures:
    """The figures with every median that there are enough for."""
    if figures.n_answered >= THIN:
        middle = (0.5, 0.9)
        working = _quantiles.quantiles(con, scope, "observed", found.answered, middle)
        elapsed = _quantiles.quantiles(con, scope, "elapsed", found.elapsed, middle)
        figures = dataclasses.replace(
            figures,
            median_working_seconds=working[0],
            p90_working_seconds=working[1],
            median_elapsed_seconds=elapsed[0],
            p90_elapsed_seconds=elapsed[1],
        )
    if figures.n_all >= THIN:
        median, at_least = _quantiles.kaplan_meier(con, scope, found)
        figures = dataclasses.replace(
            figures,
            km_median_working_seconds=median if figures.n_answered >= THIN else None,
            km_at_least=at_least,
        )
    return figures


@question("figures")
def typical_wait_until(
    con: duckdb.DuckDBPyConnection, scope: Scope, until: datetime
) -> TimeFigures:
    """M6 with the unanswered counted in, of what came before `until` (Norwegian time) alone."""
    sql = f"""
    SELECT coalesce(working_seconds, waiting_working_seconds, 0), is_answered
    FROM measured_items
    WHERE standing IN ('mature', 'not_due') AND is_needing_reply AND {scope.where()}
        AND received_at AT TIME ZONE 'Europe/Oslo' < $until
    ORDER BY 1
    """
    rows = con.execute(prepare(sql), scope.parameters() | {"until": until}).fetchall()
    answered = sum(is_answered for _seconds, is_answered in rows)
    is_withheld = _is_withheld(con, scope)
    figures = TimeFigures(n_answered=answered, n_all=len(rows), is_withheld=is_withheld)
    if is_withheld or len(rows) < THIN:
        return figures
    median = _half_answered(rows)
    return dataclasses.replace(
        figures,
        km_median_working_seconds=median if answered >= THIN else None,
        km_at_least=rows[-1][0] if median is None else None,
    )


def _half_answered(rows: Sequence[tuple[int, bool]]) -> int | None:
    """The Kaplan-Meier median of times in order; None where fewer than half are answered."""
    still_waiting, place = 1.0, 0
    seconds: int
    for seconds, same in groupby(rows, key=itemgetter(0)):
        here = list(same)
        answered = sum(is_answered for _seconds, is_answered in here)
        if answered:
            still_waiting *= 1 - answered / (len(rows) - place)
            if still_waiting <= 0.5 + 1e-9:  # an even cohort lands on one half
                return seconds
        place += len(here)
    return None


@question("figures")
def response_time_by_month(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[MonthTime]:
    """Median and 90th percentile among answered, every month of the scope in order."""
    shown = "NOT $is_withheld"
    sql = f"""
    WITH months AS ({MONTHS}),
    times AS (
        SELECT
            month,
            count(*) FILTER (is_answered) AS n_answered,
            CASE WHEN count(*) FILTER (is_answered) >= {THIN}
                THEN quantile_cont(working_seconds, [0.5, 0.9]) FILTER (is_answered)
            END AS working
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


@question("accounts")  # its parts of a month may be of one or two
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
