"""Workbooks as tables of text: .xlsx, .xls, and the XML that Facebook once called .xls."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import python_calamine

from etl.shapes import Refused, Sheet

XML_MARK = b"urn:schemas-microsoft-com:office:spreadsheet"
_XML = "{urn:schemas-microsoft-com:office:spreadsheet}"
MAX_COLUMNS = 1_000
MAX_RATIO = 200  # a sheet that unpacks to more than so many times its size is no export
_SMALL = 50 << 20

_DAMAGED = "Arbeidsboken er skadd og kan ikke åpnes. Last den ned på nytt."
_LOCKED = "Arbeidsboken er låst med passord. Fjern passordet i Excel og ta den inn på nytt."
_BOMB = "Arbeidsboken pakker seg ut til altfor mye data og er ikke lest."


def sheets_of(path: Path, rows: int | None = None) -> list[Sheet]:
    """The sheets that hold anything, their first `rows` rows (None = all) as text cells.

    Rows and columns stand where the spreadsheet shows them. Numbers are written without a
    false «.0», times as `2024-04-21 09:32:10`. Raises Refused for a file that no workbook is.
    """
    found = _from_xml(path, rows) if _is_xml(path) else _from_excel(path, rows)
    sheets = [Sheet(name, tuple(cells)) for name, cells in found]
    return [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]


def write_csv(sheet: Sheet, path: Path) -> None:
    """One sheet as UTF-8 text with commas, readable by its owner alone."""
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(sheet.rows)


def _is_xml(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5).lstrip(b"\xef\xbb\xbf").startswith(b"<?")


def _from_excel(path: Path, rows: int | None) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    _refuse_bombs(path)
    try:
        with python_calamine.load_workbook(str(path)) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                cells = sheet.to_python(skip_empty_area=False, nrows=rows)
                yield name, [_texts(row) for row in cells]
    except python_calamine.PasswordError:
        raise Refused(_LOCKED) from None
    except (python_calamine.CalamineError, ValueError, OSError):
        raise Refused(_DAMAGED) from None  # the library's own message may quote a cell


def _refuse_bombs(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
    except zipfile.BadZipFile:
        raise Refused(_DAMAGED) from None
    if unpacked > _SMALL and unpacked > MAX_RATIO * path.stat().st_size:
        raise Refused(_BOMB)


def _texts(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(cell_text, row[:MAX_COLUMNS]))


def cell_text(value: Any) -> str:
    """A cell as a CSV export would have written it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
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
    except ElementTree.ParseError:
        raise Refused(_DAMAGED) from None


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
        cells.append("".join(cell.itertext()).strip())
    return tuple(cells[:MAX_COLUMNS])
