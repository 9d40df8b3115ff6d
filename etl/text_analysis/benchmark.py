"""How fast comments are read: python -m etl.text_analysis.benchmark FILE.parquet [--rules-only]

FILE has the columns text_hash and text. Prints processor seconds, wall seconds and rows.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb

from etl import text_analysis


def measure_reading(
    con: duckdb.DuckDBPyConnection, texts: str, rules_only: bool = False
) -> dict[str, float]:
    """Reads the table `texts` (text_hash, text): `rows`, `cpu` and `wall` seconds.

    `rules_only`: common form, patterns and word list, without the learned models.
    """
    cpu, wall = time.process_time(), time.perf_counter()
    if rules_only:
        text_analysis.prepare(con)
        con.execute(f"CREATE TEMP TABLE reading_all AS {text_analysis.NUMBERED.format(texts)}")
    else:
        text_analysis.analyse(con, texts, "reading_measured")
    row = con.execute(f"SELECT count(*) FROM {texts}").fetchone()
    rows = row[0] if row else 0
    if rules_only:
        for first in range(0, rows, text_analysis.AT_A_TIME):
            con.execute(text_analysis.BATCH.format(first, first + text_analysis.AT_A_TIME))
            text_analysis.run_steps(con, "20", "40")
        text_analysis.forget(con)
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
