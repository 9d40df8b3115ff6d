"""What waits now, and whether negative ones wait longer: M7 and M8."""

from __future__ import annotations

import dataclasses
from datetime import datetime

import duckdb

from svarvakt.metrics import _quantiles
from svarvakt.metrics._query import ACCOUNT_NAME, BY_ACCOUNT, fetch, fetch_one, prepare, totals
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.rates import THIN, Rate
from svarvakt.metrics.scope import Scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class WaitingFigures:
    """M7: open must + unclear at the as-of time, by age in the calendar's working days."""

    count: int
    under_one_day: int  # [0, 1)
    one_to_three_days: int  # [1, 3)
    three_to_six_days: int  # [3, 6)
    six_days_or_more: int  # [6, ->)
    over_one_month: int  # a calendar month; also among six_days_or_more
    overdue: int  # target time passed
    oldest_received_at: datetime | None
    oldest_working_seconds: int | None
    claimed: int  # «svart nå, venter på bekreftelse»; not in count


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountWaiting(WaitingFigures):
    """M7 for one account."""

    account_id: str
    account_name: str
    platform: str
    unit_id: str | None
    unit_name: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class NegativeCounts:
    """M8: negative and not answered; class none is left out, a person or a rule closed those."""

    confirmed: int  # a person said negative
    suggested: int  # the software did
    overdue: int  # of both
    confirmed_overdue: int
    over_one_month: int
    due: int  # negative ones whose deadline has passed, answered or not: what G6c rests on

    @property
    def total(self) -> int:
        """Confirmed and suggested together."""
        return self.confirmed + self.suggested


@dataclasses.dataclass(frozen=True, kw_only=True)
class EqualTreatment:
    """M8: negative against the other items that need a reply, mature ones, by arrival.

    Medians in working seconds among answered, None when fewer than five.
    """

    negative: Rate
    other: Rate
    negative_median_seconds: float | None
    other_median_seconds: float | None

    @property
    def rate_difference(self) -> float | None:
        """Negative minus other, a share; None where either denominator is 0."""
        if self.negative.share is None or self.other.share is None:
            return None
        return self.negative.share - self.other.share

    @property
    def median_difference_seconds(self) -> float | None:
        """Negative minus other; positive = negative ones wait longer."""
        if self.negative_median_seconds is None or self.other_median_seconds is None:
            return None
        return self.negative_median_seconds - self.other_median_seconds


_WAITING = (
    totals(
        "claimed",
        "under_one_day",
        "one_to_three_days",
        "three_to_six_days",
        "six_days_or_more",
        "over_one_month",
    )
    + """,
    coalesce(sum(denominator), 0)::BIGINT AS count,
    coalesce(sum(numerator), 0)::BIGINT AS overdue,
    min(oldest_received_at) AS oldest_received_at,
    max(oldest_working_seconds) AS oldest_working_seconds"""
)


@question("figures", months=False)
def waiting(con: duckdb.DuckDBPyConnection, scope: Scope) -> WaitingFigures:
    """M7. The scope's months do not matter: what waits, waits."""
    sql = f"SELECT {_WAITING} FROM metric_waiting_now WHERE {scope.where(months=False)}"
    return fetch_one(con, WaitingFigures, sql, scope.parameters(months=False))


@question("accounts", months=False)
def waiting_by_account(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[AccountWaiting]:
    """M7 per account that has something waiting, alphabetical. Months do not matter."""
    sql = f"""
    SELECT
        x.account_id, {ACCOUNT_NAME} AS account_name, x.platform,
        a.unit_id, coalesce(u.name, a.unit_id, 'Uten enhet') AS unit_name, {_WAITING}
    FROM metric_waiting_now AS x
    LEFT JOIN accounts AS a ON a.account_id = x.account_id
    LEFT JOIN current_units AS u ON u.unit_id = a.unit_id  -- whose it is now, whoever had it then
    WHERE {scope.where("x", months=False)}
    GROUP BY x.account_id, a.name, a.handle, x.platform, a.unit_id, u.name
    HAVING sum(denominator) > 0 OR sum(claimed) > 0
    ORDER BY {BY_ACCOUNT}
    """
    return fetch(con, AccountWaiting, sql, scope.parameters(months=False))


@question("figures", months=False)
def unanswered_negative_counts(con: duckdb.DuckDBPyConnection, scope: Scope) -> NegativeCounts:
    """M8. Months do not matter."""
    counts = totals(*(each.name for each in dataclasses.fields(NegativeCounts)))
    sql = f"SELECT {counts} FROM metric_unanswered_negative WHERE {scope.where(months=False)}"
    return fetch_one(con, NegativeCounts, sql, scope.parameters(months=False))


@question("figures")
def equal_treatment(con: duckdb.DuckDBPyConnection, scope: Scope) -> EqualTreatment:
    """M8 for the scope's months."""
    sql = f"""
    SELECT is_negative, sum(numerator)::BIGINT, sum(denominator)::BIGINT
    FROM metric_equal_treatment WHERE {scope.where()} GROUP BY is_negative
    """
    found = {row[0]: row[1:] for row in con.execute(prepare(sql), scope.parameters()).fetchall()}
    negative, other = _quantiles.times_by_tone(con, scope)
    return EqualTreatment(
        negative=Rate(*found.get(True, (0, 0))),
        other=Rate(*found.get(False, (0, 0))),
        negative_median_seconds=_median(con, scope, negative, "is_negative"),
        other_median_seconds=_median(con, scope, other, "NOT is_negative"),
    )


def _median(
    con: duckdb.DuckDBPyConnection, scope: Scope, found: _quantiles.Times, among: str
) -> float | None:
    """The median among the answered, in working seconds; None when fewer than five."""
    if found.n_answered < THIN:
        return None
    return _quantiles.quantiles(con, scope, "observed", found.answered, (0.5,), among)[0]
