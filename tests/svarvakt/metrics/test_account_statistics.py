"""The platforms' own sums per account and day: from a file to the page, newest export first."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from etl.ingest.staging import ImportOverrides
from etl.pipeline import load
from svarvakt import warehouse as published
from svarvakt.metrics import Scope
from svarvakt.metrics.account_statistics import day_figures

OVERVIEW = 'sep=,\n"Facebook visits"\n"Date","Primary"\n'
MONTHS = Scope(date(2026, 3, 1), date(2026, 3, 1))


def overview(folder: Path, name: str, *values: int) -> Path:
    rows = "".join(
        f'"2026-03-{number:02}T01:00:00","{value}"\n' for number, value in enumerate(values, 1)
    )
    path = folder / name
    path.write_bytes(b"\xff\xfe" + (OVERVIEW + rows).encode("utf-16-le"))
    return path


@pytest.fixture
def warehouse(data_dir: Path, tmp_path: Path) -> duckdb.DuckDBPyConnection:
    for n, values in enumerate([(1, 2, 4), (1, 3)]):
        path = overview(tmp_path, f"Visits ({n}).csv", *values)
        said = ImportOverrides("facebook:fjordvik", datetime(2026, 4, 1 + n, tzinfo=UTC))
        load([path], answers={"": said}, data=data_dir)
    pointer = published.current(data_dir)
    assert pointer
    return duckdb.connect(str(published.warehouse_path(data_dir, pointer)), read_only=True)


def test_the_newest_export_decides_a_day_and_the_days_are_added(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    (row,) = day_figures(warehouse, MONTHS)
    assert (row.account_id, row.metric, row.value, row.days) == (
        "facebook:fjordvik",
        "visits",
        8,
        3,
    )


def test_an_account_with_figures_alone_is_an_account(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    found = warehouse.execute("SELECT account_id, as_of, comments_as_of FROM accounts").fetchall()
    assert [(row[0], row[2]) for row in found] == [("facebook:fjordvik", None)]
    assert found[0][1] is not None


def test_other_months_have_none(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert day_figures(warehouse, Scope(date(2026, 4, 1), date(2026, 4, 1))) == []
