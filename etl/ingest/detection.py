"""Tells by its content which export format a file is; exactly one may claim it."""

from __future__ import annotations

import csv
import importlib
import io
import json
import pkgutil
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from etl.ingest import sources
from etl.ingest.delimited import DELIMITERS, unwrapped, wrapping
from etl.ingest.reasons import reason
from etl.ingest.sources._columns import HEADER_ROWS
from etl.ingest.staging import FileSample, Format, InputRequired, UnsupportedFile, objects
from etl.ingest.unusable import why_unusable
from etl.ingest.workbooks import XML_MARK, hidden_sheets, sheets_of

WORKBOOK = "svarvakt_workbook"  # our own table with several sheets
HEAD_BYTES = 32_768
HEAD_ROWS = 30
DAMAGED = "utf-8-damaged"
# Brackets and commas; whole strings (the last one may be cut) are stepped over.
JSON_MARKS = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)


@cache
def formats() -> tuple[Format, ...]:
    """Every format: putting a module or a column template into `sources` registers it."""
    names = sorted(m.name for m in pkgutil.iter_modules(sources.__path__) if m.name[0] != "_")
    modules: list[Any] = [importlib.import_module(f"etl.ingest.sources.{name}") for name in names]
    return tuple(one for module in modules for one in getattr(module, "FORMATS", (module,)))


def id_scopes() -> dict[str, str]:
    """Where an id of each known format is one comment (`_template.ID_SCOPES`).

    A format that is not known, as a table of a person's own, numbers them under its posts.
    """
    found = {one.FORMAT: str(getattr(one, "id_scope", "platform")) for one in formats()}
    return found | {WORKBOOK: "post"}


def recognise(head: FileSample, extra: Sequence[Format] = ()) -> Format:
    """The one format that claims the file. Raises UnsupportedFile when none or several do.

    `extra` are column templates that people made; they are asked about what nothing else claims.
    """
    claims = [module for module in formats() if module.recognises(head)]
    claims = claims or [template for template in extra if template.recognises(head)]
    if len(claims) == 1:
        return claims[0]
    if claims:
        names = ", ".join(module.FORMAT for module in claims)
        raise UnsupportedFile(reason("several_formats", names=names))
    if known := why_unusable(head):
        raise UnsupportedFile(known)
    why = _unknown(head)
    raise InputRequired(why, "columns") if is_table(head) else UnsupportedFile(why)


def is_table(head: FileSample) -> bool:
    """Whether a person could say what the columns are: a row of names, and rows below it."""
    return head.kind == "text" and sum(len(row) > 1 for row in head.rows) > 1


def _unknown(head: FileSample) -> str:
    """What a file is that no format claims, and the next click."""
    if head.kind == "json" and head.sample is None:
        return reason("unknown_json_damaged")
    if head.kind == "json":
        keys = sorted({key for item in objects(head) for key in item})[:12]
        if not keys:
            return reason("unknown_json_without_fields")
        return reason("unknown_json", fields=", ".join(keys))
    if head.kind == "text" and head.rows:
        return reason("unknown_text", line=" | ".join(head.rows[0])[:120])
    if head.kind == "workbook":
        names = ", ".join(f"«{sheet.name}»" for sheet in head.sheets[:8])
        return reason("unknown_workbook", sheets=names)
    return reason("unknown_empty" if head.kind == "empty" else "unknown_other")


def sample_of(path: Path) -> FileSample:
    """What recognition looks at. Reads a text file whole (it decides the encoding), JSON in part.

    Raises OSError when the file cannot be read, Refused for a workbook that cannot be opened.
    """
    with path.open("rb") as file:
        start = file.read(HEAD_BYTES)
    if not start.strip():
        return FileSample(path, "empty")
    if start[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return _workbook_head(path)
    if XML_MARK in start[:4096]:
        return _workbook_head(path)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] in (b"{", b"["):
        return FileSample(path, "json", sample=json_prefix(text.decode("utf-8", "ignore")))
    encoding = encoding_of(path, start)
    if encoding is None:
        return FileSample(path, "other")
    text_encoding = "utf-8-sig" if encoding == DAMAGED else encoding
    return _text_head(path, start.decode(text_encoding, "ignore"), encoding)


