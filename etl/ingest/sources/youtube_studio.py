"""YouTube Studio, Analytics → Advanced mode → download: the table of videos (formats.md 9.1).

The figures count only the period that was chosen, not the video's life. The period stands
in the folder's name and nowhere else, its end exclusive: 2024-08-13_2024-09-10 holds the
days to 9 September.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import Layout, name_key
from etl.ingest.sources._rows import pass_over_companion, rows_table
from etl.ingest.sources._spelled_dates import spelled_days
from etl.ingest.sources._youtube_studio_columns import ALIASES, GUESSED, IGNORED, TOTALS
from etl.ingest.sources._youtube_studio_tables import is_per_day, layout, other_table, sheet_head
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile

FORMAT = "youtube_studio"
PLATFORM = "youtube"
KIND = "text"
EXPECTS = (
    "Videoer på YouTube: filen «Table data.csv» fra YouTube Studio (Analyse → Avansert modus → "
    "fanen Innhold → last ned), med målingene Likes, Comments added og Shares krysset av."
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

MEASURES = ("views", "watch_hours", "follows", "impressions", "reactions", "comments", "shares")
PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)(?: ([^/\\!]+))?")


NOT_USED = reason("chart_beside_videos")


def recognises(head: FileSample) -> bool:
    """True for every table that YouTube Studio downloads; `read` refuses those without videos."""
    tables = [head] if head.kind == KIND else [sheet_head(head, one) for one in head.sheets]
    return any(layout(one) is not None or other_table(one) is not None for one in tables)


def is_companion(head: FileSample) -> bool:
    """True for the days behind the chart, which every download holds beside its table."""
    return head.kind == KIND and layout(head) is None and is_per_day(head)


def _known_layout(head: FileSample) -> Layout:
    found = layout(head)
    assert found is not None
    return found


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the videos; raises `UnsupportedFile` for tables of something else than videos."""
    tables = [table for file in files if (table := _table(con, file)) is not None]
    if not tables:
        return
    rows_table(con, tables, _known_layout, ALIASES, MEASURES, fractions=("watch_hours",))
    spelled_days(con, tables)
    _periods_table(con, tables)
    words = ", ".join(f"'{word}'" for word in TOTALS)
    con.execute(
        "CREATE OR REPLACE TEMP MACRO is_total_word(cell) AS "
        f"lower(trim(replace(cell, chr(173), ''))) IN ({words})"
    )
    con.execute(SQL)
    _warn(con, tables)


def _table(con: duckdb.DuckDBPyConnection, file: ImportFile) -> ImportFile | None:
    """The table of videos in a file, None when the file belongs to one beside it."""
    if file.head.kind == "workbook":
        for sheet in file.head.sheets:
            if layout(sheet_head(file.head, sheet)) is not None:
                return file.sheet(sheet.name)
    elif layout(file.head) is not None:
        return file
    elif file.is_beside_its_table:
        file.warnings.append(NOT_USED)
        pass_over_companion(con, file)
        return None
    raise UnsupportedFile(other_table(file.head) or EXPECTS)


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
        "SELECT DISTINCT file_no FROM source_posts WHERE is_note AND NOT is_video AND NOT is_total"
    ).fetchall()
    for file in files:
        found = _known_layout(file.head)
        if (file.file_no,) in cut:
            file.warnings.append(reason("videos_cut_at_500"))
        if period_of(file)[0] is None:
            file.warnings.append(reason("period_not_in_folder"))
        missing = {"reactions", "comments", "shares"} - found.columns.keys()
        if missing:
            file.warnings.append(reason("measures_not_ticked"))
        if any(name_key(found.header[at]) in GUESSED for at in found.columns.values()):
            file.warnings.append(reason("untried_names_youtube"))
        if unknown := found.unknown(ALIASES, IGNORED):
            file.warnings.append(reason("unknown_columns", columns=", ".join(unknown)))
