"""What the figures rest on: M17 data coverage, and the four states of a figure (R42)."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import duckdb

from svarvakt.metrics._query import (
    ACCOUNT_NAME,
    BY_ACCOUNT,
    NAMES_THEN,
    UNIT_NAME,
    fetch,
    fetch_one,
    prepare,
)
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.rates import Rate
from svarvakt.metrics.response_breakdown import State
from svarvakt.metrics.scope import Scope

STALE_AFTER_DAYS = 7  # unless the municipality set `stale_after_days`
THIN_COVERAGE = 0.8  # M17: under this, grey instead of a colour


@dataclasses.dataclass(frozen=True, kw_only=True)
class Covered:
    """What both share: how much can be linked, and how much of what exists is in hand."""

    items: int
    cannot_link: int
    collected_numerator: int | None
    collected_denominator: int | None

    @property
    def linked(self) -> Rate:
        """Items that can be linked to a thread / items."""
        return Rate(self.items - self.cannot_link, self.items)

    @property
    def collected(self) -> Rate | None:
        """Comments in hand / comments the platform announces; None where it announces none."""
        if self.collected_numerator is None or self.collected_denominator is None:
            return None
        return Rate(self.collected_numerator, self.collected_denominator)

    @property
    def is_thin(self) -> bool:
        """Under 80 %: grey instead of a colour, and a sentence why."""
        return _is_thin(self.linked) or _is_thin(self.collected)


@dataclasses.dataclass(frozen=True, kw_only=True)
class CoverageRow(Covered):
    """M17 for one account and month."""

    account_id: str
    account_name: str
    platform: str
    unit_id: str | None
    unit_name: str
    month: date
    posts: int
    replies: int
    announced_comments: int | None  # what the platform's counters say; None = it does not say
    posts_with_comment_count: int
    has_thread_links: bool
    has_hidden_flags: bool
    has_comment_data: bool  # else only posts were imported: «mangler data» for comments
    as_of: datetime | None
    is_idle: bool  # closed, planned or paused now: it lacks nothing

    @property
    def is_thin(self) -> bool:
        """Under 80 %: grey, and a sentence why."""
        return _is_thin(self.linked) or _is_thin(self.collected)


@dataclasses.dataclass(frozen=True, kw_only=True)
class CoverageFigures(Covered):
    """M17 summed over the scope."""

    account_months: int  # with something imported


@dataclasses.dataclass(frozen=True, kw_only=True)
class MonthsState:
    """What the files hold for the months of the scope."""

    has_imports: bool  # some import covers an account and a month of the scope
    has_comment_imports: bool  # … and would have held comments, had there been any
    has_comments: bool
    coverage: CoverageFigures


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountsState:
    """How old the data of the scope's accounts are. Ages at `today`, a date in Oslo."""

    is_closed: bool  # every account of the scope has closed its comment field
    newest_as_of: datetime | None
    oldest_as_of: datetime | None  # of the scope's open accounts
    stale_days: int | None  # since the oldest
    stale_after_days: int  # the setting, default 7
    stale_accounts: tuple[str, ...]  # names, alphabetical
    accounts: int
    accounts_without_imports: int  # closed, paused and planned ones lack nothing
    unknown_accounts: int  # exports that did not name their account


@dataclasses.dataclass(frozen=True, kw_only=True)
class DataState(AccountsState, MonthsState):
    """Whether there is a figure at all, and how old it is."""

    @classmethod
    def of(cls, accounts: AccountsState, months: MonthsState) -> DataState:
        return cls(**vars(accounts), **vars(months))

    @property
    def is_stale(self) -> bool:
        """Then the page's first sentence says so (M7)."""
        return bool(self.stale_accounts)

    @property
    def state(self) -> State:
        """R42: «ikke aktuelt», «mangler data», «ingen kommentarer», or a figure."""
        if self.has_comments:
            return "figure"
        if self.is_closed:
            return "closed"
        return "no_comments" if self.has_comment_imports else "missing"


# Nothing is expected of an account that is closed, planned or in a planned pause.
_IDLE = """coalesce(
    {a}status IN ('avviklet', 'pause', 'planlagt') OR {a}closed_on <= {day}
        OR ({a}pause_from <= {day} AND coalesce({a}pause_to >= {day}, true)),
    false
)"""


def _is_thin(rate: Rate | None) -> bool:
    return rate is not None and rate.share is not None and rate.share < THIN_COVERAGE


