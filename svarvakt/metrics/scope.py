"""What a figure is asked for: months, units, accounts; and how that becomes SQL."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import duckdb

# A unit answers for the units below it: in a question about months those that lay there in the last
# of them (R48). What a reader may see follows from where the units lie now.
_THEN = "$last_month BETWEEN first_month AND last_month"
UNITS_THEN = f"(FROM unit_versions WHERE {_THEN})"
_NOW = "is_now"
_UNITS = """
SELECT below_id FROM units_below WHERE list_contains(${parameter}, unit_id) AND {when}
UNION ALL SELECT unnest(${parameter})
"""


@dataclasses.dataclass(frozen=True)
class Scope:
    """Months (first of each, Europe/Oslo, both ends included), units and accounts.

    None means all of them. A unit includes every unit below it. Months and
    filters are joined by AND.

    `within_units` and `within_accounts` bound what a reader may see at all (R14): an account in
    either is in sight, whatever the filters say. None in both = no bounds.

    `is_resolved` says that the units below are among the units already (`resolve`).
    """

    first_month: date
    last_month: date
    unit_ids: tuple[str, ...] | None = None
    account_ids: tuple[str, ...] | None = None
    within_units: tuple[str, ...] | None = None
    within_accounts: tuple[str, ...] | None = None
    is_resolved: bool = False

    def within(
        self, unit_ids: tuple[str, ...] | None, account_ids: tuple[str, ...] | None
    ) -> Scope:
        """The same question, answered from these units and accounts alone."""
        return dataclasses.replace(self, within_units=unit_ids, within_accounts=account_ids)

    def only_account(self, account_id: str) -> Scope:
        """The same months, one account."""
        return dataclasses.replace(self, unit_ids=None, account_ids=(account_id,))

    def only_unit(self, unit_id: str) -> Scope:
        """The same months, one unit with the units below it."""
        return dataclasses.replace(self, unit_ids=(unit_id,), account_ids=None, is_resolved=False)

    def shifted(self, months: int) -> Scope:
        """The same accounts, the months moved by `months` (M18: -1 and -12)."""
        return dataclasses.replace(
            self,
            first_month=add_months(self.first_month, months),
            last_month=add_months(self.last_month, months),
        )

    def any_time(self) -> Scope:
        """The same accounts, whatever the months."""
        return dataclasses.replace(self, first_month=date.min, last_month=date.max)

    def last_twelve_months(self) -> Scope:
        """The twelve months up to the scope's last: what to show where a month is thin."""
        return dataclasses.replace(self, first_month=add_months(self.last_month, -11))

    def where(self, alias: str = "", *, months: bool = True, accounts: bool = True) -> str:
        """The condition after WHERE over a relation with month, unit_id and account_id.

        `accounts=False` for a relation of units.
        """
        prefix = f"{alias}." if alias else ""
        parts = ["true"]
        if months:
            parts.append(f"{prefix}month BETWEEN $first_month AND $last_month")
        if self.unit_ids is not None:
            parts.append(self._below(f"{prefix}unit_id", "unit_ids", _THEN if months else _NOW))
        if self.account_ids is not None and accounts:
            parts.append(f"list_contains($account_ids, {prefix}account_id)")
        if self.is_bounded:
            bounds = [self._below(f"{prefix}unit_id", "within_units", _NOW)]
            if accounts:
                if not self.is_resolved:
                    bounds.append(f"{prefix}account_id IN ({_HAD_NOW})")
                bounds.append(f"list_contains($within_accounts, {prefix}account_id)")
            parts.append(f"({' OR '.join(bounds)})")
        return "\n    AND ".join(parts)

    def _below(self, column: str, parameter: str, when: str) -> str:
        if self.is_resolved:
            return f"list_contains(${parameter}, {column})"
        return _below(column, parameter, when)

    @property
    def is_bounded(self) -> bool:
        """Whether the reader sees a part of the municipality only."""
        return self.within_units is not None or self.within_accounts is not None

    def parameters(self, *, months: bool = True, accounts: bool = True) -> dict[str, Any]:
        """The values that `where` refers to; DuckDB refuses one too many as well as one too few."""
        values: dict[str, Any] = {}
        if months:
            values |= {"first_month": self.first_month, "last_month": self.last_month}
        if self.unit_ids is not None:
            values["unit_ids"] = list(self.unit_ids)
        if self.account_ids is not None and accounts:
            values["account_ids"] = list(self.account_ids)
        if self.is_bounded:
            values["within_units"] = list(self.within_units or ())
            if accounts:
                values["within_accounts"] = list(self.within_accounts or ())
        return values


def _below(column: str, parameter: str, when: str) -> str:
    return f"{column} IN ({_UNITS.format(parameter=parameter, when=when).strip()})"


def _reached(parameter: str) -> str:
    return _UNITS.format(parameter=parameter, when=_NOW)


# Whoever has an account now must see what earlier owners left unanswered on it.
_HAD_NOW = f"SELECT account_id FROM accounts WHERE {_below('unit_id', 'within_units', _NOW)}"


_REACHED = f"""
SELECT
    coalesce((
        SELECT bool_and(first_month = DATE '0001-01-01' AND last_month = DATE '9999-12-01')
        FROM units_below WHERE list_contains($unit_ids, unit_id)
    ), true),
    (SELECT list(DISTINCT unit) FROM ({_reached("unit_ids")}) AS found(unit)),
    (SELECT list(DISTINCT unit) FROM ({_reached("within_units")}) AS found(unit)),
    (
        SELECT list(DISTINCT account) FROM (
            {_HAD_NOW} UNION ALL SELECT unnest($within_accounts)
        ) AS found(account)
    )
"""


def resolve(con: duckdb.DuckDBPyConnection, scope: Scope) -> Scope:
    """The same question with every unit and account that it reaches written out.

    Else every query looks the units below up anew, which takes as long as its counting. The scope
    itself where a unit has not always had the same below it: the months decide then.
    """
    if scope.is_resolved or (scope.unit_ids is None and not scope.is_bounded):
        return scope
    asked = {
        "unit_ids": list(scope.unit_ids or ()),
        "within_units": list(scope.within_units or ()),
        "within_accounts": list(scope.within_accounts or ()),
    }
    ((is_steady, units, within, accounts),) = con.execute(_REACHED, asked).fetchall()
    if not is_steady:
        return scope
    return dataclasses.replace(
        scope,
        unit_ids=None if scope.unit_ids is None else tuple(units),
        within_units=tuple(within or ()) if scope.is_bounded else None,
        within_accounts=tuple(accounts or ()) if scope.is_bounded else None,
        is_resolved=True,
    )


def add_months(month: date, months: int) -> date:
    """The first of the month that many months later (earlier when negative)."""
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def newest_full_month(day: date) -> date:
    """The first of the newest month that is over when the data end on `day` (Norwegian time).

    The month of `day` itself is not: the exports were made before its last day had ended.
    """
    return add_months(day.replace(day=1), -1)
