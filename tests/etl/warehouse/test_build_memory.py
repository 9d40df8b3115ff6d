"""The build keeps within its memory, and never takes more than the machine gives."""

from __future__ import annotations

import duckdb
import pytest

from etl.warehouse.build import LEAST_MEMORY, MOST_MEMORY, bound_memory


def allowed(con: duckdb.DuckDBPyConnection) -> int:
    """Bytes; DuckDB tells them to a tenth of their unit."""
    query = "SELECT parse_formatted_bytes(current_setting('memory_limit'))"
    (found,) = con.execute(query).fetchone() or (0,)
    return int(found)


@pytest.mark.parametrize(
    ("lake_bytes", "expected"),
    [(0, LEAST_MEMORY), (125_000_000, LEAST_MEMORY + 1_000_000_000), (10**12, MOST_MEMORY)],
)
def test_memory_grows_with_the_lake_up_to_a_bound(lake_bytes: int, expected: int) -> None:
    with duckdb.connect() as con:
        con.execute("SET memory_limit = '64GB'")
        bound_memory(con, lake_bytes)
        assert allowed(con) == pytest.approx(expected, rel=0.08)


def test_a_small_machine_is_not_asked_for_more_than_it_has() -> None:
    with duckdb.connect() as con:
        con.execute("SET memory_limit = '300MB'")
        bound_memory(con, 10**12)
        assert allowed(con) == pytest.approx(300_000_000, rel=0.08)
