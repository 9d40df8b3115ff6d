"""Retention (R16): what is past its time goes, what counts stays, and the receipt says it."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from etl.lake import store as lake
from etl.operations.retention import prune
from etl.pipeline import load, load_exports, rebuild
from svarvakt import warehouse
from svarvakt.decisions import New, open_store
from tests.support.graph_threads import START, Message, comment_id, graph_json, write
from tests.support.lake_contents import everything, figures, rows
from tests.support.loaded_once import load_once

SAID = "Kråka bygger reir på taket av badet igjen"
THREADS = [
    [
        Message(1, 0, text=f"{SAID}. Når åpner dere?"),
        Message(None, 30, text="Vi åpner i morgen tidlig."),
    ],
    [Message(3, 5, text="Elendig brøyting, dette er for dårlig!")],
    [Message(4, 9, text="Takk for fin feiring, hilsen ekorn")],
]


def _silent(_fraction: float, _what: str) -> None:
    pass


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three threads, loaded."""
    data = tmp_path_factory.mktemp("once")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SVARVAKT_DATA", str(data))
        _loaded(data)
    return data


@pytest.fixture
def loaded(once: Path, data_dir: Path) -> Path:
    """A copy of that to lose; the export it came from."""
    shutil.copytree(once, data_dir, dirs_exist_ok=True)
    (path,) = (data_dir / "exports").rglob("a.json")
    return path


def _loaded(data: Path, threads: Any = THREADS, name: str = "a") -> Path:
    path = write(data / "exports" / "facebook" / "eksempel", graph_json(threads), f"{name}.json")
    load_once(data, path)
    return path


def _prune(data: Path, now: datetime, **named: Any) -> dict[str, Any]:
    return prune(data, is_dry=False, progress=_silent, now=now, **named)


def _settings(data: Path, **values: object) -> None:
    folder = data / "register"
    folder.mkdir(exist_ok=True)
    lines = ["key;value;valid_from", *(f"{k};{v};2020-01-01" for k, v in values.items())]
    (folder / "municipality.csv").write_text("\n".join(lines), encoding="utf-8")


def test_texts_go_after_a_year_and_no_figure_changes(data_dir: Path, loaded: Path) -> None:
    before = figures(data_dir)
    done = _prune(data_dir, START + timedelta(days=370))
    kept = everything(data_dir)
    assert SAID not in kept
    assert "hilsen ekorn" not in kept
    assert "Vi åpner i morgen" not in kept  # the account's own reply may name somebody
    assert "Elendig brøyting" in kept  # still waits for an answer
    assert done["counts"]["texts"] == 3
    assert not loaded.exists()
    assert figures(data_dir) == before
    rebuild()
    assert figures(data_dir) == before
    assert SAID not in Path(done["receipt"]).read_text(encoding="utf-8")


def test_a_dry_run_changes_nothing(data_dir: Path, loaded: Path) -> None:
    pointer = warehouse.current(data_dir)
    done = prune(data_dir, is_dry=True, progress=_silent, now=START + timedelta(days=370))
    assert done["is_dry"]
    assert done["counts"]["texts"] == 3
    assert done["counts"]["inbox_files"] == 1
    assert loaded.exists()
    assert SAID in everything(data_dir)
    assert warehouse.current(data_dir) == pointer
    assert not (data_dir / "receipts").exists()


@pytest.mark.usefixtures("loaded")
def test_texts_of_the_last_year_stay(data_dir: Path) -> None:
    done = _prune(data_dir, START + timedelta(days=360))
    assert done["counts"]["texts"] == 0
    assert SAID in everything(data_dir)


def test_rows_go_after_two_years_by_whole_threads(data_dir: Path) -> None:
    late = [Message(5, 0, text="Gammel sak"), Message(5, 60 * 24 * 300, 0, text="Fortsatt?")]
    _loaded(data_dir, [*THREADS, late])
    done = _prune(data_dir, START + timedelta(days=740))
    assert done["counts"]["rows"] == 4
    assert rows(data_dir, "SELECT count(*) FROM items") == [(2,)]
    assert comment_id(0, 0).partition(":")[2] not in everything(data_dir)


def test_the_municipality_decides_how_long(data_dir: Path) -> None:
    _settings(data_dir, text_months=1, row_months=3, raw_days=0)
    _loaded(data_dir)
    done = _prune(data_dir, START + timedelta(days=130))
    assert done["rules"] == {
        "raw_days": 0, "text_months": 1, "row_months": 3, "audit_months": 12
    }  # fmt: skip
    assert rows(data_dir, "SELECT count(*) FROM items") == [(0,)]


def test_a_late_answer_keeps_its_text_for_ninety_days(data_dir: Path) -> None:
    day = 60 * 24
    thread = [Message(1, 0, text=f"{SAID}?"), Message(None, 350 * day, text="Ja.")]
    _loaded(data_dir, [thread])
    _prune(data_dir, START + timedelta(days=400))
    assert SAID in everything(data_dir)
    _prune(data_dir, START + timedelta(days=450))
    assert SAID not in everything(data_dir)


@pytest.mark.usefixtures("loaded")
def test_the_archive_comes_first(data_dir: Path) -> None:
    store = open_store(data_dir)
    store.record("kommunikasjon", New("archive_candidate", "item", comment_id(0, 0)))
    late = START + timedelta(days=740)
    assert _prune(data_dir, late)["counts"]["held_for_archive"] == 1
    assert SAID in everything(data_dir)
    store.record("kommunikasjon", New("archived", "item", comment_id(0, 0)))
    _prune(data_dir, late)
    assert SAID not in everything(data_dir)


