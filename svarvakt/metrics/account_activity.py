"""What the accounts publish and what comes back: M16. No ranking on volume."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Literal

import duckdb

from svarvakt.metrics._query import ACCOUNTS_THEN, BY_ACCOUNT, BY_UNIT, MONTHS, UNIT_NAME, fetch
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.scope import UNITS_THEN, Scope

# 'none_by_choice': a unit without accounts that chose so; 'no_account': without, and unknown why;
# 'unknown': no posts imported. 'outdated': the account's newest file is a month older than the
# newest of all, so nobody knows how it is now.
ActivityState = Literal[
    "active",
    "quiet",
    "dormant",
    "outdated",
    "paused",
    "closed",
    "none_by_choice",
    "no_account",
    "unknown",
]


OUTDATED_DAYS = 30  # M16


@dataclasses.dataclass(frozen=True, kw_only=True)
class Activity:
    """M16 in the scope's months. A total is None when no post had the figure (never 0).

    `posts_with_…` says how many of the posts the total rests on.
    """

    posts: int
    days_with_posts: int  # Oslo days
    comments_received: int  # M1
    reactions: int | None
    comments: int | None  # as the platform counts them
    shares: int | None
    reach: int | None  # summed per post: people may be counted more than once
    views: int | None
    posts_with_reactions: int
    posts_with_comments: int
    posts_with_shares: int
    posts_with_reach: int
    posts_with_views: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ActivityUnit(Activity):
    """One unit's own accounts; units without accounts are there too."""

    unit_id: str | None
    unit_name: str
    accounts: int
    last_post_on: date | None  # whenever it was, up to the as-of time
    days_since_last: int | None
    state: ActivityState  # of the liveliest account
    state_on: date | None  # the day that the state is true of: that account's newest file


@dataclasses.dataclass(frozen=True, kw_only=True)
class ActivityAccount(Activity):
    """One account."""

    account_id: str
    account_name: str
    platform: str
    unit_id: str | None
    unit_name: str
    last_post_on: date | None
    days_since_last: int | None  # at the account's as-of time
    state: ActivityState
    state_on: date  # the day that the state is true of: its newest file


@dataclasses.dataclass(frozen=True, kw_only=True)
class ActivityMonth(Activity):
    """One month of the scope, all its accounts together."""

    month: date
    has_data: bool


_COUNTS = (
    "posts", "comments_received", "posts_with_reactions", "posts_with_comments",
    "posts_with_shares", "posts_with_reach", "posts_with_views",
)  # fmt: skip
_TOTALS = ("reactions", "comments", "shares", "reach", "views")
_SUMS = "count(DISTINCT day) FILTER (posts > 0) AS days_with_posts, " + ", ".join(
    f"sum({name})::BIGINT AS {name}" for name in (*_COUNTS, *_TOTALS)
)
# Of `s`, the sums of a line's days: a count of no days is 0, a total of none unknown.
_SUMMED = ", ".join(
    [f"coalesce(s.{name}, 0) AS {name}" for name in ("days_with_posts", *_COUNTS)]
    + [f"s.{name}" for name in _TOTALS]
)


def _by(column: str, scope: Scope) -> str:
    """CTEs `counted` and `s`: the scope's days summed for each of the column's values.

    A post of several accounts counts once in each sum: the others of its lines are taken off.
    """
    taken_off = ", ".join(
        f"-{name} AS {name}, -(({name} IS NOT NULL)::BIGINT) AS posts_with_{name}"
        for name in _TOTALS
    )
    return f"""
    counted AS (
        SELECT {column}, day, {", ".join((*_COUNTS, *_TOTALS))} FROM days
        UNION ALL BY NAME
        SELECT {column}, day, -1 AS posts, 0 AS comments_received, {taken_off}
        FROM shared_posts WHERE {scope.where()}
        QUALIFY row_number() OVER (
            PARTITION BY post_id, {column} ORDER BY is_shared_copy, account_id) > 1
    ),
    s AS (SELECT {column}, {_SUMS} FROM counted GROUP BY {column})"""


def _accounts(scope: Scope) -> str:
    """CTEs `days` (M16 in the scope) and `known` (its accounts, each with its state)."""
    return f"""
    days AS (SELECT * FROM metric_activity WHERE {scope.where()}),
    published AS (
        SELECT account_id, max(day) AS last_post_on
        FROM metric_activity WHERE posts > 0 GROUP BY account_id
    ),
    dated AS (
        SELECT
            a.*,
            p.last_post_on,
            (coalesce(a.as_of, m.as_of) AT TIME ZONE 'Europe/Oslo')::DATE AS day,
            m.day AS newest_day
        FROM (SELECT * FROM {ACCOUNTS_THEN} WHERE {scope.where()}) AS a
        CROSS JOIN measured_on AS m
        LEFT JOIN published AS p ON p.account_id = a.account_id
    ),
    known AS (
        SELECT
            *,
            date_diff('day', last_post_on, day) AS days_since_last,
            CASE
                WHEN status = 'avviklet' OR closed_on <= day THEN 'closed'
                WHEN status = 'pause'
                    OR (pause_from <= day AND coalesce(pause_to >= day, true)) THEN 'paused'
                WHEN last_post_on IS NULL THEN 'unknown'
                WHEN date_diff('day', day, newest_day) > {OUTDATED_DAYS} THEN 'outdated'
                WHEN date_diff('day', last_post_on, day) <= 30 THEN 'active'
                WHEN date_diff('day', last_post_on, day) <= 90 THEN 'quiet'
                ELSE 'dormant'
            END AS state
        FROM dated
    )"""


