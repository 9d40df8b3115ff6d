"""TikTok Studio, Analytics → Content → download: the list of videos (formats.md 10).

Days have no year; the video's id in its link holds the moment it was made. The business
account's list has whole times without a zone: the id is used there, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import find_layout, layout_by_names
from etl.ingest.sources._rows import rows_table
from etl.ingest.sources._spelled_dates import spelled_macros
from etl.ingest.sources._tiktok import export_days
from etl.ingest.staging import FileSample, ImportFile
from svarvakt.settings import ZONE

FORMAT = "tiktok_videos"
PLATFORM = "tiktok"
KIND = "text"
EXPECTS = (
    "Videoer på TikTok: filen «Content.csv» fra TikTok Studio (Analytics → Content → Download "
    "data), med kolonnene Video title, Video link og Total views, eller videoene fra en "
    "bedriftskonto."
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

ALIASES = {
    "exported": ("Time",),
    "title": ("Video title",),
    "permalink": ("Video link",),
    "published": ("Post time",),
    "reactions": ("Total likes", "Likes"),
    "comments": ("Total comments", "Comments"),
    "shares": ("Total shares", "Shares"),
    "views": ("Total views", "Video views"),
    "saves": ("Add to Favorites",),
}
MEASURES = ("reactions", "comments", "shares", "views", "saves")
REQUIRED = ("permalink", "views")


def recognises(head: FileSample) -> bool:
    """True when one header row names the video's link and its total of views."""
    return head.kind == KIND and find_layout(head, ALIASES, REQUIRED) is not None


_layout = layout_by_names(ALIASES, REQUIRED)


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the videos. Raises `UnsupportedFile` when rows cannot be cut."""
    rows_table(con, files, _layout, ALIASES, MEASURES)
    spelled_macros(con)
    export_days(con, files)
    con.execute(SQL)
    _date_exports(con, files)
    for file in files:
        file.warnings.append(reason("tiktok_not_all_videos"))
        if unknown := _layout(file.head).unknown(ALIASES, ()):
            file.warnings.append(reason("unknown_columns", columns=", ".join(unknown)))


def _date_exports(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """`Time` is the day of the export; the hour is the file's own, or the middle of the day."""
    days = dict(con.execute("SELECT file_no, exported_on FROM tiktok_exports").fetchall())
    for file in files:
        day = days.get(file.file_no)
        known = file.exported_at.astimezone(ZONE).date()
        if day is not None and abs(day - known) > timedelta(days=1):
            file.exported_at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
