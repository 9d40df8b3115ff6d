"""What a figure means: the comment on its view, in Norwegian bokmål."""

from __future__ import annotations

import duckdb


def definition(con: duckdb.DuckDBPyConnection, metric: str) -> str:
    """The definition of a metric (`response_rate`); KeyError when there is no such view."""
    raise NotImplementedError


def definitions(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Every metric's definition by name."""
    raise NotImplementedError
