"""Tables of one row per day of the whole account: `source_rows` to `staged_account_days`."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb


def stage_days(con: duckdb.DuckDBPyConnection, platform: str, metrics: Sequence[str]) -> None:
    """Stages `metrics`, columns of `source_rows` named as in ACCOUNT_METRICS, per its `day`.

    A day that stands twice keeps its first row. What cannot be read becomes a rejected row.
    """
    con.execute(_MARKED)
    con.execute(
        "INSERT INTO staged_account_days BY NAME "
        f"SELECT file_no, line, '{platform}' AS platform, day, metric, whole(measure) AS value "
        f"FROM (UNPIVOT (FROM source_days WHERE reason IS NULL) ON {', '.join(metrics)} "
        "INTO NAME metric VALUE measure) ORDER BY file_no, line, metric"
    )
    con.execute(
        "INSERT INTO staged_rejects BY NAME "
        "SELECT file_no, line, reason, published AS raw FROM source_days WHERE reason IS NOT NULL;"
        "INSERT INTO staged_passed SELECT file_no, line, 'nothing_measured' FROM source_days "
        "ANTI JOIN staged_account_days USING (file_no, line) WHERE reason IS NULL"
    )


_MARKED = """
CREATE OR REPLACE TEMP TABLE source_days AS
WITH counted AS (
    SELECT *, row_number() OVER (PARTITION BY file_no, day ORDER BY line) AS nth FROM source_rows
)
SELECT *, CASE
    WHEN is_too_long THEN 'too_many_fields'
    WHEN day IS NULL THEN 'no_day'
    WHEN bad_measure IS NOT NULL THEN 'text_for_number:' || bad_measure
    WHEN nth > 1 THEN 'day_repeated'
    END AS reason
FROM counted
"""
