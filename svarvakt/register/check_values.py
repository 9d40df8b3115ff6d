"""Checks of opening hours, targets and settings: does the line mean something?"""

from __future__ import annotations

from datetime import date
from typing import Any

from svarvakt.reasons import Reason
from svarvakt.register.cell_types import BadCell, expected, read_cell
from svarvakt.register.reasons import LEFT_OUT, reason
from svarvakt.register.row_parser import Line, Sheets
from svarvakt.register.schema import SETTING_KINDS, TARGET_METRICS, Column


def calendar(sheets: Sheets) -> None:
    """Each kind of line says what it needs, and nothing it can't mean."""
    sheet = sheets["calendar"]

    def is_good(line: Line) -> bool:
        found = _calendar_fault(line.record)
        if found:
            sheet.report(line.number, *found, LEFT_OUT)
        return not found

    sheet.keep(is_good)


def _calendar_fault(row: Any) -> tuple[str, Reason] | None:
    """The column at fault and what is wrong with it."""
    is_exception = row.kind in ("halvdag", "stengt")
    if is_exception and not (row.weekday or row.date_from):
        return "date_from", reason("exception_needs_day", kind=row.kind)
    if row.kind == "stengt" and (row.opens is not None or row.closes is not None):
        return "opens", reason("closed_day_with_time")
    if row.kind == "halvdag" and row.opens is None and row.closes is None:
        return "closes", reason("half_day_without_time")
    if not is_exception and (row.opens is None or row.closes is None):
        return "opens", reason("hours_need_both_times")
    if row.opens is not None and row.closes is not None and row.opens >= row.closes:
        return "closes", reason("closes_before_opening")
    return None


def targets(sheets: Sheets) -> None:
    """A target has a unit that fits its metric, one value per day it starts."""
    sheet = sheets["targets"]
    for line in list(sheet.lines):
        units = TARGET_METRICS[line.record.metric]
        column, fault = "unit", None
        if line.record.unit and line.record.unit not in units:
            fault = reason("target_unit", metric=line.record.metric, units=", ".join(units))
        elif line.record.value == 0 and line.record.metric.endswith("_within"):
            column, fault = "value", reason("target_zero")
        elif line.record.value > 100 and "percent" in units:
            column, fault = "value", reason("target_over_100")
        elif line.record.valid_to and line.record.valid_to < line.record.valid_from:
            column, fault = "valid_to", reason("target_ends_first")
        elif not line.record.unit:
            sheet.change(line, unit=units[0])
        if fault:
            sheet.report(line.number, column, fault, LEFT_OUT)
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
            sheet.report(line.number, "key", reason("setting_unknown", key=key, known=known))
            continue
        column = Column("value", "verdi", kind)
        try:
            read_cell(value, column)
        except BadCell:
            said = {"expected": expected(column), "text": value[:40]}
            sheet.report(line.number, "value", reason("setting_value", key=key, **said), LEFT_OUT)
            sheet.lines.remove(line)
    sheet.refuse_duplicates("key", lambda s: (s.key, s.valid_from or date.min))
