"""How fast comments are read: `python -m bench.reading --data FOLDER`.

Every different text of the folder's comments, read by rules and words alone and by all of it, each
in a process of its own (`etl.text_analysis.benchmark`), start excluded.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from bench import twin
from bench.loading import run
from bench.samples import Figures, ask

MILLION = 1_000_000
TEXTS = """
COPY (SELECT md5(text) AS text_hash, text FROM items WHERE text IS NOT NULL GROUP BY text)
TO '{}' (FORMAT parquet)
"""


def measure(data: Path) -> Figures:
    """Rows and seconds by what reads them; `for_a_million`: the seconds for so many texts.

    Raises SystemExit where a figure is not the twin's.
    """
    twin.check(data)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.parquet"
        with twin.connect(data) as con:
            con.execute(TEXTS.format(file))
        return {
            "rules_and_words": _seconds(file, "--rules-only"),
            "all_of_it": _seconds(file),
        }


def _seconds(file: Path, *options: str) -> Figures:
    done = run([sys.executable, "-m", "etl.text_analysis.benchmark", str(file), *options])
    found: Figures = json.loads(done.output)
    return found | {"for_a_million": round(found["wall"] * MILLION / found["rows"], 1)}


def main() -> None:
    ask("reading", measure)


if __name__ == "__main__":
    main()
