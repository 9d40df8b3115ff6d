"""Everything a monthly report says, as plain numbers: collected once, locked as they stand.

Numerators and denominators, never percentages; no text of a comment, no name of a person, no
account. The words are made afterwards (`reports.document`), in the language that is asked for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from reports.lines import AccountLine, UnitLine, account_lines, unit_lines
from svarvakt import metrics
from svarvakt.decisions.action_items import ActionItem
from svarvakt.i18n import local
from svarvakt.metrics import Rate, Scope, TimeFigures, add_months, reference_data
from svarvakt.metrics.scope import resolve


class NoData(Exception):
    """Nothing is imported for the month."""


class UnknownUnit(KeyError):
    """The register has no unit of this id."""

    def __str__(self) -> str:
        return str(self.args[0])


class NoAccounts(KeyError):
    """The unit has no account of its own nor below it; the sentence says so, in Norwegian."""


class Unfinished(Exception):
    """The month is not over in the files; `until` is the day on which they end."""

    def __init__(self, month: date, until: date) -> None:
        super().__init__(f"{month:%Y-%m}")
        self.month, self.until = month, until


@dataclasses.dataclass(frozen=True, kw_only=True)
class Comparison:
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
class Moderation:
    """M10 of the month; `is_known`: some file says whether a comment is hidden."""

    received: int
    hidden: int
    vanished: int
    without_reason: int
    negative: Rate
    is_known: bool


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
    all: Comparison
    need: Comparison
    within: Comparison
    wait: Wait
    wait_before: Wait
    wait_year: Wait
    waiting: int  # M21 at the end of the month
    overdue: int
    negative: int
    negative_overdue: int = 0  # M8 as it is now, for the status of M5
    negative_oldest_seconds: int | None  # None too where the month is over
    is_month_end: bool = False  # what waits is as at the month's end, else as it is now (M21)
    carried: int = 0  # accounts whose newest file is older than that: their last value stands
    unfinished_on: date | None = None  # the files end on this day, before the month does
    moderation: Moderation | None = None  # of the municipality alone
    ownership: Ownership
    ownership_before: Ownership | None = None  # as the month before was locked; the register
    ownership_year: Ownership | None = None  # keeps no past of its own
    months: tuple[MonthLine, ...]
    units: tuple[UnitLine, ...]
    account_lines: tuple[AccountLine, ...] = ()
    action_items: tuple[ActionItem, ...]
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

    @property
    def is_preliminary(self) -> bool:
        """The files end inside the month, or something that came in it is not yet due."""
        own = (line for line in self.months if line.month == self.month)
        return self.unfinished_on is not None or any(line.is_unfinished for line in own)


def collect(
    con: duckdb.DuckDBPyConnection,
    month: date,
    unit_id: str | None = None,
    action_items: Sequence[ActionItem] = (),
) -> Figures:
    """The figures of a month (its first day). Raises NoData, UnknownUnit or NoAccounts."""
    scope = resolve(con, Scope(month, month, (unit_id,) if unit_id else None))
    unit_name = _unit_name(con, unit_id) if unit_id else None
    state = metrics.data_state(con, scope, month)
    if not state.coverage.account_months:
        raise NoData(f"{month:%Y-%m}")
    info, targets = reference_data.build_info(con), reference_data.targets(con, month)
    now = metrics.response(con, scope)
    within, share = targets.get("answer_within"), targets.get("answered_within_share")
    negative = metrics.unanswered_negative_counts(con, scope)
    queue = metrics.queue_at_end(con, scope)
    is_over = reference_data.measured_day(con) >= add_months(month, 1)
    oldest = () if is_over else metrics.unanswered_negative(con, scope, limit=1)
    until = _until(month, state.newest_as_of)
    day = int(float(info.get("working_day_seconds", 27000)))
    return Figures(
        month=month,
        municipality=reference_data.municipality(con).get("name", ""),
        unit_id=unit_id,
        unit_name=unit_name,
        as_of=state.newest_as_of,
        definitions_version=info.get("definitions_version", ""),
        fingerprint=_fingerprint(con, info),
        working_day_seconds=day,
        state=state.state,
        received=now.received,
        cannot_link=now.cannot_link,
        **_rates(con, scope, now, until),
        wait=_wait(metrics.response_time(con, scope)),
        wait_before=_wait_earlier(con, scope, -1, until),
        wait_year=_wait_earlier(con, scope, -12, until),
        waiting=queue.open,
        overdue=queue.open_overdue,
        negative=queue.open_negative,
        negative_overdue=negative.overdue,
        negative_oldest_seconds=_age(oldest[0].age_working_days, day) if oldest else None,
        is_month_end=is_over,
        carried=queue.carried,
        unfinished_on=until.date() if until else None,
        moderation=None if unit_id else _moderation(con, scope),
        ownership=_ownership(metrics.ownership(con, scope)),
        months=_months(con, scope.last_twelve_months()),
        units=unit_lines(con, scope),
        account_lines=account_lines(con, scope),
        action_items=tuple(action_items),
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
    names = {each.id: each.name for each in reference_data.unit_choices(con, everything)}
    if unit_id in names:
        return names[unit_id]
    known = {each.id: each.name for each in metrics.units(con, everything)}
    if unit_id not in known:
        raise UnknownUnit(unit_id)
    raise NoAccounts(f"{known[unit_id]} har ingen kontoer, og derfor ingen rapport.")


def _fingerprint(con: duckdb.DuckDBPyConnection, info: dict[str, str]) -> str:
    """Equal imports and equal decisions give equal figures, and this."""
    row = con.execute(
        "SELECT sha256(string_agg(import_id, ' ' ORDER BY import_id)) FROM imports"
    ).fetchone()
    return f"{(row[0] if row and row[0] else '')[:16]}/{info.get('decided_up_to', '0')}"


def _rates(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    now: metrics.ResponseFigures,
    until: datetime | None,
) -> dict[str, Any]:
    before, year = (
        metrics.like_for_like(
            con, scope, months, until and metrics.same_time_earlier(until, months)
        )
        for months in (-1, -12)
    )
    return {
        name: Comparison(
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


def _until(month: date, as_of: datetime | None) -> datetime | None:
    """Norwegian time at which the files end, where a whole day or more of the month is left.

    A file of the month's last day holds the month.
    """
    if as_of is None:
        return None
    until = local(as_of).replace(tzinfo=None)
    last_day = add_months(month, 1) - timedelta(days=1)
    return until if month <= until.date() < last_day else None


def _wait_earlier(
    con: duckdb.DuckDBPyConnection, scope: Scope, months: int, until: datetime | None
) -> Wait:
    """M6 of an earlier month; of the same days where this one is not over."""
    earlier = scope.shifted(months)
    if until is None:
        return _wait(metrics.response_time(con, earlier))
    same = metrics.same_time_earlier(until, months)
    return _wait(metrics.typical_wait_until(con, earlier, same))


def _moderation(con: duckdb.DuckDBPyConnection, scope: Scope) -> Moderation:
    found = metrics.moderation(con, scope)
    return Moderation(
        received=found.received,
        hidden=found.hidden,
        vanished=found.vanished,
        without_reason=found.without_reason,
        negative=found.negative,
        is_known=any(each.has_hidden_flags for each in metrics.coverage(con, scope)),
    )


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
