"""What waits now, and which items stand behind a figure: M7, M8 and the lists."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Literal

import duckdb

from metrics.figures import Rate
from metrics.scope import Scope

Kind = Literal[
    "received",  # M1
    "class_none",
    "cannot_link",
    "claimed",
    "not_due",
    "all_counted",  # M4 all, denominator
    "all_answered",
    "all_unanswered",
    "need_counted",  # M4 needs a reply and M5, denominator
    "need_answered",
    "unanswered",  # mature, needs a reply, no answer
    "within_target",  # M5 numerator
    "answered_late",
    "registered",
    "waiting",  # M7, also what is not due yet
    "unanswered_negative",  # M8
]


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
class ItemRow:
    """One item as a list shows it. Ages are at the as-of time; answered items have none."""

    item_id: str
    item_kind: str
    platform: str
    account_id: str
    account_name: str
    unit_id: str | None
    unit_name: str
    received_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    answered_how: str | None  # 'reply', 'registered'
    working_seconds: int | None  # to the answer
    elapsed_seconds: int | None
    age_working_days: float | None
    age_days: float | None  # calendar days
    text: str | None  # None where text is never stored (sensitive services)
    permalink: str | None
    tone: str
    negative_score: float | None  # 0-1, «maskinell vurdering»
    tone_words: str | None
    tone_confirmed: bool  # a person decided
    flags: tuple[str, ...]  # is_question, claims_error, is_case_enquiry, is_sensitive
    reply_class: str
    class_rule: str | None
    is_overdue: bool
    is_hidden: bool
    is_vanished: bool
    is_claimed_answered: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class NegativeCounts:
    """M8: negative and not answered; class none is left out, a person or a rule closed those."""

    confirmed: int  # a person said negative
    suggested: int  # the software did
    overdue: int  # of both
    confirmed_overdue: int
    over_one_month: int

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


def waiting(con: duckdb.DuckDBPyConnection, scope: Scope) -> WaitingFigures:
    """M7. The scope's months do not matter: what waits, waits."""
    raise NotImplementedError


def waiting_by_account(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[AccountWaiting]:
    """M7 per account that has something waiting, alphabetical. Months do not matter."""
    raise NotImplementedError


def unanswered_negative(
    con: duckdb.DuckDBPyConnection, scope: Scope, limit: int = 50, offset: int = 0
) -> list[ItemRow]:
    """M8, oldest first. Months do not matter."""
    raise NotImplementedError


def unanswered_negative_counts(con: duckdb.DuckDBPyConnection, scope: Scope) -> NegativeCounts:
    """M8. Months do not matter."""
    raise NotImplementedError


def equal_treatment(con: duckdb.DuckDBPyConnection, scope: Scope) -> EqualTreatment:
    """M8 for the scope's months."""
    raise NotImplementedError


def items(
    con: duckdb.DuckDBPyConnection, scope: Scope, kind: Kind, limit: int = 50, offset: int = 0
) -> list[ItemRow]:
    """The items behind a figure, oldest first; `waiting` and `unanswered_negative` ignore months."""
    raise NotImplementedError


def item_count(con: duckdb.DuckDBPyConnection, scope: Scope, kind: Kind) -> int:
    """How many `items` has in all, for paging."""
    raise NotImplementedError
