"""What damaged, locked or hostile zip archives are known by (a workbook is one, too)."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

# All that reading one has been seen to raise, besides OSError: `zipfile` checks little itself.
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OverflowError,
    RuntimeError, ValueError,  # locked, a method nobody knows; names that are no text
)  # fmt: skip
# The same of XML: Python is asked for the encoding that the file names; a place that is no number.
XML_ERRORS = (ElementTree.ParseError, LookupError, ValueError)
MAX_UNPACKED = 2 << 30  # bytes; what unpacks to more is taken for a bomb
MAX_BOOK = 500 << 20  # bytes; the same of a workbook
MAX_CELLS = 20_000_000  # of one sheet, the empty ones included: some 2 GB while it is read
MAX_RATIO = 200
_SMALL = 50 << 20
# A cell with something in it, and a row: `<c r="AB12">`. Empty cells close themselves. As the
# reader takes them: any number of letters and digits, either quote, anything in other attributes.
# Nothing is tried in two ways (`(?>`, `*+`): a tag that never ends would take minutes.
_PLACE = re.compile(
    rb"""<(?:\w+:)?(?:c|row)(?=\s)"""
    rb"""(?>(?:[^<>"']|"[^"]*"|'[^']*')*?\sr\s*=\s*["']([A-Za-z]*)(\d*)["'])"""
    rb"""(?:[^<>"']|"[^"]*"|'[^']*')*+(?<!/)>"""
)
_CHUNK = 1 << 20

DAMAGED_BOOK = "Arbeidsboken er skadd og kan ikke åpnes. Last den ned på nytt."
_BOMB = "Arbeidsboken pakker seg ut til altfor mye data og er ikke lest."
_OTHER_KIND = (
    "Arbeidsboken er lagret i et annet format enn «.xlsx». Lagre den som «.xlsx» i Excel og ta den "
    "inn på nytt."
)
_TOO_WIDE = (
    "Et ark i arbeidsboken strekker seg over altfor mange rader og kolonner, trolig fordi det står "
    "noe i en celle langt utenfor tabellen. Lagre bare tabellen i en ny arbeidsbok, eller som CSV."
)


def is_bomb(unpacked: int, packed: int) -> bool:
    """Whether so many bytes are more than any export gives, or far more than were sent."""
    return unpacked > MAX_UNPACKED or (unpacked > _SMALL and unpacked > MAX_RATIO * packed)


def workbook_rejection_reason(path: Path) -> str | None:
    """Why a workbook must not be opened, a sentence; None when it can be tried.

    Its reader sets aside memory for all cells up to the last one, and when it gets none the whole
    program ends.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            unpacked = sum(one.file_size for one in parts)
            if unpacked > MAX_BOOK or is_bomb(unpacked, path.stat().st_size):
                return _BOMB
            if any(one.filename.lower().endswith(("workbook.bin", "content.xml")) for one in parts):
                return _OTHER_KIND
            # A sheet may be called anything.
            return _TOO_WIDE if any(_has_far_cells(archive, one) for one in parts) else None
    except (*ZIP_ERRORS, OSError):  # such as a list of contents that begins before the file does
        return DAMAGED_BOOK


def _has_far_cells(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    rows = columns = 0
    with archive.open(part) as sheet:
        rest = b""
        while chunk := sheet.read(_CHUNK):
            seen = rest + chunk
            for letters, row in _PLACE.findall(seen):
                rows = max(rows, int(row[-20:] or 0))
                columns = max(columns, _column(letters[-20:].upper()))
            rest = seen[-1_000:]
    return rows * max(columns, 1) > MAX_CELLS


def _column(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
