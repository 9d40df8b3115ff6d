"""A `Register` as CSV files: the starting point and the exchange format."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from svarvakt.register.cell_types import write_cell
from svarvakt.register.models import Register
from svarvakt.register.schema import TABLES, Table

# A spreadsheet runs a cell that begins so; `file_reader.py` takes the apostrophe off again.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def write_register(folder: Path, register: Register) -> list[Path]:
    """Writes all seven files, English headers, UTF-8 with BOM, `;`; returns their paths.

    Lines that could not be read are not in a `Register`, so writing one with problems over the
    files it came from would lose them: raises ValueError then. administrators.csv and access.csv
    become readable by their owner alone, where the system knows such a thing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if register.problems and any((folder / table.file).exists() for table in TABLES):
        raise ValueError("Registeret har feil som må rettes i filene før det kan skrives på nytt.")
    return [
        _write(folder / table.file, as_csv(table, getattr(register, table.name)), table)
        for table in TABLES
    ]


def as_csv(table: Table, records: tuple[Any, ...]) -> str:
    """One file's text, without the byte order mark; cells can't be run as formulas."""
    return lines_as_csv(
        table,
        ({c.name: write_cell(getattr(one, c.name), c) for c in table.columns} for one in records),
    )


def lines_as_csv(table: Table, lines: Iterable[Mapping[str, str]]) -> str:
    """The same for lines of cells, those with errors too."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    names = [column.name for column in table.columns]
    writer.writerow(names)
    writer.writerows([_guarded(cells.get(name, "")) for name in names] for cells in lines)
    return text.getvalue()


def _write(path: Path, text: str, table: Table) -> Path:
    """Aside and then into place, so that a reader never sees half a file."""
    aside = path.with_name(f".{path.name}.new")
    aside.unlink(missing_ok=True)
    aside.touch(mode=0o600 if table.is_restricted else 0o644)
    aside.write_text(text, encoding="utf-8-sig", newline="")
    aside.replace(path)
    return path


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
