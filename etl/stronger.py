"""«Sterkere lesing»: a second reader of the texts that the head is unsure of. Off by default.

What it says lies in data/stronger/, by a keyed hash of the text and the name of the model: no
text, no item, no writer. A build averages it with the head's probabilities and runs no model
itself; reading is a job of its own. Switched off, the folder is gone and the next build is as if
it had never been.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

import settings
from etl import analysis, lake
from etl.analysis import second_readers
from etl.analysis.second_readers import AT_A_TIME, Reader

UNSURE_BELOW = 0.7  # the probability of the head's best tone; about a third of the texts
WEIGHT = 0.5  # of the second reader (cross-validation over the labels)
FOLDER = "stronger"
SAMPLE = 16  # texts read to tell what all of them cost
Progress = Callable[[float], None]


class Cost(NamedTuple):
    """What is left to read."""

    texts: int
    seconds: float


def source(data: Path) -> str | None:
    """What reads here beside the head; None = nothing."""
    path = data / FOLDER / "source.json"
    if not path.is_file():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    return str(found["source"])


def switch_on(data: Path, wanted: str) -> None:
    """Remembers the source. Raises second_readers.Unavailable when it cannot be used here."""
    name = second_readers.reader(wanted).name
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps({"source": wanted, "name": name})
    (folder / "source.json").write_text(text, encoding="utf-8")


def switch_off(data: Path) -> None:
    """Leaves no trace: what was read is gone with the switch."""
    shutil.rmtree(data / FOLDER, ignore_errors=True)


def state(data: Path) -> str:
    """Changes with what a build would find; empty when switched off."""
    if source(data) is None:
        return ""
    path = _readings(data)
    return f"+{_name(data)}-{path.stat().st_mtime_ns if path.is_file() else 0:x}"


def cost(data: Path) -> Cost:
    """How many texts are left, and how many seconds they take: told before it starts.

    Measured on a few of them; what the model has to read first each time is counted in.
    """
    left = _unread(data)
    if not left:
        return Cost(0, 0.0)
    reader = second_readers.reader(source(data) or "")
    some = [text for _, text in left[:SAMPLE]]
    reader.try_out(some[:1])
    before = time.perf_counter()
    reader.try_out(some)
    return Cost(len(left), (time.perf_counter() - before) / len(some) * (len(left) + reader.prior))


def run(data: Path, progress: Progress = lambda _: None) -> int:
    """Reads what is left, and stores it batch by batch. Returns how many texts were read."""
    left = _unread(data)
    reader = second_readers.reader(source(data) or "") if left else None
    for first in range(0, len(left), AT_A_TIME):
        assert reader is not None
        _store(data, reader, left[first : first + AT_A_TIME])
        progress(min(1.0, (first + AT_A_TIME) / len(left)))
    return len(left)


def average(con: duckdb.DuckDBPyConnection, data: Path, texts: str, result: str) -> None:
    """Puts the mean of both into `result` where the second reader has read. Needs macro keyed.

    The stored readings of texts that are no longer there go.
    """
    path = _readings(data)
    if source(data) is None or not path.is_file():
        return
    con.execute(SECOND.format(texts=texts), [str(path)])
    con.execute(AVERAGE.format(result=result, weight=WEIGHT, name=_name(data)))
    row = con.execute(LOST, [str(path)]).fetchone()
    if row and row[0]:
        con.execute(f"COPY (SELECT * EXCLUDE (text_hash) FROM second) TO '{path}' (FORMAT parquet)")
    con.execute("DROP TABLE second")


KEY = "keyed('stronger', text)"
SECOND = f"""
CREATE OR REPLACE TEMP TABLE second AS
SELECT text_hash, found.* FROM {{texts}} JOIN read_parquet($1) AS found ON key = {KEY}
"""
LOST = "SELECT count(*) FROM read_parquet($1) ANTI JOIN second USING (key)"
# As 60_result.sql: which tone is most probable, and the band that is called unsure. Words that
# tipped another tone are no reason for this one.
AVERAGE = """
CREATE OR REPLACE TEMP TABLE averaged AS
WITH mean AS (
    SELECT text_hash,
        round((1 - {weight}) * r.negative_score + {weight} * s.negative, 4) AS negative,
        round((1 - {weight}) * r.positive_score + {weight} * s.positive, 4) AS positive
    FROM {result} AS r JOIN second AS s USING (text_hash)
)
SELECT *, CASE WHEN negative >= positive AND negative >= 1 - negative - positive THEN 'negative'
    WHEN positive >= 1 - negative - positive THEN 'positive' ELSE 'neutral' END AS best
