"""Everything a monthly report says, as plain numbers: collected once, locked as they stand.

Numerators and denominators, never percentages; no text of a comment, no name of a person, no
account. The words are made afterwards (`reports.document`), in the language that is asked for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import duckdb

import metrics
from metrics import Rate, Scope, TimeFigures, context
from metrics.scope import resolve
from reports.lines import AccountLine, UnitLine, account_lines, unit_lines
from reports.measures import Measure


class NoData(Exception):
    """Nothing is imported for the month."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Against:
    """M18: one rate now, and on the same accounts then and now; None = nothing to compare with."""

    now: Rate
    month_before: tuple[Rate, Rate] | None = None  # (then, now) on the accounts of both
    year_before: tuple[Rate, Rate] | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Wait:
    """M6 with the unanswered counted in, working seconds; `at_least` = «over X»."""

    n: int
    median: float | None = None
    at_least: float | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class MonthLine:
    """One month of the charts."""

    month: date
    has_data: bool
    is_unfinished: bool
    all: Rate
    need: Rate
    within: Rate


@dataclasses.dataclass(frozen=True, kw_only=True)
class Ownership:
    """M14, as the register is on the day the report is made."""

    accounts: int
    meets_all: int
    unregistered: int
    has_unit: int
    has_editor: int
    has_administrator: int
    is_told: int
    shows_belonging: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class Figures:
    """The report of one month, for the municipality or for one unit.

    Locked months are read for good: a field that is added gets a default, one that goes is ignored.
    """

    month: date
    municipality: str
    unit_id: str | None
    unit_name: str | None
    as_of: datetime | None
    definitions_version: str
    fingerprint: str  # of the imports and decisions behind the figures
    working_day_seconds: int
    state: str = "figure"  # or no_comments, missing, closed (R42)
    received: int
    cannot_link: int
    all: Against
    need: Against
    within: Against
    wait: Wait
    wait_before: Wait
    wait_year: Wait
    waiting: int
    overdue: int
    negative: int
    negative_overdue: int = 0  # M8 as it is now, for the status of M5
    negative_over_month: int
    negative_oldest_seconds: int | None
    ownership: Ownership
    ownership_before: Ownership | None = None  # as the month before was locked; the register
    ownership_year: Ownership | None = None  # keeps no past of its own
    months: tuple[MonthLine, ...]
    units: tuple[UnitLine, ...]
    account_lines: tuple[AccountLine, ...] = ()
    measures: tuple[Measure, ...]
    accounts: int
    accounts_without_imports: int
    linked: Rate
    collected: Rate | None
    is_thin: bool
    answer_within: float | None
    answer_within_unit: str | None
    answer_within_adopted: bool
    within_share: float | None
    within_share_adopted: bool


def collect(
    con: duckdb.DuckDBPyConnection,
    month: date,
    unit_id: str | None = None,
    measures: Sequence[Measure] = (),
) -> Figures:
    """The figures of a month (its first day). Raises NoData, or KeyError for an unknown unit."""
    scope = resolve(con, Scope(month, month, (unit_id,) if unit_id else None))
    unit_name = _unit_name(con, unit_id) if unit_id else None
    state = metrics.data_state(con, scope, month)
    if not state.coverage.account_months:
        raise NoData(f"{month:%Y-%m}")
    info, targets = context.build_info(con), context.targets(con, month)
    now = metrics.response(con, scope)
    within, share = targets.get("answer_within"), targets.get("answered_within_share")
    negative = metrics.unanswered_negative_counts(con, scope)
    oldest = metrics.unanswered_negative(con, scope, limit=1)
    waiting = metrics.waiting(con, scope)
    day = int(float(info.get("working_day_seconds", 27000)))
    return Figures(
        month=month,
        municipality=context.municipality(con).get("name", ""),
        unit_id=unit_id,
        unit_name=unit_name,
        as_of=state.newest_as_of,
        definitions_version=info.get("definitions_version", ""),
        fingerprint=_fingerprint(con, info),
        working_day_seconds=day,
        state=state.state,
        received=now.received,
        cannot_link=now.cannot_link,
        **_rates(con, scope, now),
        wait=_wait(metrics.response_time(con, scope)),
        wait_before=_wait(metrics.response_time(con, scope.shifted(-1))),
        wait_year=_wait(metrics.response_time(con, scope.shifted(-12))),
        waiting=waiting.count,
        overdue=waiting.overdue,
        negative=negative.total,
        negative_overdue=negative.overdue,
        negative_over_month=negative.over_one_month,
        negative_oldest_seconds=_age(oldest[0].age_working_days, day) if oldest else None,
        ownership=_ownership(metrics.ownership(con, scope)),
        months=_months(con, scope.last_twelve_months()),
        units=unit_lines(con, scope),
        account_lines=account_lines(con, scope),
        measures=tuple(measures),
        accounts=state.accounts,
        accounts_without_imports=state.accounts_without_imports,
        linked=state.coverage.linked,
        collected=state.coverage.collected,
        is_thin=state.coverage.is_thin,
        answer_within=within.value if within else None,
        answer_within_unit=within.unit if within else None,
        answer_within_adopted=bool(within and within.is_adopted),
        within_share=share.value if share else None,
        within_share_adopted=bool(share and share.is_adopted),
    )


def _unit_name(con: duckdb.DuckDBPyConnection, unit_id: str) -> str:
    everything = Scope(date.min, date.max)
    names = {each.id: each.name for each in context.unit_choices(con, everything)}
    return names[unit_id]


def _fingerprint(con: duckdb.DuckDBPyConnection, info: dict[str, str]) -> str:
    """Equal imports and equal decisions give equal figures, and this."""
    row = con.execute(
        "SELECT sha256(string_agg(import_id, ' ' ORDER BY import_id)) FROM imports"
    ).fetchone()
    return f"{(row[0] if row and row[0] else '')[:16]}/{info.get('decided_up_to', '0')}"


def _rates(
    con: duckdb.DuckDBPyConnection, scope: Scope, now: metrics.ResponseFigures
) -> dict[str, Any]:
    before = metrics.like_for_like(con, scope, -1)
    year = metrics.like_for_like(con, scope, -12)
    return {
        name: Against(
            now=getattr(now, f"{name}_rate"),
            month_before=_pair(before, name),
            year_before=_pair(year, name),
        )
        for name in ("all", "need", "within")
    }


def _pair(
    both: tuple[metrics.ResponseFigures, metrics.ResponseFigures] | None, name: str
) -> tuple[Rate, Rate] | None:
    if both is None:
        return None
    then, now = (getattr(each, f"{name}_rate") for each in both)
    return then, now


def _wait(times: TimeFigures) -> Wait:
    if times.is_withheld:
        return Wait(n=0)
    return Wait(n=times.n_all, median=times.km_median_working_seconds, at_least=times.km_at_least)


def _age(days: float | None, day_seconds: int) -> int | None:
    return None if days is None else round(days * day_seconds)


def _ownership(found: metrics.OwnershipFigures) -> Ownership:
    names = [field.name for field in dataclasses.fields(Ownership)]
    return Ownership(**{name: getattr(found, name) for name in names})


def _months(con: duckdb.DuckDBPyConnection, scope: Scope) -> tuple[MonthLine, ...]:
    return tuple(
        MonthLine(
            month=each.month,
            has_data=each.has_data,
            is_unfinished=each.is_unfinished,
            all=each.all_rate,
            need=each.need_rate,
            within=each.within_rate,
        )
        for each in metrics.response_by_month(con, scope)
    )
