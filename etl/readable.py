"""Gives the sources text that they can read: UTF-8, whatever the file is written in."""

from __future__ import annotations

import re
from pathlib import Path

from etl.recognise import DAMAGED
from etl.shapes import ImportFile
from etl.sheets import sheets_of, write_csv


def make_readable(file: ImportFile, scratch: Path) -> None:
    """Points `file.path` (and `file.sheets`) at UTF-8 copies in `scratch` where it has to.

    The copies are readable by their owner alone and go with `scratch`. Raises Refused for a
    workbook that cannot be read to its end.
    """
    if file.head.is_from_workbook:
        _write_sheets(file, scratch)
    elif file.head.kind == "text" and file.head.encoding != "utf-8-sig":
        _write_utf8(file, scratch)


def _write_sheets(file: ImportFile, scratch: Path) -> None:
    for number, sheet in enumerate(sheets_of(file.path)):
        copy = scratch / f"{file.file_no}.{number}.csv"
        write_csv(sheet, copy)
        file.sheets[sheet.name] = copy
    if file.head.kind == "text":
        (file.path,) = file.sheets.values()


def _write_utf8(file: ImportFile, scratch: Path) -> None:
    """formats.md 0.1 c."""
    encoding = "utf-8-sig" if file.head.encoding == DAMAGED else file.head.encoding
    text = file.path.read_bytes().decode(encoding, "replace")
    copy = scratch / f"{file.file_no}.{re.sub(r'[^a-z0-9]', '', encoding)}.txt"
    copy.touch(mode=0o600)
    copy.write_text(text, encoding="utf-8", newline="")
    file.path = copy
