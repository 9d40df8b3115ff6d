"""What surrounds the figures: the municipality's settings, the choices of the filters, targets."""

from __future__ import annotations

import dataclasses
from datetime import date

import duckdb

from svarvakt.metrics.question_registry import question
from svarvakt.metrics.scope import Scope


@dataclasses.dataclass(frozen=True)
class Choice:
    """A unit or an account that the reader may choose. `note` is its sector or platform.

    `handle` tells two accounts of one name apart; "" of a unit.
    """

    id: str
    name: str
    note: str
    unit_id: str | None = None
    handle: str = ""


@dataclasses.dataclass(frozen=True)
class Target:
    """A target in force. Not adopted = «lokalt måltall – ikke vedtatt»."""

    value: float
    unit: str | None
    is_adopted: bool

    @property
    def share(self) -> float:
        """A target in per cent as a share: 90 = 0.9, and 1 = 0.01."""
        return self.value / 100


@dataclasses.dataclass(frozen=True)
class RegisterProblem:
    """A line of the register that could not be read as it stands."""

    file: str
    line: int | None
    column: str | None
    problem: str


@question("common")
def build_info(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """version, built_at, definitions_version, model_version, is_demo, as_of and the like."""
    return dict(con.execute("SELECT key, value FROM build_info").fetchall())


@question("common")
def municipality(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The municipality's own settings; keys that nobody filled in are missing or empty."""
    return dict(con.execute("SELECT key, value FROM municipality").fetchall())


@question("units", months=False)
def unit_choices(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[Choice]:
    """Units of the scope with accounts, their own or below them; alphabetical in Norwegian."""
    return [
        Choice(*row)
        for row in con.execute(
            f"""
        WITH RECURSIVE newest AS (
            SELECT * FROM units
            QUALIFY row_number() OVER (PARTITION BY unit_id ORDER BY valid_from DESC) = 1
        ), above AS (
            SELECT n.unit_id, n.parent_id FROM newest AS n SEMI JOIN accounts USING (unit_id)
            WHERE {scope.where("n", months=False, accounts=False)}
            UNION
            SELECT n.unit_id, n.parent_id FROM newest AS n JOIN above ON n.unit_id = above.parent_id
            WHERE {scope.where("n", months=False, accounts=False)}
        )
        SELECT unit_id, coalesce(u.name, newest.name) AS name, coalesce(newest.sector, '') AS note
        FROM newest SEMI JOIN above USING (unit_id)
        LEFT JOIN current_units AS u USING (unit_id)
        ORDER BY name COLLATE nb, unit_id
    """,
            scope.parameters(months=False, accounts=False),
        ).fetchall()
    ]


@question("accounts", months=False)
def account_choices(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[Choice]:
    """Every known account of the scope, alphabetical as Norwegian sorts."""
    return [
        Choice(*row)
        for row in con.execute(
            f"""
        SELECT account_id, coalesce(name, handle, account_id) AS name, platform, unit_id,
            coalesce(handle, native_id, account_id) AS handle
        FROM accounts WHERE {scope.where(months=False)}
        ORDER BY name COLLATE nb, platform, account_id
    """,
            scope.parameters(months=False),
        ).fetchall()
    ]


@question("common")
def months_with_data(con: duckdb.DuckDBPyConnection) -> tuple[date, date] | None:
    """The first and the last month with anything in it; None when nothing is imported."""
    row = con.execute("SELECT min(month), max(month) FROM coverage").fetchone()
    return (row[0], row[1]) if row and row[0] else None


@question("common")
def measured_day(con: duckdb.DuckDBPyConnection) -> date:
    """The day that the figures are for, in Norway: that of the newest export."""
    row = con.execute("SELECT day FROM measured_on").fetchone()
    assert row is not None
    day: date = row[0]
    return day


@question("common")
def targets(con: duckdb.DuckDBPyConnection, on: date) -> dict[str, Target]:
    """The targets in force on a day, by metric.

    A newer line takes an older one's place; where it has ended there is no target.
    """
    rows = con.execute(
        """
        FROM (
            SELECT metric, value, unit, coalesce(adopted_on <= $on, false) AS is_adopted, valid_to
            FROM targets WHERE valid_from <= $on
            QUALIFY row_number() OVER (PARTITION BY metric ORDER BY valid_from DESC) = 1
        )
        SELECT metric, value, unit, is_adopted WHERE coalesce(valid_to >= $on, true)
    """,
        {"on": on},
    ).fetchall()
    return {metric: Target(value, unit, adopted) for metric, value, unit, adopted in rows}


@question("register")
def register_problems(con: duckdb.DuckDBPyConnection) -> list[RegisterProblem]:
    """What could not be read in the register, in the order of its files."""
    return [
        RegisterProblem(*row)
        for row in con.execute(
            "SELECT file, line, column_name, problem FROM register_problems ORDER BY ALL"
        ).fetchall()
    ]
