"""How the queue grows and shrinks: M21, per week and at a month's end."""

from __future__ import annotations

import dataclasses
from datetime import date

import duckdb

from svarvakt.metrics._query import fetch, fetch_one, totals
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.scope import Scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class Queue:
    """Enquiries that need a reply: what came, what was answered, and what was open at the end.

    The end is that of the week or month, in the newest one the as-of time, where it equals M7
    and M8.
    """

    came: int
    answered: int
    open: int
    open_negative: int
    open_overdue: int
    accounts: int  # with comments imported
    carried: int  # of the accounts: the newest file is older, so the last value stands


@dataclasses.dataclass(frozen=True, kw_only=True)
class QueueWeek(Queue):
    """The queue at the end of one ISO week; `week` is its Monday."""

    week: date


_QUEUE = (
    totals("came", "answered", "open", "open_negative", "open_overdue")
    + """,
    count(DISTINCT account_id) AS accounts,
    count(DISTINCT account_id) FILTER (is_carried) AS carried"""
)


@question("figures")
def queue_weeks(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[QueueWeek]:
    """M21 for the weeks that end in the scope's months, in order; weeks without data are not there.

    The newest week ends at the as-of time.
    """
    sql = (
        f"SELECT week, {_QUEUE} FROM queue_weeks WHERE {scope.where()} GROUP BY week ORDER BY week"
    )
    return fetch(con, QueueWeek, sql, scope.parameters())


@question("figures")
def queue_at_end(con: duckdb.DuckDBPyConnection, scope: Scope) -> Queue:
    """M21 at the end of the scope's last month, or at the as-of time in the newest one."""
    last = dataclasses.replace(scope, first_month=scope.last_month)
    sql = f"SELECT {_QUEUE} FROM queue_months WHERE {last.where()}"
    return fetch_one(con, Queue, sql, last.parameters())
