"""Comment tables through recognition and their templates; every row here is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from etl.__main__ import main
from etl.ingest.sources.exportcomments import zone_of
from etl.ingest.staging import InputRequired, UnsupportedFile
from etl.pipeline import load
from tests.etl.ingest.test_import import _readable as readable
from tests.etl.warehouse.test_answers import rows
from tests.support.paths import FIXTURES
from tests.support.staged import stage


def test_a_table_of_exportcomments_without_a_place_asks_for_the_account(tmp_path: Path) -> None:
    table = FIXTURES / "exportcomments_older" / "semicolons.csv"
    path = tmp_path / "older.csv"  # the service wrote cp1252
    path.write_bytes(table.read_text(encoding="utf-8").encode("cp1252"))
    with pytest.raises(InputRequired, match="hvilken plattform"):
        stage(path)
    question, answer = stage(path, hint="facebook:fjordvik").comments
    assert question["text"] == "Når åpner badet på Øya?"
    assert answer["parent_native"] == question["comment_native"]


@pytest.mark.parametrize(
    "word, zone",
    [("UTC", "UTC"), ("", "UTC"), ("Europe/Oslo", "Europe/Oslo"), ("UTC+02:00", "Etc/GMT-2"),
     ("GMT-5", "Etc/GMT+5"), ("UTC+0", "UTC")],
)  # fmt: skip
def test_the_zone_that_exportcomments_names_is_one_we_know(word: str, zone: str) -> None:
    assert zone_of(word) == zone


@pytest.mark.parametrize("word", ["Fjordviktid", "../../etc/passwd", "UTC+5:30"])
def test_a_zone_that_nobody_knows_is_refused(word: str) -> None:
    with pytest.raises(UnsupportedFile, match="tidssonen"):
        zone_of(word)


def test_who_the_account_is_decides_where_only_the_folder_says_it() -> None:
    path = FIXTURES / "apify_instagram_comments" / "dataset.json"
    found = stage(path, hint="instagram:fjordvik_kommune").comments
    assert [each["is_own"] for each in found] == [False, True, False, False]
    assert [each.get("is_own") for each in stage(path).comments] == [None] * 4


def test_a_template_reads_the_same_table_from_a_workbook(tmp_path: Path) -> None:
    table = FIXTURES / "apify_tiktok_comments" / "dataset.csv"
    with xlsxwriter.Workbook(str(tmp_path / "dataset.xlsx")) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(table.read_text(encoding="utf-8").splitlines()):
            sheet.write_row(number, 0, ["" if cell == '""' else cell for cell in _cells(line)])
    assert stage(tmp_path / "dataset.xlsx").comments == stage(table).comments


def _cells(line: str) -> list[str]:
    import csv

    return next(csv.reader([line]))


def test_facepagers_three_modes_give_the_same_comments() -> None:
    every, wide = (stage(FIXTURES / "facepager" / name) for name in ("all_nodes.csv", "wide.csv"))
    assert every.comments == wide.comments
    assert every.posts == wide.posts
    selected = stage(FIXTURES / "facepager" / "selected_without_authors.csv")
    assert [each["comment_native"] for each in selected.comments] == [
        each["comment_native"] for each in every.comments
    ]
    assert {each.get("is_own") for each in selected.comments} == {None}


def test_facepager_says_when_it_fetched_what_it_has() -> None:
    (file,) = stage(FIXTURES / "facepager" / "all_nodes.csv").files
    assert file.exported_at.isoformat()[:16] == "2026-03-03T09:00"


def test_a_visitors_post_is_told_by_its_author_or_else_by_its_link() -> None:
    for name in ("all_nodes.csv", "selected_without_authors.csv"):
        posts = stage(FIXTURES / "facepager" / name).posts
        assert [each["is_own"] for each in posts] == [True, False, True], name


@pytest.mark.parametrize(
    "names, expected", [("", {"cannot_link"}), ("Fjordvik kommune", {"linked"})]
)
def test_authors_by_name_alone_show_nothing_before_the_accounts_own_name_is_known(
    data_dir: Path, tmp_path: Path, names: str, expected: set[str]
) -> None:
    folder = data_dir / "register"
    folder.mkdir()
    (folder / "accounts.csv").write_text(
        "account_id;platform;url;kind;identities\n"
        f"facebook:fjordvik;facebook;https://www.facebook.com/50101;official;{names}\n",
        encoding="utf-8",
    )
    text = (FIXTURES / "facebook_script_comments" / "comments.csv").read_text(encoding="utf-8")
    named = [line for line in text.splitlines() if "undiscoverable" not in line]
    table = tmp_path / "comments.csv"
    table.write_text("\n".join(named) + "\n", encoding="utf-8")
    load([table], data=data_dir)
    assert {state for (state,) in rows(data_dir, "SELECT link_state FROM items")} == expected


PEOPLE = {
    "Oda Oppdiktet": "Sentinella Navnesen",
    "oda.oppdiktet": "sentinella_navnesen",
    "odaoppdiktet": "sentinellanavnesen",
    "Per Påfunn": "Sentinella Påfunn",
    "per_paafunn": "sentinella_p",
    "ansatt@fjordvik.example": "sentinella@eksempel.no",
    "Ansatt": "Sentinella",
    "777001": "6660066600666",
    "pfbid0aa": "pfbidSentinella",
}
FORMATS = (
    "agorapulse_inbox", "apify_facebook_comments", "apify_instagram_comments",
    "apify_tiktok_comments", "chatwoot_messages", "exportcomments_list", "facepager",
    "facebook_script_comments", "hootsuite_inbox", "sprout_social_inbox",
    "youtube_data_tools_comments", "svarvakt_comments",
)  # fmt: skip


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Every fixture's table with a sentinel for each person, the first row shifted once more."""
    for path in (path for name in FORMATS for path in (FIXTURES / name).iterdir()):
        if path.name.endswith(".golden.json"):
            continue
        text = path.read_text(encoding="utf-8-sig")
        for person, sentinel in PEOPLE.items():
            text = text.replace(person, sentinel)
        if path.suffix == ".csv":
            lines = text.splitlines()
            mark = ";" if lines[0].count(";") > lines[0].count(",") else ","
            text = "\n".join([*lines, f"sentinella_navnesen{mark}{lines[1]}"]) + "\n"
        target = tmp_path / "inbox" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return tmp_path / "inbox"


