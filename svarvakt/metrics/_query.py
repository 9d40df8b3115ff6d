"""Rows of a query as the records of a module: the SELECT names the record's fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

import duckdb

from svarvakt.metrics.scope import UNITS_THEN

Record = TypeVar("Record")

# Joined to a relation `x`: names for reading, of the account alone or of the unit too; a unit that
# is in no register keeps its id.
ACCOUNT = "LEFT JOIN accounts AS a ON a.account_id = x.account_id"
NAMES = f"{ACCOUNT} LEFT JOIN current_units AS u ON u.unit_id = x.unit_id"
# The same for a question about months: units are called what they were called in the last of them,
# and an account lies under the unit that had it then (R48).
NAMES_THEN = NAMES.replace("current_units", UNITS_THEN)
ACCOUNTS_THEN = """(
    SELECT accounts.* REPLACE (account_units.unit_id AS unit_id), $last_month AS month
    FROM accounts JOIN account_units USING (account_id)
    WHERE last_day($last_month) BETWEEN valid_from AND valid_to
)"""
UNIT_NAME = "coalesce(u.name, x.unit_id, 'Uten enhet')"
ACCOUNT_NAME = "coalesce(a.name, a.handle, x.account_id)"
# DuckDB's own Norwegian order: Æ Ø Å last; «Uten enhet» after all of them.
BY_UNIT = "x.unit_id IS NULL, unit_name COLLATE nb, x.unit_id"
BY_ACCOUNT = "account_name COLLATE nb, x.account_id"

MONTHS = """
SELECT unnest(generate_series($first_month, $last_month, INTERVAL 1 MONTH))::DATE AS month
"""


@lru_cache(maxsize=512)
def prepare(sql: str) -> duckdb.Statement:
    """A statement that has been read already: a sixth of the time of a short question."""
    (statement,) = duckdb.extract_statements(sql)
    return statement


def fetch(
    con: duckdb.DuckDBPyConnection,
    record: type[Record],
    sql: str,
    parameters: Mapping[str, Any],
) -> list[Record]:
    """One record per row; the columns are the record's fields by name."""
    cursor = con.execute(prepare(sql), dict(parameters))
    names = [column[0] for column in cursor.description or ()]
    return [record(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def fetch_one(
    con: duckdb.DuckDBPyConnection,
    record: type[Record],
    sql: str,
    parameters: Mapping[str, Any],
) -> Record:
    """The single record of a query that sums everything up."""
    (only,) = fetch(con, record, sql, parameters)
    return only


def totals(*columns: str) -> str:
    """SELECT items that sum counts; over nothing the sum of a count is 0."""
    return ",\n    ".join(f"coalesce(sum({name}), 0)::BIGINT AS {name}" for name in columns)
