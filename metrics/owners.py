"""Who answers for which account: M14 ownership, M15 told, M19 official, M20 agents."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Literal

import duckdb

from metrics.figures import Rate
from metrics.scope import Scope

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


def ownership(con: duckdb.DuckDBPyConnection, scope: Scope) -> OwnershipFigures:
    """M14 as the register is today; months do not matter."""
    raise NotImplementedError


def ownership_by_unit(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[OwnershipUnit]:
    """M14 per unit with accounts, alphabetical, «Uten enhet» last."""
    raise NotImplementedError


def ownership_accounts(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[OwnershipRow]:
    """The matrix account x requirement, alphabetical by account name."""
    raise NotImplementedError


def told(con: duckdb.DuckDBPyConnection, scope: Scope) -> ToldFigures:
    """M15; months do not matter."""
    raise NotImplementedError


def official_accounts(con: duckdb.DuckDBPyConnection, scope: Scope) -> Rate:
    """M19: official accounts with a registered administrator from the communications department."""
    raise NotImplementedError


def agent_replies(con: duckdb.DuckDBPyConnection, scope: Scope) -> Rate:
    """M20 in the scope's months: replies by others than administrators / replies with an agent."""
    raise NotImplementedError