def test_nobody_in_an_author_column_passes_the_import_line(
    data_dir: Path, inbox: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", "--json", str(inbox)]) in (0, 1)
    printed = "".join(capfd.readouterr())
    assert rows(data_dir, "SELECT count(*) FROM items")[0][0] >= 12
    written = [path for part in ("lake", "warehouse") for path in (data_dir / part).rglob("*")]
    everything = readable(data_dir) + printed.encode()
    everything += b"".join(path.read_bytes() for path in written if path.is_file())
    for secret in ("sentinella", "navnesen", "6660066600666"):
        assert secret.encode() not in everything.lower(), secret


def test_a_list_of_exportcomments_without_answers_or_its_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "kommentarer.csv"
    path.write_text(
        "id,Name,Date,Likes,isHearted,isPinned,Comment,(view source)\n"
        "1,@kari,03/12/25 06:24:13,3,yes,no,Hei,view comment\n"
    )
    (comment,) = stage(path, hint="youtube:fjordvik").comments
    assert (comment["created_at"], comment["has_thread_links"]) == (
        "2025-12-03T06:24:13+00:00", False,
    )  # fmt: skip
    assert "post_native" not in comment


HOOTSUITE = (
    "Message ID,Conversation ID,Medium,Channel,Channel Display Name,Direction,Message Type,"
    "Created at,Content,Post URL\n"
)


@pytest.mark.parametrize(
    ("kind", "is_read"),
    [
        ("Public comment", True),
        ("Post", True),
        ("Comment", True),
        ("Private message", False),
        ("Private reply to comment", False),
        ("Direct message", False),
        ("DM", False),
        ("", False),
    ],
)
def test_hootsuite_says_in_a_phrase_what_is_public(
    tmp_path: Path, kind: str, is_read: bool
) -> None:
    path = tmp_path / "m.csv"
    row = (
        "m{n},c{n},Facebook,100000000000077,Fjordvik,inbound,{kind},2026-02-13 06:24:13,Hei?,{at}\n"
    )
    link = "https://www.facebook.com/100000000000077_900000000000001"
    path.write_text(
        HOOTSUITE + row.format(n=1, kind="Comment", at=link) + row.format(n=2, kind=kind, at=link)
    )
    staged = stage(path)
    assert len(staged.comments) == 1 + is_read
    assert {one["post_native"] for one in staged.comments} == {"900000000000001"}
    assert {one["account_native"] for one in staged.comments} == {"100000000000077"}
