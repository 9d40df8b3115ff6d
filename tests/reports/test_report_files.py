"""The report's files as files: charts that are charts, and room for what has long names."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from reports import make, report
from reports.monthly_report import definitions
from tests.reports.test_reports import OCTOBER, plain
from tests.support.published_warehouse import publish

LONG = "Kommunalområdet for oppvekst, kultur, inkludering og livsmestring i de tre gamle kommunene"
ONE_WORD = "Menneskerettighetsorganisasjonssammenslutningskoordineringsavdelingsfellesskapsorganet"


@pytest.fixture
def data(data_dir: Path) -> Path:
    units = [{"unit_id": f"u{n}", "name": f"{LONG} {n}"} for n in range(23)]
    units.append({"unit_id": "word", "name": ONE_WORD})
    publish(
        data_dir,
        items=[{"working_seconds": 60, "is_within_target": True}] * 9,
        accounts=[{"unit_id": "word"}],
        units=units,
        coverage=[{"items": 9}],
    )
    return data_dir


def files(data: Path, *kinds: str, unit: str | None = None) -> dict[str, bytes]:
    return make(report(data, OCTOBER, unit), "nb", kinds, definitions(data))


@pytest.mark.parametrize("unit", [None, "word"])
def test_nothing_on_a_slide_lies_outside_it_or_on_something_else(
    data: Path, unit: str | None
) -> None:
    deck = Presentation(io.BytesIO(files(data, "pptx", unit=unit)["pptx"]))
    for slide in deck.slides:
        boxes = [(s.top, s.top + s.height) for s in slide.shapes]
        assert max(bottom for _top, bottom in boxes) <= deck.slide_height
        for above, below in zip(sorted(boxes), sorted(boxes)[1:], strict=False):
            assert above[1] <= below[0] + 360_000  # a centimetre of the text boxes' own margins


def test_a_long_table_goes_on_on_the_next_slide_with_its_headers(data: Path) -> None:
    deck = Presentation(io.BytesIO(files(data, "pptx")["pptx"]))
    tables = [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_table
    ]
    of_units = [rows for rows in tables if rows[0][0] == "Enhet"]
    assert len(of_units) > 1
    assert len({tuple(rows[0]) for rows in of_units}) == 1
    assert sum(len(rows) - 1 for rows in of_units) == 24
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert f"Aktivitet (1/{len(of_units)})" in titles


def test_every_name_is_whole_in_print(data: Path) -> None:
    pages = PdfReader(io.BytesIO(files(data, "pdf")["pdf"])).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    printed = text.replace("\u200b", "").replace("-", "").replace("\u00ad", "")
    assert ONE_WORD in printed
    assert printed.count("".join(LONG.split())) == 23


def test_the_workbook_s_charts_are_charts_without_noughts_for_gaps(data: Path) -> None:
    content = files(data, "xlsx")["xlsx"]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 2
        assert not [name for name in charts if b"dispBlanksAs" in parts.read(name)]  # a gap
    values = cells(content, "Diagram 1")
    (header, *rows) = values[3:16]
    assert header[0] == "Måned"
    assert [row[1] for row in rows] == [""] * 11 + [1.0]
    assert rows[0][2] == "mangler data"


def cells(content: bytes, sheet: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [[*row] for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)]


def test_the_dictionary_has_the_names_that_readers_know(data: Path) -> None:
    rows = cells(files(data, "xlsx")["xlsx"], "Definisjoner")
    names = [row[0] for row in rows[1:]]
    assert {"Svarandel", "Venter nå", "Moderering", "Køen"} <= set(names)
    assert not [name for name in names if "_" in name]


def test_the_sign_of_what_is_not_kept_can_be_printed(data: Path) -> None:
    pages = PdfReader(io.BytesIO(files(data, "pdf")["pdf"])).pages
    assert "✗ ikke holdt" in plain("".join(page.extract_text() for page in pages))
