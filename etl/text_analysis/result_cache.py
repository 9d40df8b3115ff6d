"""The reading of a data folder: its own model and words, and only texts that nobody read before.

What was read lies in data/reading/, by a keyed hash of the text and the version that read it: no
text, no item, no writer. It holds exactly the texts that the lake holds, so what is erased or too
old leaves it with the next build. Removing the folder costs time and nothing else.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from etl import text_analysis
from etl.text_analysis.weights import Model
from svarvakt import decisions
from svarvakt.decisions.model_versions import reading_models

OWN_WORDS = "words.csv"


def active_model(data: Path) -> Model | None:
    """The model that was fitted here and is in force; None = the shipped one."""
    if not decisions.is_used(data):
        return None
    lines = reading_models(decisions.open_store(data))
    weights = lines[-1].weights if lines else None
    return Model.from_json(weights) if weights else None


def own_words(data: Path) -> Path:
    """The municipality's own words (stem,weight,language,kind); the file need not exist."""
    return data / "register" / OWN_WORDS


def active_version(data: Path) -> str:
    """What reads comments now: rules, words and model together."""
    return text_analysis.model_version(active_model(data), own_words(data))


def classify_texts(
    con: duckdb.DuckDBPyConnection, data: Path, texts_table: str, result_table: str
) -> int:
    """Makes result_table of texts_table(text_hash, text) as `analysis.analyse` does.

    Returns how many texts were read anew. Needs the macro keyed and its variable secret.
    """
    head, words = active_model(data), own_words(data)
    path = data / "reading" / f"{text_analysis.model_version(head, words)}.parquet"
    has_cache = _open_cache(con, path)
    con.execute(
        NEW_TEXTS.format(texts_table, "reading_known" if has_cache else "(SELECT '' AS key)")
    )
    row = con.execute("SELECT count(*) FROM reading_new").fetchone()
    new = int(row[0]) if row else 0
    if has_cache and not new:  # a decision or an edit of the register: nothing to read
        con.execute(f"CREATE OR REPLACE TEMP TABLE {result_table} AS {KNOWN.format(texts_table)}")
    else:
        text_analysis.analyse(con, "reading_new", result_table, head, words)
    if has_cache and new:
        known = KNOWN.format(texts_table)
        con.execute(f"INSERT INTO {result_table} BY NAME {known}")
    _save(con, path, result_table)
    con.execute("DROP TABLE reading_new; DROP TABLE IF EXISTS reading_known")
    return new


KEY = "keyed('reading', text_hash)"
NEW_TEXTS = f"""
CREATE OR REPLACE TEMP TABLE reading_new AS
SELECT text_hash, text FROM {{}} WHERE {KEY} NOT IN (SELECT key FROM {{}})
"""
KNOWN = f"""
SELECT texts.text_hash, reading_known.* EXCLUDE (key)
FROM {{}} AS texts JOIN reading_known ON key = {KEY}
"""


def _open_cache(con: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Makes reading_known; False where there is none, or it cannot be used: then all is read."""
    if not path.is_file():
        return False
    try:
        con.execute(
            "CREATE OR REPLACE TEMP TABLE reading_known AS FROM read_parquet($1)", [str(path)]
        )
    except duckdb.Error:
        return False
    return True


def _save(con: duckdb.DuckDBPyConnection, path: Path, result_table: str) -> None:
    """Replaces the cache by what the lake holds now, in one step; other versions go."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_name(f".{path.stem}-{os.getpid()}")
    query = f"SELECT {KEY} AS key, * EXCLUDE (text_hash) FROM {result_table}"
    con.execute(f"COPY ({query}) TO '{aside}' (FORMAT parquet)")
    aside.chmod(0o600)
    aside.replace(path)
    for old in path.parent.glob("*.parquet"):
        if old != path:
            old.unlink(missing_ok=True)
