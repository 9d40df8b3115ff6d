"""A copy that is taken while others write, and what comes back of it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from etl.lake import store as lake
from etl.lake.interrupted_restore import STAGED
from etl.lake.lock import exclusive_lock
from etl.operations.backup import LAST, backup
from etl.operations.erasure import erase
from etl.operations.restore import restore
from etl.pipeline import load
from reports.monthly_report import newest_month, warehouse
from svarvakt.decisions import New, ToLock, archive, lock, open_store
from svarvakt.decisions.store import dispose
from svarvakt.errors import UserFacingError
from svarvakt.metrics import Scope
from svarvakt.metrics.response_rate import response
from tests.faults.soak import contents
from tests.support.graph_threads import Message, comment_id, graph_json, write
from tests.support.lake_contents import everything, rows
from tests.support.paths import ROOT

SAID = "Ekornet ved dammen"
THREADS = [
    [Message(0, 0, text=f"{SAID}?"), Message(None, 30, text="I morgen.")],
    [Message(1, 5, text="Elendig brøyting her!")],
]


def _silent(_fraction: float, _what: str) -> None:
    pass


def _rate(data: Path) -> Any:
    """A headline figure through the question that the pages ask."""
    with warehouse(data) as con:
        month = newest_month(data)
        return response(con, Scope(month, month))


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export, a register, decisions, a locked month; and beside it a copy of all that."""
    data = tmp_path_factory.mktemp("once") / "data"
    inbox = data / "exports"
    write(inbox / "facebook" / "eksempel", graph_json(THREADS), "a.json")
    (data / "register").mkdir()
    lines = "key;value;valid_from\nraw_days;9;2020-01-01\n"
    (data / "register" / "municipality.csv").write_text(lines, encoding="utf-8")
    store = open_store(data)
    store.record("kommunikasjon", New("answered_elsewhere", "item", comment_id(1, 0), {}, SAID))
    load([inbox], data=data)
    lock(store, "kommunikasjon", newest_month(data), [ToLock("", "{}", {"nb": ["a"]})])
    backup(data, data.with_name("kopi.tar"))
    dispose(data)
    return data


@pytest.fixture
def municipality(once: Path, data_dir: Path) -> Path:
    shutil.copytree(once, data_dir, dirs_exist_ok=True)
    return data_dir


@pytest.fixture
def copy(once: Path) -> Path:
    return once.with_name("kopi.tar")


def test_what_comes_back_gives_the_same_figures(
    municipality: Path, copy: Path, tmp_path: Path
) -> None:
    before, rate = contents(municipality), _rate(municipality)
    new = tmp_path / "annen maskin"
    done = restore(new, copy, progress=_silent)
    assert contents(new) == before
    assert _rate(new) == rate
    assert (new / "secret").read_text() == (municipality / "secret").read_text()
    assert len(archive(open_store(new))) == 1
    assert done["moved_aside"] is None
    assert (new / "register" / "municipality.csv").is_file()
    modes = {path.stat().st_mode & 0o077 for path in (new / "lake").rglob("*")}
    assert modes == {0}
    dispose(new)


def test_the_copy_is_for_its_owner_alone_and_holds_no_export(copy: Path) -> None:
    assert copy.stat().st_mode & 0o777 == 0o600
    with tarfile.open(copy) as archive:
        names = archive.getnames()
        tops = {name.partition("/")[0] for name in names}
        manifest = json.load(archive.extractfile("manifest.json") or BytesIO())
    assert tops == {"secret", "lake", "register", "decisions.sqlite", "manifest.json"}
    assert set(manifest["files"]) == set(names) - {"manifest.json"}
    assert manifest["decisions"] == "sqlite"


def test_data_that_are_there_are_never_written_over(municipality: Path, copy: Path) -> None:
    load([write(municipality / "more", graph_json([[Message(3, 9)]]), "b.json")])
    before = contents(municipality)
    with pytest.raises(UserFacingError, match="--replace"):
        restore(municipality, copy, progress=_silent)
    assert contents(municipality) == before
    done = restore(municipality, copy, replace=True, progress=_silent)
    assert contents(municipality) != before
    aside = Path(done["moved_aside"])
    assert len(lake.imported(aside)) == 2
    assert (aside / "secret").is_file()
    assert (aside / "decisions.sqlite").is_file()


def _tampered(copy: Path, place: Path, change: Any) -> Path:
    """The copy with one of its members changed, left out or added."""
    bad = place / "endret.tar"
    with tarfile.open(copy) as source, tarfile.open(bad, "w") as sink:
        for entry in source:
            content = source.extractfile(entry)
            change(sink, entry, content.read() if content else b"")
    return bad


def _flip(sink: tarfile.TarFile, entry: tarfile.TarInfo, content: bytes) -> None:
    if entry.name == "secret":
        content = content[:-1] + b"!"
    sink.addfile(entry, BytesIO(content))


def _drop(sink: tarfile.TarFile, entry: tarfile.TarInfo, content: bytes) -> None:
    if entry.name != "decisions.sqlite":
        sink.addfile(entry, BytesIO(content))


def _climb(sink: tarfile.TarFile, entry: tarfile.TarInfo, content: bytes) -> None:
    if entry.name == "secret":
        entry.name = "lake/../../secret"
    sink.addfile(entry, BytesIO(content))


