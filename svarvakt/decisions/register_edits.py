"""The register as it is in force: the files people keep, and over them what was edited here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from svarvakt.decisions.store import RegisterEdit, is_used, open_store
from svarvakt.register import TABLES, RawTable, Register, Table, as_cells, make_register, raw_folder

# What makes two lines of a file the same line. The calendar's lines are all of the line.
KEYS: Mapping[str, tuple[str, ...]] = {
    "units": ("unit_id", "valid_from"),
    "accounts": ("account_id",),
    "administrators": ("account_id", "person_ref", "role", "valid_from"),
    "calendar": ("kind", "weekday", "date_from", "date_to", "opens", "closes"),
    "targets": ("metric", "valid_from"),
    "access": ("subject", "role", "unit_id", "account_id"),
    "municipality": ("key", "valid_from"),
}
IN_APP = "endret i Svarvakt"
Cells = Mapping[str, str]


class Edit(NamedTuple):
    """One line before and after; None = there is no such line."""

    file: str
    line_key: str
    before: Cells | None
    after: Cells | None


def current_register(data: Path, planned: Sequence[Edit] = ()) -> Register:
    """The files of `data/register/` with every edit made in the app laid over them.

    `planned` are edits that are not stored yet: what the register would be with them. Without any
    it is read again only when a file or an edit has come.
    """
    return _with_edits(data, planned) if planned else _as_it_is(data, _stamp(data))


def _stamp(data: Path) -> tuple[Any, ...]:
    """Changes with every file of the register and every edit."""
    folder = data / "register"
    files = sorted(folder.glob("*")) if folder.is_dir() else []
    stats = [(file.name, file.stat()) for file in files if file.is_file()]
    seen = tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)
    return seen, open_store(data).state() if is_used(data) else ""


@lru_cache(maxsize=4)
def _as_it_is(data: Path, _seen: tuple[Any, ...]) -> Register:
    return _with_edits(data, ())


def _with_edits(data: Path, planned: Sequence[Edit]) -> Register:
    made = open_store(data).register_edits() if is_used(data) else []
    edits: list[RegisterEdit | Edit] = [*made, *planned]
    tables, problems = raw_folder(data / "register")
    if not edits:
        return make_register(tables, problems)
    edited = {edit.file for edit in edits}
    for table in (each for each in TABLES if each.name in edited):
        lines = _lines(table, tables.get(table.name))
        for edit in edits:
            if edit.file == table.name:
                _apply(lines, edit)
        tables[table.name] = _raw(table, lines.values())
    return make_register(tables, problems)


def register_lines(data: Path, name: str) -> list[dict[str, str]]:
    """The lines of one file as they are in force, {column: text}, for editing."""
    return [dict(cells) for cells in lines_by_key(data, name).values()]


def lines_by_key(data: Path, name: str) -> dict[str, Cells]:
    """The same by `line_key`; of lines that share one, the later have `#` and their number."""
    return {key: cells for key, (_number, cells) in _in_force(data, name).items()}


def lines_by_number(data: Path, name: str, planned: Sequence[Edit] = ()) -> dict[int, Cells]:
    """The same by the number that problems name, with edits in it that are not stored yet."""
    return dict(_in_force(data, name, planned).values())


def line_key(table: str, cells: Cells) -> str:
    """What a line is known by: its key cells, as text."""
    return "|".join(cells.get(name, "").strip().lower() for name in KEYS[table])


def edits_between(table: str, before: Iterable[Cells], after: Iterable[Cells]) -> list[Edit]:
    """What must be stored for `before` to become `after`: changed, new and removed lines."""
    old = {line_key(table, cells): _filled(cells) for cells in before}
    new = {line_key(table, cells): _filled(cells) for cells in after}
    return [
        Edit(table, key, old.get(key), new.get(key))
        for key in dict.fromkeys((*old, *new))
        if old.get(key) != new.get(key)
    ]


def _filled(cells: Cells) -> dict[str, str]:
    return {name: text.strip() for name, text in cells.items() if text and text.strip()}


def _lines(table: Table, raw: RawTable | None) -> dict[str, tuple[int, Cells]]:
    """Every line of a file by its key; lines that share one get a number."""
    found: dict[str, tuple[int, Cells]] = {}
    for number, cells in as_cells(table, raw) if raw else ():
        key = line_key(table.name, cells)
        found[key if key not in found else f"{key}#{number}"] = (number, cells)
    return found


def _apply(lines: dict[str, tuple[int, Cells]], edit: RegisterEdit | Edit) -> None:
    if edit.after is None:
        lines.pop(edit.line_key, None)
    else:
        known = lines.get(edit.line_key)
        # A new line stands below all others: a problem's line number names one line only.
        number = known[0] if known else max((n for n, _cells in lines.values()), default=1) + 1
        lines[edit.line_key] = (number, edit.after)


def _in_force(data: Path, name: str, planned: Sequence[Edit] = ()) -> dict[str, tuple[int, Cells]]:
    lines = dict(_stored_lines(data, name, _stamp(data)))
    for edit in planned:
        if edit.file == name:
            _apply(lines, edit)
    return lines


@lru_cache(maxsize=32)
def _stored_lines(data: Path, name: str, _seen: tuple[Any, ...]) -> Mapping[str, tuple[int, Cells]]:
    table = next(each for each in TABLES if each.name == name)
    lines = _lines(table, raw_folder(data / "register")[0].get(name))
    for edit in open_store(data).register_edits() if is_used(data) else ():
        if edit.file == name:
            _apply(lines, edit)
    return lines


def _raw(table: Table, lines: Iterable[tuple[int, Cells]]) -> RawTable:
    names = tuple(column.name for column in table.columns)
    rows = tuple((number, tuple(cells.get(name, "") for name in names)) for number, cells in lines)
    return RawTable(table.file, names, rows)
