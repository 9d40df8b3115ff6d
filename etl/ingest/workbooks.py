"""Workbooks as tables of text: .xlsx, .xls, and the XML that Facebook once called .xls."""

from __future__ import annotations

import contextlib
import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import python_calamine

from etl.ingest.staging import Sheet, UnsupportedFile
from etl.ingest.xls_subprocess import LOCKED, LOCKED_BOOK, limit_memory, read_xls_in_subprocess
from svarvakt.archive_limits import DAMAGED_BOOK, XML_ERRORS, workbook_rejection_reason

XML_MARK = b"urn:schemas-microsoft-com:office:spreadsheet"
_XML = "{urn:schemas-microsoft-com:office:spreadsheet}"
MAX_COLUMNS = 1_000
LONGEST_NUMBER = 1e15  # a spreadsheet holds 15 digits: a longer one is not what was written
_OLD_MARK = b"\xd0\xcf\x11\xe0"


def sheets_of(path: Path, rows: int | None = None) -> list[Sheet]:
    """The sheets that hold anything, their first `rows` rows (None = all) as text cells.

    Rows and columns stand where the spreadsheet shows them. Numbers are written without a false
    «.0», times as `2024-04-21 09:32:10`. Raises UnsupportedFile for a file that no workbook is.
    """
    sheets = [Sheet(name, tuple(cells)) for name, cells in _tables(path, rows)]
    used = [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]
    hidden = hidden_sheets(path) if len(used) > 1 else ()
    return [sheet for sheet in used if sheet.name not in hidden] or used


def hidden_sheets(path: Path) -> tuple[str, ...]:
    """The names of a workbook's hidden sheets; none of the XML that Facebook called .xls."""
    with path.open("rb") as file:
        if not file.read(4).startswith(b"PK"):
            return ()
    with python_calamine.load_workbook(str(path)) as book:
        visible = python_calamine.SheetVisibleEnum.Visible
        return tuple(one.name for one in book.sheets_metadata if one.visible != visible)


def write_csv(sheet: Sheet, path: Path) -> None:
    """One sheet as UTF-8 text with commas, readable by its owner alone."""
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(sheet.rows)


def _tables(path: Path, rows: int | None) -> Iterable[tuple[str, list[tuple[str, ...]]]]:
    with path.open("rb") as file:
        start = file.read(5)
    if start.lstrip(b"\xef\xbb\xbf").startswith(b"<?"):
        return _from_xml(path, rows)
    if start.startswith(_OLD_MARK):
        return read_xls_in_subprocess(path, rows)
    if why := workbook_rejection_reason(path):
        raise UnsupportedFile(why)
    return _from_excel(path, rows)


def _from_excel(path: Path, rows: int | None) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    try:
        with python_calamine.load_workbook(str(path)) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                cells = sheet.to_python(skip_empty_area=False, nrows=rows)
                yield name, [_texts(row) for row in cells]
    except python_calamine.PasswordError:
        raise UnsupportedFile(LOCKED_BOOK) from None
    except (python_calamine.CalamineError, ValueError, OSError):
        raise UnsupportedFile(DAMAGED_BOOK) from None  # the library's own message may quote a cell
    except BaseException as error:
        # What the library did not expect of a damaged file: Rust's panic, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UnsupportedFile(DAMAGED_BOOK) from None


def _texts(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(cell_text, row[:MAX_COLUMNS]))


def cell_text(value: Any) -> str:
    """A cell as a CSV export would have written it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float() if abs(value) >= LONGEST_NUMBER:
            return f"{value:.14E}"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            return value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return str(value)


def _from_xml(path: Path, rows: int | None) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    try:
        for _event, element in ElementTree.iterparse(path):  # noqa: S314 -- expat bounds entities
            if element.tag == f"{_XML}Worksheet":
                yield element.get(f"{_XML}Name", ""), list(islice(_xml_rows(element), rows))
                element.clear()
    except XML_ERRORS:
        raise UnsupportedFile(DAMAGED_BOOK) from None


def _xml_rows(sheet: ElementTree.Element) -> Iterator[tuple[str, ...]]:
    number = 0
    for row in sheet.iter(f"{_XML}Row"):
        wanted = int(row.get(f"{_XML}Index") or number + 1)
        yield from [()] * min(wanted - number - 1, MAX_COLUMNS)
        number = wanted
        yield _xml_cells(row)


def _xml_cells(row: ElementTree.Element) -> tuple[str, ...]:
    cells: list[str] = []
    for cell in row.iter(f"{_XML}Cell"):
        at = int(cell.get(f"{_XML}Index") or len(cells) + 1)
        cells += [""] * (min(at, MAX_COLUMNS) - len(cells) - 1)
        cells.append(_xml_text(cell))
    return tuple(cells[:MAX_COLUMNS])


def _xml_text(cell: ElementTree.Element) -> str:
    """The text of a cell; a number of more digits than a spreadsheet holds is none, as in .xlsx."""
    text = "".join(cell.itertext()).strip()
    data = cell.find(f"{_XML}Data")
    if data is not None and data.get(f"{_XML}Type") == "Number":
        with contextlib.suppress(ValueError):
            if abs(float(text)) >= LONGEST_NUMBER:
                return cell_text(float(text))
    return text


def main() -> int:
    """`python -m etl.ingest.workbooks PATH ROWS`: what xls_subprocess.py runs; ROWS 0 = all."""
    limit_memory()
    path, rows = sys.argv[1:]
    try:
        json.dump(list(_from_excel(Path(path), int(rows) or None)), sys.stdout)
    except UnsupportedFile as refusal:
        return LOCKED if str(refusal) == LOCKED_BOOK else 1
    except MemoryError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
