"""YouTube Studio, Analytics → Advanced mode → download: the table of videos (formats.md 9.1).

The figures count only the period that was chosen, not the video's life. The period stands
in the folder's name and nowhere else, its end exclusive: 2024-08-13_2024-09-10 holds the
days to 9 September.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from etl.shapes import Head, ImportFile, Refused, Sheet
from etl.sources._columns import Layout, find_layout, name_key, rows_table, whole_records
from etl.sources._spelled_dates import spelled_days
from etl.sources._youtube_studio_columns import (
    ALIASES,
    DAYS,
    GUESSED,
    ID_NAMES,
    IGNORED,
    NAMES,
    TOTALS,
    keys,
)

FORMAT = "youtube_studio"
PLATFORM = "youtube"
KIND = "text"
EXPECTS = (
    "Videoer på YouTube: filen «Table data.csv» fra YouTube Studio (Analyse → Avansert modus → "
    "fanen Innhold → last ned), med målingene Likes, Comments added og Shares krysset av."
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

MEASURES = ("views", "watch_hours", "follows", "impressions", "reactions", "comments", "shares")
REQUIRED = ("video", "title", "published")
VIDEO_ID = r"[A-Za-z0-9_-]{11}"
# English in every language met; the others are what spreadsheets make of them.
PUBLISHED = (
    r"[A-Z][a-z]{2} \d{1,2}, \d{4}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d( [\d:]+)?"
    r"|\d{1,2}\.? [^\W\d]+\.? \d{4}"
)
DAY = r"\d{4}-\d\d-\d\d"
PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)(?: ([^/\\!]+))?")


NOT_VIDEOS = (
    "Dette er tallene per dag bak diagrammet i YouTube Studio, ikke videoene. Ta inn "
    "«Table data.csv» («Tabelldata.csv») fra den samme mappen."
)
NOT_USED = (
    "Brukes ikke: dette er tallene bak diagrammet i YouTube Studio. Videoene er lest fra tabellen "
    "i samme mappe."
)


def recognises(head: Head) -> bool:
    """True for every table that YouTube Studio downloads; `read` refuses those without videos."""
    tables = [head] if head.kind == KIND else [_sheet_head(head, one) for one in head.sheets]
    return any(layout(one) is not None or _other_table(one) is not None for one in tables)


def is_companion(head: Head) -> bool:
    """True for the days behind the chart, which every download holds beside its table."""
    return head.kind == KIND and layout(head) is None and _is_per_day(head)


def _sheet_head(head: Head, sheet: Sheet) -> Head:
    return dataclasses.replace(head, kind=KIND, rows=sheet.rows, sheets=())


def layout(head: Head) -> Layout | None:
    """Where the columns of a table of videos are; None for other tables.

    Files of all dimensions have the same name, so the first column has to hold videos. In a
    language that is not known: a first row of totals, then video ids with dates.
    """
    if head.header_at() and name_key(head.rows[0][0]) in keys(ALIASES["video"]):
        named = find_layout(head, ALIASES, REQUIRED)
        if named is not None:
            return named
    return _layout_by_content(head)


def _layout_by_content(head: Head) -> Layout | None:
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
    return Layout(0, head.rows[0], head.delimiter, columns, by_position=True)


def _known_layout(head: Head) -> Layout:
    found = layout(head)
    assert found is not None
    return found


def _is_per_day(head: Head) -> bool:
    """One row per day, or per day and video."""
    if len(head.rows) < 2 or len(head.rows[0]) < 2 or not re.fullmatch(DAY, head.rows[1][0]):
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


def _other_table(head: Head) -> str | None:
    """Why a table of YouTube Studio without videos cannot be used; None when it is none."""
    if _is_per_day(head):
        return NOT_VIDEOS
    if len(head.rows) < 2 or len(head.rows[0]) < 2 or not head.rows[1]:
        return None
    names = {name_key(cell) for cell in head.rows[0][1:]}
    is_ours = names <= NAMES and names & keys(ALIASES["views"])
    if is_ours and name_key(head.rows[1][0]) in TOTALS:
        return (
            f"Dette er YouTube Studios tabell per «{head.rows[0][0]}», ikke per video. Velg "
            "fanen Innhold før du laster ned, og ta inn «Table data.csv»."
        )
    return None


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the videos; raises `Refused` for tables of something else than videos."""
    tables = [table for file in files if (table := _table(file)) is not None]
    if not tables:
        return
    rows_table(con, tables, _known_layout, ALIASES, MEASURES)
    spelled_days(con, tables)
    _periods_table(con, tables)
    words = ", ".join(f"'{word}'" for word in TOTALS)
    con.execute(
        "CREATE OR REPLACE TEMP MACRO is_total_word(cell) AS "
        f"lower(trim(replace(cell, chr(173), ''))) IN ({words})"
    )
    con.execute(SQL)
    _warn(con, tables)


