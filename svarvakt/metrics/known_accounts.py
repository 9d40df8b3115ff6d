"""The accounts that exports speak of, whether the register knows them or not (G5, M14)."""

from __future__ import annotations

import dataclasses

import duckdb

from svarvakt.metrics._query import fetch
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.scope import Scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class SeenAccount:
    """What the exports call an account; `is_registered` as the newest build saw it."""

    account_id: str
    platform: str
    native_id: str | None
    handle: str | None
    name: str | None
    is_registered: bool


@question("register", months=False)
def seen_accounts(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[SeenAccount]:
    """Accounts with anything in an export, alphabetical; months do not matter."""
    sql = f"""
    SELECT account_id, platform, native_id, handle, name, is_registered
    FROM accounts
    WHERE as_of IS NOT NULL AND {scope.where(months=False)}
    ORDER BY coalesce(name, handle, account_id) COLLATE nb, account_id
    """
    return fetch(con, SeenAccount, sql, scope.parameters(months=False))
