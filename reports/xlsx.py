"""The report as a workbook: a sheet per table and chart, and what each figure means."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

from reports.document import Document
from reports.tables import Cell, Table
from svarvakt.charts import LIGHT, Chart, colour
from svarvakt.i18n import _

WIDEST = 60  # characters
HEADERS = 3  # the row of a chart's headers
FORMATS = {"%": "0.0 %", "h": "0.0", "": "General"}


def xlsx(document: Document, definitions: Mapping[str, str]) -> bytes:
    """The same figures as numbers; `definitions` is the name and the meaning of each metric."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        # The same report is the same file, whenever it is written.
        book.set_properties({"title": document.title, "created": datetime(2000, 1, 1, tzinfo=UTC)})
        looks = _looks(book)
        _front(book, document, looks)
        for table in (*document.tables, *document.appendix):
            _table(book, table, looks)
        name = _("Chart")
        for number, chart in enumerate(document.charts, 1):
            _chart(book, chart, f"{name} {number}", looks)
        _dictionary(book, definitions, looks)
    return out.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    looks = {unit: book.add_format({"num_format": shape}) for unit, shape in FORMATS.items()}
    return looks | {
        "date": book.add_format({"num_format": "dd.mm.yyyy"}),
        "bold": book.add_format({"bold": True}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _front(book: Any, document: Document, looks: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(_("Report"))
    sheet.set_column(0, 0, 100, looks["wrap"])
    lines = [document.title, document.subtitle, "", *document.sentences, "", *document.foot]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, looks["bold"] if row == 0 else looks["wrap"])


def _table(book: Any, table: Table, looks: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, table.headers, looks["bold"])
    for row, cells in enumerate(table.rows, 1):
        for column, cell in enumerate(cells):
            _write(sheet, row, column, cell, looks)
    for column, header in enumerate(table.headers):
        longest = max(len(header), *(len(row[column].text) for row in table.rows), 8)
        sheet.set_column(column, column, min(longest + 2, WIDEST))


def _write(sheet: Any, row: int, column: int, cell: Cell, looks: Mapping[str, Any]) -> None:
    if isinstance(cell.value, date):
        midnight = datetime.combine(cell.value, datetime.min.time())
        sheet.write_datetime(row, column, midnight, looks["date"])
    elif isinstance(cell.value, int | float):
        sheet.write_number(row, column, cell.value, looks[cell.unit])
    else:
        sheet.write_string(row, column, cell.text, looks["wrap"])


def _chart(book: Any, chart: Chart, name: str, looks: Mapping[str, Any]) -> None:
    """The chart's values, and a chart of Excel's own over them.

    A gap is an empty cell, because Excel draws words as 0; why it is one stands beside it.
    """
    sheet = book.add_worksheet(name)
    headers, rows = chart.table()
    series = len(chart.series)
    sheet.write_string(0, 0, chart.finding, looks["bold"])
    sheet.write_string(1, 0, chart.unit)
    notes = [_("Why there is no figure") + f": {line.name}" for line in chart.series]
    sheet.write_row(HEADERS, 0, [*headers, *notes], looks["bold"])
    for i, row in enumerate(rows, HEADERS + 1):
        sheet.write_string(i, 0, row[0])
        for column, line in enumerate(chart.series, 1):
            value = line.values[i - HEADERS - 1]
            if value is None:
                sheet.write_string(i, series + column, row[column])
            else:
                sheet.write_number(i, column, value, looks["%"])
    sheet.set_column(0, 2 * series, 18)
    drawn = _drawn(book, chart, name, len(rows))
    place = {"description": chart.alt, "x_scale": 1.7, "y_scale": 1.2}
    sheet.insert_chart(HEADERS + len(rows) + 2, 0, drawn, place)


def _drawn(book: Any, chart: Chart, sheet: str, points: int) -> Any:
    first, last = HEADERS + 1, HEADERS + points
    drawn = book.add_chart({"type": "line"})
    for column, line in enumerate(chart.series, 1):
        shade = colour(line.role, LIGHT)
        drawn.add_series(
            {
                "name": [sheet, HEADERS, column],
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, column, last, column],
                "line": {"color": shade, "width": 2.25},
                "marker": {"type": "circle", "fill": {"color": shade}, "border": {"color": shade}},
            }
        )
    drawn.show_blanks_as("gap")
    drawn.set_title({"none": True})
    drawn.set_y_axis({"min": 0, "max": 1, "num_format": "0 %", "name": chart.unit})
    drawn.set_legend({"position": "bottom"} if len(chart.series) > 1 else {"none": True})
    return drawn


def _dictionary(book: Any, definitions: Mapping[str, str], looks: Mapping[str, Any]) -> None:
    """What each figure means, under the name that readers know it by."""
    sheet = book.add_worksheet(_("Definitions"))
    sheet.set_column(0, 0, 28, looks["wrap"])
    sheet.set_column(1, 1, 110, looks["wrap"])
    sheet.write_row(0, 0, [_("Figure"), _("What it means")], looks["bold"])
    named = sorted(_named(name, text) for name, text in definitions.items())
    for row, (name, meaning) in enumerate(named, 1):
        sheet.write_string(row, 0, name, looks["wrap"])
        sheet.write_string(row, 1, meaning, looks["wrap"])


def _named(metric: str, text: str) -> tuple[str, str]:
    """A definition begins with the figure's name and a colon."""
    name, colon, meaning = text.partition(": ")
    return (name, meaning[:1].upper() + meaning[1:]) if colon else (metric, text)
