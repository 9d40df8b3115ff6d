"""Makes what the figures are read from, inside a new warehouse. A file in the folder is a metric.

`metrics/tables/*.sql` prepares tables (counts per month, the as-of time, one line per unit);
`metrics/*.sql` are the metric views over them.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

FOLDER = Path(__file__).parent
# In this order: each may use the ones before it. Metric views may use all of them.
TABLES = (
    "measured_on",
    "unit_versions",
    "current_units",
    "units_below",
    "measured_items",
    "open_items",
    "item_months",
    "month_counts",
    "random_checks",
    "agent_months",
    "account_days",
    "collected_months",
    "covered_months",
    "watched_weeks",
)


def metric_files() -> list[Path]:
    """Every metric's SQL file, alphabetical; the order does not matter."""
    return sorted(FOLDER.glob("*.sql"))


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Prepares, or prepares anew, the tables that the metric views read."""
    for table in TABLES:
        con.execute((FOLDER / "tables" / f"{table}.sql").read_text(encoding="utf-8"))


def create_views(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Prepares the tables and creates the metric views; returns the metrics' names."""
    create_tables(con)
    for path in metric_files():
        con.execute(path.read_text(encoding="utf-8"))
    return [path.stem for path in metric_files()]
