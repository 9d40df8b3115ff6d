"""The links behind the cells of a workbook, which no table of its texts holds."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from svarvakt.archive_limits import XML_ERRORS, ZIP_ERRORS

_SHEET = re.compile(r"xl/worksheets/([^/]+\.xml)")
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def hyperlinks(path: Path) -> Iterator[tuple[int, str, str]]:
    """(row from 1, column's letters, address) of every linked cell; none for another file."""
    try:
        with zipfile.ZipFile(path) as book:
            names = set(book.namelist())
            for name in sorted(names):
                found = _SHEET.fullmatch(name)
                targets = f"xl/worksheets/_rels/{found[1]}.rels" if found else ""
                if targets in names:
                    yield from _of_sheet(book, name, _targets(book, targets))
    except (*ZIP_ERRORS, *XML_ERRORS, OSError):
        return


def _targets(book: zipfile.ZipFile, name: str) -> dict[str, str]:
    with book.open(name) as file:
        tree = ElementTree.parse(file)  # noqa: S314 -- expat bounds entities
    return {each.get("Id", ""): each.get("Target", "") for each in tree.iter()}


def _of_sheet(
    book: zipfile.ZipFile, name: str, targets: dict[str, str]
) -> Iterator[tuple[int, str, str]]:
    with book.open(name) as file:
        for _event, element in ElementTree.iterparse(file):  # noqa: S314 -- expat bounds entities
            cell = _CELL.match(element.get("ref", ""))
            if element.tag.endswith("}hyperlink") and cell:
                yield int(cell[2]), cell[1], targets.get(element.get(_ID, ""), "")
