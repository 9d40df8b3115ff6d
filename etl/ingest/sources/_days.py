"""Figures of a whole account, one row a day: which way round the days are written, and staging.

A platform writes one row for every day of a period. That tells the order of day and month
where no number above 12 does: read the right way, the days lie close together.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from etl.ingest.sources._dates import settle_orders
from etl.ingest.sources._numbers import tell_unreadable
from etl.ingest.staging import ImportFile

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
# A calendar day as platforms and spreadsheets write it, whatever clock follows.
DAY = r"(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})(?:[ T].*)?"

MACRO = r"""
CREATE OR REPLACE TEMP MACRO day_of(cell, is_day_first) AS coalesce(
    TRY_CAST(regexp_extract(cell, '^\s*(\d{4}-\d\d-\d\d)(?:[ T]|\s*$)', 1) AS DATE),
    CASE WHEN is_day_first OR contains(cell, '.')
        THEN TRY_STRPTIME(replace(regexp_extract(cell,
            '^\s*(\d{1,2}[./]\d{1,2}[./]\d{4})(?:[ T]|\s*$)', 1), '.', '/'), '%d/%m/%Y')::DATE
        ELSE TRY_STRPTIME(regexp_extract(cell,
            '^\s*(\d{1,2}/\d{1,2}/\d{4})(?:[ T]|\s*$)', 1), '%m/%d/%Y')::DATE END);
"""
ORDERS = r"""
CREATE OR REPLACE TEMP TABLE source_dates AS
WITH readings AS (
    SELECT file_no, regexp_extract(cell, '[-./]') AS mark,
        day_of(cell, false) AS month_first, day_of(cell, true) AS day_first
    FROM source_figures
), files AS (
    SELECT file_no,
        count(DISTINCT mark) FILTER (coalesce(month_first, day_first) IS NOT NULL) AS marks,
        coalesce(bool_or(mark = '/'), false) AS has_slashes,
        count(*) FILTER (month_first IS NULL AND day_first IS NOT NULL) AS only_day_first,
        count(*) FILTER (day_first IS NULL AND month_first IS NOT NULL) AS only_month_first,
        coalesce(bool_and(month_first = day_first), true) AS is_same,
        count(DISTINCT month_first) AS days,
        coalesce(max(month_first) - min(month_first), 0) AS month_first_span,
        coalesce(max(day_first) - min(day_first), 0) AS day_first_span
    FROM readings GROUP BY file_no
)
SELECT file_no,
    only_month_first = 0
        AND (only_day_first > 0 OR day_first_span < month_first_span) AS is_day_first,
    -- Some days turned by a spreadsheet and others not, or all of them: one day a month.
    marks > 1 OR (only_day_first > 0 AND only_month_first > 0)
    OR (NOT has_slashes AND days > 1 AND month_first_span >= 28 * (days - 1)) AS is_turned,
    NOT is_same AND only_day_first + only_month_first = 0
        AND day_first_span = month_first_span AS is_unsaid
FROM files;
"""


def stage_days(
    con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile], may_be_negative: bool = False
) -> None:
    """Stages `source_figures(file_no, line, platform, handle, cell, metric, figure)`.

    They are figures of `source_rows`. `cell` is the day and `figure` the number as the file
    writes them. An empty figure is not measured and leaves none. Raises as `date_orders` does.
    """
    con.execute(MACRO)
    reading = "balanced" if may_be_negative else "counted"
    con.execute(f"CREATE OR REPLACE TEMP MACRO figure_of(digits) AS {reading}(digits)")
    con.execute(ORDERS)
    settle_orders(con, files)
    con.execute("DELETE FROM source_unread")
    con.execute(SQL)
    tell_unreadable(con, files)
