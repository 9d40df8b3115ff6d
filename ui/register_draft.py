"""What is typed in a table of register lines and not saved yet; nothing but a save loses it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import streamlit as st

from svarvakt.decisions import Edit, edits_between
from svarvakt.i18n import language
from svarvakt.register import TABLES, tidied

Cells = Mapping[str, str]
CHOSEN = "chosen"
_GENERATION = "register-generation"


@dataclasses.dataclass(frozen=True)
class Change:
    """One line as it stood when the reader began, and the cells that the reader changed."""

    before: Cells
    cells: Cells

    @property
    def after(self) -> dict[str, str]:
        return {**self.before, **self.cells}


@dataclasses.dataclass(frozen=True)
class Grid:
    """One editable table: the columns of a register table that it shows, and of which lines."""

    table: str
    columns: tuple[str, ...]
    fixed: tuple[str, ...] = ()  # shown, but not edited
    has_choice: bool = False  # a first column to tick lines in


def renew() -> None:
    """After a save: tables and forms start again from what is stored."""
    st.session_state[_GENERATION] = generation() + 1


def generation() -> int:
    return int(st.session_state.get(_GENERATION, 0))


def draft(grid: Grid) -> dict[str, Change]:
    """What is changed and not saved, by the line's id."""
    kept: dict[str, Change] = _kept(grid, "draft", {})
    if _is_alive(grid):
        kept = {**state_of(grid)["draft"], **_typed(grid)}
    return {row_id: change for row_id, change in kept.items() if change.cells}


def chosen(grid: Grid) -> set[str]:
    """The ids of the lines that are ticked."""
    if not _is_alive(grid):
        return set(_kept(grid, "chosen", set()))
    ticked = set(state_of(grid)["chosen"])
    for row_id, cells in _raw_typed(grid).items():
        if CHOSEN in cells:
            (ticked.add if cells[CHOSEN] else ticked.discard)(row_id)
    return ticked


def choose(grid: Grid, row_ids: set[str]) -> None:
    """Ticks these lines and no others."""
    _put_away(grid)
    st.session_state[f"chosen-{grid.table}"] = set(row_ids)


def forget(grid: Grid, row_ids: set[str] | None = None) -> None:
    """Forgets what was typed in these lines, in all of them by default."""
    _put_away(grid)
    kept = draft(grid)
    wanted = {} if row_ids is None else {k: v for k, v in kept.items() if k not in row_ids}
    st.session_state[f"draft-{grid.table}"] = wanted


def take_over(grid: Grid, stands: Mapping[str, Cells]) -> None:
    """The draft now builds on what stands: the next save is meant to go over it."""
    _put_away(grid)
    st.session_state[f"draft-{grid.table}"] = {
        row_id: dataclasses.replace(change, before=stands.get(row_id, change.before))
        for row_id, change in draft(grid).items()
    }


def edits(
    grid: Grid, changes: Mapping[str, Change], new: frozenset[str] = frozenset()
) -> list[Edit]:
    """The changed lines as edits; `new` are ids that the register has no line for yet."""
    table = next(table for table in TABLES if table.name == grid.table)
    found = []
    for row_id, change in changes.items():
        before = [] if row_id in new else [change.before]
        found += edits_between(grid.table, before, [tidied(table, change.after)])
    return found


def state_of(grid: Grid) -> dict[str, Any]:
    state: dict[str, Any] = _kept(grid, "grid", {"key": "", "lines": {}, "signature": None})
    return state


def _kept(grid: Grid, what: str, start: Any) -> Any:
    return st.session_state.setdefault(f"{what}-{grid.table}", start)


def _is_alive(grid: Grid) -> bool:
    key = state_of(grid)["key"]
    return bool(key) and key in st.session_state


def renewed(grid: Grid, lines: Mapping[str, Cells], notes: Mapping[str, Cells]) -> dict[str, Any]:
    """A table with other lines is another table: what was typed in the old one is kept first."""
    signature = (
        language(),
        {k: dict(line) for k, line in lines.items()},
        {name: dict(texts) for name, texts in notes.items()},
        list(lines),
    )
    if state_of(grid)["signature"] == signature and _is_alive(grid):
        return state_of(grid)
    _put_away(grid)
    number = _kept(grid, "number", 0) + 1
    st.session_state[f"number-{grid.table}"] = number
    st.session_state[f"grid-{grid.table}"] = {
        "key": f"table-{grid.table}-{number}",
        "lines": dict(lines),
        "signature": signature,
        "draft": _kept(grid, "draft", {}),
        "chosen": _kept(grid, "chosen", set()),
    }
    return state_of(grid)


def remember(grid: Grid) -> None:
    """Keeps it outside the widget too: that one is gone when the reader visits another page."""
    st.session_state[f"draft-{grid.table}"] = draft(grid)
    st.session_state[f"chosen-{grid.table}"] = chosen(grid)


def suggest(grid: Grid, changes: Mapping[str, Change]) -> None:
    """Puts changes in the draft, for the reader to look at and save."""
    _put_away(grid)
    st.session_state[f"draft-{grid.table}"] = {**draft(grid), **changes}


def _put_away(grid: Grid) -> None:
    """Ends the table as it stands, but keeps what was typed and ticked in it."""
    kept, ticked = draft(grid), chosen(grid)
    st.session_state[f"draft-{grid.table}"] = kept
    st.session_state[f"chosen-{grid.table}"] = ticked
    st.session_state.pop(f"grid-{grid.table}", None)


def _raw_typed(grid: Grid) -> dict[str, dict[str, Any]]:
    """What the browser says was typed in the table as it stands, by the line's id."""
    state = state_of(grid)
    ids = list(state["lines"])
    typed = st.session_state[state["key"]].get("edited_rows", {})
    return {ids[int(at)]: cells for at, cells in typed.items()}


def _typed(grid: Grid) -> dict[str, Change]:
    state = state_of(grid)
    found = {}
    for row_id, raw in _raw_typed(grid).items():
        cells = _cells(grid, raw)
        earlier = state["draft"].get(row_id)
        base = earlier.before if earlier else state["lines"][row_id]
        merged = {**(earlier.cells if earlier else {}), **cells}
        changed = {name: text for name, text in merged.items() if text != base.get(name, "")}
        found[row_id] = Change(base, changed)
    return found


def _cells(grid: Grid, raw: Mapping[str, Any]) -> dict[str, str]:
    """What was typed, written one way, so that a date typed anew is no change."""
    table = next(table for table in TABLES if table.name == grid.table)
    texts = {name: cell_text(value) for name, value in raw.items() if name in grid.columns}
    tidy = tidied(table, texts)
    return {name: tidy.get(name, "") for name in texts}


def cell_text(value: Any) -> str:
    """What the table's editor gives, as a cell of the register."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, list | tuple):
        return "|".join(str(each) for each in value)
    return str(value).strip()
