"""Day and month order in dates that a spreadsheet may have turned round (formats.md 0.8).

Meta writes `MM/DD/YYYY HH:MM` in every language. A spreadsheet that reads those as
day first writes back another day without a trace, so an order is believed only when
the file itself proves it: some number above 12 that can only be a day.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl.shapes import Refused

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

_TURNED = (
    "Datoene i filen er endret av et regneark, og dag og måned kan ikke skilles sikkert. "
    "Last filen ned på nytt, og ta den inn uten å åpne den i et regneark først."
)


def date_orders(con: duckdb.DuckDBPyConnection) -> None:
    """Makes `source_dates(file_no, is_day_first)` from `source_rows.published`.

    Raises `Refused` when a file's dates can be read in two ways.
    """
    con.execute(SQL)
    if con.execute("SELECT 1 FROM source_dates WHERE is_turned LIMIT 1").fetchone():
        raise Refused(_TURNED)
