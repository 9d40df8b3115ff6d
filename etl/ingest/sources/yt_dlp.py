"""yt-dlp `.info.json`: one video with its lifetime figures (formats.md 9.2 b).

The video's own time is exact. Its comments have only «3 weeks ago», from which the program
guesses a time; they are left out and the file says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._estimated_times import ESTIMATED
from etl.ingest.sources._json import elements, nodes_table, struct
from etl.ingest.staging import FileSample, ImportFile

FORMAT = "yt_dlp"
PLATFORM = "youtube"
KIND = "json"
EXPECTS = "En video på YouTube fra yt-dlp («.info.json»; kommentarene i den leses ikke)."

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

VIDEO = {
    "id": "VARCHAR",
    "title": "VARCHAR",
    "description": "VARCHAR",
    "extractor_key": "VARCHAR",
    "channel_id": "VARCHAR",
    "channel": "VARCHAR",
    "uploader_id": "VARCHAR",
    "webpage_url": "VARCHAR",
    "timestamp": "DOUBLE",
    "upload_date": "VARCHAR",
    "epoch": "DOUBLE",
    "view_count": "BIGINT",
    "like_count": "BIGINT",
    "comment_count": "BIGINT",
    "comments": struct({"id": "VARCHAR"}) + "[]",
}


def recognises(head: FileSample) -> bool:
    """An object with an id and what the program alone writes beside it."""
    return head.kind == KIND and any(_is_video(item) for item in elements(head.sample, "entries"))


def _is_video(item: dict[str, Any]) -> bool:
    formats = item.get("formats")
    has_formats = isinstance(formats, list) and any(
        isinstance(one, dict) and "format_id" in one for one in formats
    )
    is_signed = "extractor_key" in item or "_version" in item or "webpage_url" in item
    return "id" in item and "title" in item and (has_formats or is_signed)


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the videos; raises `UnsupportedFile` for a damaged file."""
    nodes_table(con, files, VIDEO, list_key="entries")
    con.execute(SQL)
    told = con.execute(
        "SELECT file_no, sum(len(node.comments))::BIGINT, max(TRY(to_timestamp(node.epoch))) "
        "FROM source_nodes GROUP BY file_no"
    ).fetchall()
    found = {file_no: rest for file_no, *rest in told}
    for file in files:
        comments, fetched_at = found.get(file.file_no, (None, None))
        file.exported_at = fetched_at or file.exported_at
        if comments:
            file.warnings += [reason("yt_dlp_comments", count=comments), ESTIMATED]
