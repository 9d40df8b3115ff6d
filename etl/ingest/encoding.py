"""Gives the sources text that they can read: UTF-8, whatever the file is written in."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any

from etl.ingest.delimited import CHECKED, repair, unwrapped
from etl.ingest.detection import DAMAGED
from etl.ingest.reasons import reason
from etl.ingest.staging import ImportFile
from etl.ingest.workbooks import sheets_of, write_csv

_CHUNK = 1 << 20
_SHOWN = 5  # line numbers in a warning


def transcode_to_utf8(file: ImportFile, scratch: Path) -> None:
    """Points `file.path` (and `file.sheets`) at UTF-8 copies in `scratch` where it has to.

    The copies are readable by their owner alone and go with `scratch`. What was damaged and what
    was done about it stands in `file.notes`. Raises UnsupportedFile for a workbook that cannot be
    read to its end.
    """
    if file.head.is_from_workbook:
        _write_sheets(file, scratch)
    elif file.head.kind == "text":
        _mend_text(file, scratch)
    elif file.head.kind == "json":
        _last_keys_win(file, scratch)


def _write_sheets(file: ImportFile, scratch: Path) -> None:
    if file.head.hidden_sheets:
        names = ", ".join(f"«{name}»" for name in file.head.hidden_sheets)
        file.notes.append(reason("hidden_sheets", names=names))
    for number, sheet in enumerate(sheets_of(file.path)):
        copy = scratch / f"{file.file_no}.{number}.csv"
        write_csv(sheet, copy)
        file.sheets[sheet.name] = copy
    if file.head.kind == "text":
        (file.path,) = file.sheets.values()


def _mend_text(file: ImportFile, scratch: Path) -> None:
    """formats.md 0.1 c; delimited.py."""
    is_plain = file.head.encoding == "utf-8-sig" and file.head.wrapping is None
    if is_plain and file.path.stat().st_size > CHECKED and not _marks_are_odd(file.path):
        return
    text = _decoded(file)
    before = text if is_plain else None
    if file.head.wrapping:
        text = unwrapped(text, file.head.wrapping)
        file.notes.append(reason("row_in_one_cell"))
    text, unclosed, is_short = repair(text, file.head.delimiter)
    if unclosed:
        shown = ", ".join(map(str, unclosed[:_SHOWN])) + (" …" * (len(unclosed) > _SHOWN))
        file.notes.append(reason("unclosed_quotation_mark", lines=shown))
    file.is_cut = file.is_cut or is_short
    if file.is_cut:
        file.notes.append(reason("file_is_cut"))
    if text != before:
        copy = scratch / f"{file.file_no}.repaired.txt"
        copy.touch(mode=0o600)
        copy.write_text(text, encoding="utf-8", newline="")
        file.path = copy


def _last_keys_win(file: ImportFile, scratch: Path) -> None:
    """A key that stands twice in an object has its last value, as every JSON reader takes it."""
    if file.path.stat().st_size > CHECKED:
        return
    repeated: list[str] = []

    def last(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            repeated.append("")
        return found

    try:
        text = file.path.read_text(encoding="utf-8-sig")
        values = _json_values(text, json.JSONDecoder(object_pairs_hook=last))
    except (ValueError, RecursionError):
        return  # the source says what is wrong with it
    if repeated:
        file.notes.append(reason("json_key_repeated", count=len(repeated)))
        copy = scratch / f"{file.file_no}.keys.json"
        copy.touch(mode=0o600)
        copy.write_text("\n".join(map(json.dumps, values)), encoding="utf-8")
        file.path = copy


def _json_values(text: str, decoder: json.JSONDecoder) -> list[Any]:
    """The value of a JSON text, or of each of its lines."""
    found, at = [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        value, at = decoder.raw_decode(text, at)
        found.append(value)
    return found


def _decoded(file: ImportFile) -> str:
    content = file.path.read_bytes()
    if file.head.encoding == "cp1252":
        file.notes.append(reason("saved_in_spreadsheet"))
    if file.head.encoding != DAMAGED:
        return content.decode(file.head.encoding, "replace")
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text = decoder.decode(content.removeprefix(codecs.BOM_UTF8))
    file.is_cut = bool(decoder.getstate()[0])  # the first bytes of a letter, and then no more
    if "\ufffd" in text:
        file.notes.append(reason("letters_lost"))
    return text


def _marks_are_odd(path: Path) -> bool:
    with path.open("rb") as file:
        return sum(chunk.count(b'"') for chunk in iter(lambda: file.read(_CHUNK), b"")) % 2 == 1
