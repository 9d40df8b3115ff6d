"""Does somebody look, does the talk go on, what was taken away: M13, M9, M10."""

from __future__ import annotations

import dataclasses
from datetime import date

import duckdb

from svarvakt.metrics._query import fetch_one, prepare, totals
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.rates import THIN, Rate
from svarvakt.metrics.scope import Scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class MonitoredFigures:
    """M13 over account-weeks in which something arrived; gaps in working days."""

    weeks: int
    weeks_looked: int  # the account has answered something since
    median_gap_days: float | None  # None under five weeks
    longest_gap_days: float | None  # None when nothing arrived
    longest_gap_week: date | None  # the Monday
    longest_gap_account: str | None  # account_id; shown only to those who may see its items
    longest_gap_is_open: bool  # nobody has answered yet: the gap is at least this long


@dataclasses.dataclass(frozen=True, kw_only=True)
class FollowUpFigures:
    """M9: working seconds, None under five answered. Never mixed into M6."""

    n_answered: int
    n_all: int
    median_working_seconds: float | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class ModerationFigures:
    """M10: hidden, or gone in a newer export of the same thread."""

    received: int
    hidden: int
    vanished: int
    without_reason: int  # of both together, nobody has said why
    either: Rate  # of everything received
    negative: Rate  # the same among negative ones


@question("figures")
def monitored(con: duckdb.DuckDBPyConnection, scope: Scope) -> MonitoredFigures:
    """M13 in the scope's months."""
    sql = f"""
    WITH weeks AS (
        SELECT *, gap_working_seconds / (SELECT working_day_seconds FROM measured_on) AS gap
        FROM metric_monitored WHERE {scope.where()}
    ),
    longest AS (SELECT * FROM weeks ORDER BY gap DESC, week, account_id LIMIT 1)
    SELECT
        coalesce(sum(denominator), 0)::BIGINT AS weeks,
        coalesce(sum(numerator), 0)::BIGINT AS weeks_looked,
        CASE WHEN count(*) >= {THIN} THEN median(weeks.gap) END AS median_gap_days,
        max(weeks.gap) AS longest_gap_days,
        (SELECT week FROM longest) AS longest_gap_week,
        (SELECT account_id FROM longest) AS longest_gap_account,
        coalesce((SELECT looked_at IS NULL FROM longest), false) AS longest_gap_is_open
    FROM weeks
    """
    return fetch_one(con, MonitoredFigures, sql, scope.parameters())


@question("figures")
def follow_up(con: duckdb.DuckDBPyConnection, scope: Scope) -> FollowUpFigures:
    """M9 in the scope's months."""
    sql = f"""
    SELECT
        count(*) FILTER (is_answered) AS n_answered,
        count(*) AS n_all,
        CASE WHEN count(*) FILTER (is_answered) >= {THIN}
            THEN median(working_seconds) FILTER (is_answered)
        END AS median_working_seconds
    FROM metric_follow_up WHERE {scope.where()}
    """
    return fetch_one(con, FollowUpFigures, sql, scope.parameters())


@question("figures")
def moderation(con: duckdb.DuckDBPyConnection, scope: Scope) -> ModerationFigures:
    """M10 in the scope's months."""
    names = ("hidden", "vanished", "numerator", "denominator", "without_reason")
    sql = f"""
    SELECT {totals(*names, "negative_numerator", "negative_denominator")}
    FROM metric_moderation WHERE {scope.where()}
    """
    (row,) = con.execute(prepare(sql), scope.parameters()).fetchall()
    return ModerationFigures(
        received=row[3],
        hidden=row[0],
        vanished=row[1],
        without_reason=row[4],
        either=Rate(row[2], row[3]),
        negative=Rate(row[5], row[6]),
    )
