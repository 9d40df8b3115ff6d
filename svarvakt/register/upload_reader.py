"""An edited workbook or CSV file that somebody hands in: to lines, with what is wrong in them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from svarvakt.register.file_reader import WORKBOOK, RawTable, read_folder
from svarvakt.register.models import Problem
from svarvakt.register.row_parser import as_cells, read_sheet
from svarvakt.register.schema import TABLES, Table

Cells = Mapping[str, str]


class Uploaded(NamedTuple):
    """The lines of each table in the file, the columns it has, and what was wrong."""

    lines: dict[str, list[dict[str, str]]]
    columns: dict[str, set[str]]
    problems: list[Problem]


def read_upload(file_name: str, content: bytes) -> Uploaded:
    """Reads a workbook, or a CSV file whose name begins with its table's (`accounts (1).csv`).

    The file lies for a moment in a folder that only the server's own user may open.
    """
    with tempfile.TemporaryDirectory(prefix="svarvakt-") as folder:
        path = Path(folder) / _name(file_name)
        path.touch(mode=0o600)
        path.write_bytes(content)
        tables, problems = read_folder(Path(folder))
    read = [(table, tables[table.name]) for table in TABLES if table.name in tables]
    columns = {table.name: _columns(table, raw, problems) for table, raw in read}
    usable = [(table, raw) for table, raw in read if _required(table) <= columns[table.name]]
    return Uploaded(
        {table.name: [cells for _number, cells in as_cells(table, raw)] for table, raw in usable},
        columns,
        problems,
    )


def laid_over(before: Sequence[Cells], uploaded: Sequence[Cells], columns: set[str]) -> list[Cells]:
    """The uploaded lines; a column that the file does not have stays as it was.

    `before` and `uploaded` are lines that belong together, one by one.
    """
    return [
        {**{name: text for name, text in old.items() if name not in columns}, **new}
        for old, new in zip(before, uploaded, strict=True)
    ]


def _name(file_name: str) -> str:
    """The name under which the register's own reader knows it; an unknown one is told by that."""
    if file_name.lower().endswith(".xlsx"):
        return WORKBOOK
    stem = Path(file_name).stem.lower()
    known = next((t.name for t in TABLES if re.match(rf"{t.name}(\W|$)", stem)), "")
    return f"{known or re.sub(r'[^a-z0-9_-]', '_', stem)[:60] or 'fil'}.csv"


def _columns(table: Table, raw: RawTable, problems: list[Problem]) -> set[str]:
    """The columns that the file has; reading it tells of cells and headers that are wrong."""
    return set(read_sheet(table, raw, problems).headers)


def _required(table: Table) -> set[str]:
    return {column.name for column in table.columns if column.is_required}
