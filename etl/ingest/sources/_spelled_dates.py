"""Dates whose month is a word, in the languages of Europe: «Nov 9, 2025», «8 de marzo», «16. juli».

A spreadsheet that rewrites them can only be wrong about the year, so days with points and
ISO days are taken as they stand; only slashes can be read in two ways (`_dates.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb
from babel import Locale

from etl.ingest.sources._dates import date_orders
from etl.ingest.staging import ImportFile

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

# Croatian is left out: its «listopad» is October, the Czech and Polish one November.
LANGUAGES = (
    "nb", "nn", "da", "sv", "fi", "is", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ro", "tr",
    "et", "lv", "lt", "cs", "sk", "sl", "hu", "uk", "ru", "el",
)  # fmt: skip


@cache
def month_names() -> dict[str, int]:
    """Every name and short name of a month (CLDR), casefolded and without a full stop."""
    return {
        word.casefold().strip("."): month
        for language in LANGUAGES
        for forms in Locale(language).months.values()
        for width in ("wide", "abbreviated")
        for month, word in forms[width].items()
    }


def spelled_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Makes the macros `month_in`, `day_in`, `spelled_day` and `year_before`."""
    con.execute(f"CREATE OR REPLACE TEMP MACRO month_named(word) AS MAP {month_names()}[word]")
    con.execute(SQL)


def spelled_days(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Adds `day` (DATE, NULL = cannot be read) to `source_rows`, from its `published`.

    Raises `InputRequired` or `UnsupportedFile` as `date_orders` does, for days with slashes alone.
    """
    spelled_macros(con)
    con.execute(
        "ALTER TABLE source_rows ADD COLUMN written VARCHAR;"
        "ALTER TABLE source_rows ADD COLUMN day DATE;"
        "UPDATE source_rows SET written = published, day = spelled_day(published), "
        "published = CASE WHEN spelled_day(published) IS NULL THEN published END"
    )
    date_orders(con, files)
    con.execute(
        "UPDATE source_rows SET day = slashed_day(published, is_day_first), published = written "
        "FROM source_dates WHERE source_dates.file_no = source_rows.file_no "
        "AND published IS NOT NULL"
    )
    con.execute("UPDATE source_rows SET published = written; ALTER TABLE source_rows DROP written")
