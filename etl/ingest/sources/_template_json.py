"""The same tables as JSON: one object per row, nested keys written `owner/id` as in the table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import duckdb

from etl.ingest.sources._columns import Aliases
from etl.ingest.sources._json import JSON_ERRORS, explain, files_table
from etl.ingest.sources._numbers import MACROS, tell_unreadable
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile


def has_keys(
    head: FileSample, columns: Aliases, required: Sequence[str], names: Sequence[str]
) -> bool:
    """True for a list of objects that hold every required column and every name."""
    rows = head.sample if isinstance(head.sample, list) else [head.sample]
    wanted = [*(columns[field] for field in required), *((name,) for name in names)]
    # The last object may be cut.
    return any(
        all(any(_has(row, name) for name in group) for group in wanted)
        for row in rows
        if isinstance(row, dict)
    )


def _has(row: Any, name: str) -> bool:
    key, _, rest = name.partition("/")
    if not isinstance(row, Mapping) or key not in row:
        return False
    return not rest or _has(row[key], rest)


def rows_from_json(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[ImportFile],
    columns: Aliases,
    measures: Collection[str],
    replies: str,
) -> None:
    """Makes `source_rows` as `rows_table` does. `replies` is the key of the answers in an object.

    An answer takes its parent and its post from the object that it stands in. Raises
    `UnsupportedFile` for a damaged file.
    """
    files_table(con, files)
    con.execute(MACROS)
    try:
        con.execute(
            "CREATE OR REPLACE TEMP TABLE source_raw AS SELECT filename, json AS node, "
            "NULL::JSON AS above FROM read_json_objects($paths, filename = true, format = 'auto', "
            "maximum_object_size = $largest)",
            {
                "paths": [str(file.path) for file in files],
                "largest": max(16 << 20, *(file.path.stat().st_size + 1 for file in files)),
            },
        )
    except JSON_ERRORS as error:
        raise UnsupportedFile(
            explain(error)
        ) from None  # its message quotes the value: a person's words
    con.execute(_cells(columns, measures), {"replies": f"$.{replies or '_'}[*]"})
    con.execute("DROP TABLE source_raw")
    con.execute(_select(measures))
    con.execute("INSERT INTO staged_rows SELECT file_no, line FROM source_rows")
    tell_unreadable(con, files)


def _cells(columns: Aliases, measures: Collection[str]) -> str:
    words = [f"{_cell(columns, field)} AS {field}" for field in columns if field not in measures]
    figures = [f"bare({_cell(columns, field)}) AS {field}" for field in measures]
    return f"""
CREATE OR REPLACE TEMP TABLE source_cells AS
WITH numbered AS (
    SELECT filename, node, above, source_raw.rowid - first_row + 1 AS line FROM source_raw
    JOIN (SELECT filename, min(rowid) AS first_row FROM source_raw GROUP BY filename)
        USING (filename)
), nodes AS (
    FROM numbered
    UNION ALL SELECT filename, unnest(node->$replies), node, line FROM numbered
), cells AS (
    SELECT filename, line, {", ".join(words + figures)} FROM nodes
)
SELECT file_no, cells.* EXCLUDE (filename)
FROM cells JOIN source_files ON path = filename
ORDER BY file_no, line
"""


def _select(measures: Collection[str]) -> str:
    unread = {name: f"counted({name}) IS NULL AND NOT is_unmeasured({name})" for name in measures}
    numbers = ", ".join(f"counted({name}) AS {name}" for name in measures)
    words = " ".join(
        f"WHEN {no_number} AND NOT is_numeric({name}) THEN '{name}'"
        for name, no_number in unread.items()
    )
    told = ", ".join(
        f"CASE WHEN {no_number} AND is_numeric({name}) THEN '{name}' END"
        for name, no_number in unread.items()
    )
    return f"""
CREATE OR REPLACE TEMP TABLE source_rows AS
SELECT false AS is_too_long, CASE {words} END AS bad_measure,
    source_cells.* REPLACE ({numbers}) FROM source_cells ORDER BY file_no, line;
CREATE OR REPLACE TEMP TABLE source_unread AS FROM (
    SELECT file_no, line, unnest([{told}]) AS name FROM source_cells) WHERE name IS NOT NULL
"""


def _cell(columns: Aliases, field: str) -> str:
    found = [_pointer("node", name) for name in columns[field]]
    if field == "parent_id":
        found += [_pointer("above", name) for name in columns["comment_id"]]
    if field in ("post_id", "post_url", "account", "account_id"):
        found += [_pointer("above", name) for name in columns[field]]
    return f"coalesce({', '.join([*found, 'NULL::VARCHAR', 'NULL'])})"


def _pointer(of: str, name: str) -> str:
    path = "/" + name.replace("'", "''")
    return f"nullif(json_extract_string({of}, '{path}'), '')"
