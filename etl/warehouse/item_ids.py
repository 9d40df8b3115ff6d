"""What an item or a post was called before: decisions and erasures under an old id keep holding."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from etl.ingest.private_database import connection
from etl.lake import store as lake
from svarvakt import warehouse


def current_ids(data: Path, subjects: Iterable[str]) -> list[str]:
    """Each subject's id in the published warehouse; one that it does not know stays as it is."""
    found = list(subjects)
    with _warehouse(data) as con:
        if con is not None and found:
            names = dict(con.execute(CURRENT, [found]).fetchall())
            return [names.get(each, each) for each in found]
    return found


def former_ids(data: Path, item_id: str) -> list[str]:
    """The other ids under which decisions about an item may stand."""
    with _warehouse(data) as con:
        if con is None:
            return []
        rows = con.execute("SELECT alias FROM id_aliases WHERE id = $1", [item_id]).fetchall()
    return [row[0] for row in rows]


def ids_in_exports(data: Path, item_id: str) -> list[str]:
    """Every id that any export may give the item, and that cannot be another's (R17).

    Of an item whose export has no number that a platform gave, those with the account in front.
    """
    with _warehouse(data) as known:
        rows = known.execute(LAKE_IDS, [item_id]).fetchall() if known is not None else []
    with connection(data, dry=False) as con:
        lake.open_tables(con, data, "stored_")
        con.execute("CREATE TEMP TABLE wanted (import_id VARCHAR, lake_id VARCHAR)")
        if rows:
            con.executemany("INSERT INTO wanted VALUES (?, ?)", [list(row) for row in rows])
        return [row[0] for row in con.execute(CERTAIN, [item_id]).fetchall()]


CURRENT = """
SELECT alias, id FROM id_aliases
WHERE list_contains($1, alias) AND alias NOT IN (SELECT item_id FROM items)
"""
LAKE_IDS = "SELECT import_id, lake_id FROM item_ids WHERE item_id = $1"
CERTAIN = """
SELECT DISTINCT unnest(certain_ids(platform, account_ref, account_native, account_handle, post_id,
    comment_id))
FROM stored_comments LEFT JOIN wanted
    ON wanted.import_id = stored_comments.import_id AND wanted.lake_id = comment_id
WHERE comment_id = $1 OR wanted.lake_id IS NOT NULL
"""


@contextlib.contextmanager
def _warehouse(data: Path) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """The published warehouse, None where there is none or it is older than these tables."""
    if warehouse.current(data) is None:
        yield None
        return
    with warehouse.reading(data) as con:
        found = con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'item_ids'")
        yield con if found.fetchone() else None
