"""The doctor finds what is wrong and says what to do; where all is well it says so."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import sys
from collections import namedtuple
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.operations.backup import LAST, backup
from etl.operations.doctor import machine_checks
from etl.operations.doctor.finding import BAD, NOTE, OK, Finding
from etl.operations.doctor.run import run_checks
from etl.pipeline import load
from svarvakt import warehouse
from svarvakt.decisions import New, open_store
from svarvakt.decisions.store import dispose
from tests.support.graph_threads import Message, graph_json, write

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


Room = namedtuple("Room", "free")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A municipality with a fresh export, a decision and a fresh copy."""
    data = tmp_path_factory.mktemp("once")
    write(data / "exports" / "facebook" / "side", graph_json([[Message(0, 1)]]))
    open_store(data).record("kommunikasjon", New("advice", "account", "facebook:1", {}, "Ja"))
    load([data / "exports"], data=data)
    backup(data, tmp_path_factory.mktemp("copies") / "kopi.tar")
    dispose(data)
    return data


@pytest.fixture
def healthy(once: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(once, data_dir, dirs_exist_ok=True)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Room(10**12))
    return data_dir


def find(data: Path, check: str, port: int = 1) -> Finding:
    return next(each for each in run_checks(data, port) if each.check == check)


def test_where_all_is_well_it_says_so(
    healthy: Path, free_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run_checks(healthy, free_port)
    assert [each for each in found if each.state != OK] == []
    assert main(["doctor", "--port", str(free_port)]) == 0
    assert "Alt er i orden" in capsys.readouterr().err
    assert main(["doctor", "--port", str(free_port), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["findings"]
    assert len(told) == len(found) >= 14
    assert set(told[0]) == {"check", "state", "what", "why", "mend", "is_well"}


def test_an_empty_folder_is_no_illness(data_dir: Path, free_port: int) -> None:
    before = sorted(data_dir.rglob("*"))
    assert [each for each in run_checks(data_dir, free_port) if each.state == BAD] == []
    assert sorted(data_dir.rglob("*")) == before


def _no_key(data: Path) -> None:
    (data / "secret").write_text("abc", encoding="ascii")


def _damaged_lake(data: Path) -> None:
    (path,) = (data / "lake").glob("*/comments_0.parquet")
    path.write_bytes(path.read_bytes()[:50])


def _damaged_facts(data: Path) -> None:
    (path,) = (data / "lake").glob("*/import.json")
    path.write_text("{", encoding="utf-8")


def _warehouse(data: Path) -> Path:
    pointer = warehouse.current(data)
    assert pointer
    return warehouse.warehouse_path(data, pointer)


def _damaged_figures(data: Path) -> None:
    _warehouse(data).write_bytes(b"x" * 5000)


def _no_pointer(data: Path) -> None:
    (data / "warehouse" / "current.json").write_text("{", encoding="utf-8")


def _damaged_decisions(data: Path) -> None:
    dispose(data)
    for path in data.glob("decisions.sqlite*"):
        path.write_bytes(b"not what it was" * 100)


def _lost_decisions(data: Path) -> None:
    open_store(data)
    with sqlite3.connect(data / "decisions.sqlite") as con:
        con.execute("DELETE FROM decisions")


def _open_to_all(data: Path) -> None:
    (data / "secret").chmod(0o644)


def _telemetry(data: Path) -> None:
    os.environ[machine_checks.TELEMETRY] = "true"


@pytest.mark.parametrize(
    ("harm", "check", "words"),
    [
        (_no_key, "Nøkkelen", "sikkerhetskopi"),
        (_damaged_lake, "Det som er lest inn", "les inn den samme eksporten"),
        (_damaged_facts, "Det som er lest inn", "les inn den samme eksporten"),
        (_damaged_figures, "Tallene", "etl build"),
        (_no_pointer, "Tallene", "etl build"),
        (_damaged_decisions, "Avgjørelsene", "doctor på nytt"),
        (_lost_decisions, "Avgjørelsene", "etl restore"),
        (_open_to_all, "Rettigheter", "chmod"),
        (_telemetry, "Telemetri", "Fjern"),
    ],
)
def test_what_is_broken_is_found(
    healthy: Path,
    harm: Callable[[Path], None],
    check: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(machine_checks.TELEMETRY, "false")
    harm(healthy)
    found = find(healthy, check)
    assert found.state == BAD
    assert found.why
    assert words in found.mend
    assert main(["doctor", "--port", "1"]) == 1
    assert "Traceback" not in capsys.readouterr().err


def _unread_export(data: Path) -> None:
    write(data / "exports" / "facebook" / "side", graph_json([[Message(1, 3)]]), "ny.json")


def _newer_decision(data: Path) -> None:
    open_store(data).record("kommunikasjon", New("advice", "account", "facebook:2", {}, "Nei"))


def _old_export(data: Path) -> None:
    (path,) = (data / "lake").glob("*/import.json")
    facts = json.loads(path.read_text(encoding="utf-8"))
    facts["exported_at"] = (datetime.now(UTC) - timedelta(days=60)).isoformat()
    path.write_text(json.dumps(facts), encoding="utf-8")


def _old_copy(data: Path) -> None:
    at = datetime.now(UTC) - timedelta(days=20)
    (data / LAST).write_text(json.dumps({"at": at.isoformat()}), encoding="utf-8")


def _no_copy(data: Path) -> None:
    (data / LAST).unlink()


def _left_aside(data: Path) -> None:
    (data / "replaced-20260301T120000").mkdir()


def _bad_register(data: Path) -> None:
    (data / "register").mkdir()
    lines = "unit_id;name\n;uten id\n"
    (data / "register" / "units.csv").write_text(lines, encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "check", "words"),
    [
        (_unread_export, "Innboksen", "1 filer er ikke lest inn"),
        (_newer_decision, "Tallene", "ikke regnet ut etter siste endring"),
        (_old_export, "Nyeste eksport", "60 dager"),
        (_old_copy, "Sikkerhetskopi", "20 dager"),
        (_no_copy, "Sikkerhetskopi", "ingen er tatt"),
        (_left_aside, "Til side", "ligger igjen"),
        (_bad_register, "Registeret", "merknader"),
    ],
)
def test_what_wants_a_look_is_noted_and_breaks_nothing(
    healthy: Path, harm: Callable[[Path], None], check: str, words: str
) -> None:
    harm(healthy)
    found = find(healthy, check)
    assert found.state == NOTE
    assert words in found.what
    assert found.mend


def test_little_room_is_found(healthy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Room(5_000_000))
    assert find(healthy, "Diskplass").state == BAD


def test_a_package_of_another_version_is_found(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find(data_dir, "Pakkene").state == OK
    monkeypatch.setattr("importlib.metadata.version", lambda _: "0.0.1")
    found = find(data_dir, "Pakkene")
    assert found.state == BAD
    assert "start.py setup" in found.mend


def test_a_taken_port_is_noted(data_dir: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        assert find(data_dir, "Porten", listener.getsockname()[1]).state == NOTE


def test_a_check_that_stumbles_is_a_finding(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(_data: Path) -> None:
        raise PermissionError(13, "no", "sted")

    monkeypatch.setattr(machine_checks, "CHECKS", [("Python", stumble)])
    found = find(data_dir, "Python")
    assert found.state == BAD
    assert "ikke lov" in found.what
    assert sys.version_info >= (3, 11)
