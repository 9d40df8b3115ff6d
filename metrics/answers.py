"""Do people get answers? M1 received, M4 response rate, M5 within target."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Literal

import duckdb

from metrics._rows import (
    ACCOUNT_NAME,
    BY_ACCOUNT,
    BY_UNIT,
    MONTHS,
    NAMES,
    UNIT_NAME,
    fetch,
    fetch_one,
    totals,
)
from metrics.figures import Change, Rate
from metrics.scope import Scope

# R42: four different things that must never look alike.
State = Literal["figure", "no_comments", "missing", "closed"]


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


@dataclasses.dataclass(frozen=True, kw_only=True)
class UnitFigures(ResponseFigures):
    """One unit's own accounts (not those of units below); unit_id None = «Uten enhet»."""

    unit_id: str | None
    unit_name: str
    accounts: int
    state: State


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountFigures(ResponseFigures):
    """One account; unit_id None when no unit is registered for it."""

    account_id: str
    account_name: str
    platform: str
    unit_id: str | None
    unit_name: str
    state: State


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
)
_SUMS = totals(*_COUNTS)


def _parts(scope: Scope) -> str:
    """CTE `parts`: M4 and M5 of the scope side by side, ready to be summed."""
    return f"""
    parts AS (
        SELECT
            account_id, unit_id, month, received, class_none, cannot_link, claimed, not_due,
            registered_answers, denominator AS all_items, numerator AS all_answered,
            needs_reply_denominator AS need_items, needs_reply_numerator AS need_answered
        FROM metric_response_rate
        WHERE {scope.where()}
        UNION ALL BY NAME
        SELECT account_id, unit_id, month, numerator AS within_answered
        FROM metric_answered_within_target
        WHERE {scope.where()}
    )"""


def response(con: duckdb.DuckDBPyConnection, scope: Scope) -> ResponseFigures:
    """M1, M4 and M5 of the scope, by arrival of the item."""
    sql = f"WITH {_parts(scope)} SELECT {_SUMS} FROM parts"
    return fetch_one(con, ResponseFigures, sql, scope.parameters())


def response_by_month(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[MonthFigures]:
    """The same per month, every month of the scope in order."""
    sql = f"""
    WITH {_parts(scope)}, months AS ({MONTHS}),
    imported AS (
        SELECT month, max(as_of) AS as_of
        FROM metric_data_coverage WHERE {scope.where()} GROUP BY month
    ),
    newest AS (SELECT max(as_of) AT TIME ZONE 'Europe/Oslo' AS as_of FROM imported)
    SELECT
        months.month,
        {_SUMS},
        any_value(imported.month) IS NOT NULL OR count(parts.account_id) > 0 AS has_data,
        coalesce(sum(parts.not_due), 0) > 0
            OR coalesce(any_value(newest.as_of) < months.month + INTERVAL 1 MONTH, false)
            AS is_unfinished
    FROM months
    CROSS JOIN newest
    LEFT JOIN imported ON imported.month = months.month
    LEFT JOIN parts ON parts.month = months.month
    GROUP BY months.month
    ORDER BY months.month
    """
    return fetch(con, MonthFigures, sql, scope.parameters())


# R42 over one group of accounts: a count, a closed field, an import, or nothing.
_STATE = """
    CASE
        WHEN coalesce(sum(received), 0) > 0 THEN 'figure'
        WHEN bool_and(is_closed) THEN 'closed'
        WHEN bool_or(has_import) THEN 'no_comments'
        ELSE 'missing'
    END AS state"""


def _by_account(scope: Scope) -> str:
    """CTE `x`: one row per account and unit of the scope, also those without items."""
    accounts = scope.where(months=False)
    return f"""
    {_parts(scope)},
    summed AS (SELECT account_id, unit_id, {_SUMS} FROM parts GROUP BY ALL),
    imported AS (
        SELECT DISTINCT account_id FROM metric_data_coverage WHERE {scope.where()}
    ),
    known AS (
        SELECT account_id, unit_id FROM accounts WHERE {accounts}
        UNION
        SELECT account_id, unit_id FROM summed
    ),
    x AS (
        SELECT
            known.account_id,
            known.unit_id,
            COLUMNS(s.* EXCLUDE (account_id, unit_id)),
            coalesce(a.comments_field = 'stengt', false) AS is_closed,
            imported.account_id IS NOT NULL AS has_import
        FROM known
        LEFT JOIN summed AS s
            ON s.account_id = known.account_id AND s.unit_id IS NOT DISTINCT FROM known.unit_id
        LEFT JOIN accounts AS a ON a.account_id = known.account_id
        LEFT JOIN imported ON imported.account_id = known.account_id
    )"""


def response_by_unit(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[UnitFigures]:
    """The same per unit, alphabetical as Norwegian sorts; «Uten enhet» last."""
    sql = f"""
    WITH {_by_account(scope)}
    SELECT
        x.unit_id, {UNIT_NAME} AS unit_name, count(DISTINCT x.account_id) AS accounts,
        {_SUMS}, {_STATE}
    FROM x {NAMES}
    GROUP BY x.unit_id, u.name
    ORDER BY {BY_UNIT}
    """
    return fetch(con, UnitFigures, sql, scope.parameters())


def response_by_account(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[AccountFigures]:
    """The same per account, alphabetical; one that changed unit has a row for each."""
    sql = f"""
    WITH {_by_account(scope)}
    SELECT
        x.account_id, {ACCOUNT_NAME} AS account_name,
        coalesce(a.platform, split_part(x.account_id, ':', 1)) AS platform,
        x.unit_id, {UNIT_NAME} AS unit_name, {_SUMS}, {_STATE}
    FROM x {NAMES}
    GROUP BY x.account_id, a.name, a.handle, a.platform, x.unit_id, u.name
    ORDER BY {BY_ACCOUNT}
    """
    return fetch(con, AccountFigures, sql, scope.parameters())


def change(con: duckdb.DuckDBPyConnection, scope: Scope, months: int = -1) -> Change:
    """M18: M5 against the same accounts `months` earlier (-1, or -12 for last year)."""
    before = response(con, scope.shifted(months))
    return Change(before.within_rate, response(con, scope).within_rate)
