"""What the rules are judged by, counted per account; counts of a unit or of all are their sums."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import duckdb

from metrics._rows import ACCOUNT_NAME, BY_ACCOUNT, NAMES, UNIT_NAME, fetch
from metrics.figures import Rate
from metrics.scope import Scope


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
    sums = {name: sum(getattr(each, name) for each in counts) for name in _SUMMED}
    longest = max((each.longest_gap_seconds for each in counts), default=0)
    return RuleCounts(**sums, longest_gap_seconds=longest)


# Each view, whether it is read for the scope's months or as it stands now, and what is counted.
_COUNTED: Mapping[str, tuple[bool, Mapping[str, str]]] = {
    "metric_ownership_coverage": (
        False,
        {
            "unregistered": "count(*) FILTER (NOT is_registered)",
            "owned": "count(*) FILTER (has_unit AND has_editor AND has_administrator)",
            "belonging": "count(*) FILTER (has_belonging)",
            "belonging_unknown": "count(*) FILTER (is_belonging_unknown)",
            "told": "count(*) FILTER (is_told)",
        },
    ),
    "metric_official_accounts": (
        False,
        {"official": "sum(denominator)", "official_in_hand": "sum(numerator)"},
    ),
    "metric_agent_replies": (
        True,
        {"agent_replies": "sum(denominator)", "agent_replies_by_others": "sum(numerator)"},
    ),
    "metric_monitored": (
        True,
        {"weeks": "count(*)", "longest_gap_seconds": "max(gap_working_seconds)"},
    ),
    "metric_response_rate": (
        True,
        {
            "received": "sum(received)",
            "need_items": "sum(needs_reply_denominator)",
            "need_answered": "sum(needs_reply_numerator)",
        },
    ),
    "metric_answered_within_target": (True, {"within_answered": "sum(numerator)"}),
    "metric_waiting_now": (False, {"waiting": "sum(denominator)", "overdue": "sum(numerator)"}),
    "metric_unanswered_negative": (
        False,
        {
            "negative_overdue": "sum(overdue)",
            "negative_confirmed_overdue": "sum(confirmed_overdue)",
        },
    ),
    "metric_factual_errors": (
        False,
        {
            "errors_found": "sum(found)",
            "errors_open": "sum(open)",
            "errors_open_over_day": "sum(open_over_day)",
        },
    ),
    "metric_case_handling": (
        False,
        {
            "cases": "sum(found)",
            "cases_referred": "sum(referred)",
            "cases_complete": "sum(complete)",
        },
    ),
    "metric_activity": (
        True,
        {"shares": "sum(shares)", "posts_with_shares": "sum(posts_with_shares)"},
    ),
    "metric_data_coverage": (
        True,
        {
            "linked": "sum(numerator)",
            "items": "sum(denominator)",
            "collected": "sum(collected_numerator)",
            "announced": "sum(collected_denominator)",
            "with_comments": "bool_or(has_comment_data)::INT",
        },
    ),
}


def counts_by_account(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[AccountCounts]:
    """One line per known account, alphabetical."""
    ctes = ", ".join(
        f"in_{view} AS ({_per_account(view, scope, is_period, columns)})"
        for view, (is_period, columns) in _COUNTED.items()
    )
    joins = " ".join(f"LEFT JOIN in_{v} ON in_{v}.account_id = x.account_id" for v in _COUNTED)
    counted = ", ".join(
        f"coalesce({name}, 0)::BIGINT AS {name}"
        for _is_period, columns in _COUNTED.values()
        for name in columns
    )
    sql = f"""
    WITH {ctes}
    SELECT x.account_id, {ACCOUNT_NAME} AS account_name, x.platform, x.unit_id,
        {UNIT_NAME} AS unit_name, 1 AS accounts,
        coalesce(x.comments_field = 'stengt', false)::INT AS closed, {counted}
    FROM accounts AS x {NAMES} {joins}
    WHERE {scope.where("x", months=False)}
    ORDER BY {BY_ACCOUNT}
    """
    return fetch(con, AccountCounts, sql, scope.parameters())


def _per_account(view: str, scope: Scope, is_period: bool, columns: Mapping[str, str]) -> str:
    counted = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    where = scope.where(months=is_period)
    return f"SELECT account_id, {counted} FROM {view} WHERE {where} GROUP BY account_id"
