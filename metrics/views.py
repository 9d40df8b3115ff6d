"""Makes the metric views inside a new warehouse. A file in the folder is a metric."""

from __future__ import annotations

from pathlib import Path

import duckdb

FOLDER = Path(__file__).parent
# In this order: each may use the ones before it. Metric views may use all of them.
HELPERS = ("measured_on", "measured_items", "current_units")


def metric_files() -> list[Path]:
    """Every metric's SQL file, alphabetical; the order does not matter."""
    return sorted(FOLDER.glob("*.sql"))


def create_views(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Creates the helper and metric views over the warehouse's tables; the metrics' names."""
    for helper in HELPERS:
        con.execute((FOLDER / "helpers" / f"{helper}.sql").read_text(encoding="utf-8"))
    for path in metric_files():
        con.execute(path.read_text(encoding="utf-8"))
    return [path.stem for path in metric_files()]
