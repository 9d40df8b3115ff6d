"""What a spreadsheet or a broken download did to a delimited text, undone where that can be done.

A comma file that a Norwegian Excel has saved has every line as one quoted cell. A quotation mark
that is never closed swallows the rows below it. A file that is cut ends in the middle of a row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

DELIMITERS = ",;\t"
LOOKED_AT = 30  # lines that tell whether a file is wrapped
LEAST_COLUMNS = 3  # fewer could be a sentence with commas
LONGEST_RECORD = 400  # lines of one record
CHECKED = 32 << 20  # characters: in a larger text only an odd number of quotation marks is seen


class Repaired(NamedTuple):
    """A text whose records can be told apart; `lines` have the marks that were not closed."""

    text: str
    lines: list[int]
    is_cut: bool


def wrapping(text: str) -> str | None:
    """The delimiter of a spreadsheet that saved every line as one cell; None = it did not."""
    lines = [line for line in islice(text.splitlines(), LOOKED_AT) if line.strip()]
    return next((mark for mark in ";\t," if _is_wrapped(lines, mark)), None)


def _is_wrapped(lines: Sequence[str], outer: str) -> bool:
    inner = [mark for mark in DELIMITERS if mark != outer]
    header = _one_cell(lines[0], outer) if lines else None
    if header is None or max(len(_fields(header, mark)) for mark in inner) < LEAST_COLUMNS:
        return False
    # Only a line that holds a quotation mark is quoted; a line alone is not enough to tell.
    return any(
        line.startswith('"')
        and (cell := _one_cell(line, outer)) is not None
        and max(len(_fields(cell, mark)) for mark in inner) >= LEAST_COLUMNS
        for line in lines
    )


def _one_cell(line: str, outer: str) -> str | None:
    cells = _strict(line, outer)
    return cells[0] if cells and cells[0] and not any(cells[1:]) else None


def _strict(line: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), None)
    except csv.Error:
        return None


def _fields(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def unwrapped(text: str, outer: str) -> str:
    """The lines as they were before the spreadsheet; a text with its delimiter became two cells."""
    lines = []
    for line in text.splitlines():
        cells = _strict(line, outer)
        lines.append(line if cells is None else outer.join(cells).rstrip(outer))
    return "\n".join(lines) + "\n"


def repair(text: str, delimiter: str) -> Repaired:
    """The text with every quotation mark closed, and whether it ends inside a row."""
    if text.count('"') % 2 == 0:
        if len(text) > CHECKED:
            return Repaired(text, [], False)
        lengths = _lengths(text, delimiter)
        if lengths is not None:
            return Repaired(text, [], not text.endswith(("\n", "\r")) and _is_short(text, lengths))
    return _close_marks(text, delimiter)


def _lengths(text: str, delimiter: str) -> list[int] | None:
    """Fields of each record; None when a quotation mark is misplaced."""
    try:
        lines = text.splitlines(keepends=True)
        return [len(row) for row in csv.reader(lines, delimiter=delimiter, strict=True) if row]
    except csv.Error:
        return None


def _is_short(text: str, lengths: Sequence[int]) -> bool:
    """Whether the last record has fewer fields than any other; one sentence alone is a note."""
    *others, last = lengths or [0]
    if last > 1 or " " not in text[text.rfind("\n") + 1 :]:
        return bool(others) and last < min(others)
    return False


def _close_marks(text: str, delimiter: str) -> Repaired:
    lines = text.split("\n")
    found, unclosed, at = [], [], 0
    width = max((len(_fields(line, delimiter)) for line in lines[:10]), default=1)
    is_cut = False
    while at < len(lines):
        record, after, state = _record(lines, at, delimiter)
        if state != "whole" and (after - at > 1 or state == "open"):
            swallowed = lines[at + 1 : after]
            is_last = after == len(lines) and state == "open"
            if is_last and not any(_looks_whole(line, delimiter, width) for line in swallowed):
                found.append(f'{record.rstrip()}"')
                is_cut = True
                break
            record, after = _closed(lines[at], delimiter), at + 1
            unclosed.append(at + 1)
        found.append(record)
        at = after
    whole = "\n".join(found)
    if not is_cut and not whole.endswith(("\n", "\r")):
        is_cut = _is_short(whole, _lengths(whole, delimiter) or [])
    return Repaired(whole, unclosed, is_cut)


def _record(lines: Sequence[str], at: int, delimiter: str) -> tuple[str, int, str]:
    """The record that begins at a line, the line after it, and how it ends."""
    record, after = lines[at], at + 1
    state = _state(record, delimiter)
    while state == "open" and after < min(len(lines), at + LONGEST_RECORD):
        record = f"{record}\n{lines[after]}"
        after += 1
        if '"' in lines[after - 1]:
            state = _state(record, delimiter)
    return record, after, state


def _looks_whole(line: str, delimiter: str, width: int) -> bool:
    return _state(line, delimiter) != "open" and len(_fields(line, delimiter)) >= width


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    quoted = rf'"(?:[^"]|"")*"(?=[{delimiter}]|\r?\Z)'
    return re.compile(rf'(?:{quoted}|(?!")[^{delimiter}]*)'), re.compile(r'"(?:[^"]|"")*\Z')


def _state(record: str, delimiter: str) -> str:
    """«whole», «open» when a mark is not closed, «bad» when one is closed inside a field."""
    return _first_fault(record, delimiter)[0]


def _first_fault(record: str, delimiter: str) -> tuple[str, int]:
    field, open_field = _patterns(delimiter)
    at = 0
    while at <= len(record):
        found = field.match(record, at)
        if found is None:
            return ("open" if open_field.match(record, at) else "bad"), at
        at = found.end() + 1
    return "whole", 0


def _closed(line: str, delimiter: str) -> str:
    """One line whose open mark is taken for a letter."""
    for _ in range(line.count('"')):
        state, at = _first_fault(line, delimiter)
        if state == "whole":
            return line
        end = next((e for e in _ends(line, at, delimiter)), len(line))
        text = line[at:end].rstrip("\r").replace('"', '""')
        line = f'{line[:at]}"{text}"{line[end:]}'
    return line


def _ends(line: str, at: int, delimiter: str) -> Iterator[int]:
    end = line.find(delimiter, at)
    if end >= 0:
        yield end
