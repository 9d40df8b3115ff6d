"""Workbooks reach the sources as text, with rows and columns where the spreadsheet shows them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from etl.ingest.detection import sample_of
from etl.ingest.staging import UnsupportedFile
from etl.ingest.workbooks import sheets_of
from tests.support.paths import FIXTURES

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
    head = sample_of(workbook(tmp_path / "a.xlsx", Ark1=[["a", "b"], [1, 2]], Ark2=[]))
    assert (head.kind, head.rows) == ("text", (("a", "b"), ("1", "2")))


def test_a_workbook_with_several_sheets_in_use_names_them(tmp_path: Path) -> None:
    head = sample_of(workbook(tmp_path / "a.xlsx", Innlegg=[["a"]], Kommentarer=[["b"]]))
    assert (head.kind, [sheet.name for sheet in head.sheets]) == (
        "workbook",
        ["Innlegg", "Kommentarer"],
    )


def test_the_xml_that_calls_itself_xls_is_read_at_its_own_places(tmp_path: Path) -> None:
    path = tmp_path / "gammel.xls"
    path.write_text(XML, encoding="utf-8")
    (sheet,) = sheets_of(path)
    assert sheet.rows == (("Navn", "", "Antall"), (), ("blåbær", "", "7"))


def test_a_workbook_with_a_byte_turned_in_its_table_of_contents_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Ark1=[["a"]])
    content = path.read_bytes()
    at = content.rindex(b"PK\x01\x02")
    for place in (at, at + 6):
        path.write_bytes(content[:place] + b"\xff" + content[place + 1 :])
        with pytest.raises(UnsupportedFile, match="skadd"):
            sheets_of(path)


def test_an_old_workbook_that_is_cut_is_refused_though_its_reader_panics(tmp_path: Path) -> None:
    whole = FIXTURES / "linkedin_page"
    content = (whole / "fjordvik-kommune_followers_1766385928211.xls").read_bytes()
    path = tmp_path / "gammel.xls"
    for length in (1_000, 2_600, 4_115, 4_200):
        path.write_bytes(content[:length])
        with pytest.raises(UnsupportedFile, match="skadd"):
            sheets_of(path)


@pytest.mark.parametrize(
    "content",
    [
        XML.encode()[:300],
        XML.replace('"3"', '"tre"').encode(),
        b"PK\x03\x04" + b"\x00" * 60,
        b"\xd0\xcf\x11\xe0",
    ],
)
def test_a_workbook_that_is_cut_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "skadd.xls"
    path.write_bytes(content)
    with pytest.raises(UnsupportedFile, match="skadd"):
        sheets_of(path)


def test_an_old_workbook_whose_chain_never_ends_is_refused(tmp_path: Path) -> None:
    """Read by this process it would take all the memory there is."""
    source = next((FIXTURES / "linkedin_page").glob("*_content_*.xls"))
    content = bytearray(source.read_bytes())
    first = 512 * (1 + int.from_bytes(content[76:80], "little"))  # the table of the sectors
    for at in range(0, 512, 4):  # every sector follows itself
        content[first + at : first + at + 4] = (at // 4).to_bytes(4, "little")
    path = tmp_path / "endeløs.xls"
    path.write_bytes(content)
    with pytest.raises(UnsupportedFile, match="skadd"):
        sheets_of(path)


def test_a_number_too_long_for_a_spreadsheet_is_none_in_xml_either(tmp_path: Path) -> None:
    path = tmp_path / "gammel.xls"
    cells = [("Number", "12345678901234567"), ("Number", "1.23456789012346E+16")]
    cells += [("String", "12345678901234567"), ("Number", "376.50")]
    data = [f'<Cell><Data ss:Type="{kind}">{text}</Data></Cell>' for kind, text in cells]
    row = f"<Row>{''.join(data)}</Row>"
    path.write_text(XML.replace("<Row>", row + "<Row>", 1), encoding="utf-8")
    (sheet,) = sheets_of(path)
    lost = "1.23456789012346E+16"
    assert sheet.rows[0] == (lost, lost, "12345678901234567", "376.50")