def _link(sink: tarfile.TarFile, entry: tarfile.TarInfo, content: bytes) -> None:
    if entry.name == "secret":
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
    sink.addfile(entry, BytesIO(content))


@pytest.mark.parametrize("change", [_flip, _drop, _climb, _link])
def test_a_copy_that_was_changed_is_refused(
    municipality: Path, copy: Path, tmp_path: Path, change: Any
) -> None:
    bad = _tampered(copy, tmp_path, change)
    before = contents(municipality)
    with pytest.raises(UserFacingError, match="ikke en hel sikkerhetskopi"):
        restore(municipality, bad, replace=True, progress=_silent)
    assert contents(municipality) == before
    assert not list(municipality.glob("replaced-*"))
    assert not (municipality / STAGED).exists()


@pytest.mark.parametrize("size", [0, 700, 5000])
def test_a_copy_that_was_cut_is_refused_in_one_sentence(
    copy: Path, tmp_path: Path, size: int, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = tmp_path / "kuttet.tar"
    cut.write_bytes(copy.read_bytes()[:size])
    assert main(["restore", str(cut), "--replace"]) == 1
    assert "ikke en hel sikkerhetskopi" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "finnes-ikke.tar"), "--replace"]) == 1
    assert "finnes-ikke.tar" in capsys.readouterr().err


def test_a_stop_half_way_is_carried_on_by_the_next_command(
    municipality: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped before every single move: after the next lock all of the copy is in place."""
    wanted = contents(municipality)
    load([write(municipality / "more", graph_json([[Message(3, 9)]]), "b.json")])
    real, moves = Path.rename, 0

    def rename(self: Path, target: Path) -> Path:
        nonlocal moves
        if self.parent in (municipality, municipality / STAGED):
            moves += 1
            if moves % 3 == 0:
                raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        restore(municipality, copy, replace=True, progress=_silent)
    while (municipality / STAGED).exists():
        try:
            with exclusive_lock(municipality):
                pass
        except KeyboardInterrupt:
            continue
    monkeypatch.undo()
    os.environ["SVARVAKT_DATA"] = str(municipality)
    load([], data=municipality)
    assert contents(municipality) == wanted
    assert moves > 3


def test_what_was_erased_since_stays_erased(municipality: Path, copy: Path) -> None:
    erase(municipality, comment_id(0, 0), progress=_silent)
    erase(municipality, comment_id(1, 0), progress=_silent)
    assert SAID not in everything(municipality)
    done = restore(municipality, copy, replace=True, progress=_silent)
    aside = Path(done["moved_aside"])
    for path in sorted(aside.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    aside.rmdir()
    assert rows(municipality, "SELECT count(*) FROM items") == [(2,)]
    assert SAID not in everything(municipality)


@pytest.fixture
def others(municipality: Path) -> Iterator[None]:
    """Somebody who decides all the time."""
    ended = threading.Event()

    def decide() -> None:
        while not ended.is_set():
            open_store(municipality).record("kommunikasjon", New("answered_now", "item", "x:1"))

    thread = threading.Thread(target=decide)
    thread.start()
    yield
    ended.set()
    thread.join()


@pytest.mark.usefixtures("others")
def test_a_copy_is_whole_while_others_decide(municipality: Path, tmp_path: Path) -> None:
    for number in range(3):
        path = tmp_path / f"{number}.tar"
        backup(municipality, path)
        with tarfile.open(path) as archive:
            archive.extract("decisions.sqlite", tmp_path, filter="data")
        with sqlite3.connect(tmp_path / "decisions.sqlite") as con:
            assert con.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_folder_keeps_the_newest_copies(
    municipality: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "kopier"
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / f"svarvakt-2026030{day}T030000.tar").touch()
    (folder / "mine-notater.tar").touch()
    assert main(["backup", str(folder), "--keep", "2", "--json"]) == 0
    told = capsys.readouterr()
    done = json.loads(told.out)
    assert "kryptert" in told.err
    assert "secret" in told.err
    assert len(list(folder.glob("svarvakt-*.tar"))) == 2
    assert Path(done["path"]).is_file()
    assert (folder / "mine-notater.tar").is_file()
    known = json.loads((municipality / LAST).read_text(encoding="utf-8"))
    assert known["path"] == done["path"]
    assert main(["backup", done["path"]]) == 1
    assert "finnes fra før" in capsys.readouterr().err


def test_decisions_on_a_server_are_said_to_be_missing(
    municipality: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = f"sqlite:///{tmp_path / 'server.sqlite'}"
    monkeypatch.setenv("SVARVAKT_DECISIONS", elsewhere)
    done = subprocess.run(
        [sys.executable, "-m", "etl", "backup", str(tmp_path / "b.tar")],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    )
    assert "pg_dump" in done.stderr
    with tarfile.open(tmp_path / "b.tar") as archive:
        assert "decisions.sqlite" not in archive.getnames()


def test_there_is_nothing_to_copy(tmp_path: Path, data_dir: Path) -> None:
    with pytest.raises(UserFacingError, match="ingenting"):
        backup(data_dir, tmp_path / "a.tar")
