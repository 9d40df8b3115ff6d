"""Keys in place of people, masks over their words (R11, R18): SQL that several steps run.

`keys`, `writer_ids` and `identity` make keys and ids, `masks`, `masking` and `initials` cover what
texts tell about people, `privacy`, `agents`, `stored` and `erased` lead staged rows over the import
line.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb


def sql(name: str) -> str:
    """The statements of one file of this folder, by its name without the suffix."""
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")


def keyed_hashes(secret: str, ids: Iterable[str]) -> dict[str, str]:
    """By id the keyed hash that `erased.txt` of the lake names it by (R17)."""
    wanted = list(ids)
    with connection(secret) as con:
        row = con.execute("SELECT [keyed('erased', id) FOR id IN $1::VARCHAR[]]", [wanted])
        (hashes,) = row.fetchone() or ([],)
    return dict(zip(wanted, hashes, strict=True))


def connection(secret: str) -> duckdb.DuckDBPyConnection:
    """A database in memory on which the macro `keyed` uses this secret."""
    con = duckdb.connect()
    con.execute(sql("keys"))
    con.execute(f"SET VARIABLE secret = '{secret}'")
    return con
