"""What the register holds, as frozen records. Field names are the column names of `register.md`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from svarvakt.register.account_identities import Identity, identities_of
from svarvakt.register.opening_hours import CalendarRow

CONFIRMATION_DAYS = 180  # M14: ownership confirmed within 180 days


class Told(NamedTuple):
    """When the communications department was told of an account (M15).

    `is_declared`: only «kjent per <date>», the start-up declaration; the date itself is unknown.
    """

    on: date
    is_declared: bool = False


@dataclasses.dataclass(frozen=True)
class Unit:
    """One version of a unit; both dates are included, so that old reports keep old units."""

    unit_id: str
    name: str
    kind: str
    valid_from: date
    valid_to: date | None = None
    short_name: str | None = None
    parent_id: str | None = None
    leader_role: str | None = None
    leader_email: str | None = None
    language_form: str | None = None
    org_number: str | None = None
    is_sensitive_service: bool | None = None
    replaced_by: str | None = None
    channel_choice: tuple[str, ...] = ()  # () = unknown, ("ingen",) = none by choice

    def is_valid(self, on: date) -> bool:
        """Whether this version holds on a day."""
        return covers(self.valid_from, self.valid_to, on)


@dataclasses.dataclass(frozen=True)
class Account:
    """One account of the municipality. `kind` is `official` or `unit`."""

    account_id: str
    platform: str
    url: str
    kind: str
    handle: str | None = None
    native_id: str | None = None
    name: str | None = None
    identities: tuple[str, ...] = ()
    unit_id: str | None = None
    editor_role: str | None = None
    purpose: str | None = None
    opened_on: date | None = None
    told_on: Told | None = None
    closed_on: date | None = None
    shows_belonging: str | None = None
    comments_field: str | None = None
    status: str | None = None
    pause_from: date | None = None
    pause_to: date | None = None
    risk_assessed_on: date | None = None
    two_factor: bool | None = None
    recovery_email: bool | None = None
    confirmed_on: date | None = None
    note: str | None = None

    @property
    def known_as(self) -> tuple[Identity, ...]:
        """Everything an export may call this account, the surest first, each only once."""
        return identities_of(
            self.platform, self.account_id, self.native_id, self.handle, self.url, self.identities
        )

    def confirmation(self, on: date) -> str:
        """`never`, `expired` or `valid` on a day (M14)."""
        if self.confirmed_on is None or self.confirmed_on > on:
            return "never"
        return "valid" if (on - self.confirmed_on).days <= CONFIRMATION_DAYS else "expired"


@dataclasses.dataclass(frozen=True)
class Administrator:
    """Who administers an account, from when to when. Personal: never joined to statistics."""

    account_id: str
    person_ref: str = dataclasses.field(repr=False)
    valid_from: date
    role: str = "administrator"
    valid_to: date | None = None

    def is_valid(self, on: date) -> bool:
        """Whether the appointment holds on a day; both dates are included."""
        return covers(self.valid_from, self.valid_to, on)


@dataclasses.dataclass(frozen=True)
class Target:
    """A target for a metric. Without `adopted_on` it is «lokalt måltall, ikke vedtatt»."""

    metric: str
    value: float
    valid_from: date
    unit: str = ""  # empty in the file = the metric's first one in TARGET_METRICS
    adopted_on: date | None = None
    adopted_by_role: str | None = None
    valid_to: date | None = None  # included; None = until another line takes its place

    def is_valid(self, on: date) -> bool:
        """Whether the line holds on a day, when no newer one has taken its place."""
        return covers(self.valid_from, self.valid_to, on)


@dataclasses.dataclass(frozen=True)
class Access:
    """What a user or a role of the sign-in service may see. `subject` is personal."""

    subject: str = dataclasses.field(repr=False)  # lower-case e-mail, or role:<name>
    role: str
    unit_id: str | None = None
    account_id: str | None = None


@dataclasses.dataclass(frozen=True)
class Setting:
    """One setting of the municipality, from a day on (None = always)."""

    key: str
    value: str
    valid_from: date | None = None


class Problem(NamedTuple):
    """Something wrong in the register, in plain Norwegian; holds no personal data.

    `line` counts as Excel and an editor do (the header is line 1); None = the whole file.
    `column` is the header as it stands in the file.
    """

    file: str
    line: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        where = [self.file]
        if self.line is not None:
            where.append(f"linje {self.line}")
        if self.column is not None:
            where.append(f"kolonne «{self.column}»")
        return f"{', '.join(where)}: {self.message}"


class AdministratorCount(NamedTuple):
    """Persons, each counted once: all of an account, and those of the communications department."""

    administrators: int
    communications: int


@dataclasses.dataclass(frozen=True)
class Register:
    """Everything that could be read, and everything that was wrong with the rest."""

    units: tuple[Unit, ...] = ()
    accounts: tuple[Account, ...] = ()
    administrators: tuple[Administrator, ...] = dataclasses.field(default=(), repr=False)
    calendar: tuple[CalendarRow, ...] = ()
    targets: tuple[Target, ...] = ()
    access: tuple[Access, ...] = dataclasses.field(default=(), repr=False)
    municipality: tuple[Setting, ...] = ()
    problems: tuple[Problem, ...] = ()
    # (platform, match key) of every account of a unit that handles sensitive matters, lines with
    # errors in them included: a slip of the pen may never let their texts in.
    sensitive_identities: frozenset[tuple[str, str]] = frozenset()

    def settings(self, on: date) -> dict[str, str]:
        """The municipality's settings that hold on a day, the newest of each key."""
        dated = sorted(self.municipality, key=lambda setting: setting.valid_from or date.min)
        return {s.key: s.value for s in dated if s.valid_from is None or s.valid_from <= on}

    def administrator_counts(self, on: date) -> dict[str, AdministratorCount]:
        """Per account the administrators valid on a day; accounts without any are left out."""
        valid = [a for a in self.administrators if a.is_valid(on)]
        return {
            account_id: AdministratorCount(
                _persons(a for a in valid if a.account_id == account_id),
                _persons(
                    a for a in valid if a.account_id == account_id and a.role == "kommunikasjon"
                ),
            )
            for account_id in {a.account_id for a in valid}
        }

    def unit_on(self, unit_id: str, on: date) -> Unit | None:
        """The version of a unit that holds on a day, else its newest, None if there is no such."""
        versions = [unit for unit in self.units if unit.unit_id == unit_id]
        valid = [unit for unit in versions if unit.is_valid(on)]
        return max(valid or versions, key=lambda unit: unit.valid_from, default=None)

    def sector_of(self, unit: Unit) -> str:
        """The name of the topmost unit of kind `sektor` above or at a unit, else of the topmost."""
        line = self.ancestry(unit)
        sectors = [ancestor for ancestor in line if ancestor.kind == "sektor"]
        return (sectors or line)[-1].name

    def ancestry(self, unit: Unit) -> list[Unit]:
        """The unit itself and the units above it as of its `valid_from`, the topmost last."""
        line, seen, current = [unit], {unit.unit_id}, unit
        while current.parent_id and current.parent_id not in seen:
            parent = self.unit_on(current.parent_id, unit.valid_from)
            if parent is None:
                break
            line.append(parent)
            seen.add(parent.unit_id)
            current = parent
        return line


def covers(first: date, last: date | None, on: date) -> bool:
    """Whether a day lies between two dates, both included; None = open-ended."""
    return first <= on and (last is None or on <= last)


def _persons(administrators: Iterable[Administrator]) -> int:
    return len({administrator.person_ref.casefold() for administrator in administrators})
