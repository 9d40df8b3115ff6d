"""The figures are the same in however many parts the items are made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from etl.pipeline import load, rebuild
from etl.warehouse import build
from tests.etl.warehouse.test_answers import rows
from tests.support.graph_threads import Message, graph_json, write

THREADS = [
    [Message(0, 0), Message(1, 5, 0), Message(None, 9, 0), Message(0, 12, 0)],
    [Message(2, 20, text="Dette er elendig!"), Message(None, 30, 0, mentions=(2,))],
    [Message(3, 40, text="Fint"), Message(3, 41, 0, text="Fint"), Message(4, 45, 0)],
]


@pytest.fixture
def data(data_dir: Path, tmp_path: Path) -> Path:
    load([write(tmp_path, graph_json(THREADS))], data=data_dir)
    return data_dir


def contents(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table, but for when it was built and where an item lies."""
    columns = "COLUMNS(lambda name: name <> 'item_row')"
    return {
        name: rows(data, f"SELECT {columns} FROM {name} ORDER BY ALL")
        for (name,) in rows(data, "SELECT table_name FROM duckdb_tables()")
        if name != "build_info"
    }


@pytest.mark.parametrize("part", [1, 4])
def test_parts_make_the_same_tables(data: Path, monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    whole = contents(data)
    monkeypatch.setattr(build, "PART", part)
    rebuild(data=data)
    assert contents(data) == whole
    joined = (
        "SELECT m.item_id, i.item_id FROM measured_items AS m, items AS i WHERE item_row = i.rowid"
    )
    found = rows(data, joined)
    assert len(found) == 7
    assert all(measured == item for measured, item in found)


def test_what_waits_lies_together_the_oldest_first(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "PART", 1)
    rebuild(data=data)
    found = rows(data, "SELECT answered_at IS NULL, received_at FROM items ORDER BY rowid")
    assert [is_waiting for is_waiting, _received in found] == 3 * [False] + 4 * [True]
    waiting = [received for is_waiting, received in found if is_waiting]
    assert waiting == sorted(waiting)


def test_every_part_is_told_of(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole: list[float] = []
    rebuild(lambda share, _what: whole.append(share), data)
    monkeypatch.setattr(build, "PART", 1)
    told: list[float] = []
    rebuild(lambda share, _what: told.append(share), data)
    ((voices,),) = rows(
        data, "SELECT (SELECT count(*) FROM items) + (SELECT count(*) FROM replies)"
    )
    assert len(told) == len(whole) + voices - 1
    assert told == sorted(told) and told[-1] == 1
