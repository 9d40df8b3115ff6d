"""What a figure means: the comment on its view, in Norwegian bokmål."""

from __future__ import annotations

import duckdb

from svarvakt.metrics.question_registry import question

PREFIX = "metric_"


@question("common")
def definition(con: duckdb.DuckDBPyConnection, metric: str) -> str:
    """The definition of a metric (`response_rate`); KeyError when there is no such view."""
    return definitions(con)[metric]


@question("common")
def definitions(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Every metric's definition by name, in the page's language of origin."""
    rows = con.execute(
        "SELECT view_name, comment FROM duckdb_views() "
        "WHERE NOT internal AND starts_with(view_name, $prefix) ORDER BY view_name",
        {"prefix": PREFIX},
    ).fetchall()
    return {name.removeprefix(PREFIX): comment or "" for name, comment in rows}
