"""YouTube Data API v3: comment threads and the replies to a comment (formats.md 9.2 a)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._html import PLAIN_TEXT
from etl.ingest.sources._json import nodes_table, struct
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile, objects

FORMAT = "youtube_api"
PLATFORM = "youtube"
KIND = "json"
EXPECTS = (
    "Kommentarer fra YouTubes Data API (JSON fra «commentThreads» eller «comments», med "
    "«snippet» i hvert element)."
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

WORDS = {
    "videoId": "VARCHAR",
    "channelId": "VARCHAR",
    "parentId": "VARCHAR",
    "textOriginal": "VARCHAR",
    "textDisplay": "VARCHAR",
    "authorDisplayName": "VARCHAR",
    "authorChannelId": struct({"value": "VARCHAR"}),
    "likeCount": "BIGINT",
    "moderationStatus": "VARCHAR",
    "publishedAt": "VARCHAR",
}
COMMENT = struct({"id": "VARCHAR", "snippet": struct(WORDS)})
NODE = {
    "id": "VARCHAR",
    "snippet": struct(WORDS | {"topLevelComment": COMMENT, "totalReplyCount": "BIGINT"}),
    "replies": struct({"comments": COMMENT + "[]"}),
}
KINDS = {
    "youtube#commentThreadListResponse", "youtube#commentThread", "youtube#commentListResponse",
    "youtube#comment",
}  # fmt: skip


def recognises(head: FileSample) -> bool:
    """What the API signs as its own; `read` refuses lists of something else than comments."""
    return head.kind == KIND and any(
        str(item.get("kind", "")).startswith("youtube#")
        or ("topLevelComment" in item and "videoId" in item)
        for item in objects(head)
    )


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the comments; raises `UnsupportedFile` for a damaged file and for other lists."""
    for file in files:
        kinds = [str(item["kind"]) for item in objects(file.head) if "kind" in item]
        if kinds and kinds[0] not in KINDS:
            raise UnsupportedFile(
                reason("youtube_api_other_kind", kind=kinds[0].removeprefix("youtube#"))
            )
    nodes_table(con, files, NODE, list_key="items")
    con.execute(PLAIN_TEXT)
    con.execute(SQL)
