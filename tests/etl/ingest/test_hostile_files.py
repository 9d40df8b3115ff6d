"""Files that no platform gives: bombs, archives that climb out, tables of absurd shapes.

Each is loaded, refused in a sentence or becomes rejected rows, within bounded memory and time.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.ingest import files as input_files
from etl.ingest.batch import NO_ROWS, NO_USABLE_ROWS, OUR_FAULT, FileReport
from etl.pipeline import check, load
from svarvakt.archive_limits import is_bomb, workbook_rejection_reason
from svarvakt.register import read_register
from tests.support.graph_threads import Message, graph_json
from tests.support.lake_contents import rows
from tests.support.paths import FIXTURES

TABLE = (FIXTURES / "meta_business_suite_facebook" / "english.csv").read_bytes()
GRAPH = json.dumps(graph_json([[Message(0, 0), Message(None, 5)]])).encode()
BOX = "http://schemas.openxmlformats.org"
TYPES = f"{BOX}/officeDocument/2006/relationships"
BOOK = {
    "[Content_Types].xml": f'<Types xmlns="{BOX}/package/2006/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{BOX}/package/2006/relationships"><Relationship '
    f'Id="r1" Type="{TYPES}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{BOX}/spreadsheetml/2006/main" xmlns:r="{TYPES}">'
    '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{BOX}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{TYPES}/worksheet" Target="worksheets/a.xml"/></Relationships>',
}


@pytest.fixture
def told(data_dir: Path, tmp_path: Path) -> Callable[[str, bytes], FileReport]:
    """What the import says of a file with this name and content; nothing is left behind."""

    def tell(name: str, content: bytes) -> FileReport:
        path = tmp_path / name
        path.write_bytes(content)
        (report,) = check([path]).files
        assert report.reason != OUR_FAULT
        assert (report.status == "refused") == bool(report.reason)
        return report

    return tell


def archive(members: dict[str, bytes] | dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def book(cells: str, **parts: str) -> bytes:
    """A workbook with one sheet of these rows, and parts of other names."""
    sheet = f'<worksheet xmlns="{BOX}/spreadsheetml/2006/main"><sheetData>{cells}</sheetData>'
    return archive(BOOK | {"xl/worksheets/a.xml": f"{sheet}</worksheet>"} | parts)


def table(change: Callable[[list[list[str]]], object]) -> bytes:
    """The export of Meta Business Suite with its cells changed."""
    cells = list(csv.reader(io.StringIO(TABLE.decode("utf-8-sig"))))
    change(cells)
    out = io.StringIO()
    csv.writer(out).writerows(cells)
    return out.getvalue().encode()


Told = Callable[[str, bytes], FileReport]


def test_a_thousand_columns_more_are_read_past_and_named(told: Told) -> None:
    def widen(cells: list[list[str]]) -> None:
        for number, row in enumerate(cells):
            row += [f"ny{at}" if number == 0 else "1" for at in range(1_000)]

    report = told("bred.csv", table(widen))
    assert (report.status, report.posts) == ("loaded", 4)
    assert any("ny999" in warning for warning in report.warnings)


def test_one_line_of_fifty_megabytes_is_refused(told: Told) -> None:
    report = told("linje.csv", b"Post ID,Page ID,Publish time,Permalink," + b"abc," * (13 << 20))
    assert report.status == "refused"


def test_a_cell_of_five_megabytes_is_refused(told: Told) -> None:
    def fill(cells: list[list[str]]) -> None:
        cells[1][4] = "a" * (5 << 20)

    assert "rader og kolonner" in (told("celle.csv", table(fill)).reason or "")


@pytest.mark.parametrize("depth", [400, 900, 100_000])
@pytest.mark.parametrize(("opens", "closes"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_json_of_many_brackets_is_refused(
    told: Told, depth: int, opens: bytes, closes: bytes
) -> None:
    report = told("dyp.json", opens * depth + b"1" + closes * depth)
    assert (report.status, report.format) == ("refused", None)


@pytest.mark.parametrize("depth", [400, 900, 100_000])
def test_brackets_in_a_field_that_nobody_reads_do_no_harm(told: Told, depth: int) -> None:
    deep = b', "x": ' + b"[" * depth + b"]" * depth + b"}"
    report = told("dyp.json", GRAPH.rstrip()[:-1] + deep)
    assert (report.status, report.comments, report.replies) == ("loaded", 1, 1)


def test_of_a_json_key_that_stands_twice_the_last_one_counts(told: Told) -> None:
    twice = GRAPH.replace(b'"id"', b'"id": "501_1", "id"', 1)
    assert told("to.json", twice).status == "loaded"


def test_an_archive_that_climbs_out_is_read_where_it_is(data_dir: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "a" / "b"
    inbox.mkdir(parents=True)
    names = ("../../ute.json", "/ute.json", "..", "a/\u202e\U0001f600\n" + "x" * 300 + ".json")
    content = {name: GRAPH + b" " * at for at, name in enumerate(names)}
    (inbox / "ut.zip").write_bytes(archive(content))
    report = load([inbox], data=data_dir)
    assert [file.status for file in report.files] == ["loaded"] * 4
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["ut.zip"]
    assert not Path("/ute.json").exists()


def test_a_file_without_a_name_in_an_archive_is_read(data_dir: Path, tmp_path: Path) -> None:
    content = archive({"?a.json": GRAPH}).replace(
        b"?a.json", b"\0a.json"
    )  # a name ends at the nought
    (tmp_path / "ut.zip").write_bytes(content)
    assert [file.status for file in load([tmp_path], data=data_dir).files] == ["loaded"]


def test_a_fault_of_ours_in_one_archive_does_not_stop_the_others(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.ingest.files._why_not", None)
    (tmp_path / "a.zip").write_bytes(archive({"a.json": GRAPH}))
    (tmp_path / "b.json").write_bytes(GRAPH)
    told = {file.status: file.reason for file in load([tmp_path], data=data_dir).files}
    assert told == {"refused": OUR_FAULT, "loaded": None}


def test_an_archive_in_an_archive_is_refused(told: Told) -> None:
    report = told("ytre.zip", archive({"indre.zip": archive({"a.json": GRAPH})}))
    assert report.reason == input_files.ZIP_IN_ZIP


def test_two_gigabytes_of_nothing_are_not_unpacked(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.ingest.files._unpack", None)  # would be a fault, and be told as one
    out = io.BytesIO()
    made = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with made, made.open("a.csv", "w") as sink:
        for _ in range(64):
            sink.write(bytes(1 << 20))
    assert "altfor mye data" in (told("bombe.zip", out.getvalue()).reason or "")
    assert is_bomb(2 << 30, 2 << 20)
    assert not is_bomb(400 << 20, 20 << 20)


def test_an_archive_that_lies_about_its_size_is_refused(told: Told) -> None:
    content = bytearray(archive({"a.csv": b"x" * 100_000}))
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (1_000).to_bytes(4, "little")
    assert "skadd" in (told("a.zip", bytes(content)).reason or "")


def test_a_locked_archive_is_refused(told: Told) -> None:
    content = bytearray(archive({"a.json": GRAPH}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert "låst" in (told("laast.zip", bytes(content)).reason or "")


@pytest.mark.parametrize("place", range(30, 90, 12))
def test_an_archive_with_broken_bytes_is_refused_or_read(told: Told, place: int) -> None:
    content = bytearray(archive({"a.json": GRAPH}))
    content[place : place + 6] = b"\xff" * 6
    assert told("skadd.zip", bytes(content)).status == "refused"


def test_a_cell_far_out_does_not_take_the_memory(told: Told) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "altfor mange rader" in (told("fjern.xlsx", book(far)).reason or "")
    moved = {"xl/worksheets/a.xml": "", "xl/b.bin": f"<sheetData>{far}</sheetData>"}
    assert told("fjern.xlsx", book("", **moved)).status == "refused"


# What Excel never writes and the reader takes: it would end the whole program for lack of memory.
@pytest.mark.parametrize(
    "cells",
    [
        '<row><c r="ZZZZZZ9"><v>1</v></c></row>',
        '<row><c r="A99999999"><v>1</v></c></row>',
        '<row r="1048575999"><c><v>1</v></c></row>',
        "<row><c r = 'XFD1048576'><v>1</v></c></row>",
        '<row><c x="/>" r="XFD1048576"><v>1</v></c></row>',
        '<row><c r="XFD1048576" x="/>"><v>1</v></c></row>',
    ],
)
def test_a_far_cell_in_disguise_does_not_take_the_memory(
    told: Told, cells: str, tmp_path: Path
) -> None:
    assert "altfor mange rader" in (told("fjern.xlsx", book(cells)).reason or "")
    (tmp_path / "register.xlsx").write_bytes(book(cells))
    (problem,) = read_register(tmp_path).problems
    assert "altfor mange rader" in problem.message


def test_a_tag_that_never_ends_takes_no_time(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(archive({"a.xml": "<c " + " r='1'" * 200_000}))
    assert workbook_rejection_reason(tmp_path / "a.xlsx") is None


def test_a_workbook_of_another_program_is_refused_with_what_to_do(told: Told) -> None:
    assert ".xlsx" in (told("a.ods", archive(BOOK | {"content.xml": ""})).reason or "")


def test_a_million_empty_rows_are_an_empty_file(told: Told) -> None:
    report = told("tom.xlsx", book("".join(f'<row r="{at}"/>' for at in range(1, 1_000_001))))
    assert report.reason == "Filen er tom."


def test_formulas_and_links_out_of_a_workbook_are_not_followed(told: Told) -> None:
    cells = '<row r="1"><c r="A1"><f>WEBSERVICE("https://x.invalid")</f><v>1</v></c></row>'
    link = f'<externalLink xmlns="{BOX}/spreadsheetml/2006/main"/>'
    report = told("lenke.xlsx", book(cells, **{"xl/externalLinks/externalLink1.xml": link}))
    assert "første linje «1»" in (report.reason or "")


def test_a_binary_workbook_is_refused_with_what_to_do(told: Told) -> None:
    assert ".xlsx" in (told("a.xlsb", archive(BOOK | {"xl/workbook.bin": ""})).reason or "")


@pytest.mark.skipif(sys.platform == "win32", reason="files with holes are of Unix here")
@pytest.mark.parametrize("content", [TABLE, GRAPH])
def test_a_file_of_two_gigabytes_is_refused_unread(
    data_dir: Path, tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "stor"
    path.write_bytes(content)
    os.truncate(path, 2 << 30)
    monkeypatch.setattr("hashlib.file_digest", None)  # it is not even looked through
    (report,) = check([path]).files
    assert "2048 MB, og vi leser høyst 500 MB" in (report.reason or "")


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes in folders are of Unix")
def test_a_pipe_in_the_folder_is_not_waited_for(data_dir: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ror")
    assert [file.reason for file in check([tmp_path]).files] == [input_files.NO_FILE]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows forbids such names")
@pytest.mark.parametrize(
    "name",
    ["a\nb", "\U0001f600", "\u202efdp", "é*?[a]", "o'br\"ien", "$x;{y}", "[x](javascript:1)"],
)
def test_any_name_of_a_file_loads(told: Told, name: str) -> None:
    assert told(f"{name}.csv", TABLE).posts == 4
    assert told(f"{name}.json", GRAPH).comments == 1


def changed(key: str, values: Iterator[str]) -> bytes:
    """The Graph file with the values of a key taken from these, in order, while there are any."""
    pattern = rf'("{key}": )("[^"]*")'
    return re.sub(pattern, lambda found: found[1] + next(values, found[2]), GRAPH.decode()).encode()


@pytest.mark.parametrize("year", ["0000", "-0044", "0001", "9999", "99999", "2026-02-31"])
def test_impossible_years_are_rejected_rows(told: Told, year: str) -> None:
    moment = year if year.count("-") == 2 else f"{year}-03-01"
    times = iter([f'"{moment}T00:00:00+0000"'] * 9)
    report = told("tid.json", changed("created_time", times))
    assert (report.posts, report.comments, report.replies) == (0, 0, 0)
    assert report.rejected > 0
    assert NO_USABLE_ROWS in report.warnings


def test_half_a_letter_is_refused_in_a_sentence(told: Told) -> None:
    report = told("halv.json", changed("message", iter([r'"\ud800"'])))
    assert "JSON-teksten er brutt" in (report.reason or "")


def test_hidden_marks_and_other_scripts_are_text(data_dir: Path, tmp_path: Path) -> None:
    said = r'"\u202eabc\u200b\u2066 \u0645\u0631\u062d\u0628\u0627"'
    path = tmp_path / "tegn.json"
    path.write_bytes(changed("message", iter([said] * 9)))
    assert load([path], data=data_dir).files[0].comments == 1
    ((text,),) = rows(data_dir, "SELECT text FROM items")
    assert "abc" in str(text)


def test_a_file_of_names_alone_says_that_it_holds_nothing(told: Told) -> None:
    def empty(cells: list[list[str]]) -> None:
        del cells[1:]

    report = told("tom.csv", table(empty))
    assert report.rows_read == 0
    assert NO_ROWS in report.warnings


def test_no_rows_are_no_news_of_the_comments(data_dir: Path, tmp_path: Path) -> None:
    """An account of which only posts are known stays without comments after an empty export."""
    content: dict[str, Any] = graph_json([[Message(0, 0)]])
    content["data"][0].pop("comments")
    posts, nothing = tmp_path / "poster.json", tmp_path / "ingen.json"
    posts.write_text(json.dumps(content), encoding="utf-8")
    nothing.write_text('{"data": []}', encoding="utf-8")
    load([posts, nothing], data=data_dir)
    found = rows(data_dir, "SELECT has_comment_data FROM metric_data_coverage")
    assert {bool(each) for (each,) in found} == {False}
