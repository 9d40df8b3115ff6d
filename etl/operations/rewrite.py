"""Rewrites what is stored in the lake: what is past its time, erased or to be masked anew.

The texts are gone from every file at the end: the lake's, and those of older warehouses.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from etl import text_analysis
from etl.ingest.private_database import connection
from etl.lake import store as lake
from etl.pseudonymization import sql
from etl.text_analysis import result_cache
from etl.warehouse import publish
from svarvakt import warehouse

STEPS = Path(__file__).parent / "rewrite_sql"
AT_A_TIME = 200  # imports in memory together


class RetentionCutoffs(NamedTuple):
    """What is older goes. None keeps everything of that kind."""

    text_before: datetime | None = None
    rows_before: datetime | None = None
    answered_before: datetime | None = None
    blocked: Sequence[str] = ()  # items that the archive must have first (R51)
    takes_vanished: bool = False  # and what is gone at the source (M10)


def open_plan(data: Path, bounds: RetentionCutoffs) -> duckdb.DuckDBPyConnection:
    """A connection that holds `plan` and `touched` (forget/plan.sql). Changes nothing."""
    con = _open(data)
    _known_items(con, data)
    con.execute("CREATE TEMP TABLE import_times (import_id VARCHAR, imported_at TIMESTAMPTZ)")
    times = [[one["import_id"], one["imported_at"]] for one in lake.imports(data)]
    if times:
        con.executemany("INSERT INTO import_times VALUES (?, ?)", times)
    for name in ("text_before", "rows_before", "answered_before"):
        con.execute(f"SET VARIABLE {name} = $1::TIMESTAMPTZ", [getattr(bounds, name)])
    con.execute(f"SET VARIABLE takes_vanished = {bounds.takes_vanished}")
    con.execute("SET VARIABLE blocked = $1::VARCHAR[]", [list(bounds.blocked)])
    con.execute(_step("plan"))
    return con


def apply_plan(con: duckdb.DuckDBPyConnection, data: Path) -> int:
    """Rewrites the imports in `touched`; returns how many. Publish a new warehouse afterwards."""
    return _rewrite(con, data, _touched(con), lambda one: _apply(one, data))


def remask(data: Path) -> int:
    """Puts today's masks on every stored text; returns how many imports were rewritten."""
    con = _open(data)
    con.execute(TO_MASK)
    touched = _touched(con)
    return _rewrite(con, data, touched, lambda one: one.execute(_step("remask")))


def holds_withheld(data: Path) -> bool:
    """Whether a text of a vulnerable service is stored: it was marked after the import (R15)."""
    with _open(data) as con:
        return con.execute(HOLDS_WITHHELD).fetchone() != (0,)


HOLDS_WITHHELD = """
SELECT count(*) FROM (
    SELECT platform, account_native, account_handle, account_ref FROM stored_comments
    WHERE text IS NOT NULL
    UNION ALL SELECT platform, account_native, account_handle, account_ref FROM stored_posts
    WHERE text IS NOT NULL
)
WHERE is_vulnerable_now(platform, account_native, account_handle, account_ref)
"""
TO_MASK = """
CREATE TEMP TABLE touched AS
WITH texts AS (
    SELECT import_id, text FROM stored_comments UNION ALL SELECT import_id, text FROM stored_posts
    UNION ALL SELECT import_id, raw FROM stored_rejected
)
SELECT DISTINCT import_id FROM texts
WHERE text IS DISTINCT FROM mask_tags(mask_text(text), getvariable('own_handles'))
UNION
SELECT import_id FROM stored_comments WHERE is_own AND text <> without_initials(text)
"""


def _rewrite(
    con: duckdb.DuckDBPyConnection, data: Path, touched: Sequence[str], change: Any
) -> int:
    if touched:
        publish.forget_pointer(data)  # whatever happens from here on, the next load builds anew
    for first in range(0, len(touched), AT_A_TIME):
        some = list(touched[first : first + AT_A_TIME])
        lake.create_tables(con)
        for name, table in lake.TABLES.items():
            con.execute(
                f"INSERT INTO {table} BY NAME SELECT * FROM stored_{name}"
                " WHERE import_id IN (SELECT unnest($1))",
                [some],
            )
        change(con)
        lake.replace(con, data, some)
    return len(touched)


def _apply(con: duckdb.DuckDBPyConnection, data: Path) -> None:
    con.execute(_step("read"))
    head, words = result_cache.active_model(data), result_cache.own_words(data)
    text_analysis.analyse(con, "last_texts", "last_reading", head, words)
    con.execute(_step("apply"))
    con.execute(sql("erased"))


def remove_old_warehouses(data: Path) -> int:
    """Removes every warehouse but the one in use; returns how many could not be removed."""
    pointer = warehouse.current(data) or {}
    for old in (data / "warehouse").glob("warehouse-*"):
        if not old.name.startswith(str(pointer.get("file"))):
            with contextlib.suppress(OSError):  # Windows: somebody still reads it
                old.unlink()
    left = [one.name for one in (data / "warehouse").glob("warehouse-*.duckdb")]
    return len(left) - 1


def receipt(data: Path, what: str, facts: dict[str, Any]) -> Path:
    """Writes what was done into `receipts/`: rules, counts and the time, nothing personal."""
    folder = data / "receipts"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{what}.json"
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    path.chmod(0o600)
    return path


def _open(data: Path) -> duckdb.DuckDBPyConnection:
    con = connection(data, dry=False)
    lake.open_tables(con, data, "stored_")
    con.execute(_step("vulnerable"))
    return con


def _known_items(con: duckdb.DuckDBPyConnection, data: Path) -> None:
    """The tables known_items, what the build found out about each item, and item_ids."""
    pointer = warehouse.current(data)
    con.execute(KNOWN_ITEMS)
    if pointer is None:
        return
    con.execute(
        f"ATTACH '{lake.sql_quote(warehouse.warehouse_path(data, pointer))}' AS wh (READ_ONLY)"
    )
    con.execute(FILL_KNOWN_ITEMS)
    if con.execute(HAS_ITEM_IDS).fetchone():  # not in a warehouse of a version before
        con.execute("INSERT INTO item_ids SELECT import_id, lake_id, item_id FROM wh.item_ids")
    con.execute("DETACH wh")


KNOWN_ITEMS = """
CREATE TEMP TABLE known_items (
    item_id VARCHAR, is_vanished BOOLEAN, answered_at TIMESTAMPTZ, is_waiting BOOLEAN);
CREATE TEMP TABLE item_ids (import_id VARCHAR, lake_id VARCHAR, item_id VARCHAR)
"""
FILL_KNOWN_ITEMS = """
INSERT INTO known_items
SELECT item_id, is_vanished, CASE WHEN answered_how = 'reply' THEN answered_at END,
    link_state = 'linked' AND answered_at IS NULL AND reply_class IN ('must', 'unclear')
FROM wh.items
"""
HAS_ITEM_IDS = (
    "SELECT 1 FROM duckdb_tables() WHERE database_name = 'wh' AND table_name = 'item_ids'"
)


def _touched(con: duckdb.DuckDBPyConnection) -> list[str]:
    found = con.execute("SELECT import_id FROM touched ORDER BY import_id").fetchall()
    return [row[0] for row in found]


def _step(name: str) -> str:
    return (STEPS / f"{name}.sql").read_text(encoding="utf-8")
