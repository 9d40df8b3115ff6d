"""What only several lines together can show: duplicates, references, overlapping versions."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from register.cells import BadCell, read_cell
from register.columns import SETTING_KINDS, TARGET_METRICS, Column
from register.lines import LEFT_OUT, Line, Sheet
from register.links import match_key

Sheets = dict[str, Sheet]


def check(sheets: Sheets) -> None:
    """Runs every check; what it refuses is reported and left out or emptied in the sheets."""
    for rule in RULES:
        rule(sheets)


def date_order(sheets: Sheets) -> None:
    """A last day may not lie before its first day."""
    pairs = {
        "units": [("valid_from", "valid_to")],
        "accounts": [("opened_on", "closed_on"), ("pause_from", "pause_to")],
        "administrators": [("valid_from", "valid_to")],
        "calendar": [("date_from", "date_to")],
    }
    for name, columns in pairs.items():
        for first, last in columns:
            for line in list(sheets[name].lines):
                start, end = getattr(line.record, first), getattr(line.record, last)
                if start and end and end < start:
                    message = f"Datoen er før datoen i {sheets[name].headers[first]}."
                    sheets[name].empty_cell(line, last, message)


def unit_versions(sheets: Sheets) -> None:
    """One unit has one version at a time: a newer one ends the older the day before."""
    sheet = sheets["units"]
    _no_duplicates(sheet, "valid_from", lambda unit: (unit.unit_id, unit.valid_from))
    ordered = sorted(sheet.lines, key=lambda line: (line.record.unit_id, line.record.valid_from))
    for older, newer in pairwise(ordered):
        start, end = newer.record.valid_from, older.record.valid_to
        if older.record.unit_id == newer.record.unit_id and (end is None or end >= start):
            message = (
                f"Overlapper med linje {newer.number}, som gjelder fra {start:%d.%m.%Y}."
                " Linjen leses som om den gjelder til dagen før."
            )
            sheet.report(older.number, "valid_to", message)
            sheet.change(older, valid_to=start - timedelta(days=1))


def unit_references(sheets: Sheets) -> None:
    """parent_id and replaced_by name units that exist, and no unit stands above itself."""
    sheet = sheets["units"]
    known = {line.record.unit_id for line in sheet.lines}
    for column in ("parent_id", "replaced_by"):
        for line in list(sheet.lines):
            value = getattr(line.record, column)
            if value and value not in known:
                sheet.empty_cell(line, column, f"Enheten «{value}» finnes ikke i units.csv.")
            elif value == line.record.unit_id:
                sheet.empty_cell(line, column, "Enheten viser til seg selv.")
    for line in list(sheet.lines):
        if _stands_above_itself(line, sheet):
            message = "Enheten er, ledd for ledd, overordnet seg selv."
            sheet.empty_cell(line, "parent_id", message)


def _stands_above_itself(line: Line, sheet: Sheet) -> bool:
    parents: dict[str, set[str]] = {}
    for other in sheet.lines:
        if other.record.parent_id:
            parents.setdefault(other.record.unit_id, set()).add(other.record.parent_id)
    above: set[str] = set()
    waiting = [line.record.parent_id] if line.record.parent_id else []
    while waiting:
        unit_id = waiting.pop()
        if unit_id not in above:
            above.add(unit_id)
            waiting.extend(parents.get(unit_id, ()))
    return line.record.unit_id in above


def accounts(sheets: Sheets) -> None:
    """Each account once, on the platform its id names, of a unit that exists, under own names."""
    sheet = sheets["accounts"]
    _no_duplicates(sheet, "account_id", lambda account: match_key(account.account_id))

    def is_on_platform(line: Line) -> bool:
        platform = line.record.account_id.partition(":")[0]
        if platform != line.record.platform:
            message = f"Kontoens id begynner med {platform}, men her står {line.record.platform}."
            sheet.report(line.number, "platform", f"{message} {LEFT_OUT}")
        return bool(platform == line.record.platform)

    sheet.keep(is_on_platform)
    units = {line.record.unit_id for line in sheets["units"].lines}
    for line in list(sheet.lines):
        unit_id = line.record.unit_id
        if unit_id and unit_id not in units and sheets["units"].is_there:
            sheet.empty_cell(line, "unit_id", f"Enheten «{unit_id}» finnes ikke i units.csv.")
    _shared_names(sheet)


def _shared_names(sheet: Sheet) -> None:
    """One id or handle on one platform belongs to one account; the first keeps it."""
    owners: dict[tuple[str, str], Line] = {}
    for line in sheet.lines:
        for identity in line.record.known_as:
            key = (line.record.platform, identity.match_key)
            owner = owners.setdefault(key, line)
            if owner is not line:
                column = "identities" if identity.kind == "extra" else identity.kind
                message = (
                    f"«{identity.value}» er også brukt på linje {owner.number}, som beholder det."
                )
                sheet.report(line.number, column, message)


def administrators(sheets: Sheets) -> None:
    """Administrators belong to accounts of the register, under any of the account's names."""
    _resolve_accounts(sheets, "administrators")
    _no_duplicates(
        sheets["administrators"],
        None,
        lambda a: (a.account_id, a.person_ref.casefold(), a.valid_from),
    )


def access(sheets: Sheets) -> None:
    """Access is given only by a line that is right in every part (default deny)."""
    sheet = sheets["access"]
    _resolve_accounts(sheets, "access")
    units = {line.record.unit_id for line in sheets["units"].lines}

    def is_good(line: Line) -> bool:
        column, message = _scope_fault(line.record, units if sheets["units"].is_there else None)
        if message:
            sheet.report(line.number, column, f"{message} {LEFT_OUT}")
        return not message

    sheet.keep(is_good)
    _no_duplicates(sheet, None, lambda a: (a.subject, a.role, a.unit_id, a.account_id))


