"""Google Takeout, YouTube comments: what the account itself has written (formats.md 9.2 e).

Column names follow the account's language and their order has changed, so columns are told
by what they hold. With the thread's id in it, a row shows that somebody was answered; who
was not answered, it cannot show.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import Layout, find_layout, layout_by_content, whole_records
from etl.ingest.sources._rows import rows_table
from etl.ingest.staging import FileSample, ImportFile

FORMAT = "google_takeout_comments"
PLATFORM = "youtube"
KIND = "text"
EXPECTS = (
    "Egne kommentarer på YouTube: «comments.csv» fra Google Takeout (mappen «YouTube og YouTube "
    "Music»)."
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

ALIASES = {
    "comment_id": ("Comment ID",),
    "channel": ("Channel ID",),
    "created": ("Comment create timestamp",),
    "video": ("Video ID",),
    "text": ("Comment text",),
    "parent": ("Parent comment ID",),
    "top": ("Top-level comment ID",),
}
REQUIRED = ("comment_id", "channel", "created", "text")
COMMENT_ID = r"(?:Ug[\w-]{20,}|z\w{20,})(?:\.[\w-]+)?"
# Told by content, in this order; a column is taken once.
CONTENT = {
    "comment_id": COMMENT_ID,
    "channel": r"UC[\w-]{22}",
    "created": r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*",
    "text": r'(?s)\s*\{\s*"(?:text|takeoutSegments)".*',
}
OPTIONAL = {"parent": COMMENT_ID, "top": COMMENT_ID, "video": r"[\w-]{11}"}


def recognises(head: FileSample) -> bool:
    """True when the rows hold a comment's id, a channel's id, a time and a text."""
    return head.kind == KIND and layout(head) is not None


def layout(head: FileSample) -> Layout | None:
    """Where the columns are, by name or, in another language than English, by content."""
    return find_layout(head, ALIASES, REQUIRED) or _layout_by_content(head)


def _layout_by_content(head: FileSample) -> Layout | None:
    records = whole_records(head)
    columns: dict[str, int] = {}
    for name, pattern in (CONTENT | OPTIONAL).items():
        found = (
            at
            for at in range(len(head.rows[0]) if records else 0)
            if at not in columns.values() and _holds(records, at, pattern, name in OPTIONAL)
        )
        columns[name] = next(found, -1)
    if not all(columns[name] >= 0 for name in CONTENT):
        return None
    found_columns = {name: at for name, at in columns.items() if at >= 0}
    return layout_by_content(head, 0, found_columns)


def _holds(rows: Sequence[Sequence[str]], at: int, pattern: str, may_be_empty: bool) -> bool:
    cells = [row[at] if at < len(row) else "" for row in rows]
    written = [cell for cell in cells if cell]
    is_enough = bool(written) if may_be_empty else len(written) == len(cells)
    return is_enough and all(map(partial(re.fullmatch, pattern), written))


def _known_layout(head: FileSample) -> Layout:
    found = layout(head)
    assert found is not None
    return found


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the account's own comments. Raises `UnsupportedFile` when rows cannot be cut."""
    rows_table(con, files, _known_layout, ALIASES, ())
    con.execute("CREATE OR REPLACE TEMP TABLE source_links (file_no INTEGER, is_told BOOLEAN)")
    con.executemany(
        "INSERT INTO source_links VALUES (?, ?)",
        [[file.file_no, "top" in _known_layout(file.head).columns] for file in files],
    )
    con.execute(SQL)
    linkless = con.execute(
        "SELECT DISTINCT file_no FROM takeout_comments WHERE reason IS NULL AND NOT is_linked"
    ).fetchall()
    for file in files:
        file.warnings.append(reason("own_comments_only"))
        if (file.file_no,) in linkless:
            file.warnings.append(reason("threads_not_told"))
