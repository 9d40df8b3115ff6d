"""The accounts of the register page: every known one, with what it lacks."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date

from svarvakt.i18n import _
from svarvakt.metrics import Scope
from svarvakt.metrics.known_accounts import SeenAccount, seen_accounts
from svarvakt.register import CONFIRMATION_DAYS, Account, Register, address_of, match_key
from ui import labels, registering
from ui.data import ask
from ui.register_words import as_day
from ui.words import platform

Cells = Mapping[str, str]
REMIND_AFTER = 150  # days since the confirmation; it expires after 180 (M14)
_ALPHABET = str.maketrans({"æ": "{a", "ø": "{b", "å": "{c", "ä": "{a", "ö": "{b"})


@dataclasses.dataclass(frozen=True)
class Row:
    """One known account. `line` is its line, or what the register would get of the exports."""

    account_id: str
    line: Cells
    is_registered: bool
    unit_name: str
    administrators: int
    confirmation: str  # never, expired or valid (M14)
    days_confirmed: int | None
    missing: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.line.get("name") or self.line.get("handle") or self.account_id

    @property
    def title(self) -> str:
        """Name and platform: two platforms may share a name."""
        return f"{self.name} ({platform(self.line.get('platform', ''))})"

    @property
    def is_due(self) -> bool:
        """To be confirmed again soon, or overdue; planned and closed accounts never are."""
        if not self.is_registered or self.line.get("status") in ("planlagt", "avviklet"):
            return False
        return self.days_confirmed is None or self.days_confirmed >= REMIND_AFTER


def what_is_missing() -> dict[str, str]:
    """What a row can lack: code to words."""
    return {
        "register": _("not registered"),
        "unit": _("unit"),
        "editor": _("editor"),
        "administrator": _("administrator"),
        "told": _("told"),
        "belonging": _("shows belonging"),
        "address": _("address"),
        "confirmed": _("must be confirmed soon"),
    }


def gather(today: date, known: Register) -> list[Row]:
    """Every account that the register or an export knows, alphabetical."""
    records = {account.account_id: account for account in known.accounts}
    counts = known.administrator_counts(today)
    names = unit_names(known, today)
    rows = [
        _row(
            line,
            records.get(line.get("account_id", "")),
            counts.get(line.get("account_id", ""), (0, 0))[0],
            names,
            today,
        )
        for line in registering.lines("accounts")
    ]
    rows += [_unregistered(seen) for seen in _seen(known)]
    return sorted(rows, key=lambda row: (alphabetical(row.name), row.account_id))


def unit_names(known: Register, today: date) -> dict[str, str]:
    """The label of every unit as of a day, alphabetical; ended ones are left out."""
    units = {unit.unit_id: known.unit_on(unit.unit_id, today) for unit in known.units}
    named = {
        unit_id: unit.name
        for unit_id, unit in units.items()
        if unit and (unit.valid_to is None or unit.valid_to >= today)
    }
    above = {
        unit_id: named.get(unit.parent_id or "", "") for unit_id, unit in units.items() if unit
    }
    return dict(sorted(labels.unique(named, above).items(), key=lambda each: alphabetical(each[1])))


def alphabetical(name: str) -> str:
    """The key that sorts as Norwegian does: æ, ø, å last."""
    return name.casefold().replace("aa", "å").translate(_ALPHABET)


def line_from_exports(seen: SeenAccount) -> dict[str, str]:
    """What the exports say of an account, as a line of the register; the address where certain."""
    cells = {
        "account_id": seen.account_id,
        "platform": seen.platform,
        "native_id": seen.native_id,
        "handle": seen.handle,
        "name": seen.name,
        "url": address_of(seen.platform, seen.native_id, seen.handle),
        "kind": "unit",
        "status": "aktiv",
    }
    return {name: text for name, text in cells.items() if text}


def _row(
    line: Cells, account: Account | None, administrators: int, names: Cells, today: date
) -> Row:
    confirmed = as_day(line.get("confirmed_on"))
    state = account.confirmation(today) if account else "never"
    days = (today - confirmed).days if confirmed and state != "never" else None
    row = Row(
        line.get("account_id", ""),
        line,
        True,
        names.get(line.get("unit_id", ""), ""),
        administrators,
        state,
        days,
        (),
    )
    return dataclasses.replace(row, missing=_missing(row))


def _missing(row: Row) -> tuple[str, ...]:
    """M14's requirements, and what is due."""
    line = row.line
    lacks = {
        "unit": not line.get("unit_id"),
        "editor": not line.get("editor_role"),
        "administrator": not row.administrators,
        "told": not line.get("told_on"),
        "belonging": line.get("shows_belonging") not in ("ja", "unntak"),
        "confirmed": row.is_due,
    }
    return tuple(code for code, is_missing in lacks.items() if is_missing)


def _unregistered(seen: SeenAccount) -> Row:
    line = line_from_exports(seen)
    missing = ("register",) if line.get("url") else ("register", "address")
    return Row(seen.account_id, line, False, "", 0, "never", None, missing)


def _seen(known: Register) -> list[SeenAccount]:
    """Accounts in exports that no line of the register stands for as it is now."""
    claimed = {
        (account.platform, identity.match_key)
        for account in known.accounts
        for identity in account.known_as
    }
    return [
        seen
        for seen in ask(seen_accounts, Scope(date.min, date.max))
        if not any((seen.platform, key) in claimed for key in _keys(seen))
    ]


def _keys(seen: SeenAccount) -> list[str]:
    """Every name the build joins an account to the register by."""
    values = (seen.account_id.partition(":")[2], seen.native_id, seen.handle, seen.name)
    return [match_key(value) for value in values if value]


def within(rows: Sequence[Row], search: str, unit: str, on: str, lacks: str) -> list[Row]:
    """The rows that the reader asked for; an empty choice leaves nobody out."""
    words = search.casefold().split()
    return [
        row
        for row in rows
        if (not unit or row.line.get("unit_id", "-") == unit)
        and (not on or row.line.get("platform") == on)
        and (not lacks or lacks in row.missing)
        and all(word in _text(row) for word in words)
    ]


def _text(row: Row) -> str:
    parts = (row.name, row.unit_name, row.account_id, *row.line.values())
    return " ".join(parts).casefold()


def expires_in(row: Row) -> int | None:
    """Days until the confirmation expires; below 0 = it has, None = never confirmed."""
    return None if row.days_confirmed is None else CONFIRMATION_DAYS - row.days_confirmed
