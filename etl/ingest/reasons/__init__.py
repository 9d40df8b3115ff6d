"""Every reason and warning of the import: a code with its values, worded when it is shown.

`ROWS` say what became of a row, `FILES` what became of a file and what its reader should know,
`COLUMN_MAPPINGS` what is wrong with a mapping of columns that a person made. The
templates are bokmål, the language of `--json` and of what is stored; `ui/reason_words.py` has the
reader's. In SQL a reason is its code, and behind a colon the one value that it may have.
"""

from __future__ import annotations

import duckdb

from etl.ingest.reasons.column_mappings import COLUMN_MAPPINGS
from etl.ingest.reasons.files import FILES
from etl.ingest.reasons.rows import ROWS
from svarvakt.reasons import Reason, ReasonTable

__all__ = ("ALL", "ROWS", "Reason", "read_reason", "reason", "row_reason", "row_reasons_table")

ALL = ROWS | FILES | COLUMN_MAPPINGS
_TABLE = ReasonTable(ALL)
reason = _TABLE.reason
read_reason = _TABLE.read


def row_reason(text: str) -> Reason:
    """What SQL writes of a row: `code`, or `code:value`."""
    code, _, value = text.partition(":")
    return reason(code, **dict.fromkeys(_TABLE.names(code), value))


def row_reasons_table(con: duckdb.DuckDBPyConnection) -> None:
    """Makes `row_reasons(code, template)`, and the macros that word a row's reason."""
    con.execute("CREATE OR REPLACE TEMP TABLE row_reasons (code VARCHAR, template VARCHAR)")
    con.executemany("INSERT INTO row_reasons VALUES (?, ?)", [list(row) for row in ROWS.items()])
    con.execute(
        "CREATE OR REPLACE TEMP MACRO reason_code(reason) AS split_part(reason, ':', 1);"
        "CREATE OR REPLACE TEMP MACRO reason_value(reason) AS "
        r"nullif(regexp_extract(reason, '^\w+:(.*)$', 1, 's'), '');"
        "CREATE OR REPLACE TEMP MACRO worded(template, reason) AS "
        r"regexp_replace(template, '\{\w+\}', coalesce(reason_value(reason), ''))"
    )
