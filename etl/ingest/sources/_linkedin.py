"""Which table a sheet of a LinkedIn page's export is, by its names or by its structure.

The header and the sentence above it follow the language of whoever exports, and the sentence
may be gone. Addresses of posts, dates `MM/DD/YYYY` and the order of the columns do not change.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence

from etl.ingest.sources._columns import HEADER_ROWS, Layout, find_layout, layout_by_content
from etl.ingest.staging import FileSample, normalise

POSTS = {
    "text": ("Post title", "Update title"),
    "permalink": ("Post link", "Update link"),
    "created": ("Created date",),
    "campaign": ("Campaign name",),
    "content_type": ("Content Type",),
    "impressions": ("Impressions",),
    "video_views": ("Views", "Views (excluding off-site video views)", "Video views"),
    "clicks": ("Clicks",),
    "reactions": ("Likes", "Reactions"),
    "comments": ("Comments",),
    "shares": ("Reposts", "Shares"),
    "follows": ("Follows",),
}
POST_MEASURES = (
    "impressions", "video_views", "clicks", "reactions", "comments", "shares", "follows",
)  # fmt: skip
# «Posted by» names an employee: it is never read.
IGNORED = (
    "Post type", "Update type", "Posted by", "Campaign start date", "Campaign end date", "Audience",
    "Offsite Views", "Off-site views", "Click through rate (CTR)", "Engagement rate",
)  # fmt: skip
# Canonical names of the figures are those of ACCOUNT_METRICS.
DAYS = {
    "cell": ("Date",),
    "impressions": ("Impressions (total)",),
    "clicks": ("Clicks (total)",),
    "reactions": ("Reactions (total)",),
    "comments": ("Comments (total)",),
    "shares": ("Reposts (total)", "Shares (total)"),
    "organic_followers": ("Organic followers",),
    "followers_gained": ("Total followers",),  # new ones that day, whatever the name says
    "visits": ("Total page views (total)",),
}
DAY_METRICS = (
    "impressions", "clicks", "reactions", "comments", "shares", "followers_gained", "visits",
)  # fmt: skip
DAY_TABLES = (
    ("cell", "impressions", "clicks"),
    ("cell", "organic_followers", "followers_gained"),
    ("cell", "visits"),
)
PERSONAL_SHEETS = {"discovery", "engagement", "top posts", "followers", "demographics"}

# The urn also stands percent-encoded in addresses.
ADDRESS = re.compile(
    r"https?://[\w.]*linkedin\.com/\S*urn(?::|%3A)li(?::|%3A)(?:activity|ugcPost|share)",
    re.IGNORECASE,
)
US_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_WIDTH = 20  # of both tables of the content export
_POST_PLACES = {
    "text": 0, "permalink": 1, "campaign": 3, "created": 5, "impressions": 9, "video_views": 10,
    "clicks": 12, "reactions": 14, "comments": 15, "shares": 16, "follows": 17,
    "content_type": 19,
}  # fmt: skip
_RATE = 13  # clicks ÷ impressions
_DAY_PLACES = {
    20: {"impressions": 3, "clicks": 7, "reactions": 10, "comments": 13, "shares": 16},
    25: {"visits": 21},
    5: {"followers_gained": 4},
    4: {"followers_gained": 3},
}
_TOTALS = {
    20: ((1, 2, 3), (5, 6, 7), (8, 9, 10), (11, 12, 13), (14, 15, 16)),
    25: ((1, 2, 3), (19, 20, 21)),
    5: ((1, 2, 3, 4),),
    4: ((1, 2, 3),),
}


def sheets(head: FileSample) -> list[tuple[str | None, FileSample]]:
    """(name, head) of each sheet; a text is its only one, without a name."""
    if head.kind != "workbook":
        return [(None, head)]
    return [
        (sheet.name, dataclasses.replace(head, kind="text", rows=sheet.rows))
        for sheet in head.sheets
    ]


def posts_layout(head: FileSample) -> Layout | None:
    """Where the columns of the table of posts are; None for other tables."""
    named = find_layout(head, POSTS, ("text", "permalink", "created"))
    return named or _posts_by_position(head)


def days_layout(head: FileSample) -> Layout | None:
    """Where the columns of a table of figures per day are; None for other tables."""
    named = (find_layout(head, DAYS, required) for required in DAY_TABLES)
    return next((layout for layout in named if layout), None) or _days_by_position(head)


def is_competitors(head: FileSample) -> bool:
    """True for the comparison with other pages."""
    rows = (head.header_at(row) for row in range(3))
    return any({"page", "total followers", "new followers"} <= set(row) for row in rows)


def is_personal(head: FileSample) -> bool:
    """True for what LinkedIn tells a person of her own profile, in any language."""
    names = {normalise(name) for name, _ in sheets(head) if name}
    return len(names & PERSONAL_SHEETS) >= 3 or any(
        len(row) > 1 and ADDRESS.match(row[0]) and US_DATE.fullmatch(row[1].strip())
        for _, sheet in sheets(head)
        for row in sheet.rows
    )


def _posts_by_position(head: FileSample) -> Layout | None:
    first, rows = _records(head, lambda row: len(row) > 5 and bool(ADDRESS.match(row[1])))
    if not rows or not all(
        len(row) > 5 and ADDRESS.match(row[1]) and US_DATE.fullmatch(row[5].strip()) for row in rows
    ):
        return None
    places = dict(_POST_PLACES)
    if not all(len(row) == _WIDTH and _rate_fits(row) for row in rows):
        places = {name: at for name, at in places.items() if name not in POST_MEASURES}
        places.pop("content_type")
    return layout_by_content(head, first - 1, places)


def _days_by_position(head: FileSample) -> Layout | None:
    """Only from a workbook: in a text, any program may have written so few columns."""
    first, rows = _records(head, lambda row: bool(row and US_DATE.fullmatch(row[0].strip())))
    width = len(rows[0]) if rows else 0
    if not head.is_from_workbook or width not in _TOTALS:
        return None
    if not all(len(row) == width and _totals_fit(row, width) for row in rows):
        return None
    if not any(_number(row[at]) > 0 for row in rows for at in _DAY_PLACES[width].values()):
        return None
    columns = {"cell": 0} | _DAY_PLACES[width]
    return layout_by_content(head, first - 1, columns)


def _records(
    head: FileSample, is_record: Callable[[Sequence[str]], bool]
) -> tuple[int, Sequence[tuple[str, ...]]]:
    """(row of the first record, the records); none without a header above the first one."""
    for number, row in enumerate(head.rows[: HEADER_ROWS + 1]):
        if is_record(row):
            return number, [row for row in head.rows[number:] if any(row)] if number else []
    return 0, []


def _rate_fits(row: Sequence[str]) -> bool:
    shown, clicks = _number(row[_POST_PLACES["impressions"]]), _number(row[_POST_PLACES["clicks"]])
    return shown == 0 or abs(clicks / shown - _number(row[_RATE])) < 0.01


def _totals_fit(row: Sequence[str], width: int) -> bool:
    return bool(US_DATE.fullmatch(row[0].strip())) and all(
        sum(_number(row[at]) for at in parts) == _number(row[total])
        for *parts, total in _TOTALS[width]
    )


def _number(cell: str) -> float:
    """An empty cell is no part of a sum; a text can be none."""
    try:
        return float(cell or 0)
    except ValueError:
        return float("nan")
