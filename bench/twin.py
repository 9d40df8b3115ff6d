"""No time is bought with a wrong number: the warehouse against plain Python, before it counts."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from etl.build import current, warehouse_path
from tests import twin_metrics as twin

AT_A_TIME = 100_000  # rows: ten million dictionaries would not fit
NEEDED = """
SELECT answered_at, answered_how, reply_class, link_state, is_claimed_answered, is_mature,
    is_within_target
FROM items
"""
SAID = """
SELECT sum(numerator), sum(denominator), sum(needs_reply_numerator), sum(needs_reply_denominator)
FROM metric_response_rate
"""
KEPT = "SELECT sum(numerator), sum(denominator) FROM metric_answered_within_target"


def check(data: Path) -> None:
    """Raises SystemExit unless M4 and M5 of the warehouse are what plain Python counts."""
    pointer = current(data)
    if pointer is None:
        sys.exit(f"no warehouse in {data}")
    with duckdb.connect(str(warehouse_path(data, pointer)), read_only=True) as con:
        said = [*(con.execute(SAID).fetchone() or ()), *(con.execute(KEPT).fetchone() or ())]
        counted = _counted(con)
    if said != counted:
        sys.exit(f"the warehouse says {said}, plain Python counts {counted}")


def _counted(con: duckdb.DuckDBPyConnection) -> list[int]:
    totals = [0] * 6
    found = con.execute(NEEDED)
    names = [column[0] for column in found.description or ()]
    while rows := found.fetchmany(AT_A_TIME):
        items = [dict(zip(names, row, strict=True)) for row in rows]
        parts = (twin.rate_all(items), twin.rate_needs_reply(items), twin.within_target(items))
        totals = [total + n for total, n in zip(totals, sum(parts, ()), strict=True)]
    return totals
