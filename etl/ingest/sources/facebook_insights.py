"""Facebook: the old Insights export, post level, until about 2021 (formats.md 4).

A workbook (.xlsx, or XML called .xls) or a CSV. The sheet of key metrics holds a post a row
under a row of names and a row of explanations; names repeat, and only the explanations tell
people («Unique Users») from times («Total Count»). What people did with a post stands in
sheets of its own, one for people and one for times.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import Layout, find_layout, name_key
from etl.ingest.sources._dates import date_orders
from etl.ingest.sources._rows import rows_table
from etl.ingest.staging import FileSample, ImportFile, Sheet, UnsupportedFile, normalise

FORMAT = "facebook_insights"
PLATFORM = "facebook"
KIND = "workbook"
EXPECTS = (
    "Eldre innlegg på Facebook: arbeidsboken «Facebook Insights Data Export (Post Level)», med "
    "arket «Key Metrics»."
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

TIMES, PEOPLE = "(Total Count)", "(Unique Users)"
ALIASES = {
    "post_id": ("Post ID",),
    "permalink": ("Permalink",),
    "text": ("Post Message",),
    "post_type": ("Type",),
    "published": ("Posted",),
    "reach": ("Lifetime Post Total Reach", "post_impressions_unique:lifetime"),
    "impressions": ("Lifetime Post Total Impressions", "post_impressions:lifetime"),
    "clicks": ("Lifetime Post Consumptions", "post_consumptions:lifetime"),
    "organic_video_views": (
        f"Lifetime Organic Video Views {TIMES}", "post_video_views_organic:lifetime",
    ),
    "paid_video_views": (f"Lifetime Paid Video Views {TIMES}", "post_video_views_paid:lifetime"),
    "reactions": ("Lifetime Post Stories by action type - like",),
    "comments": ("Lifetime Post Stories by action type - comment",),
    "shares": ("Lifetime Post Stories by action type - share",),
    "link_clicks": ("Lifetime Post Consumptions by type - link clicks",),
}  # fmt: skip
ACTIONS = {
    "post_id": ("Post ID",),
    "reactions": ("like",),
    "comments": ("comment",),
    "shares": ("share",),
    "link_clicks": ("link clicks",),
}
ACTION_MEASURES = ("reactions", "comments", "shares", "link_clicks")
MEASURES = (
    "reach", "impressions", "clicks", "organic_video_views", "paid_video_views", *ACTION_MEASURES,
)  # fmt: skip
REQUIRED = ("post_id", "permalink", "published")
# The sheets that count times, by the beginning of their names (Excel cuts them at 31 letters).
COUNTS_TIMES = (
    "lifetime post stories by act", "lifetime post consumptions b", "post_stories_by_action_type",
    "post_activity_by_action_type:", "post_consumptions_by_type:",
)  # fmt: skip
EXPORT_NAME = re.compile(
    r"(?:\(Post Level\) ?- ?(?P<page>.+?) ?- ?)?(?P<day>\d{4}-\d\d-\d\d)(?: ?\(\d+\))?\.\w+$"
)

_PAGE_LEVEL = reason("facebook_insights_page_level")


def recognises(head: FileSample) -> bool:
    """By the names of its key metrics; also the page-level export, which `read` refuses."""
    return any(_posts_layout(sheet) or _is_page_level(sheet) for sheet in _sheets(head))


def _sheets(head: FileSample) -> list[FileSample]:
    """Each sheet as a text of its own; a text is its only one."""
    if head.kind != KIND:
        return [head]
    return [dataclasses.replace(head, kind="text", rows=sheet.rows) for sheet in head.sheets]


def _posts_layout(head: FileSample) -> Layout | None:
    layout = find_layout(_told_apart(head), ALIASES, REQUIRED)
    return layout if layout and layout.columns.keys() & {"reach", "impressions"} else None


def _told_apart(head: FileSample) -> FileSample:
    """The head with names that differ: a repeated one is told by the explanation under it."""
    names, explained = head.rows[:1], head.rows[1:2]
    if not names:
        return head
    seen = Counter(name_key(cell) for cell in names[0])
    under = [*(explained[0] if explained else ()), *[""] * len(names[0])]
    told = (
        f"{cell} {_counted(under[at]) or at + 1}" if cell and seen[name_key(cell)] > 1 else cell
        for at, cell in enumerate(names[0])
    )
    return dataclasses.replace(head, rows=(tuple(told), *head.rows[1:]))


def _counted(explanation: str) -> str:
    return next((what for what in (TIMES, PEOPLE) if what in explanation), "")


def _is_page_level(head: FileSample) -> bool:
    names = head.header_at()
    return names[:1] == ("date",) and any(
        re.match(r"(daily|weekly|28 days) |page_\w+:(day|week|lifetime)", name) for name in names
    )


def _counts_times(sheet: Sheet) -> bool:
    """True for a sheet of actions that counts how often, not how many people."""
    cells = [cell for row in sheet.rows[1:2] for cell in row[:1]]
    if said := _counted("".join(cells)):
        return said == TIMES
    return normalise(sheet.name).startswith(COUNTS_TIMES)


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the posts; raises `UnsupportedFile` for the page-level export."""
    posts = [sheet for file in files for sheet in _sheets_with_posts(file)]
    if len({sheet.file_no for sheet in posts}) < len(files):
        raise UnsupportedFile(_PAGE_LEVEL)
    actions = [sheet for file in files for sheet in _sheets_with_actions(file)]
    _actions_table(con, actions)
    rows_table(con, posts, _known_layout, ALIASES, MEASURES)
    _exports_table(con, files)
    # Iso dates are the export's own; only others can have been turned by a spreadsheet.
    con.execute(
        "CREATE OR REPLACE TEMP TABLE source_clocks AS SELECT file_no, line, published AS clock "
        "FROM source_rows; UPDATE source_rows SET published = NULL WHERE file_no IN (SELECT "
        "file_no FROM source_clocks GROUP BY file_no "
        "HAVING bool_and(regexp_matches(clock, '^\\d{4}-')))"
    )
    date_orders(con, files)
    con.execute(SQL)
    _warn(con, files)


