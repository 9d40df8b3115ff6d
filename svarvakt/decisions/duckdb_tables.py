"""What is in force as a table of DuckDB, for the build."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from svarvakt.decisions.store import Decision, is_used, open_store

COLUMNS = (
    "decision_id BIGINT, made_at TIMESTAMPTZ, role VARCHAR, kind VARCHAR, about VARCHAR,"
    " slot VARCHAR, subject VARCHAR, details JSON, reason VARCHAR, is_in_force BOOLEAN"
)


def load_into(con: duckdb.DuckDBPyConnection, data: Path) -> None:
    """Makes the temporary table `decided` of `COLUMNS`, and the variable `decided_up_to`.

    Every decision that nobody took back; `is_in_force` marks the newest of each subject and
    slot. `decided_up_to` is the newest decision's id, whether it is in force or not.
    """
    store = open_store(data) if is_used(data) else None
    newest = store.newest_id() if store else 0  # asked first: what comes later is in the next build
    con.execute(f"CREATE OR REPLACE TEMP TABLE decided ({COLUMNS})")
    con.execute(f"SET VARIABLE decided_up_to = {newest}")
    valid = {each.decision_id for each in store.in_force()} if store else set()
    standing = store.standing() if store else []
    rows = [(*_row(each), each.decision_id in valid) for each in standing]
    if rows:
        types = [column.split()[1] for column in COLUMNS.split(", ")]
        lists = ", ".join(f"unnest(${n}::{type_}[])" for n, type_ in enumerate(types, 1))
        values = [list(column) for column in zip(*rows, strict=True)]
        con.execute(f"INSERT INTO decided SELECT {lists}", values)


def _row(one: Decision) -> tuple[object, ...]:
    details = json.dumps(dict(one.details), ensure_ascii=False)
    return (
        one.decision_id, one.made_at, one.role, one.kind, one.about, one.slot, one.subject,
        details, one.reason,
    )  # fmt: skip
