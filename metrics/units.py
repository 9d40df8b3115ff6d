"""The municipality's units as they are now, also those without accounts."""

from __future__ import annotations

import duckdb

from metrics.context import Choice
from metrics.scope import Scope


def units(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[Choice]:
    """Units of the scope and below that have not ended, alphabetical; months do not matter."""
    sql = f"""
    SELECT unit_id, name, coalesce(sector, '') AS note
    FROM current_units
    WHERE {scope.where(months=False, accounts=False)}
        AND coalesce(valid_to >= (SELECT day FROM measured_on), true)
    ORDER BY name COLLATE nb, unit_id
    """
    parameters = scope.parameters(months=False, accounts=False)
    return [Choice(*row) for row in con.execute(sql, parameters).fetchall()]
