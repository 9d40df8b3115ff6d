"""Makes what the figures are read from, inside a new warehouse. A file in the folder is a metric.

`tables/*.sql` prepares tables (counts per month, the as-of time, one line per unit); `*.sql` beside
this module are the metric views over them, and `OVER_VIEWS` sums of the metrics. `{{waiting}}` in
them is the population of that name (`populations.py`).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from svarvakt.metrics.populations import filled

FOLDER = Path(__file__).parent
# In this order: each may use the ones before it. Metric views may use all of them.
TABLES = (
    "measured_on",
    "unit_versions",
    "current_units",
    "units_below",
    "measured_items",
    "open_items",
    "queue_days",
    "queue_periods",
    "queue_weeks",
    "queue_months",
    "measured_times",
    "time_counts",
    "follow_ups",
    "case_months",
    "item_months",
    "moderation_months",
    "month_counts",
    "margin_months",
    "random_checks",
    "agent_months",
    "account_days",
    "shared_posts",
    "collected_months",
    "covered_months",
    "watched_weeks",
)


OVER_VIEWS = ("response_months", "rule_months")  # what is summed from the metrics themselves


def metric_files() -> list[Path]:
    """Every metric's SQL file, alphabetical; the order does not matter."""
    return sorted(FOLDER.glob("*.sql"))


def create_views(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Prepares, or prepares anew, tables, metric views and the sums; returns the metrics' names."""
    tables = [FOLDER / "tables" / f"{name}.sql" for name in TABLES]
    sums = [FOLDER / "tables" / f"{name}.sql" for name in OVER_VIEWS]
    for path in [*tables, *metric_files(), *sums]:
        con.execute(filled(path.read_text(encoding="utf-8")))
    return [path.stem for path in metric_files()]
