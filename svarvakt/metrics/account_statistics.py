"""What the platforms sum themselves, per account and day (M16): visits, new followers, views …

Their own figures, never made of posts: reach counts people and is not here at all.
"""

from __future__ import annotations

import dataclasses

import duckdb

from svarvakt.metrics._query import ACCOUNT, ACCOUNT_NAME, BY_ACCOUNT, fetch
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.scope import Scope

# What may be added up over days; of the others only the last day says anything.
SUMMED = (
    "views", "impressions", "interactions", "reactions", "comments", "shares", "saves", "clicks",
    "link_clicks", "visits", "followers_gained", "followers_lost", "posts", "video_views",
)  # fmt: skip
LAST = ("followers",)


@dataclasses.dataclass(frozen=True, kw_only=True)
class DayFigures:
    """One metric of one account over the scope's months; `days` is how many the files have."""

    account_id: str
    account_name: str
    platform: str
    metric: str
    value: int
    days: int


@question("accounts")
def day_figures(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[DayFigures]:
    """Sums over the scope's days (`followers`: the last day's), accounts alphabetical."""
    sql = f"""
    WITH placed AS (
        SELECT d.account_id, a.platform, d.day, d.metric, d.value, u.unit_id,
            date_trunc('month', d.day)::DATE AS month
        FROM account_day_figures AS d
        JOIN accounts AS a USING (account_id)
        JOIN account_units AS u
            ON u.account_id = d.account_id AND d.day BETWEEN u.valid_from AND u.valid_to
        WHERE list_contains($summed, d.metric) OR list_contains($last, d.metric)
    ), totals AS (
        SELECT account_id, platform, metric,
            CASE WHEN list_contains($last, metric) THEN arg_max(value, day) ELSE sum(value) END
                ::BIGINT AS value,
            count(DISTINCT day) AS days
        FROM placed WHERE {scope.where()} GROUP BY account_id, platform, metric
    )
    SELECT x.account_id, {ACCOUNT_NAME} AS account_name, x.platform, x.metric, x.value, x.days
    FROM totals AS x {ACCOUNT}
    ORDER BY {BY_ACCOUNT}, x.metric
    """
    named = {"summed": list(SUMMED), "last": list(LAST)}
    return fetch(con, DayFigures, sql, scope.parameters() | named)
