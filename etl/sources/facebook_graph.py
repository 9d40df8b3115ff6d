"""Facebook Graph API: posts with nested comments, or comments by themselves (formats.md 7.1)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from etl.shapes import Head, ImportFile, objects
from etl.sources._json import nodes_table, struct

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


def recognises(head: Head) -> bool:
    """JSON objects with `created_time` and an id (or comment link) in Facebook's form."""
    return any(
        "created_time" in item and ("_" in str(item.get("id", "_"))) for item in objects(head)
    )


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the posts and comments of these files. Raises Refused for a damaged file."""
    nodes_table(con, files, NODE)
    con.execute(SQL)
