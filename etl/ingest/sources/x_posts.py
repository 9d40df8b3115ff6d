"""X: posts and the account's own replies, from analytics.twitter.com and x.com (formats.md 6).

Both sites write replies among the posts. A reply begins with «@» and says nowhere whom it
answers; what others wrote is in no export of X.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import find_layout, layout_by_names
from etl.ingest.sources._rows import rows_table
from etl.ingest.sources._spelled_dates import spelled_macros
from etl.ingest.staging import FileSample, ImportFile

FORMAT = "x_posts"
PLATFORM = "x"
KIND = "text"
EXPECTS = (
    "Innlegg på X: CSV-fil fra X Premium (Analytics → Content → last ned) eller den gamle "
    "«tweet_activity_metrics», med kolonner for id, lenke og tekst."
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

# The old site, the new one of spring 2025 and that of November 2025; all in English.
ALIASES = {
    "post_id": ("Tweet id", "Post id"),
    "permalink": ("Tweet permalink", "Link", "Post Link"),
    "text": ("Tweet text", "Post text"),
    "published": ("time", "Date"),
    "impressions": ("impressions",),
    "reactions": ("likes",),
    "comments": ("replies",),
    "shares": ("retweets", "Reposts"),
    "saves": ("Bookmarks",),
    "link_clicks": ("url clicks",),
    "follows": ("follows", "New follows"),
}
MEASURES = ("impressions", "reactions", "comments", "shares", "saves", "link_clicks", "follows")
REQUIRED = ("post_id", "permalink", "text")
# Engagements hold clicks too, unlike Meta's sum: kept beside, never compared.
_OTHER = (
    "engagements", "engagement rate", "user profile clicks", "hashtag clicks", "detail expands",
    "permalink clicks", "app opens", "app installs", "email tweet", "dial phone", "media views",
    "media engagements",
)  # fmt: skip
_PROMOTED = (*_OTHER, "impressions", "retweets", "replies", "likes", "url clicks", "follows")
IGNORED = (
    *_OTHER, *(f"promoted {name}" for name in _PROMOTED), "Share", "Shares", "Profile visits",
    "Unfollows", "Video views",
)  # fmt: skip

NO_COMMENTS = reason("x_without_comments")


def recognises(head: FileSample) -> bool:
    """True when one header row names the id, the link and the text of a post."""
    return head.kind == KIND and find_layout(head, ALIASES, REQUIRED) is not None


_layout = layout_by_names(ALIASES, REQUIRED)


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages posts, and own replies apart from them.

    Raises `UnsupportedFile` when rows cannot be cut.
    """
    rows_table(con, files, _layout, ALIASES, MEASURES)
    spelled_macros(con)
    con.execute(SQL)
    _warn(con, files)


def _warn(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    counted = con.execute(
        "SELECT file_no, count(*) FILTER (is_reply), count(*) FILTER (is_repaired) "
        "FROM x_rows WHERE reason IS NULL GROUP BY file_no"
    ).fetchall()
    found = {file_no: rest for file_no, *rest in counted}
    for file in files:
        replies, repaired = found.get(file.file_no, (0, 0))
        file.warnings.append(NO_COMMENTS)
        if replies:
            file.warnings.append(reason("x_own_replies", count=replies))
        if repaired:
            file.warnings.append(reason("x_ids_rescued", count=repaired))
        if unknown := _layout(file.head).unknown(ALIASES, IGNORED):
            file.warnings.append(reason("unknown_columns", columns=", ".join(unknown)))
