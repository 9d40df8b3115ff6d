"""Who answers for which account: M14 ownership, M15 told, M19 official, M20 agents."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Literal

import duckdb

from svarvakt.metrics._query import (
    ACCOUNT_NAME,
    BY_ACCOUNT,
    BY_UNIT,
    NAMES,
    UNIT_NAME,
    fetch,
    fetch_one,
    totals,
)
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.rates import THIN, Rate
from svarvakt.metrics.scope import Scope

# 'exception' and 'declared' meet the requirement and are shown as what they are.
Mark = Literal["yes", "no", "unknown", "exception", "declared"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnershipFigures:
    """M14: accounts that meet each requirement, of all known; good practice is never mixed in."""

    accounts: int  # the denominator: registered or only seen in exports
    unregistered: int  # seen in exports, in no register
    meets_all: int
    has_unit: int
    has_editor: int
    has_administrator: int
    is_told: int  # by date or by the start-up declaration
    told_declared: int  # of is_told: «kjent per dato»
    shows_belonging: int  # evident, or a recorded exception
    belonging_unknown: int  # not looked at yet
    two_administrators: int  # good practice from here on
    two_factor: int
    recovery_email: int
    risk_assessed: int
    confirmed_never: int
    confirmed_expired: int
    confirmed_valid: int

    @property
    def rate(self) -> Rate:
        """M14."""
        return Rate(self.meets_all, self.accounts)


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnershipUnit(OwnershipFigures):
    """M14 for one unit's own accounts; unit_id None = «Uten enhet»."""

    unit_id: str | None
    unit_name: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnershipRow:
    """One account against each requirement, for the matrix."""

    account_id: str
    account_name: str
    platform: str
    url: str | None
    kind: str | None  # 'official', 'unit'
    status: str | None
    unit_id: str | None
    unit_name: str
    is_registered: bool
    unit: Mark
    editor: Mark
    administrator: Mark
    told: Mark
    belonging: Mark
    meets_all: bool
    told_on: date | None
    days_to_told: int | None  # M15; None where a date is unknown
    two_administrators: Mark
    two_factor: Mark
    recovery_email: Mark
    risk_assessed: Mark
    confirmation: Literal["never", "expired", "valid"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class ToldFigures:
    """M15: days from opened to told; None when fewer than five have both dates."""

    accounts: int
    dated: int  # both dates known
    declared: int
    not_told: int  # registered, no date
    unregistered: int
    median_days: float | None


_REGISTER = """
    count(*) AS accounts,
    count(*) FILTER (NOT is_registered) AS unregistered,
    coalesce(sum(numerator), 0)::BIGINT AS meets_all,
    count(*) FILTER (has_unit) AS has_unit,
    count(*) FILTER (has_editor) AS has_editor,
    count(*) FILTER (has_administrator) AS has_administrator,
    count(*) FILTER (is_told) AS is_told,
    count(*) FILTER (is_told_declared) AS told_declared,
    count(*) FILTER (has_belonging) AS shows_belonging,
    count(*) FILTER (is_belonging_unknown) AS belonging_unknown,
    count(*) FILTER (has_two_administrators) AS two_administrators,
    count(*) FILTER (has_two_factor) AS two_factor,
    count(*) FILTER (has_recovery_email) AS recovery_email,
    count(*) FILTER (has_risk_assessment) AS risk_assessed,
    count(*) FILTER (confirmation = 'never') AS confirmed_never,
    count(*) FILTER (confirmation = 'expired') AS confirmed_expired,
    count(*) FILTER (confirmation = 'valid') AS confirmed_valid
"""


@question("figures", months=False)
def ownership(con: duckdb.DuckDBPyConnection, scope: Scope) -> OwnershipFigures:
    """M14 as the register is today; months do not matter."""
    where = scope.where(months=False)
    sql = f"SELECT {_REGISTER} FROM metric_ownership_coverage WHERE {where}"
    return fetch_one(con, OwnershipFigures, sql, scope.parameters(months=False))


@question("units", months=False)
def ownership_by_unit(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[OwnershipUnit]:
    """M14 per unit with accounts, alphabetical, «Uten enhet» last."""
    sql = f"""
    SELECT x.unit_id, coalesce(u.name, x.unit_id, 'Uten enhet') AS unit_name, {_REGISTER}
    FROM metric_ownership_coverage AS x
    LEFT JOIN current_units AS u ON u.unit_id = x.unit_id
    WHERE {scope.where("x", months=False)}
    GROUP BY x.unit_id, u.name
    ORDER BY {BY_UNIT}
    """
    return fetch(con, OwnershipUnit, sql, scope.parameters(months=False))


def _mark(holds: str, *, known: str = "x.is_registered", otherwise: str = "'yes'") -> str:
    """yes / no / unknown; what nobody has registered is unknown, not missing."""
    return f"CASE WHEN {holds} THEN {otherwise} WHEN {known} THEN 'no' ELSE 'unknown' END"


_MATRIX = f"""
    x.account_id, {ACCOUNT_NAME} AS account_name, x.platform, a.url, a.kind, a.status,
    x.unit_id, {UNIT_NAME} AS unit_name, x.is_registered,
    {_mark("x.has_unit")} AS unit,
    {_mark("x.has_editor")} AS editor,
    {_mark("x.has_administrator")} AS administrator,
    {_mark("x.is_told", otherwise="if(x.is_told_declared, 'declared', 'yes')")} AS told,
    {
    _mark(
        "x.has_belonging",
        known="NOT x.is_belonging_unknown",
        otherwise="if(a.shows_belonging = 'unntak', 'exception', 'yes')",
    )
} AS belonging,
    x.numerator = 1 AS meets_all,
    a.told_on,
    t.days_to_told,
    {_mark("x.has_two_administrators")} AS two_administrators,
    {_mark("x.has_two_factor", known="a.two_factor IS NOT NULL")} AS two_factor,
    {_mark("x.has_recovery_email", known="a.recovery_email IS NOT NULL")} AS recovery_email,
    {_mark("x.has_risk_assessment")} AS risk_assessed,
    x.confirmation
"""


@question("accounts", months=False)
def ownership_accounts(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[OwnershipRow]:
    """The matrix account x requirement, alphabetical by account name."""
    sql = f"""
    SELECT {_MATRIX}
    FROM metric_ownership_coverage AS x {NAMES}
    JOIN metric_told AS t ON t.account_id = x.account_id
    WHERE {scope.where("x", months=False)}
    ORDER BY {BY_ACCOUNT}
    """
    return fetch(con, OwnershipRow, sql, scope.parameters(months=False))


@question("figures", months=False)
def told(con: duckdb.DuckDBPyConnection, scope: Scope) -> ToldFigures:
    """M15; months do not matter."""
    sql = f"""
    SELECT
        count(*) AS accounts,
        count(days_to_told) AS dated,
        count(*) FILTER (told_how = 'declared') AS declared,
        count(*) FILTER (is_registered AND told_how IS NULL) AS not_told,
        count(*) FILTER (NOT is_registered) AS unregistered,
        CASE WHEN count(days_to_told) >= {THIN} THEN median(days_to_told) END AS median_days
    FROM metric_told WHERE {scope.where(months=False)}
    """
    return fetch_one(con, ToldFigures, sql, scope.parameters(months=False))


@question("figures", months=False)
def official_accounts(con: duckdb.DuckDBPyConnection, scope: Scope) -> Rate:
    """M19: official accounts with a registered administrator from the communications department."""
    return _rate(con, "metric_official_accounts", scope, months=False)


@question("figures")
def agent_replies(con: duckdb.DuckDBPyConnection, scope: Scope) -> Rate:
    """M20 in the scope's months: replies by others than administrators / replies with an agent."""
    return _rate(con, "metric_agent_replies", scope, months=True)


def _rate(con: duckdb.DuckDBPyConnection, view: str, scope: Scope, *, months: bool) -> Rate:
    sql = f"SELECT {totals('numerator', 'denominator')} FROM {view}"
    return fetch_one(
        con, Rate, f"{sql} WHERE {scope.where(months=months)}", scope.parameters(months=months)
    )
