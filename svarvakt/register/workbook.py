"""The register as one Excel workbook, a sheet per file: to fill in and send back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

import xlsxwriter

from svarvakt.register.schema import TABLES

WIDTH = 18  # characters


def as_workbook(lines: Mapping[str, Iterable[Mapping[str, str]]]) -> bytes:
    """The lines of each named table as text cells; what a cell begins with is never a formula."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        bold = book.add_format({"bold": True})
        text = book.add_format({"num_format": "@"})
        for table in (each for each in TABLES if each.name in lines):
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 1)
            names = [column.name for column in table.columns]
            sheet.set_column(0, len(names) - 1, WIDTH, text)
            sheet.write_row(0, 0, names, bold)
            for number, cells in enumerate(lines[table.name], 1):
                for at, name in enumerate(names):
                    sheet.write_string(number, at, cells.get(name, ""), text)
    return out.getvalue()
