"""The decisions in a real PostgreSQL: what SQLite promises, several writers at once included."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from svarvakt import decisions, settings
from svarvakt.decisions import BadDecision, New, ToLock, current_register, edits_between, open_store
from tests.support.paths import ROOT
from tests.support.postgresql import server


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(tmp_path_factory.mktemp("pg")) as found:
        yield found


@pytest.fixture
def store(
    address: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[decisions.Store]:
    """The municipality's store in PostgreSQL, empty."""
    monkeypatch.setenv("SVARVAKT_DECISIONS", address)
    found = open_store(data_dir)
    with found.engine.begin() as con:
        for table in ("decisions", "register_edits", "audit_events", "locked_reports"):
            con.execute(sa.text(f"TRUNCATE {table} RESTART IDENTITY"))
    yield found
    found.engine.dispose()


def new(kind: str = "answered_elsewhere", subject: str = "facebook:1") -> New:
    return New(kind, "item", subject, {}, "Ringte")


def test_decisions_are_kept_undone_and_listed(store: decisions.Store) -> None:
    before = datetime.now(UTC)
    store.record("kommunikasjon", new())
    (second,) = store.record("enhetsleder", new("answered_now"))
    assert [each.kind for each in store.in_force()] == ["answered_now"]
    store.undo("enhetsleder", second)
    (left,) = store.in_force()
    assert left.kind == "answered_elsewhere"
    assert timedelta(0) <= left.made_at - before < timedelta(minutes=1)
    assert store.in_force(after=second)[0].subject == "facebook:1"


def test_a_bad_decision_leaves_nothing_behind(store: decisions.Store) -> None:
    with pytest.raises(BadDecision):
        store.record("kommunikasjon", new(), New("hidden", "item", "x"))
    assert store.in_force() == []


def test_the_edited_register_lies_over_the_files(store: decisions.Store, data_dir: Path) -> None:
    line = {"unit_id": "a", "name": "Å", "kind": "enhet", "valid_from": "2020-01-01"}
    store.edit_register("kommunikasjon", edits_between("units", [], [line]))
    assert [unit.name for unit in current_register(data_dir).units] == ["Å"]


def test_a_month_is_locked_once_and_sent_once(store: decisions.Store) -> None:
    month = date(2026, 10, 1)
    report = ToLock("", "{}", {"nb": ["En."]})
    assert decisions.lock(store, "kommunikasjon", month, [report]) == 1
    with pytest.raises(BadDecision):
        decisions.lock(store, "kommunikasjon", month, [report])
    assert decisions.lock(store, "kommunikasjon", month, [report], "Ny eksport") == 2
    assert [each.version for each in decisions.locked(store, month)] == [2, 1]
    assert decisions.remember_sent(store, month, 2, "kultur")
    assert not decisions.remember_sent(store, month, 2, "kultur")


WRITER = """
import sys
from pathlib import Path
from svarvakt.decisions import New, open_store
store = open_store(Path(sys.argv[1]))
for number in range(50):
    store.record("kommunikasjon", New("answered_now", "item", f"facebook:{number}"))
"""


@pytest.mark.slow
def test_several_servers_write_at_once_and_nothing_is_lost(
    store: decisions.Store, data_dir: Path
) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(data_dir)],
            cwd=ROOT,
            env=settings.environment(data_dir),
        )
        for _ in range(4)
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0, 0]
    assert len(store.standing()) == 200
    assert len(store.in_force()) == 50


def test_the_demonstration_never_reaches_the_municipality_s_database(
    store: decisions.Store, data_dir: Path
) -> None:
    demo = open_store(settings.demo_dir())
    demo.record("kommunikasjon", new())
    assert store.in_force() == []
    assert "SVARVAKT_DECISIONS" not in settings.environment(settings.demo_dir())
    assert settings.environment(data_dir)["SVARVAKT_DECISIONS"]
