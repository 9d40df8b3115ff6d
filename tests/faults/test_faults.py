"""Full disks, read-only folders, vanishing and damaged files, clocks that go back.

After each the next start heals, or says in one plain sentence what to do.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from etl.ingest import runner
from etl.ingest.files import InputFile
from etl.lake import store as lake
from etl.operations.erasure import erase
from etl.pipeline import load, rebuild, undo
from etl.warehouse import publish as published
from svarvakt import errors, warehouse
from svarvakt.decisions import BadDecision, New, ToLock, lock, locked, open_store
from svarvakt.decisions.store import FILE
from tests.faults.victims import run_command
from tests.support.graph_threads import Message, comment_id, graph_json, write
from tests.support.lake_contents import everything, rows
from tests.support.paths import ROOT

MESSAGES = [Message(0, 1), Message(None, 20)]


def export(folder: Path, name: str = "a.json", messages: list[Message] | None = None) -> Path:
    return write(folder / "facebook" / "eksempel", graph_json([messages or MESSAGES]), name)


def items(data: Path) -> object:
    return rows(data, "SELECT count(*) FROM items")[0][0]


def said(done: subprocess.CompletedProcess[str]) -> str:
    """The last line of a command that failed as it should: one sentence, never a traceback."""
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("once")
    load([export(data / "exports")], data=data)
    return data


@pytest.fixture
def loaded(once: Path, data_dir: Path) -> Path:
    shutil.copytree(once, data_dir, dirs_exist_ok=True)
    return data_dir


# --- The disk ------------------------------------------------------------------------------------


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts small disks of memory; skips where that is not allowed."""
    made: list[Path] = []

    def mount(options: str) -> Path:
        place = tmp_path / f"disk{len(made)}"
        place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if sys.platform != "linux" or subprocess.call(command, stderr=subprocess.DEVNULL):
            pytest.skip("mounting a small disk needs root on Linux")
        made.append(place)
        return place

    yield mount
    for place in made:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_full_disk_keeps_what_was_there(mounted: Callable[[str], Path], tmp_path: Path) -> None:
    data = mounted("size=18m") / "data"  # holds two warehouses and their checkpoints
    first = export(tmp_path)
    load([first], data=data)
    before = warehouse.current(data)
    filler = data.parent / "filler"
    free = shutil.disk_usage(data).free
    filler.write_bytes(b"x" * (free - 40_000))
    more = export(tmp_path, "b.json", [*MESSAGES, Message(1, 50, 0)])
    told = said(run_command(data, "etl", "load", str(more)))
    assert "Disken er full" in told
    assert warehouse.current(data) == before
    assert items(data) == 1
    filler.unlink()
    load([more], data=data)
    assert items(data) == 2
    assert [path.name for path in (data / "warehouse").glob(".*")] == []


