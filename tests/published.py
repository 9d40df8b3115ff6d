"""A warehouse of `tests.warehouse` written to disk and published, as the build does it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from metrics.views import create_views
from tests.warehouse import Row, insert, make_warehouse


def publish(
    folder: Path,
    *,
    is_demo: bool = False,
    targets: tuple[Row, ...] = (),
    problems: tuple[Row, ...] = (),
    **given: Any,
) -> Path:
    """Writes `folder`/warehouse/… and its pointer; `given` goes to `make_warehouse`."""
    con = make_warehouse(**given)
    insert(con, "targets", targets)
    insert(con, "register_problems", problems)
    insert(
        con,
        "build_info",
        [
            {"key": "is_demo", "value": str(is_demo).lower()},
            {"key": "definitions_version", "value": "1"},
        ],
    )
    path = folder / "warehouse" / "warehouse-1.duckdb"
    path.parent.mkdir(parents=True)
    _copy_tables(con, path)
    pointer = {"file": path.name, "version": f"{path}", "built_at": "", "is_demo": is_demo}
    (path.parent / "current.json").write_text(json.dumps(pointer), encoding="utf-8")
    return path


def _copy_tables(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    tables = [
        row[0]
        for row in con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE NOT temporary"
        ).fetchall()
    ]
    con.execute(f"ATTACH '{path}' AS out")
    for table in tables:
        con.execute(f"CREATE TABLE out.{table} AS FROM {table}")
    con.close()
    with duckdb.connect(str(path)) as out:
        out.execute("SET TimeZone = 'UTC'")
        create_views(out)
