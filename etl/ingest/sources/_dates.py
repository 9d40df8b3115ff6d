"""Day and month order in dates that a spreadsheet may have turned round (formats.md 0.8).

Meta writes `MM/DD/YYYY HH:MM` in every language. A spreadsheet that reads those as
day first writes back another day without a trace, so an order is believed only when
the file itself proves it: some number above 12 that can only be a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.staging import ImportFile, InputRequired, UnsupportedFile

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

_TURNED = reason("dates_turned")
_TWO_WAYS = reason("dates_two_ways")


def date_orders(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Makes `source_dates(file_no, is_day_first)` from `source_rows.published`.

    Raises `InputRequired` when a file's dates can be read in two ways and nobody said which,
    `UnsupportedFile` when a spreadsheet has turned some of them.
    """
    con.execute(SQL)
    settle_orders(con, files)


def settle_orders(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Puts into `source_dates` what a person said; raises as `date_orders` does."""
    for file in files:
        if file.is_day_first is not None:
            con.execute(
                "UPDATE source_dates SET is_day_first = $said, is_unsaid = false "
                "WHERE file_no = $file_no AND is_unsaid",
                {"said": file.is_day_first, "file_no": file.file_no},
            )
    if con.execute("SELECT 1 FROM source_dates WHERE is_turned LIMIT 1").fetchone():
        raise UnsupportedFile(_TURNED)
    if con.execute("SELECT 1 FROM source_dates WHERE is_unsaid LIMIT 1").fetchone():
        raise InputRequired(_TWO_WAYS, "is_day_first")
