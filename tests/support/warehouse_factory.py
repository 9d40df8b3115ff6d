"""Tiny warehouses for tests: the tables that the build makes, filled with only what matters.

`make_warehouse(items=[{"answered_at": …}])` gives a connection to a warehouse in
memory, with the metric views made by the real code. Everything not given has a
sane default: a question on Facebook, mature, linked, not answered.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from etl.progress import silent
from etl.warehouse import build
from svarvakt import warehouse
from svarvakt.metrics.views import OVER_VIEWS, TABLES, create_views
from svarvakt.settings import ZONE

AS_OF = datetime(2026, 10, 31, 12, tzinfo=UTC)
DAY = 27_000  # the seconds of the default calendar's working day
Row = Mapping[str, Any]


@cache
def schema() -> str:
    """The statements that make the build's own tables, as a build of an empty lake leaves them."""
    with tempfile.TemporaryDirectory() as folder:
        build.build(Path(folder), silent)
        with warehouse.reading(Path(folder)) as con:
            made = con.execute("SELECT table_name, sql FROM duckdb_tables()").fetchall()
    return "\n".join(sql for name, sql in made if name not in (*TABLES, *OVER_VIEWS))


# Every weekday 08:00-15:30 in Norway, no public holidays.
SPANS = """
INSERT INTO working_spans
SELECT
    (day + TIME '08:00') AT TIME ZONE 'Europe/Oslo',
    (day + TIME '15:30') AT TIME ZONE 'Europe/Oslo',
    27000 * (row_number() OVER (ORDER BY day) - 1)
FROM (SELECT unnest(range(DATE '2026-07-01', DATE '2027-01-01', INTERVAL 1 DAY))::DATE AS day)
WHERE isodow(day) < 6;
"""
# Every account has had one unit all along.
ACCOUNT_UNITS = """
INSERT INTO account_units (account_id, unit_id, valid_from, valid_to)
SELECT account_id, unit_id, DATE '0001-01-01', DATE '9999-12-31' FROM accounts
"""

ACCOUNT: Row = {
    "account_id": "facebook:1",
    "platform": "facebook",
    "name": "Fjordvik kommune",
    "is_registered": True,
    "status": "aktiv",
    "administrators": 1,
    "as_of": AS_OF,
    "comments_as_of": AS_OF,
    "confirmation": "never",
}
UNIT: Row = {"unit_id": "kultur", "name": "Kultur", "kind": "enhet", "valid_from": date(2020, 1, 1)}
POST: Row = {
    "account_id": "facebook:1",
    "platform": "facebook",
    "published_at": datetime(2026, 10, 5, 10, tzinfo=UTC),
    "is_shared_copy": False,
}
REPLY: Row = {
    "account_id": "facebook:1",
    "sent_at": datetime(2026, 10, 6, 10, tzinfo=UTC),
    "is_automatic": False,
}
COVERAGE: Row = {
    "account_id": "facebook:1",
    "month": date(2026, 10, 1),
    "posts": 0,
    "posts_with_comment_count": 0,
    "items": 0,
    "replies": 0,
    "cannot_link": 0,
    "has_thread_links": True,
    "has_hidden_flags": False,
    "as_of": AS_OF,
}


def item(number: int, given: Row) -> dict[str, Any]:
    """An item with defaults; an answer given as seconds brings its time and target with it."""
    row: dict[str, Any] = {
        "item_id": f"facebook:c{number}",
        "item_kind": "comment",
        "platform": "facebook",
        "account_id": "facebook:1",
        "received_at": datetime(2026, 10, 6, 8, tzinfo=UTC),
        "text": "Når åpner biblioteket?",
        "tone": "neutral",
        "reply_class": "must",
        "is_claimed_answered": False,
        "is_mature": True,
        "is_within_target": False,
        "link_state": "linked",
        "is_hidden": False,
        "is_vanished": False,
        "tone_confirmed": False,
        "is_dialogue_closed": False,
        "class_rule": "question",
        "may_be_unanswered": False,
        **given,
    }
    row.setdefault("month", row["received_at"].astimezone(ZONE).date().replace(day=1))
    if row.get("working_seconds") is not None:
        row.setdefault("answered_at", AS_OF)
    if row.get("answered_at") is not None:
        row.setdefault("answered_how", "reply")
        row.setdefault("working_seconds", 3600)
        row.setdefault("elapsed_seconds", row["working_seconds"] * 3)
    else:
        row.setdefault("waiting_working_seconds", DAY * 2)
    return row


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> None:
    """Rows with only some columns; the others are NULL."""
    filled = list(rows)
    names = sorted({name for row in filled for name in row})
    if filled:
        line = f"({', '.join('?' * len(names))})"
        lines = ", ".join([line] * len(filled))
        values = [row.get(name) for row in filled for name in names]
        con.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES {lines}", values)


def fill_items(con: duckdb.DuckDBPyConnection, items: Iterable[Row]) -> None:
    """These items and no others; each belongs to its account's unit."""
    con.execute("DELETE FROM items")
    insert(con, "items", [item(number, row) for number, row in enumerate(items)])
    con.execute(
        "UPDATE items SET unit_id = (FROM accounts SELECT any_value(accounts.unit_id) "
        "WHERE accounts.account_id = items.account_id)"
    )


def make_warehouse(
    items: Iterable[Row] = (),
    accounts: Iterable[Row] | None = None,
    units: Iterable[Row] = (),
    posts: Iterable[Row] = (),
    replies: Iterable[Row] = (),
    coverage: Iterable[Row] = (),
    looks: Iterable[Row] = (),
    errors: Iterable[Row] = (),
    settings: Row | None = None,
    targets: Iterable[Row] = (),
    problems: Iterable[Row] = (),
    info: Row | None = None,
    con: duckdb.DuckDBPyConnection | None = None,
) -> duckdb.DuckDBPyConnection:
    """A warehouse in memory. Without `accounts` there is one, `facebook:1`, without a unit.

    `info` is what `build_info` holds besides the usual; `con` an empty database to use instead.
    """
    known = [{**ACCOUNT, **row} for row in ([{}] if accounts is None else accounts)]
    con = con or duckdb.connect()
    con.execute(schema())
    con.execute(SPANS)
    described = {"as_of": AS_OF.isoformat(), "working_day_seconds": str(DAY), **(info or {})}
    insert(con, "build_info", [{"key": k, "value": v} for k, v in described.items()])
    insert(con, "targets", targets)
    insert(con, "register_problems", problems)
    insert(con, "municipality", [{"key": k, "value": str(v)} for k, v in (settings or {}).items()])
    insert(con, "units", [{**UNIT, **unit} for unit in units])
    insert(con, "accounts", known)
    con.execute(ACCOUNT_UNITS)
    fill_items(con, items)
    owner = {row["account_id"]: row.get("unit_id") for row in known}
    for number, row in enumerate(posts):
        filled = {"post_id": f"p{number}", **POST, **row}
        insert(con, "posts", [{"unit_id": owner[filled["account_id"]], **filled}])
    insert(con, "replies", [{"reply_id": f"r{n}", **REPLY, **row} for n, row in enumerate(replies)])
    con.execute("INSERT INTO looks SELECT account_id, sent_at FROM replies")
    insert(con, "looks", looks)
    insert(con, "factual_errors", errors)
    insert(con, "coverage", [{**COVERAGE, **row} for row in coverage])
    create_views(con)
    return con
