"""Checks of opening hours, targets and settings: does the line mean something?"""

from __future__ import annotations

from datetime import date
from typing import Any

from svarvakt.register.cell_types import BadCell, read_cell
from svarvakt.register.row_parser import LEFT_OUT, Line, Sheets
from svarvakt.register.schema import SETTING_KINDS, TARGET_METRICS, Column


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
        elif line.record.value > 100 and "percent" in units:
            column, message = "value", "Et mål i prosent er høyst 100."
        elif line.record.valid_to and line.record.valid_to < line.record.valid_from:
            column, message = "valid_to", "Målet slutter før det begynner."
        elif not line.record.unit:
            sheet.change(line, unit=units[0])
        if message:
            sheet.report(line.number, column, f"{message} {LEFT_OUT}")
            sheet.lines.remove(line)
    sheet.refuse_duplicates("metric", lambda target: (target.metric, target.valid_from))


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
            wanted = {"whole": "et helt tall", "date": "en dato"}.get(kind, "en nettadresse")
            message = f"{key} skal være {wanted}, men det står «{value[:40]}». {LEFT_OUT}"
            sheet.report(line.number, "value", message)
            sheet.lines.remove(line)
    sheet.refuse_duplicates("key", lambda s: (s.key, s.valid_from or date.min))
