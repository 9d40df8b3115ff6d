"""Bluesky: an account's feed and the threads under its posts (formats.md 12)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._json import elements, nodes_table
from etl.ingest.sources._threads import ROOTS
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile

FORMAT = "bluesky"
PLATFORM = "bluesky"
KIND = "json"
EXPECTS = "Innlegg eller tråder fra Blueskys API (JSON fra «getAuthorFeed» eller «getPostThread»)."

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

NODE = {"post": "JSON", "reply": "JSON", "reason": "JSON", "thread": "JSON"}


def recognises(head: FileSample) -> bool:
    """Elements with a post whose address begins with at://, or a thread of such posts."""
    return head.kind == KIND and any(map(_is_ours, elements(head.sample, "feed")))


def _is_ours(item: dict[str, Any]) -> bool:
    thread = item.get("thread")
    view = thread if isinstance(thread, dict) else item
    if str(view.get("$type", "")).startswith("app.bsky.feed.defs#"):
        return True
    post = view.get("post")
    return isinstance(post, dict) and str(post.get("uri", "")).startswith("at://did:")


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages posts and comments; raises `UnsupportedFile` for a thread of somebody else."""
    nodes_table(con, files, NODE, list_key="feed")
    con.execute(ROOTS)
    con.execute(SQL)
    strange = con.execute(STRANGE).fetchone()
    con.execute("DROP TABLE sky_accounts; DROP TABLE sky_posts")
    if strange != (0,):
        raise UnsupportedFile(reason("bluesky_thread_of_others"))
    for file in files:
        if not any("thread" in item for item in elements(file.head.sample, "feed")):
            file.warnings.append(reason("bluesky_own_only"))


# The folder or a person named the account, and it wrote nothing in the file.
STRANGE = "SELECT count(*) FROM sky_accounts WHERE is_strange"