def _scope_fault(record: Any, units: set[str] | None) -> tuple[str, str]:
    """The column at fault and what is wrong, or two empty strings."""
    needed = {"enhetsleder": "unit_id", "administrator": "account_id"}.get(record.role)
    for column in ("unit_id", "account_id"):
        value = getattr(record, column)
        if column == needed and not value:
            return column, f"Rollen {record.role} gjelder bare det som står her, men cellen er tom."
        if column != needed and value:
            return column, f"Rollen {record.role} kan ikke avgrenses her; cellen skal være tom."
    if needed == "unit_id" and units is not None and record.unit_id not in units:
        return "unit_id", "Enheten finnes ikke i units.csv."
    return "", ""


def _resolve_accounts(sheets: Sheets, name: str) -> None:
    """Any id or handle of an account stands for it; a line for an unknown account is left out."""
    if not sheets["accounts"].is_there:
        return  # accounts are then known from the exports alone
    known: dict[tuple[str, str], str] = {}
    for line in sheets["accounts"].lines:
        for identity in line.record.known_as:
            known.setdefault((line.record.platform, identity.match_key), line.record.account_id)
    sheet = sheets[name]
    for line in list(sheet.lines):
        if line.record.account_id is None:
            continue
        platform, _, rest = line.record.account_id.partition(":")
        account_id = known.get((platform, match_key(rest)))
        if account_id is None:
            message = f"Kontoen finnes ikke i accounts.csv. {LEFT_OUT}"
            sheet.report(line.number, "account_id", message)
            sheet.lines.remove(line)
        elif account_id != line.record.account_id:
            sheet.change(line, account_id=account_id)


def calendar(sheets: Sheets) -> None:
    """Each kind of line says what it needs, and nothing it can't mean."""
    sheet = sheets["calendar"]

    def is_good(line: Line) -> bool:
        column, message = _calendar_fault(line.record)
        if message:
            sheet.report(line.number, column, f"{message} {LEFT_OUT}")
        return not message

    sheet.keep(is_good)


def _calendar_fault(row: Any) -> tuple[str | None, str]:
    is_exception = row.kind in ("halvdag", "stengt")
    if is_exception and not (row.weekday or row.date_from):
        return "date_from", f"En linje av typen {row.kind} må ha en dato eller en ukedag."
    if row.kind == "stengt" and (row.opens is not None or row.closes is not None):
        return "opens", "En stengt dag har ikke klokkeslett. Bruk halvdag."
    if row.kind == "halvdag" and row.opens is None and row.closes is None:
        return "closes", "En halv dag må ha et klokkeslett for når dere åpner eller stenger."
    if not is_exception and (row.opens is None or row.closes is None):
        return "opens", "En åpningstid må si både når dere åpner og når dere stenger."
    if row.opens is not None and row.closes is not None and row.opens >= row.closes:
        return "closes", "Dere må stenge senere enn dere åpner."
    return None, ""


def targets(sheets: Sheets) -> None:
    """A target has a unit that fits its metric, one value per day it starts."""
    sheet = sheets["targets"]
    for line in list(sheet.lines):
        units = TARGET_METRICS[line.record.metric]
        column, message = "unit", ""
        if line.record.unit and line.record.unit not in units:
            message = f"{line.record.metric} måles i {' eller '.join(units)}."
        elif line.record.value == 0 and line.record.metric.endswith("_within"):
            column, message = "value", "En frist må være over 0."
        elif not line.record.unit:
            sheet.change(line, unit=units[0])
        if message:
            sheet.report(line.number, column, f"{message} {LEFT_OUT}")
            sheet.lines.remove(line)
    _no_duplicates(sheet, "metric", lambda target: (target.metric, target.valid_from))


def municipality(sheets: Sheets) -> None:
    """Values of known settings can be read; unknown ones are kept and said."""
    sheet = sheets["municipality"]
    for line in list(sheet.lines):
        key, value = line.record.key, line.record.value
        kind = SETTING_KINDS.get(key)
        if kind is None:
            known = ", ".join(SETTING_KINDS)
            sheet.report(line.number, "key", f"«{key}» er ukjent. Kjente innstillinger: {known}.")
            continue
        try:
            read_cell(value, Column("value", "verdi", kind))
        except BadCell:
            wanted = "et helt tall" if kind == "whole" else "en nettadresse"
            message = f"{key} skal være {wanted}, men det står «{value[:40]}». {LEFT_OUT}"
            sheet.report(line.number, "value", message)
            sheet.lines.remove(line)
    _no_duplicates(sheet, "key", lambda s: (s.key, s.valid_from or date.min))


def _no_duplicates(sheet: Sheet, column: str | None, key_of: Callable[[Any], Hashable]) -> None:
    first: dict[Hashable, int] = {}

    def is_new(line: Line) -> bool:
        earlier = first.setdefault(key_of(line.record), line.number)
        if earlier != line.number:
            sheet.report(line.number, column, f"Det samme står på linje {earlier}. {LEFT_OUT}")
        return earlier == line.number

    sheet.keep(is_new)


# Units before accounts before what refers to them.
RULES: tuple[Callable[[Sheets], None], ...] = (
    date_order,
    unit_versions,
    unit_references,
    accounts,
    administrators,
    access,
    calendar,
    targets,
    municipality,
)
