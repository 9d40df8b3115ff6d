"""X: the account's figures per day, from analytics.twitter.com and x.com (formats.md 6)."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from etl.ingest.sources._account_days import stage_days
from etl.ingest.sources._columns import find_layout, layout_by_names
from etl.ingest.sources._rows import rows_table
from etl.ingest.sources._spelled_dates import spelled_days
from etl.ingest.staging import FileSample, ImportFile

FORMAT = "x_days"
PLATFORM = "x"
KIND = "text"
EXPECTS = (
    "Tall per dag for en konto på X (CSV-filen «account_overview_analytics» eller "
    "«daily_tweet_activity_metrics»)."
)

ALIASES = {
    "published": ("Date",),
    "impressions": ("impressions",),
    "reactions": ("likes",),
    "comments": ("replies",),
    "shares": ("retweets", "Reposts"),
    "saves": ("Bookmarks",),
    "link_clicks": ("url clicks",),
    "visits": ("user profile clicks", "Profile visits"),
    "followers_gained": ("follows", "New follows"),
    "followers_lost": ("Unfollows",),
    "posts": ("Tweets published", "Create Post"),
    "video_views": ("Video views",),
}
METRICS = tuple(name for name in ALIASES if name != "published")
REQUIRED = ("published", "impressions", "reactions", "shares", "posts")


def recognises(head: FileSample) -> bool:
    """True when one header row names the day, the posts of the day and what they gained."""
    return head.kind == KIND and find_layout(head, ALIASES, REQUIRED) is not None


_layout = layout_by_names(ALIASES, REQUIRED)


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the days; raises `UnsupportedFile` or `InputRequired` for dates of two meanings."""
    rows_table(con, files, _layout, ALIASES, METRICS)
    spelled_days(con, files)
    stage_days(con, PLATFORM, METRICS)
