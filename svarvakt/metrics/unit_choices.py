"""The municipality's units as they are now, also those without accounts."""

from __future__ import annotations

import dataclasses

import duckdb

from svarvakt.metrics.question_registry import question
from svarvakt.metrics.reference_data import Choice
from svarvakt.metrics.scope import UNITS_THEN, Scope


@dataclasses.dataclass(frozen=True)
class UnitThen:
    """A unit as it was in a month (R48). `sector` is its topmost unit's name, "" when unknown."""

    unit_id: str
    name: str
    sector: str
    parent_name: str | None


@question("units", months=False)
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


@question("units")
def units_then(con: duckdb.DuckDBPyConnection, scope: Scope) -> dict[str, UnitThen]:
    """The scope's units by id as they were in its last month (R48), with or without accounts."""
    sql = f"""
    SELECT u.unit_id, u.name, coalesce(u.sector, ''), above.name
    FROM (SELECT *, $last_month AS month FROM {UNITS_THEN}) AS u
    LEFT JOIN {UNITS_THEN} AS above ON above.unit_id = u.parent_id
    WHERE {scope.where("u", accounts=False)}
    """
    rows = con.execute(sql, scope.parameters(accounts=False)).fetchall()
    return {row[0]: UnitThen(*row) for row in rows}
