"""Checks of units: dates in order, one version at a time, references that lead somewhere."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from svarvakt.register.reasons import reason
from svarvakt.register.row_parser import Line, Sheet, Sheets


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
                    fault = reason("before_first_day", column=sheets[name].headers[first])
                    sheets[name].empty_cell(line, last, fault)


def unit_versions(sheets: Sheets) -> None:
    """One unit has one version at a time: a newer one ends the older the day before."""
    sheet = sheets["units"]
    sheet.refuse_duplicates("valid_from", lambda unit: (unit.unit_id, unit.valid_from))
    ordered = sorted(sheet.lines, key=lambda line: (line.record.unit_id, line.record.valid_from))
    for older, newer in pairwise(ordered):
        start, end = newer.record.valid_from, older.record.valid_to
        if older.record.unit_id == newer.record.unit_id and (end is None or end >= start):
            fault = reason("versions_overlap", line=newer.number, day=f"{start:%d.%m.%Y}")
            sheet.report(older.number, "valid_to", fault)
            sheet.change(older, valid_to=start - timedelta(days=1))


def unit_references(sheets: Sheets) -> None:
    """parent_id and replaced_by name units that exist, and no unit stands above itself."""
    sheet = sheets["units"]
    known = {line.record.unit_id for line in sheet.lines}
    for column in ("parent_id", "replaced_by"):
        for line in list(sheet.lines):
            value = getattr(line.record, column)
            if value and value not in known:
                sheet.empty_cell(line, column, reason("unit_unknown", unit=value))
            elif value == line.record.unit_id:
                sheet.empty_cell(line, column, reason("unit_refers_to_itself"))
    for line in list(sheet.lines):
        if _stands_above_itself(line, sheet):
            sheet.empty_cell(line, "parent_id", reason("unit_above_itself"))


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
