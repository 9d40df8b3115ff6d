"""The measurements of the dashboard run to their end and count what they say: never how fast."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bench import browser, documents, pages, peers, reading, samples, sessions, twin
from bench.client import Line, Reader
from bench.serving import HELLO, dashboard, script
from etl.demo import write_demo
from etl.pipeline import load


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    write_demo(folder, 400)
    load([folder / "exports"], data=folder)
    return folder


def published(data: Path) -> Path:
    return next((data / "warehouse").glob("warehouse-*.duckdb"))


def test_the_spread_of_no_numbers_is_said_and_the_longest_is_the_last() -> None:
    assert samples.spread([]) == {"n": 0}
    found = samples.spread([0.003, 0.001, 0.002], "x_")
    assert found == {"x_n": 3, "x_median_ms": 2.0, "x_p95_ms": 3.0, "x_max_ms": 3.0}


def test_a_choice_in_a_filter_changes_what_the_page_says(data: Path) -> None:
    with (
        dashboard(data) as server,
        closing(Reader(server.address)) as reader,
        Line(reader) as line,
    ):
        assert line.open("svarandel") > 0
        unit = line.selectboxes()["enhet"].options[1]
        before = b"".join(line.raw)
        assert line.choose("enhet", unit) > 0
        assert f" · {unit}".encode() in b"".join(line.raw)
        assert f" · {unit}".encode() not in before


def test_a_page_that_fails_is_no_result(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.client.FAILED", b"Hello world")
    with (
        script(HELLO) as server,
        closing(Reader(server.address)) as reader,
        Line(reader) as line,
        pytest.raises(RuntimeError, match="failed"),
    ):
        line.open()


def test_pages_are_measured_beside_a_page_that_says_hello(data: Path) -> None:
    found = pages.measure(data, changes=2, pages=("svarandel", "logg"))
    assert found["samples_checked"] == 5
    assert found["hello"]["n"] == found["svarandel"]["n"] == found["logg"]["seen_n"] == 2
    assert "over_hello_ms" in found["svarandel"]


def test_readers_at_once_meet_no_error_and_their_changes_are_counted(data: Path) -> None:
    found = sessions.measure(data, sessions=3, seconds=2, pause=0.2)
    assert found["errors"] == 0, found["met"]
    assert found["n"] >= 3


def test_an_error_that_a_reader_meets_is_counted(data: Path) -> None:
    with script(HELLO) as server:
        crowd = sessions.Crowd(server)
        crowd.all(2, lambda _passed, made: made >= 1, 0)  # that page has none of our filters
    assert len(crowd.errors) == 2


def test_the_soak_says_the_memory_after_every_tenth(data: Path) -> None:
    found = sessions.soak(data, changes=10, sessions=1)
    assert len(found["memory_mb"]) == 11
    assert (found["n"], found["errors"]) == (10, 0)


def test_peers_make_the_same_figures(data: Path) -> None:
    found = peers.measure(data, changes=4)
    assert found["pandas"]["n"] == found["pandas"]["pandas_n"] == 4
    assert found["usual_page"]["usual_n"] == 3


def test_every_different_text_is_read_by_rules_and_by_all(data: Path) -> None:
    with duckdb.connect(str(published(data)), read_only=True) as con:
        (texts,) = con.execute("SELECT count(DISTINCT text) FROM items").fetchone() or (0,)
    found = reading.measure(data)
    assert 0 < texts == found["rules_and_words"]["rows"] == found["all_of_it"]["rows"]
    assert all(each["for_a_million"] > 0 for each in found.values())


def test_documents_of_the_municipality_and_of_every_unit(data: Path) -> None:
    found = documents.measure(data, runs=1, most_units=2)
    assert found["month_report"]["n"] == 1
    assert found["unit_reports"]["units"] == found["unit_report"]["n"] == 2


@pytest.mark.browser
def test_the_first_page_in_a_browser(data: Path, chromium: str) -> None:
    found = browser.measure(data, runs=1)
    assert found["cold"]["n"] == found["warm_hello"]["n"] == 1


@pytest.mark.parametrize(
    "wrong",
    ["all_answered = all_answered + 1", "within_answered = within_answered + 1"],
)
def test_a_wrong_figure_ends_the_measurement(data: Path, tmp_path: Path, wrong: str) -> None:
    copy = _copied(data, tmp_path)
    with duckdb.connect(str(published(copy))) as con:
        con.execute(f"UPDATE response_months SET {wrong}")
    with pytest.raises(SystemExit, match="differ"):
        twin.check(copy)


def _copied(data: Path, target: Path) -> Path:
    (target / "warehouse").mkdir()
    for path in (data / "warehouse").iterdir():
        (target / "warehouse" / path.name).write_bytes(path.read_bytes())
    return target


def test_without_items_there_is_nothing_to_check(data: Path, tmp_path: Path) -> None:
    copy = _copied(data, tmp_path)
    with duckdb.connect(str(published(copy))) as con:
        con.execute("DELETE FROM items")
    with pytest.raises(SystemExit, match="no account"):
        twin.check(copy)


def test_pandas_figures_that_differ_are_named() -> None:
    ours: dict[str, Any] = {"all": (1, 2), "times": (None,), "withheld": True}
    peers._equal(None, ours, {"all": (1, 2), "times": (5.0,)})  # type: ignore[arg-type]
    with pytest.raises(SystemExit, match="all"):
        peers._equal(None, ours, {"all": (1, 3), "times": (5.0,)})  # type: ignore[arg-type]
