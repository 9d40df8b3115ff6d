"""Which of YouTube Studio's tables a file is: they all have the same names."""

from __future__ import annotations

import dataclasses
import re

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import (
    Layout,
    find_layout,
    layout_by_content,
    name_key,
    whole_records,
)
from etl.ingest.sources._youtube_studio_columns import ALIASES, DAYS, ID_NAMES, NAMES, TOTALS, keys
from etl.ingest.staging import FileSample, Sheet

REQUIRED = ("video", "title", "published")
VIDEO_ID = r"[A-Za-z0-9_-]{11}"
# English in every language met; the others are what spreadsheets make of them.
PUBLISHED = (
    r"[A-Z][a-z]{2} \d{1,2}, \d{4}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d( [\d:]+)?"
    r"|\d{1,2}\.? [^\W\d]+\.? \d{4}"
)
DAY = r"\d{4}-\d\d-\d\d"
NOT_VIDEOS = reason("youtube_chart_days")


def sheet_head(head: FileSample, sheet: Sheet) -> FileSample:
    """A sheet of a workbook as a table of its own."""
    return dataclasses.replace(head, kind="text", rows=sheet.rows, sheets=())


def layout(head: FileSample) -> Layout | None:
    """Where the columns of a table of videos are; None for other tables.

    Files of all dimensions have the same name, so the first column has to hold videos. In a
    language that is not known: a first row of totals, then video ids with dates.
    """
    if head.header_at() and name_key(head.rows[0][0]) in keys(ALIASES["video"]):
        named = find_layout(head, ALIASES, REQUIRED)
        if named is not None:
            return named
    return _layout_by_content(head)


def _layout_by_content(head: FileSample) -> Layout | None:
    videos = [row for row in whole_records(head)[1:] if len(row) > 3]
    is_table = (
        videos
        and len(head.rows[1]) > 3
        and not head.rows[1][1] + head.rows[1][2]
        and all(re.fullmatch(VIDEO_ID, row[0].strip()) for row in videos)
        and all(re.fullmatch(PUBLISHED, row[2]) for row in videos if row[2])
        and any(row[2] for row in videos)
    )
    if not is_table:
        return None
    named = find_layout(head, ALIASES, ())
    columns = dict(named.columns if named else {}) | {"video": 0, "title": 1, "published": 2}
    return layout_by_content(head, 0, columns)


def is_per_day(head: FileSample) -> bool:
    """One row per day, or per day and video."""
    if not all(head.rows[:2]) or len(head.rows) < 2 or not re.fullmatch(DAY, head.rows[1][0]):
        return False
    names = [name_key(cell) for cell in head.rows[0]]
    is_named = names[0] in DAYS and set(names[1:]) <= NAMES
    # In a language that is not known: day, video id, title, date of the video, measures.
    is_chart = all(
        len(row) > 4
        and re.fullmatch(DAY, row[0])
        and re.fullmatch(VIDEO_ID, row[1].strip())
        and re.fullmatch(PUBLISHED, row[3])
        for row in head.rows[1:2]
    )
    return is_chart or (is_named and (len(names) == 2 or bool(set(names) & ID_NAMES)))


def other_table(head: FileSample) -> str | None:
    """Why a table of YouTube Studio without videos cannot be used; None when it is none."""
    if is_per_day(head):
        return NOT_VIDEOS
    if len(head.rows) < 2 or len(head.rows[0]) < 2 or not head.rows[1]:
        return None
    names = {name_key(cell) for cell in head.rows[0][1:]}
    is_ours = names <= NAMES and names & keys(ALIASES["views"])
    if is_ours and name_key(head.rows[1][0]) in TOTALS:
        return reason("youtube_table_of_others", column=head.rows[0][0])
    return None
