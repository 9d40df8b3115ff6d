"""The response figures side by side: per unit and per account, alphabetical, never ranked."""

from __future__ import annotations

import dataclasses
from typing import Literal

import duckdb

from svarvakt.metrics._query import (
    ACCOUNT_NAME,
    ACCOUNTS_THEN,
    BY_ACCOUNT,
    BY_UNIT,
    NAMES_THEN,
    UNIT_NAME,
    fetch,
)
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.response_rate import RESPONSE_SUMS, ResponseFigures
from svarvakt.metrics.scope import Scope

# R42: four different things that must never look alike.
State = Literal["figure", "no_comments", "missing", "closed"]


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


# R42 over one group of accounts: a count, a closed field, an import, or nothing.
_STATE = """
    CASE
        WHEN coalesce(sum(received), 0) > 0 THEN 'figure'
        WHEN bool_and(coalesce(a.comments_field = 'stengt', false)) THEN 'closed'
        WHEN bool_or(has_import) THEN 'no_comments'
        ELSE 'missing'
    END AS state"""


def _by_account(scope: Scope) -> str:
    """CTE `x`: one row per account and unit with items, or there in the last month of the scope."""
    return f"""
    x AS (
        SELECT
            account_id, unit_id, {RESPONSE_SUMS},
            coalesce(bool_or(has_comment_data), false) AS has_import
        FROM (
            FROM response_months WHERE {scope.where()}
            UNION ALL BY NAME
            SELECT account_id, unit_id, true AS is_there FROM {ACCOUNTS_THEN}
            WHERE {scope.where()}
        )
        GROUP BY account_id, unit_id
        HAVING sum(received) > 0 OR bool_or(is_there)
    )"""


@question("units")
def response_by_unit(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[UnitFigures]:
    """The same per unit, alphabetical as Norwegian sorts; «Uten enhet» last."""
    sql = f"""
    WITH {_by_account(scope)}
    SELECT
        x.unit_id, {UNIT_NAME} AS unit_name, count(*) AS accounts,
        {RESPONSE_SUMS}, {_STATE}
    FROM x {NAMES_THEN}
    GROUP BY x.unit_id, u.name
    ORDER BY {BY_UNIT}
    """
    return fetch(con, UnitFigures, sql, scope.parameters())


@question("accounts")
def response_by_account(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[AccountFigures]:
    """The same per account, alphabetical; one that changed unit has a row for each."""
    sql = f"""
    WITH {_by_account(scope)}
    SELECT
        x.account_id, {ACCOUNT_NAME} AS account_name,
        coalesce(a.platform, split_part(x.account_id, ':', 1)) AS platform,
        x.unit_id, {UNIT_NAME} AS unit_name, {RESPONSE_SUMS}, {_STATE}
    FROM x {NAMES_THEN}
    GROUP BY x.account_id, a.name, a.handle, a.platform, x.unit_id, u.name
    ORDER BY {BY_ACCOUNT}, x.unit_id
    """
    return fetch(con, AccountFigures, sql, scope.parameters())
