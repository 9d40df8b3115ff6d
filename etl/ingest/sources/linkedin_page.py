"""LinkedIn: the exports of a company page, .xls (formats.md 5).

Content has a sheet of posts and one of days, followers and visitors a sheet of days beside
sheets about who they are. The page's name and the moment of the export stand in the file's
name: `<page>_content_<milliseconds>.xls`. Comments are in no export.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import Layout
from etl.ingest.sources._days import MACRO, stage_days
from etl.ingest.sources._linkedin import (
    DAY_METRICS,
    DAYS,
    IGNORED,
    POST_MEASURES,
    POSTS,
    days_layout,
    is_competitors,
    is_personal,
    posts_layout,
    sheets,
)
from etl.ingest.sources._rows import rows_table
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile

FORMAT = "linkedin_page"
PLATFORM = "linkedin"
KIND = "workbook"
EXPECTS = (
    "Bedriftsside på LinkedIn: arbeidsbok fra Analyser → Innhold, Følgere eller Besøkende → "
    "Eksporter, for eksempel «<side>_content_<tall>.xls»."
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FIGURES = (
    "CREATE OR REPLACE TEMP TABLE source_figures AS "
    "SELECT file_no, line, 'linkedin' AS platform, handle, cell, metric, figure "
    f"FROM (UNPIVOT source_rows ON {', '.join(DAY_METRICS)} INTO NAME metric VALUE figure) "
    "JOIN source_pages USING (file_no)"
)
EXPORT_NAME = re.compile(r"(?P<page>.+)_[^_]+_(?P<moment>\d{13})(?: ?\(\d+\))?\.\w+")
OLDEST = datetime(2010, 1, 1, tzinfo=UTC)

_COMPETITORS = reason("linkedin_competitors")
_PERSONAL = reason("linkedin_profile")
_BY_POSITION = reason("found_by_position_linkedin")
_NO_COMMENTS = reason("linkedin_without_comments")
_ONLY_NEW = reason("linkedin_only_new")
_ONLY_VIEWS = reason("linkedin_page_views")


def recognises(head: FileSample) -> bool:
    """By names or structure of any sheet; also the two exports that `read` refuses."""
    if head.kind not in ("workbook", "text"):
        return False
    return is_personal(head) or any(
        posts_layout(sheet) or days_layout(sheet) or is_competitors(sheet)
        for _, sheet in sheets(head)
    )


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages posts and figures per day; raises `UnsupportedFile` for competitors and profiles."""
    for file in files:
        if is_personal(file.head):
            raise UnsupportedFile(_PERSONAL)
        if any(is_competitors(sheet) for _, sheet in sheets(file.head)):
            raise UnsupportedFile(_COMPETITORS)
    _pages_table(con, files)
    if posts := _tables(files, posts_layout):
        rows_table(con, posts, _known(posts_layout), POSTS, POST_MEASURES)
        con.execute(MACRO)
        con.execute(SQL)
    if days := _tables(files, days_layout):
        rows_table(con, days, _known(days_layout), DAYS, ())
        con.execute(FIGURES)
        stage_days(con, files, may_be_negative=True)
    _warn(posts, days)


def _known(layout_of: Callable[[FileSample], Layout | None]) -> Callable[[FileSample], Layout]:
    def known(head: FileSample) -> Layout:
        layout = layout_of(head)
        assert layout is not None
        return layout

    return known


def _tables(
    files: Sequence[ImportFile], layout_of: Callable[[FileSample], Layout | None]
) -> list[ImportFile]:
    """The sheets of the files that are such a table."""
    return [
        file if name is None else file.sheet(name)
        for file in files
        for name, head in sheets(file.head)
        if layout_of(head)
    ]


def _pages_table(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Makes `source_pages(file_no, handle)`; the file's name also says when it was exported.

    What a person says of the account goes before the file's name.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE source_pages (file_no INTEGER, handle VARCHAR)")
    for file in files:
        found = EXPORT_NAME.fullmatch(file.name)
        page = found["page"].lower() if found and not file.account_hint else None
        con.execute("INSERT INTO source_pages VALUES (?, ?)", [file.file_no, page])
        if found and (moment := _moment(found["moment"])):
            file.exported_at = moment


def _moment(milliseconds: str) -> datetime | None:
    moment = datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
    return moment if moment > OLDEST else None


def _warn(posts: Sequence[ImportFile], days: Sequence[ImportFile]) -> None:
    for sheet in posts:
        sheet.warnings.append(_NO_COMMENTS)
        layout = posts_layout(sheet.head)
        if layout and layout.by_position:
            sheet.warnings.append(_BY_POSITION)
        elif layout and (unknown := layout.unknown(POSTS, IGNORED)):
            sheet.warnings.append(reason("unknown_columns", columns=", ".join(unknown)))
    for sheet in days:
        layout = days_layout(sheet.head)
        columns = layout.columns if layout else {}
        if "followers_gained" in columns:
            sheet.warnings.append(_ONLY_NEW)
        if "visits" in columns:
            sheet.warnings.append(_ONLY_VIEWS)
        if layout and layout.by_position and _BY_POSITION not in sheet.warnings:
            sheet.warnings.append(_BY_POSITION)
