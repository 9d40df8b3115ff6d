"""Instagram Graph API: media with nested comments, or comments by themselves (formats.md 8)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._json import elements, nodes_table, struct
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile

FORMAT = "instagram_graph"
PLATFORM = "instagram"
KIND = "json"
EXPECTS = (
    "Innlegg eller kommentarer fra Instagrams Graph API (JSON med «id», «timestamp» og «text» "
    "eller «caption»)."
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

NEXT = struct({"next": "VARCHAR"})
AUTHOR = struct({"id": "VARCHAR", "username": "VARCHAR"})
REPLY = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "timestamp": "VARCHAR",
    "username": "VARCHAR",
    "from": AUTHOR,
    "like_count": "BIGINT",
    "hidden": "BOOLEAN",
    "parent_id": "VARCHAR",
    "comment_count": "BIGINT",
}
REPLIES = struct({"data": struct(REPLY) + "[]", "paging": NEXT})
COMMENT = REPLY | {"replies": REPLIES, "media": struct({"id": "VARCHAR"})}
FIGURE = struct({"value": "JSON"})
INSIGHT = struct({"name": "VARCHAR", "values": FIGURE + "[]", "total_value": FIGURE})
MEDIA_ONLY = {
    "caption": "VARCHAR",
    "media_type": "VARCHAR",
    "media_product_type": "VARCHAR",
    "media_url": "VARCHAR",
    "permalink": "VARCHAR",
    "shortcode": "VARCHAR",
    "owner": AUTHOR,
    "comments_count": "BIGINT",
    "comments": struct({"data": struct(COMMENT) + "[]", "paging": NEXT}),
    "insights": struct({"data": INSIGHT + "[]"}),
}
# What the API's neighbours write in the same places: Facebook, Threads, apify's scrapers.
FOREIGN = {
    "created_time", "message", "ownerUsername", "postUrl", "commentUrl", "is_reply", "root_post",
    "replied_to", "hide_status", "is_reply_owned_by_me",
}  # fmt: skip
SIGNS = {"text", "username", *MEDIA_ONLY} - {"insights"}
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}"


def recognises(head: FileSample) -> bool:
    """Elements with an id of digits and a `timestamp` as the API writes it, or insights."""
    return head.kind == KIND and any(
        _is_ours(item) or _is_insight(item) for item in elements(head.sample)
    )


def _is_ours(item: dict[str, Any]) -> bool:
    return (
        re.fullmatch(r"\d{5,}", str(item.get("id", ""))) is not None
        and re.fullmatch(TIME, str(item.get("timestamp", ""))) is not None
        and bool(SIGNS & item.keys())
        and not FOREIGN & item.keys()
        and item.get("media_product_type") != "THREADS"
        and "//www.threads." not in str(item.get("permalink", ""))
    )


def _is_insight(item: dict[str, Any]) -> bool:
    """Figures by themselves. Facebook's are named post_… or page_…"""
    return (
        re.match(r"\d{5,}/insights/", str(item.get("id", ""))) is not None
        and not str(item.get("name", "")).startswith(("post_", "page_"))
        and bool({"values", "total_value"} & item.keys())
    )


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages media and comments; raises `UnsupportedFile` for damaged files and bare insights."""
    if any(_is_insight(item) for file in files for item in elements(file.head.sample)):
        raise UnsupportedFile(reason("instagram_insights_alone"))
    nodes_table(con, files, COMMENT | MEDIA_ONLY)
    con.execute(SQL)