# A unit is as alive as its liveliest account; without accounts its own choice decides.
_LIVELY = "['active', 'quiet', 'dormant', 'outdated', 'paused', 'unknown', 'closed']"
_UNIT_STATE = f"""
    CASE
        WHEN k.accounts IS NOT NULL
            THEN {_LIVELY}[k.liveliest]
        WHEN list_contains(u.channel_choice, 'ingen') THEN 'none_by_choice'
        ELSE 'no_account'
    END AS state"""
_LIVELIEST = f"min(list_position({_LIVELY}, state))"


def _units(scope: Scope) -> str:
    """CTE `x`, after `s`: unit ids to show; those without accounts unless accounts were chosen."""
    without_accounts = f"""
        UNION
        SELECT unit_id FROM (SELECT *, $last_month AS month FROM {UNITS_THEN})
        CROSS JOIN (SELECT day, measured_on.month AS newest_month FROM measured_on)
        WHERE {scope.where(accounts=False)}
            AND coalesce(valid_to >= least(day, last_day($last_month)), true)
            -- In an old period only units that were there; now even one that begins tomorrow.
            AND ($last_month >= newest_month
                OR coalesce(valid_from <= last_day($last_month), true))"""
    return f"""
    x AS (
        SELECT unit_id FROM known
        UNION
        SELECT unit_id FROM s
        {"" if scope.account_ids is not None else without_accounts}
    )"""


@question("units")
def activity(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[ActivityUnit]:
    """M16 per unit, alphabetical, «Uten enhet» last."""
    sql = f"""
    WITH {_accounts(scope)}, {_by("unit_id", scope)}, {_units(scope)},
    by_unit AS (
        SELECT
            unit_id, count(*) AS accounts, max(last_post_on) AS last_post_on,
            min(days_since_last) AS days_since_last, {_LIVELIEST} AS liveliest,
            arg_min(
                day, (list_position({_LIVELY}, state), DATE '9999-12-31' - day)
            ) AS state_on
        FROM known GROUP BY unit_id
    )
    SELECT
        x.unit_id, {UNIT_NAME} AS unit_name, coalesce(k.accounts, 0) AS accounts,
        k.last_post_on, k.days_since_last, {_UNIT_STATE}, k.state_on, {_SUMMED}
    FROM x
    LEFT JOIN {UNITS_THEN} AS u ON u.unit_id = x.unit_id
    LEFT JOIN by_unit AS k ON k.unit_id IS NOT DISTINCT FROM x.unit_id
    LEFT JOIN s ON s.unit_id IS NOT DISTINCT FROM x.unit_id
    ORDER BY {BY_UNIT}
    """
    return fetch(con, ActivityUnit, sql, scope.parameters())


@question("accounts")
def activity_accounts(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[ActivityAccount]:
    """M16 per account, alphabetical; accounts without posts are there too."""
    sql = f"""
    WITH {_accounts(scope)}, {_by("account_id", scope)}
    SELECT
        x.account_id, coalesce(x.name, x.handle, x.account_id) AS account_name, x.platform,
        x.unit_id, {UNIT_NAME} AS unit_name, x.last_post_on, x.days_since_last, x.state,
        x.day AS state_on,
        {_SUMMED}
    FROM known AS x
    LEFT JOIN {UNITS_THEN} AS u ON u.unit_id = x.unit_id
    LEFT JOIN s ON s.account_id = x.account_id
    ORDER BY {BY_ACCOUNT}
    """
    return fetch(con, ActivityAccount, sql, scope.parameters())


@question("figures")
def activity_by_month(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[ActivityMonth]:
    """M16 per month, every month of the scope in order."""
    sql = f"""
    WITH months AS ({MONTHS}),
    days AS (SELECT * FROM metric_activity WHERE {scope.where()}),
    -- Files of posts do not say which months they cover: of an account surely those between its
    -- first and its last post. A month after it may be empty or missing, so it is no 0.
    covered AS (
        SELECT account_id, min(month) AS first_month, max(month) AS last_month
        FROM metric_data_coverage
        WHERE posts > 0
            AND account_id IN (SELECT account_id FROM {ACCOUNTS_THEN} WHERE {scope.where()})
        GROUP BY account_id
    ),
    imported AS (
        SELECT DISTINCT months.month
        FROM months JOIN covered ON months.month BETWEEN covered.first_month AND covered.last_month
    ),
    {_by("month", scope)}
    SELECT
        months.month, imported.month IS NOT NULL OR coalesce(s.posts > 0, false) AS has_data,
        {_SUMMED}
    FROM months
    LEFT JOIN imported ON imported.month = months.month
    LEFT JOIN s ON s.month = months.month
    ORDER BY months.month
    """
    return fetch(con, ActivityMonth, sql, scope.parameters())
