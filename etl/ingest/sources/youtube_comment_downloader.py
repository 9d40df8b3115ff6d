"""youtube-comment-downloader: recognised to say why its comments cannot be used (9.2 c)."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from etl.ingest.sources._estimated_times import ESTIMATED
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile, objects

FORMAT = "youtube_comment_downloader"
PLATFORM = "youtube"
KIND = "json"
EXPECTS = ""  # nobody is to send such a file

SIGNS = {"cid", "text", "time", "author", "channel", "votes"}


def recognises(head: FileSample) -> bool:
    """Objects with the program's own names."""
    return head.kind == KIND and any(item.keys() >= SIGNS for item in objects(head))


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:  # noqa: ARG001
    """Raises `UnsupportedFile`: a comment without a time has no month and no response time."""
    raise UnsupportedFile(ESTIMATED)
