"""Workbooks as tables of text: .xlsx, .xls, and the XML that Facebook once called .xls."""

from __future__ import annotations

import csv
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import python_calamine

from etl.apart import DAMAGED_BOOK, LOCKED, LOCKED_BOOK, limit_memory, read_apart
from etl.shapes import Refused, Sheet
from etl.zips import XML_ERRORS, ZIP_ERRORS, is_bomb

XML_MARK = b"urn:schemas-microsoft-com:office:spreadsheet"
_XML = "{urn:schemas-microsoft-com:office:spreadsheet}"
MAX_COLUMNS = 1_000
MAX_UNPACKED = 500 << 20  # bytes
MAX_CELLS = 20_000_000  # of one sheet, the empty ones included: some 2 GB while it is read
# A cell with something in it, and a row: `<c r="AB12">`. Empty cells close themselves.
_PLACE = re.compile(
    rb'<(?:\w+:)?(?:c\b[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>|row\b[^<>]*?\br="(\d{1,7})"'
    rb"[^<>]*(?<!/)>)"
)
_CHUNK = 1 << 20
_OLD_MARK = b"\xd0\xcf\x11\xe0"

_BOMB = "Arbeidsboken pakker seg ut til altfor mye data og er ikke lest."
_BINARY = "Arbeidsboken er lagret som «.xlsb». Lagre den som «.xlsx» i Excel og ta den inn på nytt."
_TOO_WIDE = (
    "Et ark i arbeidsboken strekker seg over altfor mange rader og kolonner, trolig fordi det står "
    "noe i en celle langt utenfor tabellen. Lagre bare tabellen i en ny arbeidsbok, eller som CSV."
)


def sheets_of(path: Path, rows: int | None = None) -> list[Sheet]:
    """The sheets that hold anything, their first `rows` rows (None = all) as text cells.

    Rows and columns stand where the spreadsheet shows them. Numbers are written without a
    false «.0», times as `2024-04-21 09:32:10`. Raises Refused for a file that no workbook is.
    """
    sheets = [Sheet(name, tuple(cells)) for name, cells in _tables(path, rows)]
    return [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]


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
        return read_apart(path, rows)
    _refuse_bombs(path)
    return _from_excel(path, rows)


def _from_excel(path: Path, rows: int | None) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    try:
        with python_calamine.load_workbook(str(path)) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                cells = sheet.to_python(skip_empty_area=False, nrows=rows)
                yield name, [_texts(row) for row in cells]
    except python_calamine.PasswordError:
        raise Refused(LOCKED_BOOK) from None
    except (python_calamine.CalamineError, ValueError, OSError):
        raise Refused(DAMAGED_BOOK) from None  # the library's own message may quote a cell
    except BaseException as error:
        # What the library did not expect of a damaged file: Rust's panic, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise Refused(DAMAGED_BOOK) from None


def _refuse_bombs(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            unpacked = sum(one.file_size for one in parts)
            if unpacked > MAX_UNPACKED or is_bomb(unpacked, path.stat().st_size):
                raise Refused(_BOMB)
            if any(one.filename.lower().endswith("workbook.bin") for one in parts):
                raise Refused(_BINARY)
            for one in parts:  # a sheet may be called anything
                _refuse_far_cells(archive, one)
    except (*ZIP_ERRORS, OSError):  # a list of contents that begins before the file does
        raise Refused(DAMAGED_BOOK) from None


def _refuse_far_cells(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """The reader sets aside memory for all cells up to the last one, and ends when it gets none."""
    rows = columns = 0
    with archive.open(part) as sheet:
        rest = b""
        while chunk := sheet.read(_CHUNK):
            seen = rest + chunk
            for letters, row, bare in _PLACE.findall(seen):
                rows = max(rows, int(row or bare))
                columns = max(columns, _column(letters))
            rest = seen[-1_000:]
    if rows * max(columns, 1) > MAX_CELLS:
        raise Refused(_TOO_WIDE)


def _column(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


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
    except XML_ERRORS:
        raise Refused(DAMAGED_BOOK) from None


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


def main() -> int:
    """`python -m etl.sheets PATH ROWS`: the other end of `etl.apart`; ROWS 0 = all."""
    limit_memory()
    path, rows = sys.argv[1:]
    try:
        json.dump(list(_from_excel(Path(path), int(rows) or None)), sys.stdout)
    except Refused as refusal:
        return LOCKED if str(refusal) == LOCKED_BOOK else 1
    except MemoryError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
