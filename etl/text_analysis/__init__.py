"""The reading of comments: rules and our own word list in DuckDB, and two small linear models.

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

from etl.text_analysis import weights
from etl.text_analysis.weights import Model

HERE = Path(__file__).parent
STEPS = sorted(HERE.glob("[0-9]*.sql"))
REPLY_CLASS = HERE / "reply_class.sql"
AT_A_TIME = 2 * 122_880  # texts in memory together; DuckDB hands cores 122,880 rows each
TABLES = (
    *("numbered", "plain", "tokens", "hits", "flags", "tone", "cues", "words", "vocabulary"),
    *("weights", "word_scores", "pair_scores", "grams", "features", "all"),
)
NO_WORDS = HERE / "no_words.csv"


@cache
def rules_version() -> str:
    """Changes when a rule, a shipped word or the base model changes."""
    digest = hashlib.sha256()
    for path in [*STEPS, HERE / "words.csv", HERE / "cues.csv", *sorted(weights.FOLDER.glob("*"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def model_version(head: Model | None = None, own_words: Path | None = None) -> str:
    """Texts read by another version are read again: rules, words and models are all in it."""
    head = head or weights.shipped("head")
    digest = head.digest.copy()
    digest.update(own_words.read_bytes() if own_words and own_words.is_file() else b"")
    return f"{head.version}-{rules_version()}-{digest.hexdigest()[:8]}"


def analyse(
    con: duckdb.DuckDBPyConnection,
    texts_table: str,
    result_table: str,
    head: Model | None = None,
    own_words: Path | None = None,
) -> None:
    """Reads texts_table(text_hash, text), distinct masked texts, and makes result_table.

    One row per text: text_hash, language ('nb' 'nn' 'en' 'other'), tone ('negative' 'neutral'
    'positive' 'unclear'), negative_score and positive_score (0-1), tone_best (the most probable
    of the three), tone_words (the lines of the word list that tipped it, comma separated),
    is_question, claims_error, is_case_enquiry, is_sensitive, needs_reply, asks_for_service,
    is_spam, content_kind ('text' 'tag_only' 'emoji_only' 'empty'), model_version. reply_class.sql
    makes the class of it (M2). `head` is a model fitted here, else the shipped one; `own_words` a
    list of the municipality's own that lies over words.csv. The result is a temporary table;
    flags never depend on tone. Raises duckdb.Error when a pattern in cues.csv is not valid RE2.
    """
    head = head or weights.shipped("head")
    con.execute("SET VARIABLE reading_version = $1", [model_version(head, own_words)])
    prepare(con, head, own_words)
    con.execute(f"CREATE OR REPLACE TEMP TABLE reading_all AS {NUMBERED.format(texts_table)}")
    row = con.execute("SELECT count(*) FROM reading_all").fetchone()
    for first in range(0, max(row[0] if row else 0, 1), AT_A_TIME):
        con.execute(BATCH.format(first, first + AT_A_TIME))
        _read_batch(con, head)
        opening = "INSERT INTO {} BY NAME" if first else "CREATE OR REPLACE TEMP TABLE {} AS"
        con.execute(f"{opening.format(result_table)} SELECT * FROM reading_result")
    forget(con)


# Numbered apart: counting rows keeps a query to one core.
NUMBERED = "SELECT row_number() OVER ()::INTEGER AS n, text_hash, text FROM {}"
BATCH = """
CREATE OR REPLACE TEMP TABLE reading_numbered AS FROM reading_all WHERE n > {} AND n <= {}
"""


def prepare(
    con: duckdb.DuckDBPyConnection, head: Model | None = None, own_words: Path | None = None
) -> None:
    """Loads the lists and the weights; without a head there are no weights."""
    for name in ("words", "cues"):
        con.execute(f"SET VARIABLE {name}_file = $1", [str(HERE / f"{name}.csv")])
    has_own = own_words is not None and own_words.is_file()
    con.execute("SET VARIABLE own_words_file = $1", [str(own_words if has_own else NO_WORDS)])
    con.execute(STEPS[0].read_text(encoding="utf-8"))
    weights.load_weights(con, head)


def run_steps(con: duckdb.DuckDBPyConnection, first: str, last: str) -> None:
    """Runs the steps whose numbers lie from `first` to `last` on reading_numbered."""
    for step in STEPS:
        if first <= step.name[:2] <= last:
            con.execute(step.read_text(encoding="utf-8"))


def forget(con: duckdb.DuckDBPyConnection) -> None:
    """Leaves nothing behind in the database but the result."""
    con.execute("DROP VIEW IF EXISTS reading_result")
    for table in TABLES:
        con.execute(f"DROP TABLE IF EXISTS reading_{table}")


def _read_batch(con: duckdb.DuckDBPyConnection, head: Model) -> None:
    run_steps(con, "20", "50")
    weights.set_variables(con, head, feature_names(con))
    run_steps(con, "55", "60")


def feature_names(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The columns that the models weigh, in order."""
    described = con.execute("SELECT * EXCLUDE (n) FROM reading_features LIMIT 0").description
    return [column[0] for column in described or ()]
