"""A list of units as people copy it from Excel: to lines of units.csv, nothing lost in silence."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from svarvakt.reasons import Reason
from svarvakt.register.models import Problem
from svarvakt.register.reasons import reason
from svarvakt.register.schema import UNIT_KINDS
from svarvakt.register.text import clean, fold

# Words of a header, folded, that say what a column holds.
_HEADERS = {
    "unit_id": ("id", "enhet_id", "enhets_id", "unit_id", "kode", "nummer", "nr", "ansvar"),
    "name": ("navn", "enhet", "enhetsnavn", "name", "namn", "eining", "unit", "avdeling"),
    "kind": ("type", "kind", "niva", "enhetstype"),
    "parent_id": (
        "overordnet", "overordnet_id", "overordnet_enhet", "overordna", "horer_til", "sektor",
        "parent", "parent_id",
    ),
    "leader_role": ("leder", "lederrolle", "enhetsleder_rolle", "leader_role"),
}  # fmt: skip
_POSITIONS = {
    1: ("name",),
    2: ("name", "parent_id"),
    3: ("name", "kind", "parent_id"),
    4: ("unit_id", "name", "kind", "parent_id"),
}
_MOST_OF_AN_ID = 40


class Pasted(NamedTuple):
    """What was understood, as lines of units.csv, and what was not, line by line."""

    lines: list[dict[str, str]]
    problems: list[Problem]


def units_from(text: str, known: Sequence[Mapping[str, str]], on: date) -> Pasted:
    """Units of a pasted list; `known` are the lines of units.csv, `on` the day they hold from.

    Columns are separated by tabs or semicolons, known by a header or guessed by position: name ·
    name, parent · name, kind, parent · id, name, kind, parent. A unit that is known by its id
    or, without one, by its name stays as it is. Ids are made of the names and never reused.
    """
    rows = list(_rows(text))
    if not rows:
        return Pasted([], [])
    problems: list[Problem] = []
    columns = _header(rows[0][1])
    if columns:
        problems += _unknown(rows.pop(0), columns)
    else:
        columns = _guessed(rows)
    found = [
        (number, dict(zip(columns, cells, strict=False)))
        for number, cells in _fitting(rows, len(columns), problems)
    ]
    return _lines(found, known, on, problems)


def new_id(name: str, taken: Collection[str]) -> str:
    """An id made of a name that nobody has or had: `tindhamna-skule`, `tindhamna-skule-2`."""
    # `fold` makes å an a; people read `aa`, but two names must not differ by that alone.
    stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:_MOST_OF_AN_ID].strip("-") or "enhet"
    used = {each.casefold() for each in taken}
    number, candidate = 1, stem
    while candidate in used:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines with their number from 1, blank ones left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((line for line in lines if line.strip()), "")
    delimiter = "\t" if "\t" in first else ";"
    for number, line in enumerate(lines, 1):
        try:
            cells = [clean(cell) for cell in next(csv.reader([line], delimiter=delimiter), [])]
        except csv.Error:  # a cell over the reader's limit
            cells = [clean(cell) for cell in line.split(delimiter)]
        if any(cells):
            yield number, cells


def _header(cells: Sequence[str]) -> list[str]:
    """The columns that a header names ("" = one we don't use); [] when it is no header.

    «Enhet» and «avdeling» are kinds of unit too: by themselves they make no header of a line that
    says something else as well.
    """
    words = {fold(word): name for name, all_words in _HEADERS.items() for word in all_words}
    columns = [words.get(fold(cell), "") for cell in cells]
    is_sure = any(words.get(fold(cell)) and not _kind(cell) for cell in cells)
    is_whole = all(name for cell, name in zip(cells, columns, strict=True) if cell)
    is_once = all(columns.count(name) <= 1 for name in columns if name)
    return columns if "name" in columns and is_once and (is_sure or is_whole) else []


def _unknown(header: tuple[int, Sequence[str]], columns: Sequence[str]) -> list[Problem]:
    number, cells = header
    return [
        _problem(number, reason("pasted_column_unknown", column=cell))
        for cell, name in zip(cells, columns, strict=True)
        if cell and not name
    ]


def _guessed(rows: Sequence[tuple[int, Sequence[str]]]) -> list[str]:
    """By the number of columns; a column with the words for kinds is the kind."""
    width = min(max(len(cells) for _number, cells in rows), max(_POSITIONS))
    columns = list(_POSITIONS[width])
    if width == 3 and not any(_kind(_cell(cells, 1)) for _number, cells in rows):
        columns = ["unit_id", "name", "parent_id"]
        if any(_kind(_cell(cells, 2)) for _number, cells in rows):
            columns = ["unit_id", "name", "kind"]
    elif width == 2 and any(_kind(_cell(cells, 1)) for _number, cells in rows):
        columns = ["name", "kind"]
    return columns


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _kind(word: str) -> str:
    """The kind of unit that a word means, "" when it is none."""
    for kind, others in UNIT_KINDS.items():
        if fold(word) in {fold(each) for each in (kind, *others)}:
            return kind
    return ""


def _fitting(
    rows: Sequence[tuple[int, list[str]]], width: int, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    for number, cells in rows:
        if any(cells[width:]):
            fault = reason("too_many_cells", cells=len(cells), columns=width)
            problems.append(_problem(number, fault))
        else:
            yield number, cells


def _lines(
    found: Sequence[tuple[int, Mapping[str, str]]],
    known: Sequence[Mapping[str, str]],
    on: date,
    problems: list[Problem],
) -> Pasted:
    names = {fold(line.get("name", "")): line.get("unit_id", "") for line in known}
    ids = {line.get("unit_id", "") for line in known}
    taken = ids | {cells.get("unit_id", "") for _number, cells in found}
    new: list[tuple[int, Mapping[str, str], dict[str, str]]] = []
    for number, cells in found:
        fault = _refused(cells, names, ids)
        if fault:
            problems.append(_problem(number, fault))
            continue
        unit_id = cells.get("unit_id") or new_id(cells["name"], taken)
        taken.add(unit_id)
        ids.add(unit_id)
        names[fold(cells["name"])] = unit_id
        new.append((number, cells, {"unit_id": unit_id, "name": cells["name"]}))
    lines = [_line(*each, names, ids, on, problems) for each in new]
    return Pasted(lines, sorted(problems, key=lambda problem: problem.line or 0))


def _refused(
    cells: Mapping[str, str], names: Mapping[str, str], ids: Collection[str]
) -> Reason | None:
    name, unit_id = cells.get("name", ""), cells.get("unit_id", "")
    if not name:
        return reason("pasted_name_missing")
    if unit_id in ids:
        return reason("pasted_id_known", unit=unit_id)
    if not unit_id and fold(name) in names:
        return reason("pasted_name_known", unit=name)
    return None


def _line(
    number: int,
    cells: Mapping[str, str],
    line: dict[str, str],
    names: Mapping[str, str],
    ids: Collection[str],
    on: date,
    problems: list[Problem],
) -> dict[str, str]:
    kind, parent = cells.get("kind", ""), cells.get("parent_id", "")
    if kind and not _kind(kind):
        problems.append(_problem(number, reason("pasted_kind_unknown", kind=kind)))
    parent_id = parent if parent in ids else names.get(fold(parent), "")
    if parent and not parent_id:
        problems.append(_problem(number, reason("pasted_parent_unknown", unit=parent)))
    line |= {"kind": _kind(kind) or "enhet", "valid_from": on.isoformat()}
    if parent_id and parent_id != line["unit_id"]:
        line["parent_id"] = parent_id
    if cells.get("leader_role"):
        line["leader_role"] = cells["leader_role"]
    return line


def _problem(number: int, fault: Reason) -> Problem:
    return Problem("units.csv", number, None, fault)
