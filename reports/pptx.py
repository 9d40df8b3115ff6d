"""The report as slides with tables and charts that can be edited in PowerPoint."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.util import Cm, Pt

from charts import LIGHT, Chart, colour
from reports.document import Document
from reports.tables import Table

WIDE, HIGH = Cm(33.867), Cm(19.05)
LEFT, TOP, WIDTH = Cm(1.5), Cm(3.4), Cm(30.8)
TITLE_ONLY = 5  # of the layouts of the default template
FONT = "Calibri"  # what every PowerPoint has


def pptx(document: Document) -> bytes:
    """One slide per section that has a table or a chart; the others are said on the last one."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    deck.core_properties.title = f"{document.title} – {document.subtitle}"
    deck.core_properties.language = document.language
    deck.core_properties.created = deck.core_properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001
    _said(_slide(deck, f"{document.title} – {document.subtitle}"), document.sentences, 22)
    for section in document.sections:
        slide = _slide(deck, section.title)
        if section.table:
            _table(slide, section.table)
        elif section.chart:
            _chart(slide, section.chart)
        else:
            _said(slide, (*section.said, *document.foot), 16)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _slide(deck: Any, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    box = slide.shapes.title
    box.left, box.top, box.width, box.height = LEFT, Cm(0.8), WIDTH, Cm(2)
    box.text_frame.text = title
    box.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    _font(box.text_frame.paragraphs[0], 30, bold=True)
    return slide


def _shade(code: str) -> Any:
    """A colour of the palette, `#0b4f8a`, as PowerPoint wants it."""
    from_string: Any = RGBColor.from_string
    return from_string(code[1:].upper())


def _font(paragraph: Any, points: float, *, bold: bool = False) -> None:
    paragraph.font.size, paragraph.font.bold, paragraph.font.name = Pt(points), bold, FONT
    paragraph.font.color.rgb = _shade(LIGHT.text)


def _said(slide: Any, lines: tuple[str, ...], points: float) -> None:
    frame = slide.shapes.add_textbox(LEFT, TOP, WIDTH, Cm(12)).text_frame
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text, paragraph.space_after = line, Pt(12)
        _font(paragraph, points)


def _table(slide: Any, table: Table) -> None:
    rows, columns = len(table.rows) + 1, len(table.headers)
    drawn = slide.shapes.add_table(rows, columns, LEFT, TOP, WIDTH, Cm(0.7) * rows)
    _describe(drawn, table.title)
    lines = [table.headers, *(tuple(cell.text for cell in row) for row in table.rows)]
    points = 14 if rows <= 14 else 9
    for column, share in enumerate(_widths(columns)):
        drawn.table.columns[column].width = int(WIDTH * share)
    for row, texts in enumerate(lines):
        for column, text in enumerate(texts):
            cell = drawn.table.cell(row, column)
            cell.text = text
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if column in table.numbers else PP_ALIGN.LEFT
            _font(paragraph, points, bold=row == 0)
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
    _said_above(slide, f"{chart.finding}. {chart.unit}.")
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


def _said_above(slide: Any, text: str) -> None:
    frame = slide.shapes.add_textbox(LEFT, Cm(2.9), WIDTH, Cm(1.5)).text_frame
    frame.word_wrap = True
    frame.paragraphs[0].text = text
    _font(frame.paragraphs[0], 16)


def _describe(shape: Any, words: str) -> None:
    """The alternative text that a screen reader says."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)
