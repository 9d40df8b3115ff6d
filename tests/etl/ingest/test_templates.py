"""Column templates: formats that are data. Every table here is invented."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.ingest.detection import recognise, sample_of
from etl.ingest.encoding import transcode_to_utf8
from etl.ingest.reasons import row_reason
from etl.ingest.sources._template import Template
from etl.ingest.sources.templates import FORMATS, template_from
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile, create_staging

SIMPLE: dict[str, Any] = {
    "name": "fjordvik_table",
    "title": "Kommentarer fra Fjordvik",
    "platform": "facebook",
    "required": ["comment_id", "created_at", "text"],
    "times": ["%d.%m.%Y %H:%M"],
    "time_zone": "Europe/Oslo",
    "columns": {
        "comment_id": ["Nummer"],
        "parent_id": ["Svar på"],
        "created_at": ["Når"],
        "text": ["Hva"],
        "author_name": ["Hvem"],
        "account": ["Konto"],
    },
}
HEADER = ["Nummer", "Svar på", "Når", "Hva", "Hvem", "Konto"]
FIRST = ["900001", "", "02.03.2026 08:00", "Når åpner badet?", "Oda Oppdiktet", "fjordvik"]
ANSWER = ["900002", "900001", "02.03.2026 09:05", "Klokken ti.", "fjordvik", "fjordvik"]


def table(path: Path, *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


class Read:
    """What a template makes of one file: rows as dictionaries without NULLs."""

    def __init__(self, template: Template, path: Path, hint: str | None = None) -> None:
        con = duckdb.connect()
        con.execute("SET TimeZone = 'UTC'")
        create_staging(con)
        file = ImportFile(0, path, str(path), "0" * 64, sample_of(path), datetime.now(UTC), hint)
        transcode_to_utf8(file, path.parent)
        template.read(con, [file])
        self.warnings = file.warnings
        self.posts, self.comments, self.rejects = (
            self._rows(con, name) for name in ("posts", "comments", "rejects")
        )
        for reject in self.rejects:
            reject["reason"] = row_reason(reject["reason"])

    @staticmethod
    def _rows(con: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
        found = con.execute(f"FROM staged_{name} ORDER BY line")
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        return [{key: value for key, value in row.items() if value is not None} for row in rows]


def read(tmp_path: Path, said: dict[str, Any], *rows: list[str], hint: str | None = None) -> Read:
    return Read(template_from(said), table(tmp_path / "table.csv", *rows), hint)


def test_a_persons_table_gives_comments_answers_and_times_in_oslo(tmp_path: Path) -> None:
    first, answer = read(tmp_path, SIMPLE, HEADER, FIRST, ANSWER).comments
    assert (first["comment_native"], first["root_native"]) == ("900001", "900001")
    assert first["created_at"] == datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    assert (answer["is_own"], answer["parent_native"], answer["root_native"]) == (
        True,
        "900001",
        "900001",
    )


def test_an_answer_to_an_answer_belongs_to_the_first_comment(tmp_path: Path) -> None:
    third = ["900003", "900002", "02.03.2026 10:05", "Takk", "Oda Oppdiktet", "fjordvik"]
    found = read(tmp_path, SIMPLE, HEADER, FIRST, ANSWER, third).comments[2]
    assert (found["parent_native"], found["root_native"]) == ("900002", "900001")


def test_running_numbers_belong_to_their_account_or_post(tmp_path: Path) -> None:
    rows = [["1", "", *FIRST[2:]], ["2", "1", *ANSWER[2:]]]
    first, answer = read(tmp_path, SIMPLE, HEADER, *rows).comments
    assert (first["comment_native"], answer["parent_native"]) == ("fjordvik.1", "fjordvik.1")
    said = SIMPLE | {"columns": SIMPLE["columns"] | {"post_id": ["Innlegg"]}}
    (first,) = read(tmp_path, said, [*HEADER, "Innlegg"], [*rows[0], "900111"]).comments
    assert first["comment_native"] == "900111.1"


def test_answers_in_a_ring_come_to_an_end(tmp_path: Path) -> None:
    ring = [["1", "2", *FIRST[2:]], ["2", "1", *ANSWER[2:]]]
    assert len(read(tmp_path, SIMPLE, HEADER, *ring).comments) == 2


def test_without_a_column_for_the_parent_nobody_knows_whom_a_reply_answers(tmp_path: Path) -> None:
    columns = {key: names for key, names in SIMPLE["columns"].items() if key != "parent_id"}
    found = read(tmp_path, SIMPLE | {"columns": columns}, HEADER, FIRST, ANSWER)
    assert [each["has_thread_links"] for each in found.comments] == [False, False]
    assert any("hvilken kommentar et svar hører til" in warning for warning in found.warnings)


def test_a_date_without_a_clock_is_no_time_for_a_comment(tmp_path: Path) -> None:
    said = SIMPLE | {"times": ["%d.%m.%Y"]}
    found = read(tmp_path, said, HEADER, [*FIRST[:2], "02.03.2026", *FIRST[3:]])
    assert not found.comments
    assert "klokkeslett" in found.rejects[0]["reason"]


@pytest.mark.parametrize(
    "cell, expected",
    [
        ("2026-03-02T07:00:00.000Z", datetime(2026, 3, 2, 7, tzinfo=UTC)),
        ("2026-03-02 08:00", datetime(2026, 3, 2, 7, tzinfo=UTC)),
        ("2026-03-02T09:00:00+02:00", datetime(2026, 3, 2, 7, tzinfo=UTC)),
        ("2026-07-02 08:00:00 UTC", datetime(2026, 7, 2, 8, tzinfo=UTC)),
        ("1772434800", datetime(2026, 3, 2, 7, tzinfo=UTC)),
        ("1772434800000", datetime(2026, 3, 2, 7, tzinfo=UTC)),
        ("2.7.2026 8:00", datetime(2026, 7, 2, 6, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_declared_and_iso_always(
    tmp_path: Path, cell: str, expected: datetime
) -> None:
    said = SIMPLE | {"times": ["%d.%m.%Y %H:%M", "epoch"]}
    found = read(tmp_path, said, HEADER, [*FIRST[:2], cell, *FIRST[3:]])
    assert found.comments[0]["created_at"] == expected


def test_numbers_that_a_spreadsheet_destroyed_are_no_ids(tmp_path: Path) -> None:
    rows = [["1,78414E+16", "", *FIRST[2:]], ["170001.0", "", *FIRST[2:]]]
    found = read(tmp_path, SIMPLE, HEADER, *rows)
    assert [each["comment_native"] for each in found.comments] == ["170001"]
    assert "regneark" in found.rejects[0]["reason"]


def test_rounded_ids_are_mended_from_the_links(tmp_path: Path) -> None:
    said = SIMPLE | {
        "columns": SIMPLE["columns"] | {"comment_url": ["Lenke"], "post_id": ["Innlegg"]}
    }
    rows = [
        [f"1784140000000{n}000", *FIRST[1:], f"https://www.facebook.com/x?comment_id=4{n}", "900"]
        for n in (11, 12, 13)
    ]
    found = read(tmp_path, said, [*HEADER, "Lenke", "Innlegg"], *rows)
    assert [each["comment_native"] for each in found.comments] == ["900_411", "900_412", "900_413"]


def test_the_direction_column_tells_own_from_received_and_private_rows_are_refused(
    tmp_path: Path,
) -> None:
    columns = SIMPLE["columns"] | {"direction": ["Vei"], "visibility": ["Type"], "agent": ["Navn"]}
    said = SIMPLE | {
        "columns": columns,
        "words": {"own": ["Ut"], "other": ["Inn"], "skipped": ["Logg"], "public": ["kommentar"]},
    }
    header = [*HEADER, "Vei", "Type", "Navn"]
    rows = [
        [*FIRST, "inn", "Kommentar", ""],
        [*ANSWER, "UT", "kommentar", "kari@example.no"],
        ["3", *FIRST[1:], "inn", "Direktemelding", ""],
        ["4", *FIRST[1:], "logg", "Kommentar", ""],
        ["5", *FIRST[1:], "", "Kommentar", ""],
    ]
    found = read(tmp_path, said, header, *rows)
    assert [each["is_own"] for each in found.comments] == [False, True]
    assert [each.get("agent") for each in found.comments] == [None, "kari@example.no"]
    assert [(each["line"], each["reason"]) for each in found.rejects] == [
        (4, "Privat melding: slike tas ikke inn."),
        (6, "Raden sier ikke om kontoen eller noen andre skrev den."),
    ]


def test_one_table_may_hold_posts_and_comments(tmp_path: Path) -> None:
    said = SIMPLE | {
        "holds": "both",
        "columns": SIMPLE["columns"] | {"post_id": ["Innlegg"], "reach": ["Rekkevidde"]},
    }
    header = [*HEADER, "Innlegg", "Rekkevidde"]
    post = ["", "", "01.03.2026 12:00", "Badet åpner", "", "fjordvik", "900", "1 234"]
    found = read(tmp_path, said, header, post, [*FIRST, "900", ""])
    assert [(each["post_native"], each["reach"], each["is_own"]) for each in found.posts] == [
        ("fjordvik.900", 1234, True)
    ]
    assert [each["post_native"] for each in found.comments] == ["fjordvik.900"]


def test_a_comment_without_an_id_has_the_same_key_in_every_export(tmp_path: Path) -> None:
    said = SIMPLE | {"required": ["created_at", "text"]}
    rows = [["", "", *FIRST[2:]], ["", "", *ANSWER[2:]]]
    once = [each["comment_native"] for each in read(tmp_path, said, HEADER, *rows).comments]
    again = [each["comment_native"] for each in read(tmp_path, said, HEADER, rows[1]).comments]
    assert len(set(once)) == 2
    assert again == once[1:]


@pytest.mark.parametrize("platform", ["bluesky", "mastodon", "threads"])
def test_an_id_that_names_the_writer_is_not_kept(tmp_path: Path, platform: str) -> None:
    row = ["https://eks.example/@oda.oppdiktet/1", *FIRST[1:]]
    found = read(tmp_path, SIMPLE | {"platform": platform}, HEADER, row).comments[0]
    assert "oda" not in found["comment_native"] + found.get("permalink", "")


@pytest.mark.parametrize(
    "change, expected",
    [
        ({"columns": {"Tull": ["x"]}}, "«Tull» er ikke et felt"),
        ({"colums": {}}, "felt vi ikke kjenner: «colums»"),
        ({"title": ""}, "mangler «title»"),
        ({"platform": "snapface"}, "«snapface»"),
        ({"time_zone": "Europa/Fjordvik"}, "Tidssonen «Europa/Fjordvik»"),
        ({"times": ["%d.%m"]}, "Datoformatet «%d.%m»"),
        ({"times": ["%d/%m/%Y %z"]}, "Datoformatet"),
        ({"times": ["%d/%m/%Y", "%m/%d/%Y"]}, "Velg én rekkefølge"),
        ({"required": ["post_id"]}, "«post_id» er påkrevd"),
        ({"required": []}, "hvilke kolonner som er påkrevd"),
        ({"required": "text"}, "«required» må være en liste"),
        ({"words": {"own": ["ut"]}}, "trenger en kolonne for «direction»"),
        ({"holds": "stories"}, "«holds» må være en av"),
        ({"columns": {**SIMPLE["columns"], "post_url": ["nummer"]}}, "brukt til både"),
        ({"columns": {**SIMPLE["columns"], "direction": ["Vei"]}}, "kontoen selv har skrevet"),
    ],
)
def test_a_bad_template_says_in_norwegian_what_is_wrong(
    change: dict[str, Any], expected: str
) -> None:
    with pytest.raises(UnsupportedFile, match=expected):
        template_from(SIMPLE | change)


def test_a_persons_template_is_asked_only_about_what_nothing_else_claims(tmp_path: Path) -> None:
    mine = template_from(SIMPLE)
    head = sample_of(table(tmp_path / "mine.csv", HEADER, FIRST))
    assert recognise(head, [mine]) is mine
    with pytest.raises(UnsupportedFile, match="Ukjent format"):
        recognise(head)
    theirs = FileSample(tmp_path, "text", rows=(tuple(_every_name(FORMATS[0])),))
    greedy = template_from(SIMPLE | {"columns": FORMATS[0].columns, "words": FORMATS[0].words})
    assert recognise(theirs, [greedy]) is FORMATS[0]


def _every_name(template: Template) -> list[str]:
    return [*(names[0] for names in template.columns.values()), *template.signature]


def test_every_shipped_template_recognises_its_own_header_and_no_others() -> None:
    for template in FORMATS:
        head = FileSample(Path("x"), "text", rows=(tuple(_every_name(template)),))
        assert recognise(head) is template, template.name
