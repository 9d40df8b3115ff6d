"""The lake is what docs/lake.md says, and another engine gets the warehouse's figures from it."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from etl.lake import store as lake
from etl.pipeline import load
from tests.spark import soak
from tests.support.graph_threads import START, Message, graph_json, write
from tests.support.paths import ROOT

GUIDE = (ROOT / "docs" / "lake.md").read_text(encoding="utf-8")
THREADS = [
    [Message(0, 1), Message(1, 3, 0), Message(None, 9, 0, (1,), "Takk!")],
    [Message(0, 2), Message(None, 5, 0), Message(1, 7, 0), Message(None, 60, 2)],
    [Message(2, 5, text="Fint!"), Message(2, 6, 0, text="Fint!")],
    [Message(3, 9, text="😀")],
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same threads in two exports, the newer with one more reply; long past every due time."""
    folder = tmp_path_factory.mktemp("lake")
    first = write(folder / "old", graph_json(THREADS[:2]))
    load([first], data=folder)
    longer = [[*THREADS[0], Message(None, 90, 0)], *THREADS[1:]]
    load([write(folder / "new", graph_json(longer))], data=folder)
    return folder


def shape() -> dict[str, dict[str, str]]:
    """Column → type of every table, from the one place that says what the lake holds."""
    with duckdb.connect() as con:
        lake.create_tables(con)
        return {table: described(con, f"lake_{table}") for table in lake.TABLES}


def described(con: duckdb.DuckDBPyConnection, source: str) -> dict[str, str]:
    names = {"TIMESTAMP WITH TIME ZONE": "TIMESTAMPTZ"}
    rows = con.execute(f"DESCRIBE FROM {source}").fetchall()
    return {row[0]: names.get(row[1], row[1]) for row in rows}


def said() -> dict[str, dict[str, str]]:
    """Column → type of every table, from the guide; «as above» is said by an earlier table."""
    found: dict[str, dict[str, str]] = {}
    known: dict[str, str] = {}
    for table, body in re.findall(r"^### (\w+)\n(.*?)(?=^##)", GUIDE, re.DOTALL | re.MULTILINE):
        found[table] = {}
        for names, types in re.findall(r"^\| (`.*?) \| ([\w\[\], ]+?) \|", body, re.MULTILINE):
            columns, kinds = re.findall(r"`(\w+)`", names), types.split(", ")
            for place, column in enumerate(columns):
                kind = kinds[place] if len(kinds) == len(columns) else kinds[0]
                known[column] = kind if kind != "as above" else known[column]
                found[table][column] = known[column]
    return found


def test_the_guide_names_every_column_with_its_type() -> None:
    assert {table: columns for table, columns in said().items() if table in lake.TABLES} == shape()


def test_the_files_hold_what_the_guide_says(data: Path) -> None:
    with duckdb.connect() as con:
        for table, columns in shape().items():
            for path in (data / "lake").glob(f"*/{table}_*.parquet"):
                assert described(con, f"'{path}'") == columns
                ids = con.execute(f"SELECT DISTINCT import_id FROM '{path}'").fetchall()
                assert ids == [(path.parent.name,)]


def test_every_figure_is_there_to_be_compared(data: Path) -> None:
    counted = soak.by_warehouse(data, soak.COUNTED)
    (key,) = counted
    assert key == (None, "facebook", f"{date(START.year, START.month, 1)}")
    assert counted[key]["received"] == 7
    assert set(soak.by_warehouse(data, soak.SHOWN)[key]) < set(counted[key])
    off = {key: counted[key] | {"answered": 99}}
    assert len(soak.differences(off, data)) == 2
    assert soak.differences(counted, data) == []


@pytest.mark.slow
def test_spark_gets_the_same_figures_from_the_files_alone(data: Path) -> None:
    python = soak.python_of_spark()
    if python is None or shutil.which("java") is None:
        pytest.skip("needs Java and pyspark (python3 start.py soak spark fetches it)")
    assert soak.differences(soak.by_spark(python, data), data) == []
