"""What the rules are judged by, counted per account; counts of a unit or of all are their sums."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

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

    def __add__(self, other: RuleCounts) -> RuleCounts:
        sums = {
            field.name: getattr(self, field.name) + getattr(other, field.name)
            for field in dataclasses.fields(RuleCounts)
        }
        longest = max(self.longest_gap_seconds, other.longest_gap_seconds)
        return RuleCounts(**(sums | {"longest_gap_seconds": longest}))

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

    @property
    def counts(self) -> RuleCounts:
        """Without whose they are, to be summed."""
        names = [field.name for field in dataclasses.fields(RuleCounts)]
        return RuleCounts(**{name: getattr(self, name) for name in names})


def total(counts: Iterable[RuleCounts]) -> RuleCounts:
    """The sum; of nothing all zeros."""
    return sum(counts, start=RuleCounts())


def _sums(**columns: str) -> str:
    return ", ".join(f"sum({sql})::BIGINT AS {name}" for name, sql in columns.items())


def counts_by_account(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[AccountCounts]:
    """One line per known account, alphabetical."""
    now, period = scope.where(months=False), scope.where()
    parts = {
        "owners": _part(
            "metric_ownership_coverage",
            now,
            unregistered="(NOT is_registered)::INT",
            owned="(has_unit AND has_editor AND has_administrator)::INT",
            belonging="has_belonging::INT",
            belonging_unknown="is_belonging_unknown::INT",
            told="is_told::INT",
        ),
        "officials": _part(
            "metric_official_accounts", now, official="denominator", official_in_hand="numerator"
        ),
        "agents": _part(
            "metric_agent_replies",
            period,
            agent_replies="denominator",
            agent_replies_by_others="numerator",
        ),
        "watched": f"""SELECT account_id, count(*) AS weeks,
            max(gap_working_seconds) AS longest_gap_seconds
            FROM metric_monitored WHERE {period} GROUP BY account_id""",
        "rates": _part(
            "metric_response_rate",
            period,
            received="received",
            need_items="needs_reply_denominator",
            need_answered="needs_reply_numerator",
        ),
        "in_time": _part("metric_answered_within_target", period, within_answered="numerator"),
        "queue": _part("metric_waiting_now", now, waiting="denominator", overdue="numerator"),
        "negative": _part(
            "metric_unanswered_negative",
            now,
            negative_overdue="overdue",
            negative_confirmed_overdue="confirmed_overdue",
        ),
        "errors": _part(
            "metric_factual_errors",
            now,
            errors_found="found",
            errors_open="open",
            errors_open_over_day="open_over_day",
        ),
        "handed": _part(
            "metric_case_handling",
            now,
            cases="found",
            cases_referred="referred",
            cases_complete="complete",
        ),
        "shared": _part(
            "metric_activity", period, shares="shares", posts_with_shares="posts_with_shares"
        ),
        "covered": _part(
            "metric_data_coverage",
            period,
            linked="numerator",
            items="denominator",
            collected="collected_numerator",
            announced="collected_denominator",
        ),
        "imported": f"""SELECT account_id, 1 AS with_comments
            FROM metric_data_coverage WHERE {period} AND has_comment_data GROUP BY account_id""",
    }
    ctes = ", ".join(f"{name} AS ({sql})" for name, sql in parts.items())
    joins = " ".join(f"LEFT JOIN {name} ON {name}.account_id = x.account_id" for name in parts)
    own = {"accounts", "closed"}
    counted = ", ".join(
        f"coalesce({field.name}, 0)::BIGINT AS {field.name}"
        for field in dataclasses.fields(RuleCounts)
        if field.name not in own
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


def _part(view: str, where: str, **columns: str) -> str:
    return f"SELECT account_id, {_sums(**columns)} FROM {view} WHERE {where} GROUP BY account_id"