def _known_layout(head: FileSample) -> Layout:
    found = _posts_layout(head)
    assert found is not None
    return found


def _actions_layout(head: FileSample) -> Layout:
    found = find_layout(head, ACTIONS, ("post_id",))
    assert found is not None
    return found


def _sheets_with_posts(file: ImportFile) -> list[ImportFile]:
    if file.head.kind != KIND:
        return [file] if _posts_layout(file.head) else []
    names = [
        sheet.name
        for sheet, head in zip(file.head.sheets, _sheets(file.head), strict=True)
        if _posts_layout(head)
    ]
    return [file.sheet(name) for name in names[:1]]


def _sheets_with_actions(file: ImportFile) -> list[ImportFile]:
    if file.head.kind != KIND:
        return []
    found = []
    for sheet, head in zip(file.head.sheets, _sheets(file.head), strict=True):
        layout = find_layout(head, ACTIONS, ("post_id",))
        if layout and layout.columns.keys() & set(ACTION_MEASURES) and _counts_times(sheet):
            found.append(file.sheet(sheet.name))
    return found


def _actions_table(con: duckdb.DuckDBPyConnection, sheets: Sequence[ImportFile]) -> None:
    """Makes `source_actions(file_no, post_id, reactions, comments, shares, link_clicks)`."""
    figures = ", ".join(f"{name} DOUBLE" for name in ACTION_MEASURES)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE source_actions (file_no INTEGER, post_id VARCHAR, {figures})"
    )
    if not sheets:
        return
    rows_table(con, sheets, _actions_layout, ACTIONS, ACTION_MEASURES, is_counted=False)
    largest = ", ".join(f"max({name}) AS {name}" for name in ACTION_MEASURES)
    con.execute(
        f"INSERT INTO source_actions BY NAME SELECT file_no, post_id, {largest} "
        "FROM source_rows WHERE post_id IS NOT NULL GROUP BY file_no, post_id"
    )


def _exports_table(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Makes `source_exports(file_no, page)`; the file's name also says when it was exported."""
    con.execute("CREATE OR REPLACE TEMP TABLE source_exports (file_no INTEGER, page VARCHAR)")
    for file in files:
        found = EXPORT_NAME.search(file.name.replace("_", " "))
        page = found["page"] if found else None
        con.execute("INSERT INTO source_exports VALUES (?, ?)", [file.file_no, page])
        if found and (exported := _midnight(found["day"])):
            file.exported_at = exported


def _midnight(day: str) -> datetime | None:
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        return None


def _warn(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    counted = con.execute(
        "SELECT file_no, count(reactions) + count(comments) + count(shares) = 0, "
        "bool_or(reactions IS NULL OR comments IS NULL OR shares IS NULL) "
        "FROM source_posts WHERE reason IS NULL GROUP BY file_no"
    ).fetchall()
    found = {file_no: rest for file_no, *rest in counted}
    for file in files:
        has_none, has_gaps = found.get(file.file_no, (False, False))
        if has_none:
            file.warnings.append(reason("reactions_sheet_missing"))
        elif has_gaps:
            file.warnings.append(reason("reactions_empty"))
