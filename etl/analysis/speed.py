"""How fast comments are read: python -m etl.analysis.speed FILE.parquet [--rules-only]

FILE has the columns text_hash and text. Prints processor seconds, wall seconds and rows.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb

from etl import analysis


def measure_reading(
    con: duckdb.DuckDBPyConnection, texts: str, rules_only: bool = False
) -> dict[str, float]:
    """Reads the table `texts` (text_hash, text): `rows`, `cpu` and `wall` seconds.

    `rules_only`: common form, patterns and word list, without the learned models.
    """
    cpu, wall = time.process_time(), time.perf_counter()
    if rules_only:
        analysis.prepare(con)
        con.execute(f"CREATE TEMP TABLE reading_all AS {analysis.NUMBERED.format(texts)}")
    else:
        analysis.analyse(con, texts, "reading_measured")
    row = con.execute(f"SELECT count(*) FROM {texts}").fetchone()
    rows = row[0] if row else 0
    if rules_only:
        for first in range(0, rows, analysis.AT_A_TIME):
            con.execute(analysis.BATCH.format(first, first + analysis.AT_A_TIME))
            analysis.run_steps(con, "20", "40")
        analysis.forget(con)
    return {
        "rows": rows,
        "cpu": round(time.process_time() - cpu, 2),
        "wall": round(time.perf_counter() - wall, 2),
    }


def main(path: Path, rules_only: bool) -> None:
    """Measures the texts of one Parquet file."""
    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false")
    con.execute(
        "CREATE TEMP TABLE texts AS SELECT text_hash, text FROM read_parquet($1)", [str(path)]
    )
    sys.stdout.write(json.dumps(measure_reading(con, "texts", rules_only)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--rules-only" in sys.argv)
