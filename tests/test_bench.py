"""The bench must not praise a load that lost something."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bench import loading, twin
from bench.__main__ import table
from bench.pages import PAGES
from etl.pipeline import load
from svarvakt.warehouse import current, warehouse_path
from tests.support.graph_threads import PAGE, Message, graph_json, write


def said(**changes: Any) -> dict[str, Any]:
    whole = {
        "files": [{"path": "a.json", "status": "loaded"}],
        "totals": {"rejected": 0},
        "different_comments": 10,
    }
    return whole | changes


def test_a_whole_load_passes() -> None:
    loading.check(said(), 10)


@pytest.mark.parametrize(
    "change",
    [
        {"different_comments": 9},
        {"different_comments": 11},
        {"totals": {"rejected": 1}},
        {"files": [{"path": "a.json", "status": "refused"}]},
    ],
)
def test_a_load_that_lost_or_doubled_something_is_no_result(change: dict[str, Any]) -> None:
    with pytest.raises(SystemExit):
        loading.check(said(**change), 10)


def test_bare_duckdb_reads_every_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([{"x": 1}, {"x": 2}]), encoding="utf-8")
    (tmp_path / "b.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    done = loading.measure_bare(tmp_path)
    assert done.output.split("\n")[:2] == ["json 1 2", "csv 1 1"]
    assert done.seconds > 0
    assert done.peak_mb is None if sys.platform == "win32" else (done.peak_mb or 0) > 1


def test_written_comments_are_counted_once_whatever_the_platform(tmp_path: Path) -> None:
    reply = {"id": "2", "message": "Takk"}
    facebook = {"data": [{"id": "p", "comments": {"data": [{"id": "1", "comments": [reply]}]}}]}
    instagram = {
        "data": [{"id": "m", "comments": {"data": [{"id": "3", "replies": {"data": []}}]}}]
    }
    youtube = {"items": [{"id": "t", "snippet": {"top": {"kind": "youtube#comment", "id": "4"}}}]}
    for name, export in {"a": facebook, "b": facebook, "c": instagram, "d": youtube}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(export), encoding="utf-8")
    assert loading.count_written(tmp_path) == 4


def test_a_load_and_what_is_added_to_it_are_checked_before_they_are_a_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports, data = tmp_path / "exports", tmp_path / "data"
    write(exports / f"facebook/{PAGE}", graph_json([[Message(0, 0), Message(None, 9)]]))
    monkeypatch.setattr(loading, "NEW", 20)
    pair = loading.measure_pair(exports, 2, data)
    assert pair["ratio"] > 0
    assert loading.measure_adding(data)["adding"] > 0
    assert loading.count_loaded(data / "warehouse") == 22


def test_a_figure_that_plain_python_counts_otherwise_is_no_result(tmp_path: Path) -> None:
    write(tmp_path / f"exports/facebook/{PAGE}", graph_json([[Message(0, 0)], [Message(1, 9)]]))
    load([tmp_path / "exports"], data=tmp_path)
    twin.check_totals(tmp_path)
    pointer = current(tmp_path)
    assert pointer is not None
    with duckdb.connect(str(warehouse_path(tmp_path, pointer))) as con:
        con.execute("UPDATE month_counts SET due = due + 1")
    with pytest.raises(SystemExit, match="all items"):
        twin.check_totals(tmp_path)


def test_the_table_sets_what_was_reached_beside_its_goal() -> None:
    spread: dict[str, Any] = {"median_ms": 7.0, "p95_ms": 9.0, "errors": 0}
    found = {
        "loading": {"ratio": 3.94, "peak_mb": 812.4, "adding": 4.2},
        "reading": {key: {"for_a_million": 14.9} for key in ("rules_and_words", "all_of_it")},
        "pages": {
            "samples_checked": 5,
            "hello": {"n": 2},
            **{page: {"over_hello_ms": 9} for page in PAGES},
            "oversikt": {"over_hello_ms": 31},
        },
        "sessions_50": spread,
        "browser": {"skipped": "There is no Chromium."},
        "documents": {"month_report": spread, "unit_reports": {"seconds": 20.6}},
        "peers": {"pandas": {"times_faster": 3.0}, "usual_page": {"times_faster": 21.0}},
    }
    reached = {figure: value for figure, value, _goal in table(found)}
    assert reached["import + build / bare read"] == "3.9"
    assert reached["filter over hello, median page, ms"] == "9"
    assert reached["filter over hello, slowest page, ms"] == "31"
    assert reached["browser cold over hello, ms"] == "None"
