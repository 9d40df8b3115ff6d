"""First reading of comments: rules and our own word list, all of it in DuckDB.

The numbered .sql files are the steps. `words.csv` (what tips the tone) and
`cues.csv` (what makes a question, a case, sensitive information …) are data: a
municipality may edit them. Everything is a machine's suggestion; a person's
decision is kept elsewhere and always wins.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
STEPS = sorted(HERE.glob("[0-9]*.sql"))


@cache
def model_version() -> str:
    """Changes when a rule or a word changes: texts read by another version are read again."""
    digest = hashlib.sha256()
    for path in [*STEPS, HERE / "words.csv", HERE / "cues.csv"]:
        digest.update(path.read_bytes())
    return f"regler-{digest.hexdigest()[:8]}"


def analyse(con: duckdb.DuckDBPyConnection, texts_table: str, result_table: str) -> None:
    """Reads texts_table(text_hash, text), distinct masked texts, and makes result_table.

    One row per text: text_hash, language ('nb' 'nn' 'en' 'other'), tone ('negative' 'neutral'
    'positive' 'unclear'), negative_score (0-1), tone_best (the most probable of the three),
    tone_words (the few that tipped it, comma separated), is_question, claims_error,
    is_case_enquiry, is_sensitive, needs_reply, asks_for_service, is_spam, content_kind ('text'
    'tag_only' 'emoji_only' 'empty'), model_version. reply_class.sql makes
    the class of it (M2). The result is a temporary table; flags never depend on tone.
    Raises duckdb.Error when a pattern in cues.csv is not valid RE2.
    """
    con.execute("SET VARIABLE reading_version = $1", [model_version()])
    for name in ("words", "cues"):
        con.execute(f"SET VARIABLE {name}_file = $1", [str(HERE / f"{name}.csv")])
    con.execute(f"CREATE OR REPLACE TEMP VIEW reading_texts AS SELECT * FROM {texts_table}")
    for step in STEPS:
        con.execute(step.read_text(encoding="utf-8"))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {result_table} AS SELECT * FROM reading_result")
    con.execute("DROP VIEW reading_result; DROP VIEW reading_texts")
    for table in (
        "numbered",
        "plain",
        "tokens",
        "hits",
        "flags",
        "tone",
        "cues",
        "words",
        "vocabulary",
    ):
        con.execute(f"DROP TABLE IF EXISTS reading_{table}")
