"""Raw lines to records: names the columns, reads the cells, says what is wrong with which."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from svarvakt.reasons import Reason
from svarvakt.register.cell_types import BadCell, expected, read_cell, write_cell
from svarvakt.register.file_reader import RawTable
from svarvakt.register.models import Problem
from svarvakt.register.reasons import EMPTIED, LEFT_OUT, READ_AS_YES, reason
from svarvakt.register.schema import Column, Table
from svarvakt.register.text import clean, fold


@dataclasses.dataclass(frozen=True)
class Line:
    """One line that could be read."""

    number: int
    record: Any


@dataclasses.dataclass
class Sheet:
    """One table under way: its good lines, and how to complain about them.

    `partial` holds what could be read of every line, those left out included.
    """

    table: Table
    file: str
    headers: dict[str, str]  # column name -> the header as it stands in the file
    problems: list[Problem]
    lines: list[Line] = dataclasses.field(default_factory=list)
    partial: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    @property
    def is_there(self) -> bool:
        """Whether the file exists: what it doesn't name is unknown only then."""
        return bool(self.headers)

    def report(self, line: int | None, column: str | None, *said: Reason) -> None:
        """Notes a problem under the header that the person sees: a fault, and its outcome."""
        header = self.headers.get(column, column) if column else None
        self.problems.append(Problem(self.file, line, header, " ".join(said)))

    def keep(self, is_good: Callable[[Line], bool]) -> None:
        """Leaves out the lines that `is_good` refuses (and has reported)."""
        self.lines = [line for line in self.lines if is_good(line)]

    def refuse_duplicates(self, column: str | None, key_of: Callable[[Any], Hashable]) -> None:
        """Of lines with the same key the first stays."""
        first: dict[Hashable, int] = {}

        def is_new(line: Line) -> bool:
            earlier = first.setdefault(key_of(line.record), line.number)
            if earlier != line.number:
                self.report(line.number, column, reason("line_repeated", line=earlier), LEFT_OUT)
            return earlier == line.number

        self.keep(is_new)

    def change(self, line: Line, **values: Any) -> None:
        """Replaces values of one line's record."""
        at = self.lines.index(line)
        self.lines[at] = Line(line.number, dataclasses.replace(line.record, **values))

    def empty_cell(self, line: Line, column: str, fault: Reason) -> None:
        """Empties an optional cell that says something impossible."""
        if self.table.is_strict:
            self.report(line.number, column, fault, LEFT_OUT)
            self.lines.remove(line)
            return
        self.report(line.number, column, fault, EMPTIED)
        self.change(line, **{column: None})


Sheets = dict[str, Sheet]


def read_sheet(table: Table, raw: RawTable | None, problems: list[Problem]) -> Sheet:
    """The good lines of one file; one bad line never stops the others."""
    if raw is None:
        return Sheet(table, table.file, {}, problems)
    positions = _positions(table, raw, problems)
    headers = {name: clean(raw.header[at]) for name, at in positions.items()}
    sheet = Sheet(table, raw.file, headers, problems)
    missing = [c.name for c in table.columns if c.is_required and c.name not in positions]
    if missing:
        there = ", ".join(clean(header) for header in raw.header if clean(header))
        fault = reason("columns_missing", columns=", ".join(missing), headers=there)
        sheet.report(1, None, fault)
    for number, cells in raw.rows:
        _read_line(sheet, positions, number, cells, len(raw.header), is_wanted=not missing)
    return sheet


def as_cells(table: Table, raw: RawTable) -> list[tuple[int, dict[str, str]]]:
    """Each line with its number as {column: text}, written one way (dates ISO …); empty left out.

    A cell that can't be read stays as it is, so that the checks still find it.
    """
    positions = _positions(table, raw, [])
    columns = [
        (column, positions[column.name]) for column in table.columns if column.name in positions
    ]
    return [
        (
            number,
            {
                c.name: _rewritten(cells[at], c)
                for c, at in columns
                if at < len(cells) and clean(cells[at])
            },
        )
        for number, cells in raw.rows
    ]


def tidied(table: Table, cells: Mapping[str, str]) -> dict[str, str]:
    """One line's cells written one way (dates ISO …), as `as_cells` writes them."""
    columns = [column for column in table.columns if clean(cells.get(column.name) or "")]
    return {column.name: _rewritten(cells[column.name], column) for column in columns}


def _rewritten(cell: str, column: Column) -> str:
    text = clean(cell)
    try:
        return write_cell(read_cell(text, column), column)
    except BadCell:
        return text


def _positions(table: Table, raw: RawTable, problems: list[Problem]) -> dict[str, int]:
    """Where each known column stands; headers nobody knows are said."""
    names = {fold(name): c.name for c in table.columns for name in (c.alias, c.name)}
    positions: dict[str, int] = {}
    for at, header in enumerate(raw.header):
        if not clean(header):
            continue
        name = names.get(fold(header))
        if name is None:
            fault = reason("column_unknown")
        elif name in positions:
            fault = reason("column_twice", column=name)
        else:
            positions[name] = at
            continue
        problems.append(Problem(raw.file, 1, clean(header), fault))
    return positions


def _read_line(
    sheet: Sheet,
    positions: dict[str, int],
    number: int,
    cells: tuple[str, ...],
    width: int,
    *,
    is_wanted: bool,
) -> None:
    is_good = is_wanted
    if any(clean(cell) for cell in cells[width:]):
        if is_wanted:
            fault = reason("too_many_cells", cells=len(cells), columns=width)
            sheet.report(number, None, fault, LEFT_OUT)
        is_good = False
    values: dict[str, Any] = {}
    for column in sheet.table.columns:
        at = positions.get(column.name, len(cells))
        text = clean(cells[at]) if at < len(cells) else ""
        try:
            values[column.name] = _value(text, column)
        except BadCell:
            is_bad_line = column.is_required or sheet.table.is_strict
            values[column.name] = column.if_bad
            if is_good:
                fault = _fault(text, column, sheet.table)
                sheet.report(number, column.name, fault, _outcome(column, is_bad_line))
            is_good = is_good and not is_bad_line
    present = {name: value for name, value in values.items() if value is not None}
    sheet.partial.append(present)
    if is_good:
        sheet.lines.append(Line(number, sheet.table.record(**present)))


def _value(text: str, column: Column) -> Any:
    if text:
        return read_cell(text, column)
    if column.is_required:
        raise BadCell
    return None


def _outcome(column: Column, is_bad_line: bool) -> Reason:
    if is_bad_line:
        return LEFT_OUT
    return READ_AS_YES if column.if_bad is True else EMPTIED


def _fault(text: str, column: Column, table: Table) -> Reason:
    """What was expected and what was found; people are not named in it."""
    asked = expected(column)
    if not text:
        return reason("cell_is_empty", expected=asked)
    if table.is_restricted:
        return reason("cell_is_other", expected=asked)
    if re.search(r"\S@\S+\.\S", text):
        return reason("cell_is_email", expected=asked)
    return reason("cell_is_text", expected=asked, text=text if len(text) <= 40 else text[:40] + "…")
