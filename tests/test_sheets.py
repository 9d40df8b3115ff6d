"""Workbooks reach the sources as text, with rows and columns where the spreadsheet shows them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from etl.recognise import head_of
from etl.shapes import Refused
from etl.sheets import sheets_of

XML = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Worksheet ss:Name="Tall"><Table>
  <Row><Cell><Data>Navn</Data></Cell><Cell ss:Index="3"><Data>Antall</Data></Cell></Row>
  <Row ss:Index="3"><Cell><Data>blåbær</Data></Cell><Cell/><Cell><Data>7</Data></Cell></Row>
 </Table></Worksheet></Workbook>"""

CLOCK = datetime.fromisoformat("2024-04-21T09:32:10")  # cells know no time zone


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_cells_are_written_as_a_text_export_would_have_written_them(tmp_path: Path) -> None:
    cells = [[], ["", 376.0, 12.5, CLOCK, "æøå\nny linje", True]]
    (sheet,) = sheets_of(workbook(tmp_path / "a.xlsx", Ark1=cells))
    assert sheet.rows[1] == ("", "376", "12.5", "2024-04-21 09:32:10", "æøå\nny linje", "true")
    assert not any(sheet.rows[0])


def test_a_workbook_with_one_sheet_in_use_is_a_text_like_any_other(tmp_path: Path) -> None:
    head = head_of(workbook(tmp_path / "a.xlsx", Ark1=[["a", "b"], [1, 2]], Ark2=[]))
    assert (head.kind, head.rows) == ("text", (("a", "b"), ("1", "2")))


def test_a_workbook_with_several_sheets_in_use_names_them(tmp_path: Path) -> None:
    head = head_of(workbook(tmp_path / "a.xlsx", Innlegg=[["a"]], Kommentarer=[["b"]]))
    assert (head.kind, [sheet.name for sheet in head.sheets]) == (
        "workbook",
        ["Innlegg", "Kommentarer"],
    )


def test_the_xml_that_calls_itself_xls_is_read_at_its_own_places(tmp_path: Path) -> None:
    path = tmp_path / "gammel.xls"
    path.write_text(XML, encoding="utf-8")
    (sheet,) = sheets_of(path)
    assert sheet.rows == (("Navn", "", "Antall"), (), ("blåbær", "", "7"))


def test_a_workbook_with_a_broken_directory_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Ark1=[["a"]])
    content = path.read_bytes()
    path.write_bytes(content.replace(b"PK\x01\x02", b"PK\x01\x03", 1))
    with pytest.raises(Refused, match="skadd"):
        sheets_of(path)


@pytest.mark.parametrize(
    "content", [XML.encode()[:300], b"PK\x03\x04" + b"\x00" * 60, b"\xd0\xcf\x11\xe0"]
)
def test_a_workbook_that_is_cut_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "skadd.xls"
    path.write_bytes(content)
    with pytest.raises(Refused, match="skadd"):
        sheets_of(path)
