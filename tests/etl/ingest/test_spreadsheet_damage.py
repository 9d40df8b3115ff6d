"""What spreadsheets and broken downloads do to a file: undone or told, never in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from etl.ingest.batch import FileReport
from etl.pipeline import check
from tests.support.staged import Staged, stage

HEADER = (
    "Plattform;Konto;Innleggets ID;Kommentarens ID;Svar på;Tidspunkt;Tekst;Skrevet av kontoen\n"
)
ROW = "facebook;fjordvik;X1;{id};;02.03.2026 0{id}:15;{text};nei\n"
ROWS = [
    ROW.format(id=number, text=text)
    for number, text in enumerate(["Når åpner dere?", "Søknaden, når?", "Hva koster det?"], 1)
]
POSTS = "Post ID,Page ID,Publish time,Permalink,Title,Date,Reach\n"
POST = '10000000000000{at},200000000000001,03/1{at}/2026 02:15,https://www.facebook.com/f/posts/{at},"{text}",Lifetime,{at}\n'


def file(folder: Path, content: str | bytes, name: str = "k.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def report(path: Path) -> FileReport:
    (found,) = check([path]).files
    return found


def texts(staged: Staged) -> list[str]:
    return [comment["text"] for comment in staged.comments]


def test_a_file_that_ends_inside_a_letter_keeps_its_letters_and_loses_the_cut_row(
    tmp_path: Path,
) -> None:
    whole = "".join([HEADER, *ROWS]).encode()
    cut = whole + "facebook;fjordvik;X1;8;1;02.03.2026 09:15;På l".encode() + b"\xc3"
    path = file(tmp_path, cut)
    staged = stage(path)
    assert texts(staged) == ["Når åpner dere?", "Søknaden, når?", "Hva koster det?"]
    assert [(row["line"], row["reason"]) for row in staged.rejects] == [
        (5, "Filen er brutt: raden er kuttet før den var ferdig.")
    ]
    assert any("filen er brutt" in warning for warning in report(path).warnings)


def test_a_file_that_is_cut_inside_a_row_says_so(tmp_path: Path) -> None:
    found = report(file(tmp_path, "".join([HEADER, *ROWS, ROWS[0][:40]])))
    assert (found.rows_read, found.rows_used, found.rejected) == (4, 3, 1)
    assert "filen er brutt" in found.warnings[0]


def test_a_file_that_is_cut_inside_a_quoted_text_says_so(tmp_path: Path) -> None:
    post = [POST.format(at=at, text="Nytt, i dag.\nVelkommen") for at in (1, 2)]
    found = report(file(tmp_path, "".join([POSTS, *post])[:-25]))
    assert (found.rows_read, found.posts, found.rejected) == (2, 1, 1)
    assert any("filen er brutt" in warning for warning in found.warnings)


def test_short_rows_of_a_whole_file_are_no_cut(tmp_path: Path) -> None:
    staged = stage(file(tmp_path, "".join([HEADER, *ROWS[:2], ROWS[2].rstrip().rstrip("nei;")])))
    assert len(staged.comments) + len(staged.rejects) == 3
    whole = stage(file(tmp_path, "".join([HEADER, *ROWS]).rstrip("\n"), "whole.csv"))
    assert (len(whole.comments), whole.rejects) == (3, [])


@pytest.mark.parametrize("rest", ["", '4;"i ro";nei\n'])
def test_a_mark_that_is_not_closed_swallows_no_rows(tmp_path: Path, rest: str) -> None:
    rows = [HEADER, ROWS[0], ROWS[1].replace("Søknaden", '"Søknaden'), ROWS[2]]
    rows += [ROW.format(id=4, text='"Sitert; og lukket"')] if rest else []
    path = file(tmp_path, "".join(rows))
    found = report(path)
    assert (found.rows_read, found.comments) == (len(rows) - 1, len(rows) - 1)
    assert any("et anførselstegn er ikke lukket (linje 3)" in one for one in found.warnings)


def test_a_quoted_text_of_several_lines_is_one_row(tmp_path: Path) -> None:
    text = '"Første linje\n\nfacebook, instagram, lenke: ""her"""'
    staged = stage(file(tmp_path, HEADER + ROW.format(id=1, text=text) + ROWS[1]))
    assert texts(staged)[0] == 'Første linje\n\nfacebook, instagram, lenke: "her"'
    assert len(staged.comments) == 2


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_table_with_each_row_in_one_cell_is_unwrapped(tmp_path: Path, mark: str) -> None:
    plain = (
        POSTS + POST.format(at=1, text='Nye ""stier""; i dag.\nHei') + POST.format(at=2, text="Ro")
    )
    lines = ['"' + line.replace('"', '""') + '"' for line in plain.splitlines()]
    wrapped = "\ufeff" + "\r\n".join(lines) + "\r\n"
    staged = stage(file(tmp_path, wrapped.replace("; i", f"{mark} i" if mark == ";" else "; i")))
    assert [post["text"] for post in staged.posts] == ['Nye "stier"; i dag.\nHei', "Ro"]
    assert "hver rad i én celle" in staged.files[0].notes[0]


