"""Facepager: posts and comments of Facebook pages as CSV (formats.md 7.4).

A row is a node: page, post, comment or reply. Its parent is given by Facepager's own number.
What else stands in it is what the person ticked, in the wide mode once per level.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import Aliases, Layout, find_layout
from etl.ingest.sources._rows import rows_table
from etl.ingest.sources._template import FIELDS, MEASURES, Template, facts_table, stage_rows
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

LEVELS = 6  # page, post, comment, reply, and two to spare
NODE = ("level", "id", "parent_id", "object_id", "object_type", "query_time", "query_type")
TICKED = {
    "message": ("message",),
    "created_time": ("created_time",),
    "from_id": ("from.id",),
    "from_name": ("from.name",),
    "parent": ("parent.id",),
    "permalink": ("permalink_url",),
    "like_count": ("like_count",),
    "comment_count": ("comment_count",),
    "is_hidden": ("is_hidden",),
    "attachment": ("attachment.type", "attachment.media_type"),
    "reactions": ("reactions.summary.total_count", "likes.summary.total_count"),
    "comments": ("comments.summary.total_count",),
    "shares": ("shares.count",),
}


def _aliases() -> Aliases:
    found: dict[str, tuple[str, ...]] = {name: (name,) for name in NODE}
    for name, keys in TICKED.items():
        found[f"{name}_x"] = keys
        for level in range(LEVELS):
            found[f"{name}_{level}"] = tuple(f"lvl_{level}_{key}" for key in keys)
    return found


ALIASES = _aliases()


@dataclasses.dataclass(frozen=True, eq=False)
class Nodes(Template):
    """Staged like a template's rows, once the nodes have found their parents."""

    def layout(self, head: FileSample) -> Layout | None:
        """The columns of nodes, whatever else was ticked."""
        return find_layout(head, ALIASES, NODE)

    def columns_of(self, head: FileSample) -> set[str]:
        """The fields that the ticked columns fill."""
        return {"parent_id", *self.known_layout(head).columns}

    def read(self, con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
        """Stages posts and comments; raises `UnsupportedFile` when no times were ticked."""
        for file in files:
            _check(self.columns_of(file.head))
        rows_table(con, files, self.known_layout, ALIASES, ())
        facts_table(con, self, files)
        con.execute(_nodes())
        con.execute(SQL)
        stage_rows(con, self, files)
        _tell(con, files)


def _check(columns: set[str]) -> None:
    for name in ("created_time", "message"):
        if not any(column.rpartition("_")[0] == name for column in columns):
            raise UnsupportedFile(reason("facepager_column_missing", column=name))


def _nodes() -> str:
    """SQL: the nodes with the ticked values of their own level; empty rows of a template."""
    values = [
        f"said(coalesce({name}_x, [{', '.join(f'{name}_{level}' for level in range(LEVELS))}]"
        f"[try_cast(level AS INTEGER) + 1])) AS {name}"
        for name in TICKED
    ]
    fields = [f"{name} VARCHAR" for name in FIELDS] + [f"{name} DOUBLE" for name in MEASURES]
    return (
        "CREATE OR REPLACE TEMP TABLE pager_raw AS SELECT file_no, line, is_too_long, "
        f"{', '.join(NODE)}, {', '.join(values)} FROM source_rows;"
        "CREATE OR REPLACE TEMP TABLE source_rows (file_no INTEGER, line BIGINT, "
        f"is_too_long BOOLEAN, bad_measure VARCHAR, {', '.join(fields)});"
    )


def _tell(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """When the file was fetched, by the clock of the machine that fetched it."""
    fetched = dict(
        con.execute(
            "SELECT file_no, max(timezone('Europe/Oslo', try_cast(query_time AS TIMESTAMP))) "
            "FROM pager_nodes GROUP BY file_no"
        ).fetchall()
    )
    for file in files:
        if fetched.get(file.file_no):
            file.exported_at = fetched[file.file_no].astimezone(UTC)
    con.execute("DROP TABLE pager_nodes")


FORMATS = (
    Nodes(
        name="facepager",
        title="Innlegg og kommentarer på Facebook fra Facepager (CSV)",
        platform="facebook",
        holds="both",
        columns={"parent_id": ("parent_id",), "post_id": ("object_id",)},
        required=("parent_id", "post_id"),
        words={name: (name,) for name in ("post", "comment", "own", "other")},
        ignored=("*",),
        is_tried=False,
        id_scope="platform",
        time_zone="UTC",
    ),
)
