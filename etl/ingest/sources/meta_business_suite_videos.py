"""Facebook: video export of Meta Business Suite, CSV (formats.md 1).

A row per video with the video's own number and no link. The content export has the same video under
its post's number; the warehouse makes one post of the two by the post's link.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import find_layout, layout_by_names
from etl.ingest.sources._dates import date_orders
from etl.ingest.sources._rows import rows_table
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile

FORMAT = "meta_business_suite_videos"
PLATFORM = "facebook"
KIND = "text"
EXPECTS = (
    "Videoer på Facebook: CSV-fil med videoer fra Meta Business Suite, med en kolonne for Video "
    "asset ID, Page ID og Publish time."
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

ALIASES = {
    "video_id": ("Video asset ID",),
    "account_id": ("Page ID",),
    "account_name": ("Page name",),
    "title": ("Title",),
    "published": ("Publish time",),
    "data_comment": ("Data comment",),
    "period": ("Date",),
    "reach": ("Reach",),
    "interactions": ("Reactions, Comments and Shares",),
    "reactions": ("Reactions",),
    "comments": ("Comments",),
    "shares": ("Shares",),
    "video_views": ("3-second video views",),
    "watch_seconds": ("Seconds viewed",),
}
MEASURES = (
    "reach", "interactions", "reactions", "comments", "shares", "video_views", "watch_seconds",
)  # fmt: skip
REQUIRED = ("video_id", "account_id", "published")
IGNORED = (
    "Universal video ID", "Duration (sec)", "Custom labels", "1-minute video views",
    "Average Seconds viewed",
)  # fmt: skip


def recognises(head: FileSample) -> bool:
    """True when one header row names the video, the page and the time of publication."""
    return head.kind == KIND and find_layout(head, ALIASES, REQUIRED) is not None


_layout = layout_by_names(ALIASES, REQUIRED)


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the videos; raises `UnsupportedFile` for daily rows and turned dates."""
    rows_table(con, files, _layout, ALIASES, MEASURES, fractions=("watch_seconds",))
    if con.execute(
        r"SELECT 1 FROM source_rows WHERE regexp_matches(period, '\d') LIMIT 1"
    ).fetchone():
        raise UnsupportedFile(reason("rows_per_day"))
    date_orders(con, files)
    con.execute(SQL)
    for file in files:
        if unknown := _layout(file.head).unknown(ALIASES, IGNORED):
            file.warnings.append(reason("unknown_columns", columns=", ".join(unknown)))
