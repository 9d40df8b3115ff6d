"""Threads' API: an account's threads, and the conversation under a thread (formats.md 12)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from etl.ingest.sources._json import elements, nodes_table, struct
from etl.ingest.sources._threads import ROOTS
from etl.ingest.staging import FileSample, ImportFile

FORMAT = "threads_api"
PLATFORM = "threads"
KIND = "json"
EXPECTS = "Innlegg eller svar fra API-et til Threads (JSON med «is_reply» eller «root_post»)."

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

ID = struct({"id": "VARCHAR"})
NODE = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "timestamp": "VARCHAR",
    "username": "VARCHAR",
    "permalink": "VARCHAR",
    "media_type": "VARCHAR",
    "is_reply": "BOOLEAN",
    "is_reply_owned_by_me": "BOOLEAN",
    "root_post": ID,
    "replied_to": ID,
    "has_replies": "BOOLEAN",
    "hide_status": "VARCHAR",
}
SIGNS = {"is_reply", "is_reply_owned_by_me", "root_post", "replied_to", "hide_status"}


def recognises(head: FileSample) -> bool:
    """Elements with an id of digits and what only a message on Threads has."""
    return head.kind == KIND and any(map(_is_ours, elements(head.sample)))


def _is_ours(item: dict[str, Any]) -> bool:
    return re.fullmatch(r"\d{5,}", str(item.get("id", ""))) is not None and (
        bool(SIGNS & item.keys())
        or item.get("media_product_type") == "THREADS"
        or re.match(r"https://www\.threads\.(net|com)/", str(item.get("permalink", ""))) is not None
    )


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages posts and comments; raises `UnsupportedFile` for a damaged file."""
    nodes_table(con, files, NODE)
    con.execute(ROOTS)
    con.execute(SQL)