@question("accounts")
def coverage(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[CoverageRow]:
    """M17 per account and month, accounts alphabetical, months in order."""
    sql = f"""
    SELECT
        x.account_id, {ACCOUNT_NAME} AS account_name, x.platform, x.unit_id,
        {UNIT_NAME} AS unit_name, x.month, x.posts, x.items, x.replies, x.cannot_link,
        x.announced_comments, x.posts_with_comment_count, x.has_thread_links,
        x.has_hidden_flags, x.has_comment_data, x.as_of,
        x.collected_numerator, x.collected_denominator,
        {_IDLE.format(day="(SELECT day FROM measured_on)", a="a.")} AS is_idle
    FROM metric_data_coverage AS x {NAMES_THEN}
    WHERE {scope.where("x")}
    ORDER BY {BY_ACCOUNT}, x.month
    """
    return fetch(con, CoverageRow, sql, scope.parameters())


@question("figures")
def months_state(con: duckdb.DuckDBPyConnection, scope: Scope) -> MonthsState:
    """What there is for the months and accounts of the scope."""
    sql = f"""
    SELECT
        count(*) > 0 AS has_imports,
        -- The platform counts comments that no file holds: they are missing, not absent.
        coalesce(bool_or(has_comment_data), false)
            AND coalesce(sum(collected_denominator - collected_numerator), 0) = 0
            AS has_comment_imports,
        (SELECT count(*) > 0 FROM metric_received WHERE {scope.where()}) AS has_comments,
        count(*) AS account_months,
        coalesce(sum(items), 0)::BIGINT AS items,
        coalesce(sum(cannot_link), 0)::BIGINT AS cannot_link,
        sum(collected_numerator)::BIGINT AS collected_numerator,
        sum(collected_denominator)::BIGINT AS collected_denominator
    FROM metric_data_coverage WHERE {scope.where()}
    """
    found = fetch_one(con, dict, sql, scope.parameters())
    said = {
        name: found.pop(name) for name in ("has_imports", "has_comment_imports", "has_comments")
    }
    return MonthsState(**said, coverage=CoverageFigures(**found))


@question("figures", months=False)
def accounts_state(con: duckdb.DuckDBPyConnection, scope: Scope, today: date) -> AccountsState:
    """How old the data of the scope's accounts are at `today`; months do not matter."""
    sql = f"""
    WITH setting AS (
        SELECT coalesce(max(try_cast(value AS INTEGER)), {STALE_AFTER_DAYS}) AS days
        FROM municipality WHERE key = 'stale_after_days'
    ),
    known AS (
        SELECT
            *,
            CASE WHEN as_of IS NOT NULL
                THEN greatest(date_diff('day', (as_of AT TIME ZONE 'Europe/Oslo')::DATE, $today), 0)
            END AS age,
            {_IDLE.format(day="$today", a="")} AS is_gone,
            coalesce(name, handle, account_id) AS account_name
        FROM accounts WHERE {scope.where(months=False)}
    )
    SELECT
        coalesce(bool_and(comments_field = 'stengt'), false) AS is_closed,
        max(as_of) AS newest_as_of,
        min(as_of) FILTER (NOT is_gone) AS oldest_as_of,
        max(age) FILTER (NOT is_gone) AS stale_days,
        any_value(setting.days) AS stale_after_days,
        coalesce(
            list(account_name ORDER BY account_name COLLATE nb)
                FILTER (NOT is_gone AND age > setting.days),
            []
        ) AS stale_accounts,
        count(account_id) AS accounts,
        count(account_id) FILTER (as_of IS NULL AND NOT is_gone) AS accounts_without_imports,
        count(account_id) FILTER (account_id LIKE '%:unknown') AS unknown_accounts
    FROM setting LEFT JOIN known ON true
    """
    asked = scope.parameters(months=False) | {"today": today}
    state = fetch_one(con, AccountsState, sql, asked)
    return dataclasses.replace(state, stale_accounts=tuple(state.stale_accounts))


@dataclasses.dataclass(frozen=True)
class CommentsElsewhere:
    """Where the scope's newest comments lie: at most twelve months, and how many came in them."""

    first_month: date
    last_month: date
    received: int


@question("figures", months=False)
def comments_elsewhere(con: duckdb.DuckDBPyConnection, scope: Scope) -> CommentsElsewhere | None:
    """The way on from a period without comments, whatever its months; None where none are in."""
    sql = f"""
    WITH found AS (
        SELECT month, sum(received) AS received
        FROM month_counts WHERE {scope.where(months=False)} GROUP BY month
    ),
    newest AS (
        SELECT * FROM found
        WHERE month > (SELECT max(month) FROM found) - INTERVAL 12 MONTH
    )
    SELECT min(month), max(month), coalesce(sum(received), 0)::BIGINT FROM newest
    """
    (row,) = con.execute(prepare(sql), scope.parameters(months=False)).fetchall()
    return CommentsElsewhere(*row) if row[0] else None


@question("figures")
def data_state(con: duckdb.DuckDBPyConnection, scope: Scope, today: date) -> DataState:
    """What there is for the scope; `today` decides only how old the exports are."""
    return DataState.of(accounts_state(con, scope, today), months_state(con, scope))
