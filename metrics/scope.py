"""What a figure is asked for: months, units, accounts; and how that becomes SQL."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

# A unit answers for the units below it: in a question about months those that lay there in the last
# of them (R48). What a reader may see follows from where the units lie now.
_THEN = "$last_month BETWEEN first_month AND last_month"
UNITS_THEN = f"(FROM unit_versions WHERE {_THEN})"
_NOW = "is_now"
_UNIT_AND_BELOW = """
{column} IN (
    SELECT below_id FROM units_below WHERE list_contains(${parameter}, unit_id) AND {when}
    UNION ALL SELECT unnest(${parameter})
)
"""


@dataclasses.dataclass(frozen=True)
class Scope:
    """Months (first of each, Europe/Oslo, both ends included), units and accounts.

    None means all of them. A unit includes every unit below it. Months and
    filters are joined by AND.

    `within_units` and `within_accounts` bound what a reader may see at all (R14): an account in
    either is in sight, whatever the filters say. None in both = no bounds.
    """

    first_month: date
    last_month: date
    unit_ids: tuple[str, ...] | None = None
    account_ids: tuple[str, ...] | None = None
    within_units: tuple[str, ...] | None = None
    within_accounts: tuple[str, ...] | None = None

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
        return dataclasses.replace(self, unit_ids=(unit_id,), account_ids=None)

    def shifted(self, months: int) -> Scope:
        """The same accounts, the months moved by `months` (M18: -1 and -12)."""
        return dataclasses.replace(
            self,
            first_month=add_months(self.first_month, months),
            last_month=add_months(self.last_month, months),
        )

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
            parts.append(_below(f"{prefix}unit_id", "unit_ids", _THEN if months else _NOW))
        if self.account_ids is not None and accounts:
            parts.append(f"list_contains($account_ids, {prefix}account_id)")
        if self.is_bounded:
            bounds = [_below(f"{prefix}unit_id", "within_units", _NOW)]
            if accounts:
                bounds.append(f"{prefix}account_id IN ({_HAD_NOW})")
                bounds.append(f"list_contains($within_accounts, {prefix}account_id)")
            parts.append(f"({' OR '.join(bounds)})")
        return "\n    AND ".join(parts)

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
    return _UNIT_AND_BELOW.format(column=column, parameter=parameter, when=when).strip()


# Whoever has an account now must see what earlier owners left unanswered on it.
_HAD_NOW = f"SELECT account_id FROM accounts WHERE {_below('unit_id', 'within_units', _NOW)}"


def add_months(month: date, months: int) -> date:
    """The first of the month that many months later (earlier when negative)."""
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
