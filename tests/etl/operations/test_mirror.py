"""Copies of the published figures: what goes there, what never does, and what a copy refuses."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import start
from etl.__main__ import main
from etl.lake import files as disk
from etl.operations.doctor.run import run_checks
from etl.operations.erasure import erase
from etl.operations.mirror import mirror
from etl.pipeline import load, rebuild
from svarvakt import access, i18n, settings, warehouse
from svarvakt.errors import UserFacingError
from tests.support import guides
from tests.support.graph_threads import Message, comment_id, graph_json, write
from tests.support.paths import ROOT
from tests.test_pages import words
from ui import importing, refresh, server, settings_words, viewer
from ui.data import NotAllowed

THREADS = [[Message(0, 1)], [Message(1, 5, text="Hvorfor er Fjordveien stengt?")]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("made")
    write(data / "exports", graph_json(THREADS))
    write(data / "register", {}, ".hidden")
    (data / "register" / "municipality.csv").write_text("nokkel;verdi\nname;Fjordvik\n", "utf-8")
    load([data / "exports"], data=data)
    return data


@pytest.fixture
def source(made: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The municipality's own data; its decisions are in a database that servers can share."""
    shutil.copytree(made, data_dir, dirs_exist_ok=True)
    place = data_dir.parent / f"{data_dir.name}-shared.sqlite"
    monkeypatch.setenv(settings.DECISIONS, f"sqlite:///{place}")
    return data_dir


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "copy"
    path.mkdir()
    return path


