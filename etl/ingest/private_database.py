"""The import's own database: in memory, with the register, the keys and the macros of masking."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from etl.ingest.partners import partners_tables, remembered
from etl.ingest.reasons import row_reasons_table
from etl.lake import store as lake
from etl.pseudonymization import sql
from svarvakt import register, settings
from svarvakt.decisions import current_register


def connection(
    data: Path, dry: bool, partners: Mapping[str, bool] | None = None
) -> duckdb.DuckDBPyConnection:
    """A private database in memory; temp_directory '' means that authors can't spill to disk."""
    con = duckdb.connect()
    con.execute("SET temp_directory = ''; SET TimeZone = 'UTC'; SET enable_progress_bar = false")
    for name in ("masking", "keys", "identity", "initials"):
        con.execute(sql(name))
    row_reasons_table(con)
    is_new = dry and not (data / "secret").exists()
    secret = "0" * 64 if is_new else lake.secret(data)
    con.execute(f"SET VARIABLE secret = '{secret}'")
    gone = lake.erased(data) if (data / "lake").is_dir() else {}
    con.execute("SET VARIABLE erased = $1::VARCHAR[]", [sorted(gone)])
    con.execute("SET VARIABLE erased_as = $1::MAP(VARCHAR, VARCHAR)", [gone])
    known = current_register(data)
    register.load_into(con, known, settings.today())
    register.load_administrators(con, known.administrators)
    con.execute(OWN_ACCOUNTS)
    partners_tables(con, remembered(data), partners or {})
    return con


# Handles of the municipality's own accounts stay readable in texts.
OWN_ACCOUNTS = """
SET VARIABLE own_handles = (
    SELECT coalesce(list_sort(list(DISTINCT match_key)), [])
    FROM register_account_ids WHERE NOT contains(match_key, ' '));
SET VARIABLE vulnerable = (
    SELECT coalesce(list(platform || ':' || match_key), []) FROM register_sensitive_identities)
"""
