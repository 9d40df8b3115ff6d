"""`python3 start.py soak spark`: another engine reads the lake and gets the figures we show.

Spark works out who was answered from the Parquet files alone; DuckDB's warehouse says the same of
every unit, platform and month. Spark is fetched (400 MB, requirements-soak.txt) into an environment
of its own, `.venv-soak`, the first time.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from etl.demo import write_demo
from etl.pipeline import load
from svarvakt import settings, warehouse

VENV = settings.PROJECT / ".venv-soak"
WANTED = settings.PROJECT / "requirements-soak.txt"
RATES = Path(__file__).with_name("rates.py")
NO_JAVA = "skipped: Java 17 or newer is missing (Debian: apt-get install openjdk-17-jre-headless)"
NOT_FETCHED = "skipped: pyspark could not be fetched; see above"
COUNTED = """
SELECT unit_id, platform, month::VARCHAR AS month, count(*) AS received,
    count(*) FILTER (reply_class = 'none') AS class_none,
    count(*) FILTER (reply_class <> 'none' AND link_state <> 'linked') AS cannot_link,
    count(*) FILTER (reply_class <> 'none' AND link_state = 'linked') AS counted,
    count(*) FILTER (reply_class <> 'none' AND link_state = 'linked' AND answered_at IS NOT NULL)
        AS answered,
    count(*) FILTER (reply_class IN ('must', 'unclear') AND link_state = 'linked') AS needing,
    count(*) FILTER (reply_class IN ('must', 'unclear') AND link_state = 'linked'
        AND answered_at IS NOT NULL) AS needing_answered
FROM items GROUP BY ALL
"""
# Months in which every item is past its due time: there the counts are those of M4 on the page.
SHOWN = """
SELECT unit_id, platform, month::VARCHAR AS month, sum(numerator)::BIGINT AS answered,
    sum(denominator)::BIGINT AS counted, sum(needs_reply_numerator)::BIGINT AS needing_answered,
    sum(needs_reply_denominator)::BIGINT AS needing
FROM metric_response_rate GROUP BY ALL HAVING sum(not_due) = 0 AND sum(claimed) = 0
"""

Counts = dict[tuple[Any, ...], dict[str, int]]


def python_of_spark() -> Path | None:
    """The Python of the environment with pyspark, where it has been fetched."""
    found = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    has_it = found.exists() and any(VENV.glob("**/site-packages/pyspark/version.py"))
    return found if has_it else None


def fetch_spark() -> Path | None:
    """The same, fetched first where it is not there; None when that failed."""
    if (known := python_of_spark()) is not None:
        return known
    print("fetching pyspark into .venv-soak; this takes some minutes", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in (
        [sys.executable, "-m", "venv", str(VENV)],
        [*pip, "--require-hashes", "-r", str(WANTED)],
    ):
        if subprocess.run(command, check=False).returncode:
            return None
    return python_of_spark()


def by_spark(python: Path, data: Path) -> Counts:
    """What Spark makes of the lake of a data folder."""
    done = subprocess.run(
        [str(python), str(RATES), str(data)], check=True, capture_output=True, encoding="utf-8"
    )
    return _by_key(json.loads(done.stdout))


def by_warehouse(data: Path, query: str) -> Counts:
    """What the published warehouse says, by unit, platform and month."""
    pointer = warehouse.current(data)
    assert pointer is not None, f"no figures in {data}"
    with duckdb.connect(str(warehouse.warehouse_path(data, pointer)), read_only=True) as con:
        found = con.execute(query)
        names = [column[0] for column in found.description or ()]
        return _by_key([dict(zip(names, row, strict=True)) for row in found.fetchall()])


def _by_key(rows: list[dict[str, Any]]) -> Counts:
    key = ("unit_id", "platform", "month")
    return {
        tuple(row[name] for name in key): {k: int(n) for k, n in row.items() if k not in key}
        for row in rows
    }


def differences(found: Counts, data: Path) -> list[str]:
    """Every line in which the two disagree; empty = they do not."""
    counted, shown = by_warehouse(data, COUNTED), by_warehouse(data, SHOWN)
    said = [
        f"{key}: Spark {found.get(key)}, warehouse {counted.get(key)}"
        for key in sorted({*found, *counted}, key=str)
        if found.get(key) != counted.get(key)
    ]
    said += [
        f"{key}: M4 {figures}, Spark {found.get(key)}"
        for key, figures in shown.items()
        if not figures.items() <= found.get(key, {}).items()
    ]
    return said if shown else [*said, "no month is past its due time: nothing was compared with M4"]


def _demonstration(data: Path) -> Path:
    write_demo(data, 4000, 15, 1, lambda _part, _what: None)
    load([data / "exports"], data=data)
    return data


def main() -> int:
    parser = argparse.ArgumentParser(prog="start.py soak spark", description=__doc__)
    parser.add_argument("--data", type=Path, help="a data folder; else the demonstration is made")
    options = parser.parse_args()
    if shutil.which("java") is None:
        print(NO_JAVA)
        return 0
    python = fetch_spark()
    if python is None:
        print(NOT_FETCHED)
        return 0
    with tempfile.TemporaryDirectory() as place:
        data = options.data or _demonstration(Path(place))
        started = time.monotonic()
        found = by_spark(python, data)
        seconds = time.monotonic() - started
        wrong = differences(found, data)
    total = {name: sum(each[name] for each in found.values()) for name in ("received", "answered")}
    received, answered = total.values()
    print(f"{len(found)} units and months, {received} enquiries, {answered} answered")
    print(f"Spark took {seconds:.0f} s; {len(wrong)} differences from the warehouse")
    print("\n".join(f"DIFFERS {each}" for each in wrong[:20]))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