@pytest.mark.usefixtures("loaded")
def test_to_override_the_archive_is_in_the_log(data_dir: Path) -> None:
    store = open_store(data_dir)
    store.record("kommunikasjon", New("archive_candidate", "item", comment_id(0, 0)))
    _prune(data_dir, START + timedelta(days=740), override=True)
    assert SAID not in everything(data_dir)
    assert store.audit()[0].event == "prune_override"


def test_what_is_gone_at_the_source_goes_here_too(data_dir: Path) -> None:
    thread = [
        Message(1, 0, text="Når åpner badet?"),
        Message(None, 30, text="I morgen."),
        Message(2, 33, 0, text=SAID),
    ]
    _loaded(data_dir, [thread])
    _loaded(data_dir, [thread[:2]], "b")
    assert rows(data_dir, "SELECT count(*) FROM items WHERE is_vanished") == [(1,)]
    before = figures(data_dir)
    done = _prune(data_dir, START + timedelta(days=250))
    assert done["counts"]["vanished"] == 1
    assert SAID not in everything(data_dir)
    assert figures(data_dir) == before


def test_a_reply_to_somebody_who_is_gone_answers_nobody_else(data_dir: Path) -> None:
    thread = [
        Message(1, 0, text="Når åpner badet?"),
        Message(None, 30, mentions=(2,), text="Det vet vi ikke."),
        Message(2, 3, 0, text=SAID),
    ]
    _loaded(data_dir, [thread])
    _loaded(data_dir, [thread[:2]], "b")
    before = figures(data_dir)
    assert [row[4] is None for row in before] == [True, False]
    assert _prune(data_dir, START + timedelta(days=250))["counts"]["vanished"] == 1
    assert SAID not in everything(data_dir)
    assert figures(data_dir) == before


@pytest.mark.usefixtures("loaded")
def test_a_service_that_is_marked_vulnerable_later_loses_its_texts(data_dir: Path) -> None:
    assert SAID in everything(data_dir)
    register = data_dir / "register"
    register.mkdir()
    (register / "units.csv").write_text(
        "unit_id;name;kind;is_sensitive_service;valid_from\nb;Barnevern;enhet;ja;2020-01-01\n",
        encoding="utf-8",
    )
    (register / "accounts.csv").write_text(
        "account_id;platform;url;kind;unit_id;status\n"
        "facebook:501;facebook;https://www.facebook.com/501;unit;b;aktiv\n",
        encoding="utf-8",
    )
    rebuild()
    kept = everything(data_dir)
    assert SAID not in kept
    assert "Nytt fra kommunen" not in kept
    assert rows(data_dir, "SELECT DISTINCT tone, class_rule FROM items") == [
        ("unclear", "not_read")
    ]


@pytest.mark.usefixtures("loaded")
def test_audit_lines_of_more_than_a_year_are_forgotten(data_dir: Path) -> None:
    store = open_store(data_dir)
    store.log("kommunikasjon", "export", "x.csv")
    done = _prune(data_dir, datetime.now(UTC) + timedelta(days=380))
    assert done["counts"]["audit_lines"] == 1
    assert [each.event for each in store.audit()] == ["prune"]


def _age_imports(data: Path, days: int) -> None:
    for path in (data / "lake").glob("*/import.json"):
        fact = json.loads(path.read_text(encoding="utf-8"))
        fact["imported_at"] = (datetime.now(UTC) - timedelta(days=days)).isoformat()
        path.write_text(json.dumps(fact), encoding="utf-8")


def test_the_inbox_is_emptied_of_what_was_loaded_long_ago(
    data_dir: Path, loaded: Path, tmp_path: Path
) -> None:
    bad = loaded.with_name("noe.txt")
    bad.write_text("ikke en eksport", encoding="utf-8")
    elsewhere = write(tmp_path / "facebook" / "eksempel", graph_json(THREADS[:1]))
    load([elsewhere])
    link = loaded.with_name("lenke.json")
    link.symlink_to(elsewhere)
    load_exports()
    assert loaded.exists()  # loaded today
    _age_imports(data_dir, 31)
    load_exports()
    assert not loaded.exists()
    assert bad.exists()
    assert elsewhere.exists()


def test_the_invented_municipality_keeps_its_files(data_dir: Path) -> None:
    _settings(data_dir, raw_days=0, demonstration="ja")
    path = _loaded(data_dir)
    load_exports()
    assert path.exists()


def test_a_zip_stays_until_all_of_it_is_loaded(data_dir: Path) -> None:
    _settings(data_dir, raw_days=0)
    inbox = data_dir / "exports" / "facebook" / "eksempel"
    inbox.mkdir(parents=True)
    export = json.dumps(graph_json(THREADS), ensure_ascii=False)
    for name, extra in (("god.zip", {}), ("halv.zip", {"x.txt": "tull"})):
        with zipfile.ZipFile(inbox / name, "w") as archive:
            for member, text in {"a.json": export, **extra}.items():
                archive.writestr(member, text)
    load_exports()
    assert {path.name for path in inbox.iterdir()} == {"halv.zip"}


def test_the_command_is_a_dry_run_until_told_otherwise(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _settings(data_dir, text_months=0)
    _loaded(data_dir)
    assert main(["prune", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["is_dry"]
    assert SAID in everything(data_dir)
    assert main(["prune", "--json", "--now"]) == 0
    assert Path(json.loads(capsys.readouterr().out)["receipt"]).is_file()
    assert lake.imported(data_dir)
