"""The report as a tagged PDF (PDF/UA-1), drawn by Typst without a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import typst

from reports.document import Document, Section
from reports.tables import Table
from svarvakt.charts import Chart
from svarvakt.charts.svg_renderer import draw

HERE = Path(__file__).parent
_NO_SIGN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_LONG_WORD = re.compile(r"\S{24}(?=\S{6})")
REGIONS = {"nb": "NO", "nn": "NO", "en": "GB"}


def pdf(document: Document) -> bytes:
    """One PDF; the same document gives the same bytes.

    Signs that the fonts lack (an emoji in the name of an account) are written as `?`: a PDF/UA-1
    may hold none that cannot be shown.
    """
    # The fonts have one of the two crosses, the pages' fonts have the other.
    data = json.dumps(_document(document), ensure_ascii=False).replace("✕", "✗")
    while True:
        try:
            return _compiled(data)
        except typst.TypstError as error:
            data = _without(data, str(error))


def _without(data: str, error: str) -> str:
    """The data without the signs that the error is about. Raises it again when it is of another."""
    found = _NO_SIGN.search(error)
    missing = {sign for sign in (found[1] if found else "") if ord(sign) > 127}
    if not missing & set(data):
        raise RuntimeError(error)
    return data.translate({ord(sign): "?" for sign in missing})


def _compiled(data: str) -> bytes:
    made: bytes = typst.compile(
        str(HERE / "report.typ"),
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=[str(HERE / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        timestamp=0,
    )
    return made


def _document(document: Document) -> dict[str, Any]:
    return {
        "language": document.language,
        "region": REGIONS[document.language],
        "title": document.title,
        "subtitle": document.subtitle,
        "sentences": list(document.sentences),
        "sections": [_section(each) for each in document.sections],
        "foot": list(document.foot),
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "said": list(section.said),
        "begins_page": section.begins_page,
        "table": _table(section.table) if section.table else None,
        "chart": _chart(section.chart) if section.chart else None,
    }


def _chart(chart: Chart) -> dict[str, str]:
    return {"finding": chart.finding, "unit": chart.unit, "alt": chart.alt, "svg": draw(chart)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "headers": list(table.headers),
        "rows": [[_breakable(cell.text) for cell in row] for row in table.rows],
        "numbers": sorted(table.numbers),
        "widths": _widths(table),
    }


def _breakable(text: str) -> str:
    """The text with places to break a word that no column holds."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)


def _widths(table: Table) -> list[int]:
    """Shares of the line: as wide as the longest text, within reason."""
    columns = zip(*(tuple(cell.text for cell in row) for row in table.rows), strict=True)
    longest = [
        max(map(len, (header, *texts)))
        for header, texts in zip(table.headers, columns, strict=True)
    ]
    return [min(max(each, 11), 40) for each in longest]