@pytest.fixture
def shown(source: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy that is this machine's data folder."""
    mirror(source, target)
    monkeypatch.setenv("SVARVAKT_DATA", str(target))
    viewer.use(access.LOCAL)
    st.cache_data.clear()
    yield target
    st.cache_data.clear()
    st.cache_resource.clear()
    i18n.use("nb")


def files(folder: Path) -> set[str]:
    return {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}


def texts(folder: Path) -> list[str]:
    pointer = warehouse.current(folder)
    assert pointer
    with duckdb.connect(str(warehouse.warehouse_path(folder, pointer)), read_only=True) as con:
        return [text for (text,) in con.execute("SELECT text FROM items ORDER BY ALL").fetchall()]


def test_a_copy_holds_what_a_page_reads_and_nothing_else(source: Path, target: Path) -> None:
    done = mirror(source, target)
    pointer = warehouse.current(source)
    assert pointer is not None
    assert files(target) == {
        ".lock",
        "copy.json",
        "register/municipality.csv",
        "warehouse/current.json",
        f"warehouse/{pointer['file']}",
    }
    assert texts(target) == texts(source)
    assert (done.version, done.copied) == (pointer["version"], 3)
    assert mirror(source, target).copied == 0
    modes = {path.stat().st_mode & 0o777 for path in (target / "warehouse").iterdir()}
    assert modes == {0o600}
    key = (source / "secret").read_bytes().strip()
    assert all(key not in path.read_bytes() for path in target.rglob("*") if path.is_file())


def test_a_new_version_comes_and_what_the_source_lacks_goes(source: Path, target: Path) -> None:
    mirror(source, target)
    (source / "register" / "municipality.csv").unlink()
    rebuild(data=source)
    assert mirror(source, target).copied == 2
    assert {p.name for p in (target / "warehouse").glob("*.duckdb")} == {
        p.name for p in (source / "warehouse").glob("*.duckdb")
    }
    assert not list((target / "register").iterdir())
    assert warehouse.current(target) == warehouse.current(source)


def test_what_is_erased_leaves_every_copy(source: Path, target: Path) -> None:
    mirror(source, target)
    assert any(text and "Fjordveien" in text for text in texts(target))
    erase(source, comment_id(1, 0), progress=lambda _part, _what: None)
    mirror(source, target)
    assert not any(b"Fjordveien" in path.read_bytes() for path in target.rglob("*.duckdb"))
    assert len(list((target / "warehouse").glob("*.duckdb"))) == 1


def test_a_damaged_file_is_not_copied_and_a_damaged_copy_is_mended(
    source: Path, target: Path
) -> None:
    mirror(source, target)
    pointer = warehouse.current(source)
    assert pointer
    copied, own = (
        warehouse.warehouse_path(target, pointer),
        warehouse.warehouse_path(source, pointer),
    )
    copied.write_bytes(b"x" * 100)
    (target / "warehouse" / ".mirroring-old").write_bytes(b"half")
    mirror(source, target)
    assert copied.read_bytes() == own.read_bytes()
    rebuild(data=source)
    newer = warehouse.current(source)
    assert newer
    warehouse.warehouse_path(source, newer).write_bytes(b"y" * 100)
    with pytest.raises(UserFacingError, match="skadd"):
        mirror(source, target)
    assert warehouse.current(target) == pointer
    assert not list((target / "warehouse").glob(".*"))


def test_a_copy_can_be_copied_on(source: Path, shown: Path, tmp_path: Path) -> None:
    further = tmp_path / "further"
    further.mkdir()
    mirror(shown, further)
    assert texts(further) == texts(source)


def test_folders_that_cannot_be_copies_are_refused(
    source: Path, target: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserFacingError, match="finnes ikke"):
        mirror(source, target / "none")
    (source / "inside").mkdir()
    with pytest.raises(UserFacingError, match="datamappen selv"):
        mirror(source, source / "inside")
    before = files(made)
    with pytest.raises(UserFacingError, match="egne data"):
        mirror(source, made)
    assert files(made) == before
    (source / "warehouse" / "current.json").unlink()
    with pytest.raises(UserFacingError, match="ikke regnet ut"):
        mirror(source, target)
    shutil.rmtree(target)
    target.mkdir()
    monkeypatch.delenv(settings.DECISIONS)
    with pytest.raises(UserFacingError, match="PostgreSQL"):
        mirror(source, target)
    assert not files(target)


def test_the_command_goes_on_after_a_folder_that_fails(
    source: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mirror", "--json", str(target / "off"), str(target)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [each["target"] for each in told["mirrored"]] == [str(target)]
    assert len(told["problems"]) == 1
    assert main(["mirror", str(target)]) == 0


@pytest.mark.parametrize(
    "command",
    [["load", "exports"], ["build"], ["undo", "a"], ["prune"], ["erase", "a"], ["remask"],
     ["fetch", "facebook"], ["backup", "x.tar"]],
    ids=lambda command: command[0],
)  # fmt: skip
def test_nothing_is_worked_out_beside_a_copy(
    shown: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = {name: (shown / name).read_bytes() for name in files(shown)}
    assert main(command) == 1
    said = capsys.readouterr().err
    assert "maskinen som regner" in said or "ingenting å ta kopi av" in said
    assert {name: (shown / name).read_bytes() for name in files(shown)} == before


def test_the_start_and_a_decision_leave_a_copy_alone(
    shown: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(shown)
    start.prepare_data(shown)
    assert "kopi" in capsys.readouterr().out
    monkeypatch.setattr(refresh, "_waiting", set[Path]())
    refresh.soon()
    assert not refresh._waiting
    assert files(shown) == before


def test_the_doctor_looks_at_a_copy_as_a_copy(shown: Path) -> None:
    found = {each.check: each for each in run_checks(shown, 1)}
    assert found["Tallene"].state == found["Kopien"].state == found["Avgjørelsene"].state
    assert "Nøkkelen" not in found
    told = json.loads((shown / settings.COPY).read_text("utf-8"))
    disk.atomic_write(
        shown / settings.COPY, json.dumps(told | {"mirrored_at": "2026-01-01T00:00:00Z"}).encode()
    )
    (shown / "warehouse" / "current.json").unlink()
    found = {each.check: each for each in run_checks(shown, 1)}
    assert (found["Kopien"].state, found["Tallene"].state) == ("merk", "må rettes")


def test_a_server_of_a_copy_needs_the_shared_decisions(shown: Path) -> None:
    assert server._lone_copy() is None
    environment = {"SVARVAKT_DATA": str(shown), "PATH": "/usr/bin"}
    done = subprocess.run(
        [sys.executable, "-m", "ui.server", "1"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "SVARVAKT_DECISIONS er ikke satt" in done.stderr
    assert not list(shown.glob("decisions*"))


def visit(page: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.run()
    app.switch_page(page).run()
    assert not app.exception
    return app


def keys(app: AppTest) -> set[str]:
    return {str(each.key) for each in app.button}


def test_the_pages_say_where_files_are_read_in(shown: Path) -> None:
    page = visit("pages/kontoer/datagrunnlag.py")
    assert "Filer leses inn på maskinen som regner ut tallene" in words(page)
    assert not page.file_uploader
    assert not {"read-in", "import-undo", "import-save"} & keys(page)
    with pytest.raises(NotAllowed):
        importing.take_out("a")
    with pytest.raises(NotAllowed):
        settings_words._permit()


def test_before_the_first_copy_the_pages_wait(shown: Path) -> None:
    (shown / "warehouse" / "current.json").unlink()
    page = visit("pages/oversikt/oversikt.py")
    assert "Denne maskinen viser en kopi" in words(page)
    assert not {"read-in"} & keys(page)


def test_the_commands_of_the_guide_run(source: Path, tmp_path: Path) -> None:
    blocks = guides.commands("many-servers.md")
    assert len(blocks) == 2
    places = {
        "/srv/svarvakt": tmp_path / "shared",
        "/var/lib/svarvakt-server": tmp_path / "server",
    }
    done = guides.run("".join(blocks), places, source)
    assert "Kopien: er fersk" in done.stdout, done.stderr
    assert texts(tmp_path / "server") == texts(source)