def test_one_bad_byte_makes_no_other_encoding(tmp_path: Path) -> None:
    content = "".join([HEADER, *ROWS]).encode().replace(b"koster", b"ko\xffster")
    path = file(tmp_path, content)
    assert texts(stage(path))[:2] == ["Når åpner dere?", "Søknaden, når?"]
    assert "er skadd" in report(path).warnings[0]
    saved = file(tmp_path, "".join([HEADER, *ROWS]).encode("cp1252"), "excel.csv")
    assert texts(stage(saved))[0] == "Når åpner dere?"


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("1.234", 1234), ("1,234", 1234), ("2.000", 2000), ("10.500", 10500), ("1 234", 1234),
        ("1.234.567", 1234567), ("1,234,567", 1234567), ("1234.0", 1234), ("1'234", 1234),
        ("1.234,00", 1234), ("999", 999), ("0", 0),
        ("12,5", None), ("0,5", None), ("1.2K", None), ("1,2 tusen", None), ("12 %", None),
        ("-3", None), ("−3", None), ("1e3", None), ("0.123", None), ("1.23.456", None),
    ],
)  # fmt: skip
def test_a_count_is_read_by_its_own_cell(tmp_path: Path, cell: str, count: int | None) -> None:
    path = file(
        tmp_path,
        "Plattform;Konto;Innleggets ID;Publisert;Tekst;Rekkevidde\n"
        f"facebook;fjordvik;100000;02.03.2026 08:15;Hei;{cell}\n"
        "Totalt;;;;;99\nPlattform;Konto;Innleggets ID;Publisert;Tekst;Rekkevidde\n",
    )
    (post,) = stage(path).posts
    assert post.get("reach") == count
    found = report(path)
    assert found.rows_passed_over == {"repeated_header": 1, "totals_row": 1}
    is_told = any("kan ikke leses og står som tomme" in warning for warning in found.warnings)
    assert is_told == (count is None)


def workbook(path: Path, ids: list[object], hidden: bool = False) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Kommentarer")
        sheet.write_row(0, 0, HEADER.strip().split(";"))
        for at, one in enumerate(ids, 1):
            cells = ["facebook", "fjordvik", "X1", one, "", f"02.03.2026 0{at}:15", "Når?", "nei"]
            for column, cell in enumerate(cells):
                sheet.write(at, column, cell)
        if hidden:
            book.add_worksheet("Liste").write(0, 0, "intern")
            book.worksheets()[1].hide()
    return path


def test_a_number_of_sixteen_digits_in_a_workbook_is_no_id(tmp_path: Path) -> None:
    found = report(workbook(tmp_path / "a.xlsx", [17841400944831430, "17841400944831431", 77]))
    assert (found.comments, found.rejected) == (2, 1)
    staged = stage(tmp_path / "a.xlsx")
    assert "ID-en er ødelagt av regnearket" in staged.rejects[0]["reason"]
    none = report(workbook(tmp_path / "b.xlsx", [17841400944831430, 1234567890123456]))
    assert (none.status, none.rows_read) == ("refused", 0)
    assert "ID-en er ødelagt av regnearket" in str(none.reason)


def test_a_hidden_sheet_is_not_read_and_is_named(tmp_path: Path) -> None:
    found = report(workbook(tmp_path / "a.xlsx", ["a1"], hidden=True))
    assert (found.comments, found.warnings[0]) == (
        1, "Skjulte ark i arbeidsboken er ikke lest: «Liste».",
    )  # fmt: skip
