"""Do people get answers? M1 received, M4 response rate, M5 within target."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import duckdb

from svarvakt.metrics._query import MONTHS, fetch, fetch_one, prepare, totals
from svarvakt.metrics.populations import filled
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.rates import Change, Rate
from svarvakt.metrics.scope import Scope, add_months


@dataclasses.dataclass(frozen=True, kw_only=True)
class ResponseFigures:
    """Counts of items by arrival (M1, M4, M5); they add up.

    received = class_none + cannot_link + claimed + not_due + all_items, and
    need_items is the part of all_items that needs a reply.
    """

    received: int  # M1, every class
    class_none: int  # needs no answer: tags, emoji, spam, repeats
    cannot_link: int  # the export carries no thread link: neither answered nor unanswered
    claimed: int  # «svart nå, venter på bekreftelse»: in no rate
    not_due: int  # target time not passed at the as-of time
    all_items: int  # M4 all: mature must + content + unclear
    all_answered: int
    need_items: int  # M4 needs a reply and M5: mature must + unclear
    need_answered: int
    within_answered: int  # M5 numerator; its denominator is need_items
    registered_answers: int  # of all_answered: answered elsewhere, registered by a person
    joined_answers: int  # of all_answered: the account's reply, joined to it by a person

    @property
    def within_items(self) -> int:
        """M5 denominator: the same items as M4 needs a reply."""
        return self.need_items

    @property
    def all_rate(self) -> Rate:
        """M4, all."""
        return Rate(self.all_answered, self.all_items)

    @property
    def need_rate(self) -> Rate:
        """M4, needs a reply."""
        return Rate(self.need_answered, self.need_items)

    @property
    def within_rate(self) -> Rate:
        """M5, answered within the target, the headline."""
        return Rate(self.within_answered, self.need_items)


@dataclasses.dataclass(frozen=True, kw_only=True)
class MonthFigures(ResponseFigures):
    """One month of the scope; months without anything are there too."""

    month: date
    has_data: bool  # False: no import covers it, «mangler data», never 0
    is_unfinished: bool  # exports end inside it, or something is not due: drawn lighter


_COUNTS = (
    "received",
    "class_none",
    "cannot_link",
    "claimed",
    "not_due",
    "all_items",
    "all_answered",
    "need_items",
    "need_answered",
    "within_answered",
    "registered_answers",
    "joined_answers",
)
RESPONSE_SUMS = totals(*_COUNTS)


@question("figures")
def response(con: duckdb.DuckDBPyConnection, scope: Scope) -> ResponseFigures:
    """M1, M4 and M5 of the scope, by arrival of the item."""
    sql = f"SELECT {RESPONSE_SUMS} FROM response_months WHERE {scope.where()}"
    return fetch_one(con, ResponseFigures, sql, scope.parameters())


@question("figures")
def response_by_month(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[MonthFigures]:
    """The same per month, every month of the scope in order."""
    sql = f"""
    WITH months AS ({MONTHS}),
    summed AS (
        SELECT
            month, {RESPONSE_SUMS},
            bool_or(has_comment_data) OR sum(received) > 0 AS has_data,
            max(as_of) AS as_of
        FROM response_months WHERE {scope.where()} GROUP BY month
    )
    SELECT
        months.month,
        {", ".join(f"coalesce({name}, 0) AS {name}" for name in _COUNTS)},
        coalesce(has_data, false) AS has_data,
        coalesce(not_due > 0, false) OR coalesce(
            max(as_of) OVER () AT TIME ZONE 'Europe/Oslo' < months.month + INTERVAL 1 MONTH, false
        ) AS is_unfinished
    FROM months LEFT JOIN summed ON summed.month = months.month
    ORDER BY months.month
    """
    return fetch(con, MonthFigures, sql, scope.parameters())


@question("figures")
def like_for_like(
    con: duckdb.DuckDBPyConnection, scope: Scope, months: int = -1, until: datetime | None = None
) -> tuple[ResponseFigures, ResponseFigures] | None:
    """M18: (`months` earlier, now) on the accounts imported in both; None when there is none.

    With `until`, Norwegian time without a zone, only what came before it is counted of the earlier
    months: the same days of a month that is not over (`same_time_earlier`).
    """
    earlier = scope.shifted(months)
    before, now = _imported(con, earlier), _imported(con, scope)
    both = before.keys() & now.keys()
    if not both:
        return None
    if until is not None:
        before = dict.fromkeys(both, [0] * len(_COUNTS)) | _arrived(con, earlier, until)
    return _added(before[one] for one in both), _added(now[one] for one in both)


def same_time_earlier(until: datetime, months: int) -> datetime:
    """As far into the month `months` away as `until` is into its own, at most to its end."""
    first = datetime(until.year, until.month, 1)  # noqa: DTZ001 -- Norwegian time, as in SQL
    there = add_months(first.date(), months)
    begin, end = (
        datetime.combine(day, datetime.min.time()) for day in (there, add_months(there, 1))
    )
    return min(begin + (until - first), end)


# The counts of `response_months` from the items themselves, where a part of a month is asked for.
_ARRIVED = filled("""
    count(*) FILTER ({{received}}) AS received,
    count(*) FILTER ({{class_none}}) AS class_none,
    count(*) FILTER ({{cannot_link}}) AS cannot_link,
    count(*) FILTER ({{claimed}}) AS claimed,
    count(*) FILTER ({{not_due}}) AS not_due,
    count(*) FILTER ({{all_counted}}) AS all_items,
    count(*) FILTER ({{all_answered}}) AS all_answered,
    count(*) FILTER ({{need_counted}}) AS need_items,
    count(*) FILTER ({{need_answered}}) AS need_answered,
    count(*) FILTER ({{within_target}}) AS within_answered,
    count(*) FILTER ({{registered}}) AS registered_answers,
    count(*) FILTER ({{joined}}) AS joined_answers
""")


def _arrived(con: duckdb.DuckDBPyConnection, scope: Scope, until: datetime) -> dict[str, list[int]]:
    sql = f"""
    SELECT account_id, {_ARRIVED} FROM measured_items
    WHERE {scope.where()} AND received_at AT TIME ZONE 'Europe/Oslo' < $until
    GROUP BY account_id
    """
    rows = con.execute(prepare(sql), scope.parameters() | {"until": until}).fetchall()
    return {account_id: counts for account_id, *counts in rows}


@question("figures")
def change(con: duckdb.DuckDBPyConnection, scope: Scope, months: int = -1) -> Change:
    """M18: M5 against `months` earlier (-1, or -12), on the accounts imported in both periods."""
    both = like_for_like(con, scope, months)
    if both is None:
        return Change(Rate(0, 0), Rate(0, 0))
    return Change(both[0].within_rate, both[1].within_rate)


def _imported(con: duckdb.DuckDBPyConnection, scope: Scope) -> dict[str, list[int]]:
    """The counts of every account with comments imported for some month of the scope."""
    sql = f"""
    SELECT account_id, {RESPONSE_SUMS}
    FROM response_months WHERE {scope.where()}
    GROUP BY account_id HAVING bool_or(has_comment_data)
    """
    rows = con.execute(prepare(sql), scope.parameters()).fetchall()
    return {account_id: counts for account_id, *counts in rows}


def _added(accounts: Iterable[Sequence[int]]) -> ResponseFigures:
    return ResponseFigures(**dict(zip(_COUNTS, map(sum, zip(*accounts, strict=True)), strict=True)))
