"""Do people get answers? M1 received, M4 response rate, M5 within target."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Literal

import duckdb

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


def response(con: duckdb.DuckDBPyConnection, scope: Scope) -> ResponseFigures:
    """M1, M4 and M5 of the scope, by arrival of the item."""
    raise NotImplementedError


def response_by_month(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[MonthFigures]:
    """The same per month, every month of the scope in order."""
    raise NotImplementedError


def response_by_unit(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[UnitFigures]:
    """The same per unit, alphabetical as Norwegian sorts; «Uten enhet» last."""
    raise NotImplementedError


def response_by_account(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[AccountFigures]:
    """The same per account, alphabetical by account name."""
    raise NotImplementedError


def change(con: duckdb.DuckDBPyConnection, scope: Scope, months: int = -1) -> Change:
    """M18: M5 against the same accounts `months` earlier (-1, or -12 for last year)."""
    raise NotImplementedError
