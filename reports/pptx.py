"""The report as slides with tables and charts that can be edited in PowerPoint."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.util import Cm, Pt

from reports.document import Document
from reports.tables import Table
from svarvakt.charts import LIGHT, Chart, colour

WIDE, HIGH = Cm(33.867), Cm(19.05)
LEFT, TOP, WIDTH = Cm(1.5), Cm(3.4), Cm(30.8)
ROOM = Cm(14.4)  # below the title
SIZES = (30, 26, 22, 18, 16, 14, 12, 10)  # points
POINTS = 12  # of a table
TITLE_ONLY = 5  # of the layouts of the default template
FONT = "Calibri"  # what every PowerPoint has


def pptx(document: Document) -> bytes:
    """One slide per section that has a table or a chart; the others are said on the last one."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    deck.core_properties.title = f"{document.title} – {document.subtitle}"
    deck.core_properties.language = document.language
    deck.core_properties.created = deck.core_properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001
    _write_lines(_slide(deck, f"{document.title} – {document.subtitle}"), document.sentences)
    for section in document.sections:
        if section.table:
            _tables(deck, section.title, section.table)
        elif section.chart:
            _chart(_slide(deck, section.title), section.chart)
        else:
            is_last = section is document.sections[-1]
            foot = document.foot if is_last else ()
            _write_lines(_slide(deck, section.title), (*section.said, *foot), largest=16)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _slide(deck: Any, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    box = slide.shapes.title
    box.left, box.top, box.width, box.height = LEFT, Cm(0.8), WIDTH, Cm(2)
    box.text_frame.text = title
    box.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    _font(box.text_frame.paragraphs[0], _fitting([title], Cm(2), 30), bold=True)
    return slide


def _lines(text: str, points: float, width: int) -> int:
    """How many lines a text takes, on the safe side: a letter is about half as wide as high."""
    in_line = max(int(width / (0.55 * Pt(points))), 1)
    count, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > in_line:
            count, used = count + 1, 0
        count += (len(word) - 1) // in_line  # a longer word is broken
        used += len(word) + (1 if used else 0)
    return count


def _height(texts: Iterable[str], points: float, width: int, gap: float) -> int:
    """Of paragraphs under each other, `gap` points between them."""
    return sum(int(_lines(t, points, width) * 1.2 * Pt(points)) + Pt(gap) for t in texts)


def _fitting(texts: Sequence[str], room: int, largest: float, gap: float = 0) -> float:
    """The largest size at which the paragraphs fit."""
    sizes = [size for size in SIZES if size <= largest]
    fits = (size for size in sizes if _height(texts, size, WIDTH, gap) <= room)
    return next(fits, sizes[-1])


def _shade(code: str) -> Any:
    """A colour of the palette, `#0b4f8a`, as PowerPoint wants it."""
    from_string: Any = RGBColor.from_string
    return from_string(code[1:].upper())


def _font(paragraph: Any, points: float, *, bold: bool = False) -> None:
    paragraph.font.size, paragraph.font.bold, paragraph.font.name = Pt(points), bold, FONT
    paragraph.font.color.rgb = _shade(LIGHT.text)


def _write_lines(slide: Any, lines: tuple[str, ...], largest: float = 22) -> None:
    frame = slide.shapes.add_textbox(LEFT, TOP, WIDTH, ROOM).text_frame
    frame.word_wrap = True
    points = _fitting(lines, ROOM, largest, gap=12)
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text, paragraph.space_after = line, Pt(12)
        _font(paragraph, points)


def _tables(deck: Any, title: str, table: Table) -> None:
    """A table over as many slides as its rows need, the headers on each."""
    heights = [_row_height([cell.text for cell in row], table) for row in table.rows]
    room = ROOM - _row_height(table.headers, table)
    parts: list[list[int]] = [[]]
    used = 0
    for at, height in enumerate(heights):
        if parts[-1] and used + height > room:
            parts.append([])
            used = 0
        parts[-1].append(at)
        used += height
    for number, part in enumerate(parts, 1):
        of = f" ({number}/{len(parts)})" if len(parts) > 1 else ""
        _table(_slide(deck, title + of), table, part)


def _row_height(texts: Sequence[str], table: Table) -> int:
    """The height that PowerPoint gives a row, with the margins of its cells."""
    shares = _widths(len(table.headers))
    lines = max(
        _lines(text, POINTS, int(WIDTH * share - Cm(0.5)))
        for text, share in zip(texts, shares, strict=True)
    )
    return int(lines * 1.2 * Pt(POINTS)) + Cm(0.26)


def _table(slide: Any, table: Table, places: Sequence[int]) -> None:
    """The headers and the rows at `places`."""
    lines = [table.headers, *(tuple(cell.text for cell in table.rows[at]) for at in places)]
    heights = [_row_height(texts, table) for texts in lines]
    columns = len(table.headers)
    drawn = slide.shapes.add_table(len(lines), columns, LEFT, TOP, WIDTH, sum(heights))
    _describe(drawn, table.title)
    for column, share in enumerate(_widths(columns)):
        drawn.table.columns[column].width = int(WIDTH * share)
    for row, texts in enumerate(lines):
        drawn.table.rows[row].height = heights[row]
        for column, text in enumerate(texts):
            cell = drawn.table.cell(row, column)
            cell.text = text
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if column in table.numbers else PP_ALIGN.LEFT
            _font(paragraph, POINTS, bold=row == 0)
            if row == 0:
                cell.fill.solid()
                cell.fill.fore_color.rgb = _shade(LIGHT.surface)


def _widths(columns: int) -> list[float]:
    """The first column says what the line is: it has twice the width of the others."""
    return [2 / (columns + 1), *[1 / (columns + 1)] * (columns - 1)]


def _chart(slide: Any, chart: Chart) -> None:
    new_data: Any = CategoryChartData
    data = new_data(number_format="0.0%")
    data.categories = list(chart.labels)
    for line in chart.series:
        data.add_series(line.name, line.values)
    drawn = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, LEFT, Cm(4.6), WIDTH, Cm(13.4), data)
    _describe(drawn, chart.alt)
    _write_above(slide, f"{chart.finding}. {chart.unit}.")
    picture = drawn.chart
    picture.font.name, picture.font.size = FONT, Pt(14)
    picture.has_title = False
    picture.has_legend = len(chart.series) > 1
    if picture.has_legend:
        picture.legend.position = XL_LEGEND_POSITION.BOTTOM
        picture.legend.include_in_layout = False
    picture.value_axis.minimum_scale, picture.value_axis.maximum_scale = 0, 1
    picture.value_axis.tick_labels.number_format = "0 %"
    picture.value_axis.tick_labels.number_format_is_linked = False
    for line, plotted in zip(chart.series, picture.plots[0].series, strict=True):
        shade = _shade(colour(line.role, LIGHT))
        plotted.format.line.color.rgb = shade
        plotted.marker.format.fill.solid()
        plotted.marker.format.fill.fore_color.rgb = shade
        plotted.smooth = False


def _write_above(slide: Any, text: str) -> None:
    frame = slide.shapes.add_textbox(LEFT, Cm(2.9), WIDTH, Cm(1.5)).text_frame
    frame.word_wrap = True
    frame.paragraphs[0].text = text
    _font(frame.paragraphs[0], _fitting([text], Cm(1.5), 16))


def _describe(shape: Any, words: str) -> None:
    """The alternative text that a screen reader says."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)