def _table(file: ImportFile) -> ImportFile | None:
    """The table of videos in a file, None when the file belongs to one beside it."""
    if file.head.kind == "workbook":
        for sheet in file.head.sheets:
            if layout(_sheet_head(file.head, sheet)) is not None:
                return file.sheet(sheet.name)
    elif layout(file.head) is not None:
        return file
    elif file.is_beside_its_table:
        file.warnings.append(NOT_USED)
        return None
    raise Refused(_other_table(file.head) or EXPECTS)


def _periods_table(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Makes `source_periods`: period (half-open) and channel from folder or zip, else NULL."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE source_periods "
        "(file_no INTEGER, period_from DATE, period_to DATE, channel VARCHAR)"
    )
    con.executemany(
        "INSERT INTO source_periods VALUES (?, ?, ?, ?)",
        [[file.file_no, *period_of(file)] for file in files],
    )


def period_of(file: ImportFile) -> tuple[date | None, date | None, str | None]:
    """(first day, day after the last, channel) as the folder's or zip's name gives them."""
    # The innermost folder or zip that has a period in its name.
    found = [*PERIOD.finditer(str(file.path)), *PERIOD.finditer(file.origin)]
    if not found:
        return None, None, None
    first, after, channel = found[-1].groups(default="")
    try:
        days = date.fromisoformat(first), date.fromisoformat(after)
    except ValueError:
        return None, None, None
    return *days, re.sub(r"( \(\d+\))?(\.zip|\.csv|\.xlsx)?$", "", channel).strip() or None


def _warn(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    cut = con.execute(
        "SELECT DISTINCT file_no FROM source_posts WHERE is_note AND NOT is_video"
    ).fetchall()
    for file in files:
        found = _known_layout(file.head)
        if (file.file_no,) in cut:
            file.warnings.append(
                "Listen er ufullstendig: YouTube Studio gir høyst 500 videoer. Velg en kortere "
                "periode, eller last ned i flere deler."
            )
        if period_of(file)[0] is None:
            file.warnings.append(
                "Perioden tallene gjelder, står ikke i navnet på mappen. Ta inn mappen eller "
                "zip-filen slik den ble lastet ned."
            )
        missing = {"reactions", "comments", "shares"} - found.columns.keys()
        if missing:
            file.warnings.append(
                "Likerklikk, kommentarer eller delinger mangler. Kryss av for Likes, Comments "
                "added og Shares i YouTube Studio før du laster ned."
            )
        if any(name_key(found.header[at]) in GUESSED for at in found.columns.values()):
            file.warnings.append(
                "Noen kolonner har navn som ikke er prøvd mot en ekte fil. Kontroller tallene, "
                "eller last ned på nytt med engelsk som språk i YouTube."
            )
        if unknown := found.unknown(ALIASES, IGNORED):
            file.warnings.append(f"Kolonner vi ikke kjenner: {', '.join(unknown)}.")
