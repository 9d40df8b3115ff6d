"""What has been read in, file by file, and the rows that could not be used."""

from __future__ import annotations

import dataclasses
from datetime import datetime

import duckdb

from svarvakt.metrics._query import fetch
from svarvakt.metrics.question_registry import question


@dataclasses.dataclass(frozen=True, kw_only=True)
class ImportRow:
    """One imported file. `account_id` None where nothing came of it."""

    import_id: str
    name: str  # the file's own, without folders
    format: str
    account_id: str | None
    account_name: str | None
    exported_at: datetime
    imported_at: datetime
    posts: int
    comments: int
    replies: int
    days: int
    rejected: int
    warnings: tuple[str, ...]
    folder: str  # that the file lay in, without those above it


@dataclasses.dataclass(frozen=True, kw_only=True)
class RejectedRow:
    """One row that could not be used. `raw` is masked, and None where it was taken out."""

    import_id: str
    name: str
    line: int | None
    reason: str
    raw: str | None


_NAME = "regexp_extract(path, '[^/\\\\]*$')"
_FOLDER = r"regexp_extract(path, '([^/\\]*)[/\\][^/\\]*$', 1)"


@question("register")
def imports(con: duckdb.DuckDBPyConnection) -> list[ImportRow]:
    """Every file that the figures rest on, what was read in last first."""
    sql = f"""
    SELECT import_id, {_NAME} AS name, format, account_id, a.name AS account_name,
        exported_at, imported_at, coalesce(posts, 0) AS posts, coalesce(comments, 0) AS comments,
        coalesce(replies, 0) AS replies, coalesce(days, 0) AS days,
        coalesce(rows_rejected, 0) AS rejected, coalesce(warnings, []) AS warnings,
        {_FOLDER} AS folder
    FROM imports LEFT JOIN accounts AS a USING (account_id)
    ORDER BY imported_at DESC, name COLLATE nb, import_id
    """
    rows = fetch(con, ImportRow, sql, {})
    return [dataclasses.replace(row, warnings=tuple(row.warnings)) for row in rows]


@question("register")
def rejected_rows(con: duckdb.DuckDBPyConnection, limit: int) -> list[RejectedRow]:
    """The rows that could not be used, at most `limit`, of the newest files first."""
    sql = f"""
    SELECT import_id, {_NAME} AS name, line, reason, raw
    FROM rejected_rows JOIN imports USING (import_id)
    ORDER BY imported_at DESC, import_id, line LIMIT $limit
    """
    return fetch(con, RejectedRow, sql, {"limit": limit})


@question("register")
def rejected_reasons(con: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """Each reason with how many rows it holds for, the most frequent first."""
    return con.execute(
        "SELECT reason, count(*) AS n FROM rejected_rows GROUP BY reason ORDER BY n DESC, reason"
    ).fetchall()
