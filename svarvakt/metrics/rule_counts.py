"""What the rules are judged by, counted per account; counts of a unit or of all are their sums."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from operator import attrgetter

import duckdb

from svarvakt.metrics._query import ACCOUNT_NAME, BY_ACCOUNT, NAMES, UNIT_NAME, fetch
from svarvakt.metrics.rates import Rate
from svarvakt.metrics.scope import Scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class RuleCounts:
    """Sums, but for `longest_gap_seconds`, which is the longest. Periods: see each line."""

    accounts: int = 0
    unregistered: int = 0
    official: int = 0
    official_in_hand: int = 0
    agent_replies: int = 0  # in the period
    agent_replies_by_others: int = 0
    owned: int = 0  # unit, editor and administrator
    belonging: int = 0
    belonging_unknown: int = 0
    told: int = 0
    weeks: int = 0  # in the period
    longest_gap_seconds: int = 0
    received: int = 0  # in the period
    need_items: int = 0
    need_answered: int = 0
    within_answered: int = 0
    waiting: int = 0  # now
    overdue: int = 0
    negative_due: int = 0  # the deadline has passed, answered or not
    negative_overdue: int = 0
    negative_confirmed_overdue: int = 0
    errors_found: int = 0  # ever
    errors_open: int = 0
    errors_open_over_day: int = 0
    cases: int = 0  # ever
    cases_referred: int = 0
    cases_complete: int = 0
    shares: int = 0  # in the period
    posts_with_shares: int = 0
    linked: int = 0  # M17 in the period
    items: int = 0
    collected: int = 0
    announced: int = 0
    with_comments: int = 0  # accounts with comments imported in the period
    closed: int = 0  # accounts with the comment field closed

    @property
    def need(self) -> Rate:
        """M4, needs a reply."""
        return Rate(self.need_answered, self.need_items)

    @property
    def within(self) -> Rate:
        """M5."""
        return Rate(self.within_answered, self.need_items)


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountCounts(RuleCounts):
    """The counts of one account."""

    account_id: str
    account_name: str
    platform: str
    unit_id: str | None
    unit_name: str


_SUMMED = [f.name for f in dataclasses.fields(RuleCounts) if f.name != "longest_gap_seconds"]


def total(counts: Sequence[RuleCounts]) -> RuleCounts:
    """The sum; of nothing all zeros."""
    if not counts:
        return RuleCounts(**dict.fromkeys(_SUMMED, 0), longest_gap_seconds=0)
    columns = zip(*map(attrgetter(*_SUMMED), counts), strict=True)
    sums = dict(zip(_SUMMED, map(sum, columns), strict=True))
    return RuleCounts(**sums, longest_gap_seconds=max(c.longest_gap_seconds for c in counts))


# What is counted in the scope's months; the rest is as it stands now, whatever the month.
_IN_PERIOD = (
    "agent_replies", "agent_replies_by_others", "weeks", "received", "need_items", "need_answered",
    "within_answered", "shares", "posts_with_shares", "linked", "items", "collected", "announced",
)  # fmt: skip
_NOW = (
    "unregistered", "official", "official_in_hand", "owned", "belonging", "belonging_unknown",
    "told", "waiting", "overdue", "negative_due", "negative_overdue",
    "negative_confirmed_overdue", "errors_found", "errors_open", "errors_open_over_day", "cases",
    "cases_referred", "cases_complete",
)  # fmt: skip


def counts_by_account(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[AccountCounts]:
    """One line per known account, alphabetical."""
    highest = ("longest_gap_seconds", "with_comments")
    period = [f"sum({name}) AS {name}" for name in _IN_PERIOD]
    period += [f"max({name}) AS {name}" for name in highest]
    now = [f"sum({name}) AS {name}" for name in _NOW]
    counted = [f"coalesce({name}, 0)::BIGINT AS {name}" for name in (*_IN_PERIOD, *_NOW, *highest)]
    sql = f"""
    WITH in_period AS (
        SELECT account_id, {", ".join(period)}
        FROM rule_months WHERE {scope.where()} GROUP BY account_id
    ),
    by_now AS (
        SELECT account_id, {", ".join(now)}
        FROM rule_months WHERE {scope.where(months=False)} GROUP BY account_id
    )
    SELECT x.account_id, {ACCOUNT_NAME} AS account_name, x.platform, x.unit_id,
        {UNIT_NAME} AS unit_name, 1 AS accounts,
        coalesce(x.comments_field = 'stengt', false)::INT AS closed, {", ".join(counted)}
    FROM accounts AS x {NAMES}
    LEFT JOIN in_period ON in_period.account_id = x.account_id
    LEFT JOIN by_now ON by_now.account_id = x.account_id
    WHERE {scope.where("x", months=False)}
    ORDER BY {BY_ACCOUNT}
    """
    return fetch(con, AccountCounts, sql, scope.parameters())
