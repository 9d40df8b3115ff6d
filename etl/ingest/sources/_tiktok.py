"""What the tables of TikTok share: days without a year in TikTok Studio (formats.md 10)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.staging import ImportFile, UnsupportedFile
from svarvakt.settings import ZONE

# TikTok's own download names: temp_1777023477442.zip, temp_data_1777023477746.csv
_NAMED_MOMENT = re.compile(r"temp_(?:data_)?(1[5-9]\d{11}|[2-3]\d{12})")


def named_moment(origin: str) -> datetime | None:
    """When the file was made, where its own or its zip's name says so."""
    found = _NAMED_MOMENT.findall(origin)
    return datetime.fromtimestamp(int(found[-1]) / 1000, UTC) if found else None


def export_days(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Makes `source_exports(file_no, limit_day)`: the day after the export, in Norway.

    The account's own time zone may be a day ahead of ours. Sets `exported_at` where a name
    says it.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE source_exports (file_no INTEGER, limit_day DATE)")
    for file in files:
        file.exported_at = named_moment(file.origin) or file.exported_at
        con.execute(
            "INSERT INTO source_exports VALUES ($file_no, $day::DATE + 1)",
            {"file_no": file.file_no, "day": file.exported_at.astimezone(ZONE).date()},
        )


def refuse_rewritten_days(con: duckdb.DuckDBPyConnection, with_years: Sequence[int]) -> None:
    """A spreadsheet that turned «July 16» into 16/7/2026 made the year up.

    The tables of the business account, files `with_years`, write 2026/07/16 themselves.
    """
    if con.execute(
        r"SELECT 1 FROM source_rows WHERE regexp_matches(published, '^\d+[/.]\d+[/.]\d+') "
        r"AND NOT (file_no IN $years AND regexp_matches(published, '^\d{4}/\d\d?/\d\d?$')) LIMIT 1",
        {"years": list(with_years)},
    ).fetchone():
        raise UnsupportedFile(reason("tiktok_dates_rewritten"))
