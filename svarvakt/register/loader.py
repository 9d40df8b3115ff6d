"""From a folder to a `Register`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from svarvakt.register.account_identities import identities_of, match_key
from svarvakt.register.checks import check
from svarvakt.register.file_reader import RawTable, read_folder
from svarvakt.register.models import Problem, Register
from svarvakt.register.row_parser import Sheets, read_sheet
from svarvakt.register.schema import TABLES


def read_register(folder: Path) -> Register:
    """Reads `units.csv`, `accounts.csv` … or the sheets of `register.xlsx` in a folder.

    Every file may be missing, the folder too. Never raises for what people wrote: bad lines are
    left out, bad optional cells emptied, and `problems` says which, in file and line order.
    """
    tables, problems = read_folder(folder)
    return make_register(tables, problems)


def make_register(tables: Mapping[str, RawTable], problems: list[Problem]) -> Register:
    """The same checks for lines that come from elsewhere, such as an editor in the pages."""
    sheets = {table.name: read_sheet(table, tables.get(table.name), problems) for table in TABLES}
    sensitive = _sensitive_identities(sheets)
    check(sheets)
    records = {name: tuple(line.record for line in sheet.lines) for name, sheet in sheets.items()}
    # A message may come twice when a check sees both a line and its neighbour.
    ordered = sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line or 0))
    return Register(**records, problems=tuple(ordered), sensitive_identities=sensitive)


def _sensitive_identities(sheets: Sheets) -> frozenset[tuple[str, str]]:
    """What exports may call the accounts of sensitive units, from every line that can be made out.

    Before the checks on purpose: a unit or account left out for a slip elsewhere in its line is
    as sensitive as before.
    """
    units = {
        match_key(unit["unit_id"])
        for unit in sheets["units"].partial
        if unit.get("is_sensitive_service") and "unit_id" in unit
    }
    return frozenset(
        identity
        for account in sheets["accounts"].partial
        if match_key(account.get("unit_id", "")) in units
        for identity in _names(account)
    )


def _names(account: Mapping[str, Any]) -> list[tuple[str, str]]:
    account_id = account.get("account_id", "")
    platform = account_id.partition(":")[0] or account.get("platform", "")
    found = identities_of(
        platform,
        account_id,
        account.get("native_id"),
        account.get("handle"),
        account.get("url", ""),
        account.get("identities", ()),
    )
    return [(platform, identity.match_key) for identity in found]
