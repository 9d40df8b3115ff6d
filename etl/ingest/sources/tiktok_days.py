"""TikTok: figures of the account per day (formats.md 10).

`Overview`, `Viewers` and `FollowerHistory` of TikTok Studio, as text or workbook. The years are
counted back from the export, which the files do not name. The business account's tables of the
overview and the followers write whole dates. Who the followers are is not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._account_days import stage_days
from etl.ingest.sources._columns import Layout, find_layout, name_key
from etl.ingest.sources._rows import pass_over_companion, rows_table
from etl.ingest.sources._spelled_dates import spelled_macros
from etl.ingest.sources._tiktok import export_days, refuse_rewritten_days
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile

FORMAT = "tiktok_days"
PLATFORM = "tiktok"
KIND = "text"
EXPECTS = (
    "Tall per dag for en konto på TikTok («Overview», «Viewers» eller «FollowerHistory» fra "
    "TikTok Studio, eller oversikten og følgerne fra en bedriftskonto)."
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

ALIASES = {
    "published": ("Date",),
    "views": ("Video Views",),
    "visits": ("Profile Views",),
    "reactions": ("Likes",),
    "comments": ("Comments",),
    "shares": ("Shares",),
    "reach": ("Total Viewers", "Reached audience"),
    "followers": ("Followers", "Total followers"),
    "followers_gained": ("New followers",),
    "followers_lost": ("Lost followers",),
}
METRICS = tuple(name for name in ALIASES if name != "published")
# What no figure of ours is made of; a net change is neither gained nor lost.
IGNORED = (
    "New Viewers", "Returning Viewers", "Difference in followers from previous day", "Net growth",
    "Engaged audience", "Phone number clicks", "Leads submission",
)  # fmt: skip
TABLES = (
    {"date", "video views", "profile views"},
    {"date", "total viewers", "new viewers"},
    {"date", "followers", "difference in followers from previous day"},
)
BUSINESS = (
    {"date", "video views", "reached audience"},
    {"date", "new followers", "total followers"},
)
AUDIENCE = (
    {"hour", "active followers"}, {"gender", "distribution"}, {"top territories", "distribution"},
)  # fmt: skip

NOT_USED = reason("tiktok_audience")


def recognises(head: FileSample) -> bool:
    """True for the tables per day and for those of the audience, which `read` refuses."""
    if head.kind == "workbook":
        return any(_is_days(sheet.rows) or _is_audience(sheet.rows) for sheet in head.sheets)
    return head.kind == KIND and (_is_days(head.rows) or _is_audience(head.rows))


def is_companion(head: FileSample) -> bool:
    """True for a table that only belongs to the table of days beside it."""
    return head.kind == KIND and not _is_days(head.rows) and _is_audience(head.rows)


def _is_days(rows: Sequence[Sequence[str]]) -> bool:
    return any(table <= _names(rows) for table in (*TABLES, *BUSINESS))


def _is_business(rows: Sequence[Sequence[str]]) -> bool:
    return any(table <= _names(rows) for table in BUSINESS)


def _is_audience(rows: Sequence[Sequence[str]]) -> bool:
    return any(table <= _names(rows) for table in AUDIENCE)


def _names(rows: Sequence[Sequence[str]]) -> set[str]:
    return {name_key(cell) for cell in rows[0]} if rows else set()


def _layout(head: FileSample) -> Layout:
    found = find_layout(head, ALIASES, ("published",))
    assert found is not None
    return found


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the days; raises `UnsupportedFile` for tables of the audience that stand alone."""
    pairs = [(file, table) for file in files if (table := _table(con, file)) is not None]
    tables = [table for _, table in pairs]
    if not tables:
        return
    rows_table(con, tables, _layout, ALIASES, METRICS)
    with_years = [table.file_no for table in tables if _is_business(table.head.rows)]
    refuse_rewritten_days(con, with_years)
    spelled_macros(con)
    export_days(con, tables)
    con.execute(SQL)
    stage_days(con, PLATFORM, METRICS)
    for file, table in pairs:
        file.exported_at = table.exported_at
        if table.file_no not in with_years:
            file.warnings.append(reason("tiktok_year_guessed", day=f"{file.exported_at:%d.%m.%Y}"))
        if unknown := _layout(table.head).unknown(ALIASES, IGNORED):
            file.warnings.append(reason("unknown_columns", columns=", ".join(unknown)))


def _table(con: duckdb.DuckDBPyConnection, file: ImportFile) -> ImportFile | None:
    """The table of days in a file, None when it belongs to one beside it."""
    if file.head.kind == "workbook":
        found = [sheet.name for sheet in file.head.sheets if _is_days(sheet.rows)]
        if found:
            return file.sheet(found[0])
    elif _is_days(file.head.rows):
        return file
    elif file.is_beside_its_table:
        file.warnings.append(NOT_USED)
        pass_over_companion(con, file)
        return None
    raise UnsupportedFile(reason("tiktok_audience_alone"))
