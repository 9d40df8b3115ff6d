"""A suggestion for a person who checks whether accounts are evidently the municipality's (G4)."""

from __future__ import annotations

import dataclasses

import duckdb

from svarvakt.metrics._query import fetch
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.scope import Scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class Unmatched:
    """An account whose name, handle and address hold none of the municipality's words."""

    account_id: str
    account_name: str
    platform: str
    url: str | None
    shows_belonging: str | None  # what a person has registered


@question("register", months=False)
def belonging_suggestions(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[Unmatched]:
    """Accounts worth a look, alphabetical; none where no `name_patterns` are set.

    Never the state itself: that is what a person has registered.
    """
    sql = f"""
    WITH patterns AS (
        SELECT trim(unnest(string_split(value, '|'))) AS pattern
        FROM municipality WHERE key = 'name_patterns'
    )
    SELECT a.account_id, coalesce(a.name, a.handle, a.account_id) AS account_name, a.platform,
        a.url, a.shows_belonging
    FROM accounts AS a
    WHERE {scope.where("a", months=False)}
        AND a.status IS DISTINCT FROM 'avviklet'
        AND EXISTS (FROM patterns WHERE pattern <> '')
        AND NOT EXISTS (
            FROM patterns WHERE pattern <> '' AND contains(
                lower(concat_ws(' ', a.name, a.handle, a.url)), lower(pattern))
        )
    ORDER BY account_name COLLATE nb, a.account_id
    """
    return fetch(con, Unmatched, sql, scope.parameters(months=False))
