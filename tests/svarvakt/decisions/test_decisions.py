"""What people decide: append-only, never lost, taken back by another decision, no names."""

from __future__ import annotations

import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from svarvakt.decisions import (
    BadDecision,
    New,
    current_register,
    edits_between,
    open_store,
    register_lines,
)
from svarvakt.decisions.store import AUDIT_EVENTS, DECISIONS, REGISTER_EDITS, Store


def new(kind: str = "answered_elsewhere", subject: str = "facebook:1", **given: object) -> New:
    return New(kind, "item", subject, reason="Ringte", **given)  # type: ignore[arg-type]


def test_the_newest_decision_in_a_slot_is_in_force(data_dir: Path) -> None:
    store = open_store(data_dir)
    first, second, other = store.record(
        "kommunikasjon",
        new("answered_elsewhere"),
        new("answered_now"),
        new("class", details={"reply_class": "content"}),
    )
    assert first < second < other
    assert [each.kind for each in store.in_force()] == ["answered_now", "class"]


def test_undo_brings_back_what_was_decided_before(data_dir: Path) -> None:
    store = open_store(data_dir)
    store.record("kommunikasjon", new("answered_elsewhere"))
    (second,) = store.record("enhetsleder", new("answered_now"))
    store.undo("enhetsleder", second)
    assert [each.kind for each in store.in_force()] == ["answered_elsewhere"]
    assert [each.kind for each in store.history("facebook:1")] == [
        "answered_elsewhere",
        "answered_now",
        "undo",
    ]


def test_only_subjects_with_something_newer_are_read_for_the_lists(data_dir: Path) -> None:
    store = open_store(data_dir)
    (first,) = store.record("kommunikasjon", new(subject="facebook:1"))
    store.record("kommunikasjon", new(subject="facebook:2"))
    assert [each.subject for each in store.in_force(after=first)] == ["facebook:2"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (New("hidden", "item", "x"), "begrunnelse"),
        (New("seen", "item", "x"), "kan ikke avgjøres"),
        (New("guess", "item", "x"), "kan ikke avgjøres"),
        (New("tone", "item", "x", {"colour": "red"}), "har ikke feltene"),
        (New("tone", "item", "x", {"tone": "n" * 3000}), "for lang"),
    ],
)
def test_a_decision_that_breaks_a_rule_is_refused_in_words(
    data_dir: Path, wrong: New, words: str
) -> None:
    store = open_store(data_dir)
    with pytest.raises(BadDecision, match=words):
        store.record("kommunikasjon", new(), wrong)
    assert store.newest_id() == 0


def test_two_who_decide_at_once_both_stand_in_the_history(data_dir: Path) -> None:
    store = open_store(data_dir)
    workers = [
        threading.Thread(target=lambda: [store.record("kommunikasjon", new()) for _ in range(25)])
        for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(store.history("facebook:1")) == 100


def test_a_new_store_is_opened_by_many_at_once(tmp_path: Path) -> None:
    """Each process opens it for itself; here each thread does."""
    together = threading.Barrier(8)

    def opened(number: int) -> int:
        together.wait()
        return len(Store(f"sqlite:///{tmp_path}/{number}.sqlite").in_force())

    with ThreadPoolExecutor(8) as pool:
        for number in range(4):
            assert list(pool.map(opened, [number] * 8)) == [0] * 8


def test_no_column_is_about_a_person() -> None:
    columns = {c.name for t in (DECISIONS, REGISTER_EDITS, AUDIT_EVENTS) for c in t.columns}
    named = {"name", "user", "user_id", "email", "person", "actor", "author", "administrator"}
    assert columns & named == set()


def test_the_file_is_for_its_owner_alone(data_dir: Path) -> None:
    open_store(data_dir)
    mode = (data_dir / "decisions.sqlite").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_what_is_edited_here_lies_over_the_files(data_dir: Path) -> None:
    folder = data_dir / "register"
    folder.mkdir()
    (folder / "units.csv").write_text(
        "enhet_id;navn;type;gyldig_fra\nkultur;Kultur;enhet;01.01.2020\nskole;Skole;enhet;2020-01-01\n"
    )
    before = register_lines(data_dir, "units")
    assert before[0] == {
        "unit_id": "kultur",
        "name": "Kultur",
        "kind": "enhet",
        "valid_from": "2020-01-01",
    }
    after = [{**before[0], "name": "Kultur og idrett"}, {**before[1], "unit_id": "ny"}]
    edits = edits_between("units", before, after)
    open_store(data_dir).edit_register("kommunikasjon", edits)
    known = current_register(data_dir)
    assert {u.unit_id: u.name for u in known.units} == {"kultur": "Kultur og idrett", "ny": "Skole"}
    assert [e.before and e.before["name"] for e in open_store(data_dir).register_edits()] == [
        "Kultur",
        "Skole",
        None,
    ]
    assert known.problems == ()


def test_an_error_in_a_file_is_still_told_when_something_is_edited(data_dir: Path) -> None:
    folder = data_dir / "register"
    folder.mkdir()
    (folder / "units.csv").write_text("unit_id;name;kind;valid_from\na;A;feil;2020-01-01\n")
    line = {"unit_id": "b", "name": "B", "kind": "enhet", "valid_from": "2020-01-01"}
    open_store(data_dir).edit_register("kommunikasjon", edits_between("units", [], [line]))
    known = current_register(data_dir)
    assert [u.unit_id for u in known.units] == ["b"]
    assert [problem.line for problem in known.problems] == [2]
