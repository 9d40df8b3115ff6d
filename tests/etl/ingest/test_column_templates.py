"""Our own table: the empty workbook, filled in and read back (docs/template.md)."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter

from etl.ingest.sources._template import FIELDS, MEASURES
from etl.ingest.sources.svarvakt_workbook import OURS
from etl.ingest.template_workbook import CELLS, empty_workbook
from tests.support.paths import ROOT
from tests.support.staged import stage

POST = {
    "Plattform": "threads",
    "Konto": "fjordvik",
    "Innleggets ID": "900111",
    "Publisert": "01.03.2026 12:00",
    "Tekst": "Badet åpner",
}
QUESTION = {
    "Plattform": "threads",
    "Konto": "fjordvik",
    "Innleggets ID": "900111",
    "Kommentarens ID": "1",
    "Tidspunkt": "02.03.2026 08:00",
    "Tekst": "Når?",
    "Skrevet av kontoen": "nei",
}
ANSWER = QUESTION | {
    "Kommentarens ID": "2",
    "Svar på": "1",
    "Tidspunkt": "02.03.2026 08:30",
    "Skrevet av kontoen": "Ja",
}


def filled(path: Path, *, extra: str | None = None) -> Path:
    """The empty workbook with a post, a question and an answer below the examples."""
    book = python_calamine.load_workbook(io.BytesIO(empty_workbook()))
    lines = {"Innlegg": [POST], "Kommentarer": [QUESTION, ANSWER]}
    with xlsxwriter.Workbook(str(path)) as copy:
        for name in book.sheet_names:
            header, *rows = book.get_sheet_by_name(name).to_python()
            rows += [[line.get(str(cell), "") for cell in header] for line in lines.get(name, [])]
            sheet = copy.add_worksheet(name)
            for number, row in enumerate([header, *rows]):
                sheet.write_row(number, 0, row)
        if extra:
            copy.add_worksheet(extra).write_row(0, 0, ["a", "b"])
    return path


def test_the_filled_in_workbook_gives_its_rows_and_not_its_examples(tmp_path: Path) -> None:
    staged = stage(filled(tmp_path / "mal.xlsx"))
    assert [each["post_native"] for each in staged.posts] == ["fjordvik.900111"]
    assert [each["is_own"] for each in staged.comments] == [False, True]
    question, answer = staged.comments
    assert answer["parent_native"] == answer["root_native"] == question["comment_native"]
    assert not staged.rejects
    assert not staged.warnings


def test_a_sheet_that_is_not_read_is_named(tmp_path: Path) -> None:
    (warning,) = stage(filled(tmp_path / "mal.xlsx", extra="Notater")).warnings
    assert warning == "Disse arkene er ikke lest: «Notater»."


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_empty_workbook_loads_as_nothing(tmp_path: Path, language: str) -> None:
    path = tmp_path / "mal.xlsx"
    path.write_bytes(empty_workbook(language))
    staged = stage(path)
    assert staged.format == "svarvakt_workbook"
    assert not (staged.posts or staged.comments or staged.rejects)


def test_the_workbook_explains_every_column() -> None:
    for template in OURS:
        assert all(field in CELLS or field in MEASURES for field in template.columns)
    book = python_calamine.load_workbook(io.BytesIO(empty_workbook()))
    explained = book.get_sheet_by_name("Veiledning").to_python()[1:]
    assert len(explained) == sum(len(template.columns) for template in OURS)


def test_the_document_names_every_column_and_field() -> None:
    document = (ROOT / "docs" / "template.md").read_text(encoding="utf-8")
    for template in OURS:
        for norwegian, english in template.columns.values():
            assert f"| {norwegian} | {english} |" in document
    for field in FIELDS | MEASURES:
        assert f"`{field}`" in document
