"""Mastodon's archive: `outbox.json` with what the account itself wrote (formats.md 12)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._html import PLAIN_TEXT
from etl.ingest.sources._json import elements, nodes_table
from etl.ingest.staging import FileSample, ImportFile

FORMAT = "mastodon_outbox"
PLATFORM = "mastodon"
KIND = "json"
EXPECTS = "Kontoens egne innlegg fra arkivet til Mastodon («outbox.json»)."

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

NODE = {"type": "VARCHAR", "actor": "VARCHAR", "published": "VARCHAR", "to": "JSON", "cc": "JSON"}
NODE |= {"object": "JSON"}
ACTIVITIES = {"Create", "Announce"}


def recognises(head: FileSample) -> bool:
    """Activities with an actor and an object, as an ActivityPub outbox lists them."""
    return head.kind == KIND and any(
        str(item.get("type")) in ACTIVITIES and {"actor", "object"} <= item.keys()
        for item in elements(head.sample, "orderedItems")
    )


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages posts and own replies; raises `UnsupportedFile` for a damaged file."""
    nodes_table(con, files, NODE, list_key="orderedItems")
    con.execute(PLAIN_TEXT)
    con.execute(SQL)
    for file in files:
        file.warnings.append(reason("archive_of_own_posts"))
