"""The register's files as plain cells: CSV as people save it, or sheets of one workbook."""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from svarvakt.archive_limits import DAMAGED_BOOK, workbook_rejection_reason
from svarvakt.register.models import Problem
from svarvakt.register.reasons import reason
from svarvakt.register.schema import TABLES

WORKBOOK = "register.xlsx"
_NOT_OPENED = reason("workbook_not_opened")
_FORMULA = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


@dataclasses.dataclass(frozen=True)
class RawTable:
    """One file or sheet: its header, and its lines with their numbers as an editor counts."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_folder(folder: Path) -> tuple[dict[str, RawTable], list[Problem]]:
    """The tables found in a folder, by name, and what was wrong with whole files.

    A CSV file goes before the sheet of the same name. A missing folder is an empty register.
    """
    problems: list[Problem] = []
    found: dict[str, RawTable] = {}
    names = {table.name for table in TABLES}
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in files:
        if path.name.lower() == WORKBOOK:
            found |= _read_workbook(path, names, problems)
    for path in files:
        if path.suffix.lower() != ".csv" or not path.is_file():
            continue
        name = path.stem.lower()
        if name not in names:
            known = ", ".join(f"{table.name}.csv" for table in TABLES)
            problems.append(_whole_file(path, reason("table_unknown", tables=known)))
            continue
        if name in found:
            problems.append(_whole_file(path, reason("table_twice", workbook=WORKBOOK)))
        table = _read_csv(path, problems)
        if table:
            found[name] = table
    return found, problems


def _read_csv(path: Path, problems: list[Problem]) -> RawTable | None:
    try:
        content = path.read_bytes()
    except OSError:
        problems.append(_whole_file(path, reason("file_not_opened")))
        return None
    text, is_utf8 = _decode(content)
    if not is_utf8:
        problems.append(_whole_file(path, reason("file_not_utf8")))
    lines = re.split("\r\n|\r|\n", text)
    delimiter = _delimiter(lines)
    rows = [(line, cells) for line, cells in _records(lines, delimiter) if any(cells)]
    return _table(path.name, rows, problems)


def _table(
    file: str, rows: list[tuple[int, tuple[str, ...]]], problems: list[Problem]
) -> RawTable | None:
    if not rows:
        problems.append(Problem(file, None, None, reason("file_empty")))
        return None
    return RawTable(file, rows[0][1], tuple(rows[1:]))


def _decode(content: bytes) -> tuple[str, bool]:
    """The text, and whether it was Unicode; Excel's own «CSV» is Windows-1252."""
    try:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return content.decode("utf-16"), True
        return content.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), False


def _delimiter(lines: list[str]) -> str:
    """The separator that the header has most of; Excel may also say it in a line of its own."""
    if re.fullmatch(r"sep=[;,\t]", lines[0]):
        delimiter, lines[0] = lines[0][4], ""
        return delimiter
    header = next((line for line in lines if line.strip()), "")
    return max(";,\t", key=header.count)


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Records with the number of their first line.

    A quote that is never closed would swallow the lines below it; such a line is read by itself.
    """
    start, width = 0, 0
    while start < len(lines):
        cells, used = _record(lines, start, delimiter)
        if not used or (used > 1 and width and len(cells) != width):
            cells, used = lines[start].split(delimiter), 1
        width = width or (len(cells) if any(cells) else 0)
        yield start + 1, tuple(_unguarded(cell) for cell in cells)
        start += used


def _record(lines: list[str], start: int, delimiter: str) -> tuple[list[str], int]:
    """The cells of the record that begins at `start`, and its lines; 0 lines if it can't be."""
    rest = (f"{lines[number]}\n" for number in range(start, len(lines)))
    reader = csv.reader(rest, delimiter=delimiter, strict=True)
    try:
        return next(reader), reader.line_num
    except csv.Error:
        return [], 0


def _unguarded(cell: str) -> str:
    """Takes off the apostrophe that `svarvakt.register.writers` puts before a would-be formula."""
    return cell[1:] if _FORMULA.match(cell) else cell


def _read_workbook(path: Path, names: set[str], problems: list[Problem]) -> dict[str, RawTable]:
    found: dict[str, RawTable] = {}
    try:
        sheets = _sheets(path)
    except _NoBook as no_book:
        problems.append(_whole_file(path, str(no_book)))
        return {}
    for title, cells in sheets.items():
        file, name = f"{path.name}, ark {title}", title.strip().lower()
        if name not in names:
            problems.append(Problem(file, None, None, reason("sheet_unknown")))
            continue
        lines = [
            (line, tuple(_unguarded(_as_text(value)) for value in row))
            for line, row in enumerate(cells, 1)
        ]
        table = _table(file, [(line, cells) for line, cells in lines if any(cells)], problems)
        if table:
            found[name] = table
    return found


class _NoBook(Exception):
    """The workbook cannot be read; the message says why."""


def _sheets(path: Path) -> dict[str, list[list[Any]]]:
    """The cells of each sheet. Raises `_NoBook`."""
    from python_calamine import CalamineError, CalamineWorkbook  # only when there is one

    if why := workbook_rejection_reason(path):
        raise _NoBook(_NOT_OPENED if why == DAMAGED_BOOK else why)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        return {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in workbook.sheet_names
        }
    except (CalamineError, ValueError, OSError):
        raise _NoBook(_NOT_OPENED) from None
    except BaseException as error:  # Rust's panic is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise _NoBook(_NOT_OPENED) from None


def _as_text(value: Any) -> str:
    """A workbook's cell as somebody would have typed it."""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, float) and abs(value) >= 1e15:
        return f"{value:.5E}"  # Excel keeps 15 digits: such an id is damaged, and is told so
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.seconds // 3600 + value.days * 24:02}:{value.seconds // 60 % 60:02}"
    return str(value)


def _whole_file(path: Path, message: str) -> Problem:
    return Problem(path.name, None, None, message)
