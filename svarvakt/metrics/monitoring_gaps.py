"""The weeks in which it took longest before somebody looked: what is behind M13 (G6a)."""

from __future__ import annotations

import dataclasses
from datetime import date

import duckdb

from svarvakt.metrics._query import ACCOUNT, ACCOUNT_NAME, fetch
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.scope import Scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class GapRow:
    """One account and ISO week in which something arrived; the gap in working days."""

    account_id: str
    account_name: str
    platform: str
    week: date  # its Monday
    gap_days: float
    is_open: bool  # nobody has looked yet: the gap is at least this long


@question("accounts")
def longest_gaps(con: duckdb.DuckDBPyConnection, scope: Scope, limit: int = 5) -> list[GapRow]:
    """M13 in the scope's months, the longest gap first."""
    sql = f"""
    SELECT x.account_id, {ACCOUNT_NAME} AS account_name, x.platform, x.week,
        x.gap_working_seconds / m.working_day_seconds AS gap_days, x.looked_at IS NULL AS is_open
    FROM metric_monitored AS x {ACCOUNT}
    CROSS JOIN measured_on AS m
    WHERE {scope.where("x")} AND x.gap_working_seconds > 0
    ORDER BY x.gap_working_seconds DESC, x.week, x.account_id LIMIT $limit
    """
    return fetch(con, GapRow, sql, scope.parameters() | {"limit": limit})