FROM mean;
UPDATE {result} AS r SET negative_score = negative, positive_score = positive,
    tone_words = CASE WHEN tone_best = best THEN tone_words END, tone_best = best,
    tone = CASE WHEN negative >= 0.18 AND negative < 0.6 THEN 'unclear' ELSE best END,
    model_version = model_version || '+{name}'
FROM averaged WHERE averaged.text_hash = r.text_hash;
DROP TABLE averaged
"""


def _name(data: Path) -> str:
    path = data / FOLDER / "source.json"
    return str(json.loads(path.read_text(encoding="utf-8"))["name"])


def _readings(data: Path) -> Path:
    return data / FOLDER / f"{_name(data)}.parquet" if source(data) else data / FOLDER


def _unread(data: Path) -> list[tuple[str, str]]:
    """(key, text) of the texts that the head is unsure of and the second reader has not read."""
    from etl import build, reading

    pointer = build.current(data)
    if source(data) is None or pointer is None:
        return []
    path = _readings(data)
    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false")
    con.execute((Path(__file__).parent / "keys.sql").read_text(encoding="utf-8"))
    con.execute(f"SET VARIABLE secret = '{lake.secret(data)}'")
    con.execute(f"ATTACH '{build.warehouse_path(data, pointer)}' AS shown (READ_ONLY)")
    con.execute(f"CREATE TEMP TABLE texts AS {TEXTS}")
    head, words = reading.head_in_use(data), reading.own_words(data)
    analysis.analyse(con, "texts", "found", head, words)
    known = f"SELECT key FROM read_parquet('{path}')" if path.is_file() else "SELECT ''"
    return con.execute(UNSURE.format(known), [UNSURE_BELOW]).fetchall()


TEXTS = f"""
SELECT DISTINCT {KEY} AS text_hash, text FROM shown.items WHERE text IS NOT NULL
"""
UNSURE = """
SELECT text_hash, text FROM found JOIN texts USING (text_hash)
WHERE content_kind = 'text' AND text_hash NOT IN ({})
    AND greatest(negative_score, positive_score, 1 - negative_score - positive_score) < $1
ORDER BY text_hash
"""


def _store(data: Path, reader: Reader, texts: list[tuple[str, str]]) -> None:
    chances = reader.chances([text for _, text in texts])
    path, con = _readings(data), duckdb.connect()
    con.execute(
        "CREATE TABLE new AS SELECT unnest($1) AS key, unnest($2) AS negative, "
        "unnest($3) AS positive",
        [[key for key, _ in texts], chances[:, 0].tolist(), chances[:, 2].tolist()],
    )
    if path.is_file():
        con.execute("INSERT INTO new FROM read_parquet($1)", [str(path)])
    aside = path.with_suffix(".new")
    con.execute(f"COPY new TO '{aside}' (FORMAT parquet)")
    aside.chmod(0o600)
    aside.replace(path)


def main(arguments: Sequence[str]) -> None:
    """python -m etl.stronger on [SOURCE] | off | cost | run, for the folder SVARVAKT_DATA."""
    data = settings.data_dir()
    match arguments:
        case ["on", *rest]:
            switch_on(data, rest[0] if rest else second_readers.PACKAGE)
        case ["off"]:
            switch_off(data)
        case ["cost"]:
            left = cost(data)
            sys.stdout.write(f"{left.texts} tekster, om lag {left.seconds:.0f} sekunder\n")
        case ["run"]:
            sys.stdout.write(f"{run(data)} tekster er lest. Kjør python -m etl build.\n")
        case _:
            sys.exit(main.__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