def _workbook_head(path: Path) -> FileSample:
    sheets = tuple(sheets_of(path, HEAD_ROWS))
    hidden = tuple(name for name in hidden_sheets(path) if name not in {one.name for one in sheets})
    if len(sheets) == 1:
        rows = sheets[0].rows
        return FileSample(
            path, "text", "utf-8-sig", ",", rows, is_from_workbook=True, hidden_sheets=hidden
        )
    kind = "workbook" if sheets else "empty"
    return FileSample(path, kind, is_from_workbook=True, sheets=sheets, hidden_sheets=hidden)


def encoding_of(path: Path, start: bytes) -> str | None:
    """utf-16 and utf-8 by their marks, utf-8 when all of the file is, else cp1252; None = binary.

    `DAMAGED` is UTF-8, by its mark or most of its letters, with bytes in it that are not.
    """
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if b"\x00" in start:
        return None
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return _encoding_with_bad_bytes(path.read_bytes())
    return "utf-8-sig"


def _encoding_with_bad_bytes(content: bytes) -> str:
    """One bad byte makes no UTF-8 another encoding: it is cp1252 where most letters say so."""
    if content.startswith(b"\xef\xbb\xbf"):
        return DAMAGED
    text = content.decode("utf-8", "surrogateescape")
    bad = len(re.findall("[\udc80-\udcff]", text))
    good = len(re.findall("[^\x00-\x7f\udc80-\udcff]", text))
    is_cut = bad and not re.search("[\udc80-\udcff]", text[:-bad]) and content[-bad] >= 0xC3
    return DAMAGED if good > bad or is_cut else "cp1252"


def _text_head(path: Path, text: str, encoding: str) -> FileSample:
    outer = wrapping(text)
    if outer:
        text = unwrapped(text, outer)
    if text.lower().startswith("sep="):
        text = text.partition("\n")[2]
    # The first record with any mark in it: a title may stand above the names of the columns.
    joined = (",".join(record) for record in islice(_records(text, ","), HEADER_ROWS))
    marked = next((line for line in joined if any(mark in line for mark in DELIMITERS)), "")
    delimiter = max(DELIMITERS, key=lambda mark: (marked.count(mark), mark == ","))
    rows = []
    for row in _records(text, delimiter):
        rows.append(tuple(row))
        if len(rows) == HEAD_ROWS:
            break
    return FileSample(path, "text", encoding, delimiter, tuple(rows), wrapping=outer)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text), delimiter=delimiter)
    except csv.Error:  # a cell over the reader's limit: what was read so far is enough
        return


def json_prefix(text: str) -> Any:
    """The value that a cut JSON text holds so far; None when nothing can be made of it."""
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (json.JSONDecodeError, RecursionError):
        pass
    cuts, closers = _safe_cuts(text)
    for position, closing in zip(reversed(cuts), reversed(closers), strict=True):
        try:
            return json.loads(text[:position] + closing)
        except (json.JSONDecodeError, RecursionError):
            continue
    return None


def _safe_cuts(text: str) -> tuple[list[int], list[str]]:
    """The last few places where a value just ended, with the brackets that close the text there."""
    stack: list[str] = []
    cuts: list[tuple[int, str]] = []
    for token in JSON_MARKS.finditer(text):
        mark = token.group()
        if mark in "{[":
            stack.append("}" if mark == "{" else "]")
        elif mark in "}]" and stack:
            stack.pop()
            cuts.append((token.end(), "".join(reversed(stack))))
        elif mark == "," and stack:
            cuts.append((token.start(), "".join(reversed(stack))))
        del cuts[:-5]
    return [position for position, _ in cuts], [closing for _, closing in cuts]
