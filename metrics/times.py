"""How long people wait for the answer: M6, in working time with elapsed time beside it."""

from __future__ import annotations

import dataclasses
from datetime import date

import duckdb

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


def response_time(con: duckdb.DuckDBPyConnection, scope: Scope) -> TimeFigures:
    """M6 of the scope."""
    raise NotImplementedError


def response_time_by_month(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[MonthTime]:
    """Median and 90th percentile among answered, every month of the scope in order."""
    raise NotImplementedError


def time_buckets(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[BucketMonth]:
    """Every month of the scope in order, for the stacked bars."""
    raise NotImplementedError
