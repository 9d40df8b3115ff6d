"""Erasure on request (R17): gone from every file, and it never comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from etl.operations.erasure import NotErased, erase
from etl.pipeline import load
from svarvakt.decisions import New, open_store
from tests.support.graph_threads import Message, comment_id, graph_json, write
from tests.support.lake_contents import everything, figures, rows
from tests.support.loaded_once import load_once

SECRET = "Sommerfuglen flyr over Fjordvik i natt, sier naboen"
THREADS = [
    [
        Message(1, 0, text=f"{SECRET}. Når åpner badet?"),
        Message(None, 30, text="I morgen."),
        Message(2, 40, 0, text="Hvorfor får ingen svar her?"),
    ],
    [Message(3, 5, text="Takk for fin feiring!")],
]


def _silent(_fraction: float, _what: str) -> None:
    pass


def _loaded(data: Path, threads: Any = THREADS, name: str = "a") -> Path:
    path = write(data / "exports" / "facebook" / "eksempel", graph_json(threads), f"{name}.json")
    load_once(data, path)
    return path


def test_what_is_erased_is_in_no_file_and_no_figure_changes(data_dir: Path) -> None:
    _loaded(data_dir)
    before = figures(data_dir)
    first = comment_id(0, 0)
    store = open_store(data_dir)
    store.record(
        "kommunikasjon",
        New("answered_elsewhere", "item", first, {}, f"Ringte om {SECRET}"),
    )
    assert SECRET in everything(data_dir)
    before = figures(data_dir)
    done = erase(data_dir, first, progress=_silent)
    kept = everything(data_dir)
    assert SECRET not in kept
    assert first.partition(":")[2] not in kept
    assert len(figures(data_dir)) == len(before)
    assert [row[:4] for row in figures(data_dir)] == [row[:4] for row in before]
    assert done["counts"]["items"] == 1
    assert json.loads(Path(done["receipt"]).read_text(encoding="utf-8"))["what"] == "erase"
    assert [each.event for each in store.audit()] == ["erase"]


def test_the_erased_does_not_come_back_with_a_newer_export(data_dir: Path) -> None:
    _loaded(data_dir)
    before = figures(data_dir)
    erase(data_dir, comment_id(0, 0), progress=_silent)
    again = [[*THREADS[0], Message(2, 50, 0, text="Hallo?")], THREADS[1]]
    _loaded(data_dir, again, "b")
    kept = everything(data_dir)
    assert SECRET not in kept
    assert comment_id(0, 0).partition(":")[2] not in kept
    assert len(figures(data_dir)) == len(before) + 1
    assert [row for row in figures(data_dir) if row in before] == before
    assert rows(data_dir, "SELECT count(DISTINCT thread_id) FROM items") == [(2,)]


def test_a_reply_in_the_thread_can_be_erased_alone(data_dir: Path) -> None:
    _loaded(data_dir)
    before = figures(data_dir)
    erase(data_dir, comment_id(0, 2), progress=_silent)
    assert "Hvorfor får ingen" not in everything(data_dir)
    assert SECRET in everything(data_dir)
    assert figures(data_dir) == before


@pytest.mark.parametrize(
    "link",
    [
        "https://www.facebook.com/501/posts/900?comment_id=1000",
        "https://m.facebook.com/501/posts/900/?comment_id=1000&fbclid=abc",
        "http://nb-no.facebook.com/501/posts/900?comment_id=1000&__tn__=R#x",
    ],
)
def test_a_link_is_found_in_each_of_its_forms(data_dir: Path, link: str) -> None:
    _loaded(data_dir)
    erase(data_dir, link, progress=_silent)
    assert SECRET not in everything(data_dir)


def test_a_link_to_the_post_alone_erases_nothing(data_dir: Path) -> None:
    _loaded(data_dir)
    with pytest.raises(NotErased):
        erase(data_dir, "https://www.facebook.com/501/posts/900", progress=_silent)
    with pytest.raises(NotErased, match="Fant ingen"):
        erase(data_dir, "https://www.facebook.com/501/posts/9", progress=_silent)
    assert SECRET in everything(data_dir)


def test_what_the_archive_waits_for_is_not_erased_without_saying_so(data_dir: Path) -> None:
    _loaded(data_dir)
    store = open_store(data_dir)
    store.record("kommunikasjon", New("archive_candidate", "item", comment_id(0, 0)))
    with pytest.raises(NotErased, match="arkivet"):
        erase(data_dir, comment_id(0, 0), progress=_silent)
    assert SECRET in everything(data_dir)
    erase(data_dir, comment_id(0, 0), progress=_silent, override=True)
    assert SECRET not in everything(data_dir)
    assert store.audit()[0].event == "erase_override"


def test_a_visitors_post_is_erased_with_its_id(data_dir: Path) -> None:
    export = graph_json(THREADS)
    visitor = {
        "id": "501_901",
        "message": SECRET.upper(),
        "created_time": "2026-03-02T10:00:00+0000",
        "from": {"id": "7009", "name": "Innbygger Iberg"},
        "permalink_url": "https://www.facebook.com/501/posts/901",
    }
    export["data"].append(visitor)
    load([write(data_dir / "exports" / "facebook" / "eksempel", export)])
    assert rows(data_dir, "SELECT count(*) FROM items WHERE item_kind = 'visitor_post'") == [(1,)]
    erase(data_dir, "https://www.facebook.com/501/posts/901", progress=_silent)
    assert SECRET.upper() not in everything(data_dir)
    assert "posts/901" not in everything(data_dir)
    assert rows(data_dir, "SELECT count(*) FROM items WHERE item_kind = 'visitor_post'") == [(1,)]


def test_the_command_says_what_it_did(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _loaded(data_dir)
    assert main(["erase", "--json", comment_id(0, 0)]) == 0
    assert json.loads(capsys.readouterr().out)["what"] == "erase"
    assert main(["erase", comment_id(0, 0)]) == 1


def test_a_stop_half_way_is_made_good_by_the_next_run(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _loaded(data_dir)

    def stopped(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("etl.lake.store.replace", stopped)
        with pytest.raises(KeyboardInterrupt):
            erase(data_dir, comment_id(0, 0), progress=_silent)
    assert main(["prune", "--now"]) == 0
    assert SECRET not in everything(data_dir)


def test_masks_of_today_are_put_on_what_is_stored(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        real = Path.read_text

        def without_masks(path: Path, *args: Any, **named: Any) -> str:
            return "" if path.name == "masks.sql" else real(path, *args, **named)

        patch.setattr(Path, "read_text", without_masks)
        threads = [[Message(1, 0, text="Ring meg på 412 34 567")]]
        load([write(data_dir / "exports", graph_json(threads))])
    assert "412 34 567" in everything(data_dir)
    assert main(["remask", "--json"]) == 0
    assert "412 34 567" not in everything(data_dir)
    assert "[telefon]" in everything(data_dir)
