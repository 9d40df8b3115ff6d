"""What the figures rest on: M17 data coverage, and the four states of a figure (R42)."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import duckdb

from metrics.answers import State
from metrics.figures import Rate
from metrics.scope import Scope

THIN_COVERAGE = 0.8  # M17: under this, grey instead of a colour


@dataclasses.dataclass(frozen=True, kw_only=True)
class CoverageRow:
    """M17 for one account and month."""

    account_id: str
    account_name: str
    platform: str
    unit_id: str | None
    unit_name: str
    month: date
    posts: int
    items: int
    replies: int
    cannot_link: int
    announced_comments: int | None  # what the platform's counters say; None = it does not say
    posts_with_comment_count: int
    has_thread_links: bool
    has_hidden_flags: bool
    as_of: datetime | None
    linked: Rate  # items that can be linked / items
    collected: Rate | None  # comments in hand / announced; None where nothing is announced

    @property
    def is_thin(self) -> bool:
        """Under 80 %: grey, and a sentence why."""
        return _is_thin(self.linked) or _is_thin(self.collected)


@dataclasses.dataclass(frozen=True, kw_only=True)
class CoverageFigures:
    """M17 summed over the scope."""

    account_months: int  # with something imported
    linked: Rate
    collected: Rate | None

    @property
    def is_thin(self) -> bool:
        """Under 80 %: grey instead of a colour."""
        return _is_thin(self.linked) or _is_thin(self.collected)


@dataclasses.dataclass(frozen=True, kw_only=True)
class DataState:
    """Whether there is a figure at all, and how old it is. Ages at `today`, a date in Oslo."""

    has_imports: bool  # some import covers an account and a month of the scope
    has_comments: bool
    is_closed: bool  # every account of the scope has closed its comment field
    newest_as_of: datetime | None
    oldest_as_of: datetime | None  # of the scope's open accounts
    stale_days: int | None  # since the oldest
    stale_after_days: int  # the setting, default 7
    stale_accounts: tuple[str, ...]  # names, alphabetical
    accounts: int
    accounts_without_imports: int
    unknown_accounts: int  # exports that did not name their account

    @property
    def is_stale(self) -> bool:
        """Then the page's first sentence says so (M7)."""
        return bool(self.stale_accounts)

    @property
    def state(self) -> State:
        """R42: «ikke aktuelt», «mangler data», «ingen kommentarer», or a figure."""
        if self.has_comments:
            return "figure"
        if self.is_closed:
            return "closed"
        return "no_comments" if self.has_imports else "missing"


def _is_thin(rate: Rate | None) -> bool:
    return rate is not None and rate.share is not None and rate.share < THIN_COVERAGE


def coverage(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[CoverageRow]:
    """M17 per account and month, accounts alphabetical, months in order."""
    raise NotImplementedError


def coverage_total(con: duckdb.DuckDBPyConnection, scope: Scope) -> CoverageFigures:
    """M17 of the whole scope."""
    raise NotImplementedError


def data_state(con: duckdb.DuckDBPyConnection, scope: Scope, today: date) -> DataState:
    """What there is for the scope; `today` decides only how old the exports are."""
    raise NotImplementedError
