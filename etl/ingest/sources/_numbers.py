"""Counts as platforms and spreadsheets write them, judged cell by cell.

A point, comma, blank or apostrophe before every three digits parts thousands: 1.234 and 1,234 are
1234. Any other fraction, a sign, a percentage or a shortened number («1,2 tusen») is no count: the
cell is left empty and told, and the row stays.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.staging import ImportFile

MACROS = r"""
-- Blanks are of no account; a minus may be a sign of its own.
CREATE OR REPLACE TEMP MACRO bare(cell) AS
    replace(regexp_replace(cell, '[\s\x{00A0}\x{202F}\x{2009}]', '', 'g'), chr(8722), '-');
-- A measure that may have a fraction (hours), with «.» or «,».
CREATE OR REPLACE TEMP MACRO number(digits) AS TRY_CAST(CASE
    WHEN regexp_full_match(digits, '-?\d{1,3}(,\d{3})+(\.\d+)?') THEN replace(digits, ',', '')
    ELSE replace(digits, ',', '.') END AS DOUBLE);
-- A whole number: "1 234", "1.234", "1,234", "1234.0".
CREATE OR REPLACE TEMP MACRO counted(digits) AS TRY_CAST(CASE
    WHEN regexp_full_match(digits, '\d{1,15}') THEN digits
    WHEN regexp_full_match(digits, '[1-9]\d{0,2}(?:[.]\d{3})+(?:,0+)?')
        THEN replace(split_part(digits, ',', 1), '.', '')
    WHEN regexp_full_match(digits, '[1-9]\d{0,2}(?:,\d{3})+(?:[.]0+)?')
        THEN replace(split_part(digits, '.', 1), ',', '')
    WHEN regexp_full_match(digits, '[1-9]\d{0,2}(?:[''’]\d{3})+')
        THEN regexp_replace(digits, '[''’]', '', 'g')
    WHEN regexp_full_match(digits, '\d{1,15}[.,]0+') THEN regexp_extract(digits, '^\d+')
    END AS DOUBLE);
-- Some platforms take back what was counted before: a day may be negative.
CREATE OR REPLACE TEMP MACRO balanced(digits) AS CASE WHEN starts_with(digits, '-')
    THEN -counted(substr(digits, 2)) ELSE counted(digits) END;
-- Empty, "-", "undefined" are not measured, which is not 0.
CREATE OR REPLACE TEMP MACRO is_unmeasured(digits) AS coalesce(regexp_full_match(lower(digits),
    '|-+|–|—|undefined|n/?a|nan|null|none'), true);
-- A number that is no count. Words do not belong in the column at all.
CREATE OR REPLACE TEMP MACRO is_numeric(digits) AS regexp_matches(digits, '^[-+]?[.,]?\d');
CREATE OR REPLACE TEMP MACRO whole(measure) AS TRY_CAST(round(measure) AS BIGINT);
"""
SHOWN_LINES = 5


def tell_unreadable(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Warns of `source_unread(file_no, line, name)`: cells whose number could not be read."""
    found = con.execute(
        "SELECT file_no, count(*), list_sort(list(DISTINCT name)), list_sort(list(DISTINCT line)) "
        "FROM source_unread GROUP BY file_no"
    ).fetchall()
    by_number = {file.file_no: file for file in files}
    for file_no, count, names, lines in found:
        shown = ", ".join(map(str, lines[:SHOWN_LINES])) + (" …" * (len(lines) > SHOWN_LINES))
        by_number[file_no].warnings.append(
            reason("unreadable_numbers", count=count, columns=", ".join(names), lines=shown)
        )
