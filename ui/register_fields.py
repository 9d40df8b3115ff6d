"""One field per cell of a register line, by the kind of its column; what comes back is a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from svarvakt.i18n import _
from svarvakt.register import TABLES, Column
from ui import labels
from ui.register_grid import FIRST_DAY, LAST_DAY, UNIT_COLUMNS
from ui.register_words import as_day, choice, label

Cells = Mapping[str, str]
_LONG = ("purpose", "note", "identities")


def column(table: str, name: str) -> Column:
    """One column of the register."""
    columns = next(each.columns for each in TABLES if each.name == table)
    return next(each for each in columns if each.name == name)


def changed(
    table: str,
    names: Sequence[str],
    line: Cells,
    key: str,
    units: Cells,
    typed: Cells | None = None,
) -> dict[str, str]:
    """Shows a field for each column; returns the cells that the reader has changed.

    The fields start with `typed` where it is given, and are compared with `line` all the same.
    A cell that no field can show (a date that is none) stays as it is until somebody changes it.
    """
    found = {}
    for name in names:
        one = column(table, name)
        now = field(one, (typed or line).get(name, ""), f"{key}-{name}", units)
        if now != _as_shown(one, line.get(name, "")):
            found[name] = now
    return found


def field(one: Column, cell: str, key: str, units: Cells) -> str:
    """The widget for a column; returns what it says as a cell."""
    if one.kind == "told":
        return _told(one, cell, key)
    if one.kind == "date":
        return _day(label(one.name), as_day(cell), key)
    if one.kind == "platforms":
        return _platforms(one, cell, key)
    if one.name in UNIT_COLUMNS:
        return _one_of(one, cell, key, {"": _("none"), **units})
    if one.kind in ("choice", "yes_no"):
        words = ["ja", "nei"] if one.kind == "yes_no" else list(one.choices)
        empty = [] if one.is_required else [""]
        return _one_of(one, cell, key, {w: choice(one.name, w) for w in [*empty, *words]})
    if one.name in _LONG:
        text = st.text_area(label(one.name), _lines(one, cell), key=key, height=90)
        return "|".join(text.split("\n")).strip("|") if one.kind == "identities" else text.strip()
    return st.text_input(label(one.name), cell, key=key).strip()


def _as_shown(one: Column, cell: str) -> str:
    """What an untouched field gives back."""
    if one.kind == "told":
        said, declared = _split_told(cell)
        return _told_cell(as_day(said), is_declared=declared)
    if one.kind == "date":
        on = as_day(cell)
        return on.isoformat() if on else ""
    return cell.strip()


def _one_of(one: Column, cell: str, key: str, words: Mapping[str, str]) -> str:
    options = list(words) if cell in words else [*words, cell]
    chosen = st.selectbox(
        label(one.name),
        options,
        index=options.index(cell),
        key=key,
        format_func=labels.of(words),
    )
    return chosen or ""


def _day(named: str, day: date | None, key: str) -> str:
    chosen: Any = st.date_input(
        named, day, key=key, format="DD.MM.YYYY", min_value=FIRST_DAY, max_value=LAST_DAY
    )
    return chosen.isoformat() if chosen else ""


def _told(one: Column, cell: str, key: str) -> str:
    said, declared = _split_told(cell)
    day = _day(label(one.name), as_day(said), key)
    is_declared = st.checkbox(_("Known from before, day unknown"), declared, key=f"{key}-how")
    return _told_cell(as_day(day), is_declared=is_declared)


def _split_told(cell: str) -> tuple[str, bool]:
    return cell.removeprefix("kjent per "), cell.startswith("kjent per ")


def _told_cell(day: date | None, *, is_declared: bool) -> str:
    if day is None:
        return ""
    return f"kjent per {day.isoformat()}" if is_declared else day.isoformat()


def _platforms(one: Column, cell: str, key: str) -> str:
    options = [*column("accounts", "platform").choices, "ingen"]
    stands = [word for word in cell.split("|") if word in options]
    chosen = st.multiselect(
        label(one.name),
        options,
        stands,
        key=key,
        format_func=lambda word: choice(one.name, word),
        placeholder=_("unknown"),
    )
    return "|".join(chosen)


def _lines(one: Column, cell: str) -> str:
    """A list is written with one name per line."""
    return cell.replace("|", "\n") if one.kind == "identities" else cell
