"""Everything that lies under a data folder, as text: what a test of erasure looks through."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb

from svarvakt import warehouse


def everything(data: Path) -> str:
    """All values of every Parquet, DuckDB and SQLite file, and every file's raw bytes."""
    found = []
    for path in sorted(file for file in data.rglob("*") if file.is_file()):
        if "exports" in path.parts:
            continue
        found.append(path.read_bytes().decode("utf-8", "replace"))
        if path.suffix == ".parquet":
            with duckdb.connect() as con:
                found.append(str(con.execute(f"FROM '{path}'").fetchall()))
        elif path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as con:
                tables = con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
                found += [str(con.execute(f'FROM "{name}"').fetchall()) for (name,) in tables]
        elif path.suffix == ".sqlite":
            with sqlite3.connect(path) as base:
                found += list(base.iterdump())
    return "\n".join(found)


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    """The answer of the published warehouse."""
    pointer = warehouse.current(data)
    assert pointer is not None
    with duckdb.connect(str(warehouse.warehouse_path(data, pointer)), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        return con.execute(query).fetchall()


def figures(data: Path) -> list[tuple[object, ...]]:
    """What no deletion of a text may change: per item what it was read as, and its answer."""
    return rows(
        data,
        "SELECT received_at, tone, reply_class, class_rule, answered_at, link_state, is_question"
        " FROM items ORDER BY ALL",
    )
