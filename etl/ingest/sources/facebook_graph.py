"""Facebook Graph API: posts with nested comments, or comments by themselves (formats.md 7.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._json import nodes_table, struct
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile, objects

FORMAT = "facebook_graph"
PLATFORM = "facebook"
KIND = "json"
EXPECTS = "Innlegg eller kommentarer fra Facebooks Graph API (JSON med «id» og «created_time»)."

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

COMMENT = {
    "id": "VARCHAR",
    "message": "VARCHAR",
    "created_time": "VARCHAR",
    "from": struct({"id": "VARCHAR", "name": "VARCHAR"}),
    "parent": struct({"id": "VARCHAR"}),
    "permalink_url": "VARCHAR",
    "comment_count": "BIGINT",
    "like_count": "BIGINT",
    "is_hidden": "BOOLEAN",
    "is_private": "BOOLEAN",
    "attachment": struct({"type": "VARCHAR"}),
    "message_tags": "JSON",
}
SUMMARY = struct({"total_count": "BIGINT"})


def _with_comments(fields: dict[str, str], nested: dict[str, str]) -> dict[str, str]:
    listing = {
        "data": f"{struct(nested)}[]",
        "paging": struct({"next": "VARCHAR"}),
        "summary": SUMMARY,
    }
    return fields | {"comments": struct(listing)}


REPLY = _with_comments(COMMENT, COMMENT)
POST_ONLY = {
    "story": "VARCHAR",
    "status_type": "VARCHAR",
    "updated_time": "VARCHAR",
    "full_picture": "VARCHAR",
    "shares": struct({"count": "BIGINT"}),
    "reactions": struct({"summary": SUMMARY}),
    "likes": struct({"summary": SUMMARY}),
}
NODE = _with_comments(COMMENT, _with_comments(COMMENT, REPLY)) | POST_ONLY


INBOX = reason("facebook_inbox")
GROUP = reason("facebook_group")


def recognises(head: FileSample) -> bool:
    """JSON objects with `created_time` and an id (or comment link) in Facebook's form."""
    return head.kind == KIND and any(
        _is_inbox(item) or ("created_time" in item and "_" in str(item.get("id", "_")))
        for item in objects(head)
    )


def _is_inbox(item: dict[str, Any]) -> bool:
    """A conversation or a message of one, as /<page>/conversations gives them (R12)."""
    messages = item.get("messages")
    return (isinstance(messages, dict) and isinstance(messages.get("data"), list)) or (
        "created_time" in item and re.match(r"[tm]_", str(item.get("id", ""))) is not None
    )


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the posts and comments; raises Refused for a damaged file, an inbox or a group."""
    if any(_is_inbox(item) for file in files for item in objects(file.head)):
        raise UnsupportedFile(INBOX)
    nodes_table(con, files, NODE)
    for found, why in (("regexp_matches(node.id, '^[tm]_')", INBOX), (IN_GROUP, GROUP)):
        if con.execute(f"SELECT count(*) FROM source_nodes WHERE {found}").fetchone() != (0,):
            raise UnsupportedFile(why)
    con.execute(SQL)


IN_GROUP = "regexp_matches(node.permalink_url, 'facebook\\.com/groups/')"
