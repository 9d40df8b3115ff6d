"""What the import promises: same result in any order, nothing lost, nothing personal kept."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from etl.lake import store as lake
from etl.pipeline import check, load
from etl.warehouse import build
from svarvakt import settings as places
from svarvakt import warehouse
from tests.etl.warehouse.test_answers import rows
from tests.support.graph_threads import Message, graph_json, write
from tests.support.paths import FIXTURES, ROOT

SENTINEL = "Sentinella Navnesen"
SENTINEL_ID = "77712345670001"
SENTINEL_HANDLE = "sentinella_navnesen"


def export(folder: Path, name: str, comments: list[Message], modified: str) -> Path:
    """A Graph API file with one thread per message, last changed at `modified`."""
    path = write(folder, graph_json([[message] for message in comments]), name)
    moment = datetime.fromisoformat(modified).replace(tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    return path


def contents(data: Path) -> list[Any]:
    """Everything in the warehouse that may not depend on the order of the imports."""
    tables = {
        "items": "SELECT * FROM items ORDER BY ALL",
        "replies": "SELECT * FROM replies ORDER BY ALL",
        "posts": "SELECT * FROM posts ORDER BY ALL",
        "accounts": "SELECT * FROM accounts ORDER BY ALL",
        "coverage": "SELECT * FROM coverage ORDER BY ALL",
        "imports": "SELECT * EXCLUDE (imported_at, path) FROM imports ORDER BY ALL",
    }
    return [rows(data, sql) for sql in tables.values()]


@pytest.fixture
def three_exports(tmp_path: Path) -> list[Path]:
    return [
        export(tmp_path, "a.json", [Message(0, 1), Message(1, 2)], "2026-03-10"),
        export(
            tmp_path, "b.json", [Message(0, 1, text="Rettet tekst"), Message(1, 2)], "2026-03-12"
        ),
        export(tmp_path, "c.json", [Message(0, 1, text="Samtidig"), Message(2, 9)], "2026-03-12"),
    ]


def test_the_same_files_in_any_order_and_twice_give_the_same_warehouse(
    three_exports: list[Path], tmp_path: Path
) -> None:
    found, begun = [], {}
    for path in three_exports:
        begun[path] = data = tmp_path / f"begun-{path.stem}"
        data.mkdir()
        (data / "secret").write_text("5" * 64)
        load([path], data=data)
    for number, order in enumerate(itertools.permutations(three_exports)):
        data = shutil.copytree(begun[order[0]], tmp_path / f"data{number}")
        for path in order[1:]:
            load([path], data=data)
        again = load(order, data=data)
        assert {file.status for file in again.files} == {"already loaded"}
        found.append(contents(data))
    assert all(one == found[0] for one in found)


def test_the_newest_export_wins_and_the_first_time_stays(
    data_dir: Path, three_exports: list[Path]
) -> None:
    load(three_exports[:2], data=data_dir)
    texts = rows(data_dir, "SELECT text FROM items ORDER BY received_at")
    assert texts == [("Rettet tekst",), ("Når åpner badet?",)]


def test_undo_takes_an_import_out_again(data_dir: Path, three_exports: list[Path]) -> None:
    load(three_exports[:1], data=data_dir)
    before = contents(data_dir)
    load(three_exports[1:2], data=data_dir)
    newest = lake.imports(data_dir)[-1]["import_id"]
    assert main(["undo", newest[:10]]) == 0
    assert contents(data_dir) == before


def personal_export(folder: Path) -> Path:
    """One post whose every personal field holds the sentinel."""
    thread = [Message(0, 0), Message(None, 5, 0)]
    content = graph_json([thread])
    post = content["data"][0]
    comment = post["comments"]["data"][0]
    comment["from"] = {"id": SENTINEL_ID, "name": SENTINEL, "picture": f"https://x/{SENTINEL_ID}"}
    comment["message"] = f"Hei @{SENTINEL_HANDLE}, @[{SENTINEL_ID}:2048:{SENTINEL}] så dette"
    reply = comment["comments"]["data"][0]
    reply["message"] = f"{SENTINEL} Takk for spørsmålet, ring 412 34 567"
    reply["message_tags"] = [
        {"id": SENTINEL_ID, "name": SENTINEL, "type": "user", "offset": 0, "length": len(SENTINEL)}
    ]
    other = json.loads(json.dumps(reply)) | {"id": "900_5", "message": f"Enig med {SENTINEL}"}
    other |= {"from": {"id": SENTINEL_ID, "name": SENTINEL}, "message_tags": []}
    comment["comments"]["data"].append(other)
    comment["comment_count"] = 2
    visitor = json.loads(json.dumps(post)) | {
        "id": "501_901",
        "from": {"id": SENTINEL_ID, "name": SENTINEL},
        "permalink_url": f"https://www.facebook.com/{SENTINEL_HANDLE}/posts/901",
        "comments": {"data": []},
    }
    no_time = {
        "id": "900_7",
        "from": {"id": SENTINEL_ID, "name": SENTINEL},
        "created_time": "i går",
    }
    post["comments"]["data"].append(no_time | {"message": SENTINEL})
    content["data"].append(visitor)
    return write(folder, content)


def test_no_name_and_no_id_of_a_private_person_passes_the_import_line(
    data_dir: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", "--json", str(personal_export(tmp_path / "inbox"))]) == 0
    printed = "".join(capfd.readouterr())
    found = rows(data_dir, "SELECT item_kind, text, permalink FROM items")
    assert {kind for kind, _, _ in found} == {"comment", "visitor_post"}
    assert rows(data_dir, "SELECT reason FROM rejected_rows") != []
    written = [path for path in data_dir.rglob("*") if path.is_file()]
    assert {path.suffix for path in written} >= {".parquet", ".duckdb", ".json"}
    everything = _readable(data_dir) + printed.encode()
    for path in written:
        everything += path.name.encode() + path.read_bytes()
    for secret in (SENTINEL, "Sentinella", "Navnesen", SENTINEL_ID, SENTINEL_HANDLE, "412 34 567"):
        assert secret.encode() not in everything, secret


def _readable(data: Path) -> bytes:
    """The Parquet files and the warehouse as text: inside the files it is compressed."""
    found = []
    for path in lake.folder(data).rglob("*.parquet"):
        found += rows(data, f"SELECT * FROM read_parquet('{path}')")
    for (table,) in rows(data, "SELECT table_name FROM duckdb_tables()"):
        found += rows(data, f"SELECT * FROM {table}")
    return repr(found).encode()


def test_no_table_of_the_warehouse_has_a_column_per_person(
    data_dir: Path, three_exports: list[Path]
) -> None:
    load(three_exports, data=data_dir)
    forbidden = {"author", "author_id", "author_name", "name_of_writer", "person", "person_ref"}
    forbidden |= {"agent", "employee", "user_id", "username", "email", "profile_url", "picture"}
    columns = {name for (name,) in rows(data_dir, "SELECT column_name FROM duckdb_columns()")}
    assert columns & {"writer_key"}
    assert not columns & forbidden


def test_the_same_writer_cannot_be_followed_from_post_to_post(
    data_dir: Path, tmp_path: Path
) -> None:
    """R11; under one post a new comment of the account may answer a writer of any thread (M3)."""
    content = graph_json([[Message(0, 0), Message(0, 3, 0)], [Message(0, 5)]])
    (other,) = json.loads(json.dumps(graph_json([[Message(0, 9)]])).replace("900", "901"))["data"]
    content["data"].append(other)
    load([write(tmp_path, content)], data=data_dir)
    keys = [key for (key,) in rows(data_dir, "SELECT writer_key FROM items ORDER BY received_at")]
    assert keys[0] == keys[1] == keys[2]
    assert keys[3] != keys[0]


def test_texts_of_a_vulnerable_service_are_never_stored(data_dir: Path, tmp_path: Path) -> None:
    register = data_dir / "register"
    register.mkdir()
    (register / "units.csv").write_text(
        "unit_id;name;kind;is_sensitive_service;valid_from\n1;Barnevern;enhet;ja;2020-01-01\n",
        encoding="utf-8",
    )
    (register / "accounts.csv").write_text(
        "account_id;platform;url;kind;unit_id\n"
        "facebook:501;facebook;https://www.facebook.com/501;unit;1\n",
        encoding="utf-8",
    )
    load([write(tmp_path, graph_json([[Message(0, 0, text="Hemmelig hilsen")]]))], data=data_dir)
    assert rows(data_dir, "SELECT text, class_rule FROM items") == [(None, "not_read")]
    assert b"Hemmelig" not in _readable(data_dir)


def test_a_bad_file_is_refused_alone_and_says_why(data_dir: Path, tmp_path: Path) -> None:
    good = write(tmp_path / "in", graph_json([[Message(0, 0)]]), "god.json")
    cut = good.read_text(encoding="utf-8")[:-40]
    (tmp_path / "in" / "kuttet.json").write_text(cut, encoding="utf-8")
    (tmp_path / "in" / "bilde.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "in" / "tom.csv").write_bytes(b"")
    report = load([tmp_path / "in"], data=data_dir)
    by_name = {Path(file.path).name: file for file in report.files}
    assert report.exit_code == 1
    assert by_name["god.json"].status == "loaded"
    assert {name for name, file in by_name.items() if file.status == "refused"} == {
        "kuttet.json", "bilde.png", "tom.csv",
    }  # fmt: skip
    assert all(file.reason for file in report.files if file.status == "refused")
    assert rows(data_dir, "SELECT count(*) FROM items") == [(1,)]


def test_a_stopped_build_leaves_the_old_warehouse_in_use(
    data_dir: Path, three_exports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(three_exports[:1], data=data_dir)
    before = warehouse.current(data_dir)
    monkeypatch.setattr(build, "CHECKS", {"alltid feil": "SELECT 1"})
    with pytest.raises(build.BuildFailed):
        load(three_exports[1:2], data=data_dir)
    assert warehouse.current(data_dir) == before
    monkeypatch.undo()
    load([], data=data_dir)  # the next load builds what the stopped one had imported
    assert warehouse.current(data_dir) != before
    assert len(rows(data_dir, "SELECT * FROM imports")) == 2


def test_a_killed_load_is_healed_by_the_next(data_dir: Path, three_exports: list[Path]) -> None:
    """The process dies between the lake and the warehouse."""
    load(three_exports[:1], data=data_dir)
    before = warehouse.current(data_dir)
    program = (
        "import os; from pathlib import Path; from etl.warehouse import build\n"
        "from etl.pipeline import load\n"
        "build.create_views = lambda con: os._exit(9)\n"
        f"load([Path({str(three_exports[2])!r})], data=Path({str(data_dir)!r}))"
    )
    died = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert died.returncode == 9
    assert warehouse.current(data_dir) == before
    half_written = lake.folder(data_dir) / ".writing-abc"
    half_written.mkdir()
    load(three_exports, data=data_dir)
    assert len(rows(data_dir, "SELECT * FROM imports")) == 3
    assert not half_written.exists()


def test_check_writes_nothing(data_dir: Path, three_exports: list[Path]) -> None:
    report = check(three_exports)
    assert [(file.status, file.comments) for file in report.files] == [("loaded", 2)] * 3
    assert list(data_dir.iterdir()) == []


def test_a_zip_is_read_like_the_folder_it_holds(data_dir: Path, three_exports: list[Path]) -> None:
    packed = three_exports[0].parent / "alt.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in three_exports:
            archive.write(path, f"../../{path.name}")
    report = load([packed], data=data_dir)
    assert [file.status for file in report.files] == ["loaded"] * 3
    assert not (packed.parent.parent / "a.json").exists()


def test_an_account_is_taken_from_the_folders_and_joined_by_the_register(
    data_dir: Path, tmp_path: Path
) -> None:
    comments = {
        "data": [
            {"id": "17900000000000001", "text": "Hei?", "timestamp": "2026-03-02T08:00:00+0000"}
        ]
    }
    write(tmp_path / "instagram" / "eksempel", comments)
    report = load([tmp_path], data=data_dir)
    assert [file.account_id for file in report.files] == ["instagram:eksempel"]
    assert rows(data_dir, "SELECT account_id FROM items") == [("instagram:eksempel",)]


def test_an_export_without_an_account_loads_as_unknown_with_a_warning(
    data_dir: Path, tmp_path: Path
) -> None:
    comments = {
        "data": [
            {"id": "17900000000000001", "text": "Hei?", "timestamp": "2026-03-02T08:00:00+0000"}
        ]
    }
    report = load([write(tmp_path, comments)], data=data_dir)
    assert report.files[0].account_id == "instagram:unknown"
    assert any("konto" in warning for warning in report.files[0].warnings)


def test_commands_answer_with_the_exit_codes_of_the_contract(
    data_dir: Path, three_exports: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["where"]) == 1
    assert main(["load", str(data_dir / "finnes-ikke")]) == 2
    assert main(["load", "--account", "feil", str(three_exports[0])]) == 2
    assert main(["check", str(three_exports[0]), str(data_dir / "finnes-ikke")]) == 1
    assert main(["load", "--json", str(three_exports[0])]) == 0
    capsys.readouterr()
    assert main(["where"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.is_absolute()
    assert path.is_file()
    assert main(["imports", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["imports"]) == 1
    assert main(["undo", "ffff"]) == 1
    assert main(["build"]) == 0


def test_what_was_taken_out_does_not_come_back_from_the_inbox_by_itself(data_dir: Path) -> None:
    inbox = data_dir / "exports"
    first = export(inbox, "a.json", [Message(0, 1)], "2026-03-10")
    export(inbox, "b.json", [Message(1, 1)], "2026-03-11")
    load([inbox], data=data_dir)
    assert main(["undo", lake.imports(data_dir)[0]["import_id"]]) == 0
    assert {file.status for file in load([inbox], data=data_dir).files} == {"already loaded"}
    assert len(rows(data_dir, "SELECT * FROM imports")) == 1
    load([first], data=data_dir)  # asked for by name: a change of mind
    assert len(rows(data_dir, "SELECT * FROM imports")) == 2


def test_the_demonstration_vanishes_at_the_first_real_import(
    data_dir: Path, three_exports: list[Path]
) -> None:
    demo = data_dir / "demo"
    load(three_exports[:1], data=demo)
    assert places.active_data_dir() == demo
    load(three_exports[1:2])
    assert places.active_data_dir() == data_dir
    assert not demo.exists()
    assert len(rows(data_dir, "SELECT * FROM imports")) == 1


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+0000", "9999-12-31T23:00:00+0000"])
def test_a_time_that_cannot_be_is_a_rejected_row(
    data_dir: Path, tmp_path: Path, moment: str
) -> None:
    content = graph_json([[Message(0, 0)], [Message(1, 5)]])
    content["data"][0]["comments"]["data"][1]["created_time"] = moment
    report = load([write(tmp_path, content)], data=data_dir)
    assert (report.files[0].comments, report.files[0].rejected) == (1, 1)
    assert rows(data_dir, "SELECT reason FROM rejected_rows") == [("Tidspunktet kan ikke stemme.",)]


def test_one_broken_byte_does_not_make_utf_8_something_else(data_dir: Path, tmp_path: Path) -> None:
    source = FIXTURES / "meta_business_suite_facebook/swedish.csv"
    copy = tmp_path / "eksport.csv"
    copy.write_bytes(source.read_bytes().replace("ö".encode(), b"\xf6", 1) + b"\n")
    report = load([copy], data=data_dir)
    assert report.files[0].status == "loaded", report.files[0].reason
    assert any("skadd" in warning for warning in report.files[0].warnings)
