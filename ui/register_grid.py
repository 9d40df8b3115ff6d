"""A table of register lines that is edited in place; `ui.register_draft` keeps what is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from svarvakt.i18n import _
from svarvakt.register import TABLES, Column
from ui import labels
from ui.register_draft import CHOSEN, Grid, remember, renewed
from ui.register_words import as_day, choice, label, told_text

Cells = Mapping[str, str]
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
UNIT_COLUMNS = ("unit_id", "parent_id", "replaced_by")
_ROW, _NAME, _CHOICE = 35, 230, 125  # pixels: a row's height, the widths of two sorts of columns
_MOST_ROWS = 16  # shown at once; the rest by scrolling


def show(grid: Grid, lines: Mapping[str, Cells], notes: Mapping[str, Cells], units: Cells) -> None:
    """The table; `notes` are further columns {name: {line id: text}}, never edited."""
    state = renewed(grid, lines, notes)
    kept, ticked = state["draft"], state["chosen"]
    stands = {k: {**line, **(kept[k].cells if k in kept else {})} for k, line in lines.items()}
    units = {**units, **_unknown(stands, units)}
    names = sorted((*grid.columns, *grid.fixed), key=lambda each: each != "name")
    data: dict[str, list[Any]] = {CHOSEN: [k in ticked for k in lines]} if grid.has_choice else {}
    for name in names:
        data[name] = [_value(_column(grid, name), cells.get(name, "")) for cells in stands.values()]
    for name, texts in notes.items():
        data[name] = [texts.get(k, "") for k in lines]
    st.data_editor(
        data,
        key=state["key"],
        hide_index=True,
        height=(min(len(lines), _MOST_ROWS) + 1) * _ROW + 3,
        disabled=[*grid.fixed, *notes],
        column_config=_config(grid, names, notes, units),
        placeholder="–",
        alt=_("The register, line by line"),
    )
    remember(grid)


def _unknown(lines: Mapping[str, Cells], units: Cells) -> dict[str, str]:
    """Units that stand in a line but are no longer to be chosen: shown by their id."""
    cells = {line.get(name, "") for line in lines.values() for name in UNIT_COLUMNS}
    return {cell: cell for cell in sorted(cells) if cell and cell not in units}


def _column(grid: Grid, name: str) -> Column:
    table = next(table for table in TABLES if table.name == grid.table)
    return next(column for column in table.columns if column.name == name)


def _value(column: Column, cell: str) -> Any:
    if column.kind == "date":
        return as_day(cell)
    if column.kind == "told":
        return told_text(cell)
    if column.kind == "platforms":
        return [word for word in cell.split("|") if word]
    if column.kind in ("choice", "yes_no") or column.name in UNIT_COLUMNS:
        return cell or None
    return cell


def _config(
    grid: Grid, names: Sequence[str], notes: Mapping[str, Cells], units: Cells
) -> dict[str, Any]:
    found = {name: _shown(_column(grid, name), units, grid) for name in names}
    found |= {name: st.column_config.TextColumn(name) for name in notes}
    if grid.has_choice:
        found[CHOSEN] = st.column_config.CheckboxColumn("✓", width="small", pinned=True)
    return found


def _shown(column: Column, units: Cells, grid: Grid) -> Any:
    named = label(column.name)
    is_first = column.name == "name"
    if column.name in UNIT_COLUMNS and column.name not in grid.fixed:
        return st.column_config.SelectboxColumn(
            named, options=list(units), format_func=_of(units), width="medium"
        )
    if column.kind == "platforms":
        options = [*_platforms(), "ingen"]
        return st.column_config.MultiselectColumn(
            named, options=options, format_func=_word(column.name)
        )
    if column.kind in ("choice", "yes_no"):
        options = ["ja", "nei"] if column.kind == "yes_no" else list(column.choices)
        return st.column_config.SelectboxColumn(
            named,
            options=options,
            format_func=_word(column.name),
            required=column.is_required,
            width=_CHOICE,
        )
    if column.kind == "date":
        return st.column_config.DateColumn(
            named, format="DD.MM.YYYY", min_value=FIRST_DAY, max_value=LAST_DAY
        )
    return st.column_config.TextColumn(named, pinned=is_first, width=_NAME if is_first else None)


def _platforms() -> list[str]:
    table = next(table for table in TABLES if table.name == "accounts")
    return list(next(c for c in table.columns if c.name == "platform").choices)


def _of(units: Cells) -> Callable[[Any], str]:
    return labels.of(units)


def _word(name: str) -> Callable[[Any], str]:
    return lambda word: choice(name, str(word))
