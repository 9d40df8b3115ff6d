"""Cells and tables of a report: what is read, with the value behind it."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Literal

from reports import cells
from svarvakt.i18n import number
from svarvakt.metrics import Rate

Value = float | int | str | date | None


@dataclasses.dataclass(frozen=True)
class Cell:
    """What is read, and the number behind it: a share (0-1) where `unit` is %, else a count."""

    text: str
    value: Value = None
    unit: Literal["", "%", "h"] = ""


def share_cell(rate: Rate) -> Cell:
    """A rate; too few has words and no number."""
    return Cell(cells.share(rate), None if cells.hidden(rate) else rate.share, "%")


def count_cell(n: int) -> Cell:
    return Cell(number(n), n)


@dataclasses.dataclass(frozen=True)
class Table:
    """A table with headers; `numbers` are the right-aligned columns."""

    name: str  # of the sheet
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: frozenset[int] = frozenset()