def test_a_file_that_may_not_grow_is_a_full_disk(loaded: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    before = warehouse.current(loaded)
    assert "Disken er full" in said(run_command(loaded, "etl", "build", preexec_fn=limit))
    assert warehouse.current(loaded) == before
    assert rebuild().version
    assert items(loaded) == 1


def test_a_full_disk_stores_no_half_decision(mounted: Callable[[str], Path]) -> None:
    data = mounted("size=1m") / "data"
    store = open_store(data)
    kept = store.record("kommunikasjon", New("answered_now", "item", "x:1"))
    (data / "filler").write_bytes(b"x" * shutil.disk_usage(data).free)
    many = [New("advice", "account", f"x:{number}", {}, "x" * 1900) for number in range(200)]
    with pytest.raises(sa.exc.OperationalError, match="disk") as caught:
        store.record("kommunikasjon", *many)
    assert "Disken er full" in str(errors.user_message(caught.value))
    (data / "filler").unlink()
    kept += store.record("kommunikasjon", New("answered_now", "item", "x:2"))
    assert [each.decision_id for each in store.in_force()] == kept
    store.engine.dispose()


def test_a_read_only_folder_is_said(mounted: Callable[[str], Path], tmp_path: Path) -> None:
    data = mounted("size=12m")
    first = export(tmp_path)
    load([first], data=data)
    subprocess.run(["mount", "-o", "remount,ro", str(data)], check=True)
    for command in (("load", str(first)), ("build",)):
        assert "ikke lov til å lese eller skrive" in said(run_command(data, "etl", *command))
    assert items(data) == 1


def test_start_says_what_it_may_not_do(mounted: Callable[[str], Path]) -> None:
    data = mounted("size=1m,ro")
    program = (
        "import start, sys; start.set_up = lambda: None; start.check_disk = lambda *_: None; "
        "sys.exit(start.guarded([]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "SVARVAKT_DATA": str(data)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "ikke lov til å lese eller skrive" in said(done)


# --- Files that go, or change --------------------------------------------------------------------


def test_a_file_that_vanishes_is_refused_and_the_others_are_loaded(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = export(tmp_path, "a.json")
    staying = export(tmp_path, "b.json", [Message(1, 5), Message(None, 9)])
    real = runner.Import._recognised

    def recognised(self: runner.Import, number: int, found: InputFile, report: Any) -> Any:
        entry = real(self, number, found, report)
        going.unlink(missing_ok=True)
        return entry

    monkeypatch.setattr(runner.Import, "_recognised", recognised)
    report = load([going, staying], data=data_dir)
    assert [file.status for file in report.files] == ["refused", "loaded"]
    assert report.files[0].reason == (
        "Filen ble borte mens den ble lest. Legg den tilbake og les inn på nytt."
    )
    assert items(data_dir) == 1


def test_two_loads_at_once_both_end_well(data_dir: Path, tmp_path: Path) -> None:
    files = [
        export(tmp_path / str(n), "a.json", [Message(n, n), Message(None, 90)]) for n in range(4)
    ]
    command = [sys.executable, "-m", "etl", "load"]
    running = [
        subprocess.Popen([*command, *map(str, some)], cwd=ROOT, stderr=subprocess.DEVNULL)
        for some in (files[:3], files[1:])
    ]
    assert [each.wait(timeout=120) for each in running] == [0, 0]
    in_hand = {import_id for (import_id,) in rows(data_dir, "SELECT import_id FROM imports")}
    assert len(in_hand) == 4
    assert in_hand == lake.imported(data_dir)


# --- Damage --------------------------------------------------------------------------------------


def _break(path: Path, how: str) -> None:
    content = path.read_bytes()
    broken = {
        "empty": b"",
        "cut": content[: len(content) // 2],
        "other": b"\xff\xfe not what it was" * 50,
        "flipped": content[: len(content) // 2]
        + b"\0\xff" * 40
        + content[len(content) // 2 + 80 :],
    }
    path.write_bytes(broken[how])


@pytest.mark.parametrize("how", ["empty", "cut", "other", "flipped"])
def test_a_damaged_warehouse_is_built_again(loaded: Path, how: str) -> None:
    pointer = warehouse.current(loaded)
    assert pointer
    _break(warehouse.warehouse_path(loaded, pointer), how)
    load([], data=loaded)
    assert (warehouse.current(loaded) or {})["version"] != pointer["version"]
    assert items(loaded) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"file": 1}', b"{}"])
def test_a_damaged_pointer_is_made_again(loaded: Path, content: bytes) -> None:
    (loaded / "warehouse" / "current.json").write_bytes(content)
    assert warehouse.current(loaded) is None
    load([], data=loaded)
    assert items(loaded) == 1


@pytest.mark.parametrize("how", ["empty", "cut", "other"])
@pytest.mark.parametrize("name", ["comments_0.parquet", "import.json"])
def test_a_damaged_import_is_read_in_again(loaded: Path, how: str, name: str) -> None:
    (path,) = (loaded / "lake").glob(f"*/{name}")
    _break(path, how)
    (loaded / "warehouse" / "current.json").unlink()
    report = load([loaded / "exports"], data=loaded)
    assert [file.status for file in report.files] == ["loaded"]
    assert items(loaded) == 1
    assert not (loaded / "damaged").exists()


def test_a_damaged_import_without_its_export_is_said_and_nothing_changes(loaded: Path) -> None:
    (path,) = (loaded / "lake").glob("*/comments_0.parquet")
    _break(path, "cut")
    shutil.rmtree(loaded / "exports")
    before = (warehouse.current(loaded) or {})["version"]
    told = said(run_command(loaded, "etl", "build"))
    assert "skadd på disken" in told
    assert "les inn den samme eksporten på nytt" in told
    assert (warehouse.current(loaded) or {})["version"] == before
    assert items(loaded) == 1
    undo(path.parent.name[:12])
    assert items(loaded) == 0


@pytest.mark.parametrize("how", ["cut", "other"])
def test_a_damaged_database_of_decisions_is_said(loaded: Path, how: str) -> None:
    store = open_store(loaded)
    many = [New("answered_now", "item", comment_id(0, number)) for number in range(400)]
    store.record("kommunikasjon", *many)
    store.engine.dispose()
    for each in loaded.glob("decisions.sqlite-*"):
        each.unlink()
    _break(loaded / FILE, how)
    for command in (("etl", "build"), ("reports", "lock", "2026-03")):
        told = said(run_command(loaded, *command))
        assert "decisions.sqlite) er skadd" in told
        assert "restore" in told
    assert items(loaded) == 1


@pytest.mark.parametrize("content", [None, "", "a" * 63, "z" * 64])
def test_a_lost_key_is_never_replaced_in_silence(loaded: Path, content: str | None) -> None:
    key = loaded / "secret"
    before = key.read_text(encoding="ascii")
    key.unlink()
    if content is not None:
        key.write_text(content, encoding="ascii")
    told = said(run_command(loaded, "etl", "build"))
    assert "legg tilbake «secret»" in told
    key.write_text(before, encoding="ascii")
    assert rebuild().version


def test_a_half_written_key_of_a_first_start_is_made_anew(data_dir: Path) -> None:
    (data_dir / "secret").write_text("abc", encoding="ascii")
    load([export(data_dir / "exports")])
    assert len(lake.secret(data_dir)) == 64
    assert (data_dir / "secret").stat().st_mode & 0o777 == 0o600


def test_an_erasure_that_was_stopped_at_its_last_step_leaves_no_older_file(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by the soak's 703rd kill: the new figures stood, an older file still had the words."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    said = "Ekornet ved dammen"
    load([export(tmp_path, "a.json", [Message(0, 1, text=said), Message(None, 20)])], data=data_dir)
    monkeypatch.setattr(published, "_remove_older", stop)
    with pytest.raises(KeyboardInterrupt):
        erase(data_dir, comment_id(0, 0), progress=lambda _part, _what: None)
    assert said in everything(data_dir)
    monkeypatch.undo()
    load([], data=data_dir)
    assert said not in everything(data_dir)


# --- The clock -----------------------------------------------------------------------------------


class Clock(datetime):
    """A clock that can be set back."""

    moment = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return cls.moment.astimezone(tz)


def test_a_clock_that_is_set_back_hides_no_newer_figures(
    loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "datetime", Clock)
    Clock.moment = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    names = []
    for back in (0, 3600, 3600, 86400 * 400):  # the same microsecond twice, then a year ago
        Clock.moment = datetime(2026, 11, 20, 12, 0, tzinfo=UTC) - timedelta(seconds=back)
        rebuild()
        names.append((warehouse.current(loaded) or {})["file"])
        assert items(loaded) == 1
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("hours", [-48, 48])
def test_the_file_before_stays_for_those_who_read_it(
    loaded: Path, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    pointer = warehouse.current(loaded)
    assert pointer
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + hours * 3600)
    rebuild()
    assert warehouse.warehouse_path(loaded, pointer).is_file()


def test_loading_in_the_past_keeps_the_inbox(loaded: Path) -> None:
    (fact,) = (loaded / "lake").glob("*/import.json")
    known = json.loads(fact.read_text(encoding="utf-8"))
    known["imported_at"] = (datetime.now(UTC) + timedelta(days=3000)).isoformat()
    fact.write_text(json.dumps(known), encoding="utf-8")
    load([loaded / "exports"], data=loaded)
    assert list((loaded / "exports").rglob("*.json"))
    assert items(loaded) == 1


def test_two_who_lock_a_month_at_once_both_hear_the_truth(loaded: Path) -> None:
    store, month = open_store(loaded), date(2026, 3, 1)
    others: list[int] = []

    @sa.event.listens_for(store.engine, "before_cursor_execute")
    def _another_machine(_con: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO locked_reports") and not others:
            others.append(0)
            others.append(lock(store, "kommunikasjon", month, [ToLock("", "{}", {})]))

    with pytest.raises(BadDecision, match="i samme øyeblikk"):
        lock(store, "kommunikasjon", month, [ToLock("", "{}", {}), ToLock("u", "{}", {})])
    assert others == [0, 1]
    assert [each.version for each in locked(store, month)] == [1]
    assert locked(store, month, "u") == []
    sa.event.remove(store.engine, "before_cursor_execute", _another_machine)
