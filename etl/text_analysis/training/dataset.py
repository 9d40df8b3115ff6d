"""Labelled texts as the rows that a model is fitted on, read by the analysis' own SQL."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from etl import text_analysis
from etl.pseudonymization import sql
from etl.text_analysis import weights as models
from etl.text_analysis.training.logistic_regression import Array, IntArray, Rows

LABELS = Path(__file__).parents[1] / "labels"
TONES = ("negative", "neutral", "positive")
# Chosen by cross-validation: how much a word and a feature may move a text.
GRAM_SCALE = 0.1
FEATURE_SCALE = 0.3
HARD = "contrast"  # tags comments that were written to be hard to tell, with or without need


@dataclasses.dataclass(frozen=True)
class Reading:
    """What the analysis found in some texts: features (texts, names), and each gram's cells."""

    names: Sequence[str]
    features: Array
    grams: Sequence[str]
    rarity: Array
    at_row: IntArray
    at_gram: IntArray
    values: Array

    def rows(self, keep: NDArray[np.bool_] | None = None) -> tuple[Rows, Scale]:
        """The matrix to fit on: features brought to the same spread, grams by their rarity.

        `keep` marks the grams that are used. The scale turns fitted weights back.
        """
        used = np.ones(len(self.grams), bool) if keep is None else keep
        place = np.cumsum(used) - 1
        kept = used[self.at_gram]
        spread = self.features.std(axis=0) + 1e-6
        scale = Scale(
            self.features.mean(axis=0),
            spread / FEATURE_SCALE,
            GRAM_SCALE * self.rarity[used],
            [gram for gram, is_used in zip(self.grams, used, strict=True) if is_used],
        )
        dense = (self.features - scale.mean) / scale.spread
        columns = place[self.at_gram[kept]]
        values = self.values[kept] * scale.grams[columns]
        return Rows(dense, self.at_row[kept], columns, values, int(used.sum())), scale


@dataclasses.dataclass(frozen=True)
class Scale:
    """How the columns were scaled: weights divided by it are weights of the plain values."""

    mean: Array
    spread: Array
    grams: Array
    names: Sequence[str]

    def plain(self, weights: Array) -> tuple[Array, Array, Array]:
        """(bias, features, grams) of weights fitted on scaled rows, per class."""
        split = 1 + len(self.mean)
        features = weights[1:split] / self.spread[:, None]
        bias = weights[0] - (self.mean[:, None] * features).sum(axis=0)
        return bias, features, weights[split:] * self.grams[:, None]


def labelled(path: Path) -> list[dict[str, Any]]:
    """The lines of a file of labelled texts."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def shipped_comments() -> list[dict[str, Any]]:
    """The labelled comments that come with the program."""
    return [one for path in sorted(LABELS.glob("*.jsonl")) for one in labelled(path)]


def masked(con: duckdb.DuckDBPyConnection, texts: Sequence[str]) -> None:
    """Makes the table texts (text_hash, text), masked as at the import; the hash is the number."""
    con.execute(sql("masking"))
    con.execute(
        "CREATE OR REPLACE TEMP TABLE texts AS SELECT n::VARCHAR AS text_hash, "
        "mask_tags(mask_text(text), []::VARCHAR[]) AS text "
        "FROM (SELECT unnest($1) AS text, unnest(range(len($1))) AS n)",
        [list(texts)],
    )


def read(
    texts: Sequence[str], with_base: bool, at_least: int, own_words: Path | None = None
) -> Reading:
    """Features and grams of each text. Grams that fewer than `at_least` texts hold are left out.

    With the base its two scores are features too, as the head has them. A gram's value is how
    often it is said, over the root of the text's length.
    """
    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false")
    masked(con, texts)
    head = models.shipped("base") if with_base else None
    text_analysis.prepare(con, head, own_words)
    con.execute(NUMBERED)
    text_analysis.run_steps(con, "20", "50")
    names = text_analysis.feature_names(con)
    if head is not None:
        models.set_variables(con, head, names)
        text_analysis.run_steps(con, "55", "55")
        names += ["base_bad", "base_good"]
    found = con.execute(FEATURES if head is None else WITH_BASE).fetchnumpy()
    con.execute(f"SET VARIABLE at_least = {at_least}")
    con.execute(GRAMS)
    cells = con.execute("SELECT n, place, value FROM cells ORDER BY n, place").fetchnumpy()
    grams = con.execute("SELECT gram, rarity FROM kept ORDER BY place").fetchall()
    return Reading(
        names,
        np.column_stack([np.asarray(found[name], float) for name in names]),
        [gram for gram, _ in grams],
        np.array([rarity for _, rarity in grams]),
        np.asarray(cells["n"], np.int64),
        np.asarray(cells["place"], np.int64),
        np.asarray(cells["value"], float),
    )


NUMBERED = """
CREATE TEMP TABLE reading_numbered AS SELECT text_hash::INTEGER AS n, text_hash, text FROM texts
"""
FEATURES = "SELECT * FROM reading_features ORDER BY n"
WITH_BASE = """
SELECT f.*, base_bad, base_good
FROM reading_features AS f JOIN reading_tone USING (n) ORDER BY n
"""
# The rarer a gram, the more it says: the weight is that of inverse document frequency.
GRAMS = """
CREATE OR REPLACE TEMP TABLE said AS
WITH grams AS (
    SELECT n, unnest(grams_of(left(token, 40))) AS gram FROM reading_tokens WHERE token <> ''
    UNION ALL
    SELECT n, token || ' ' || next_token FROM reading_tokens WHERE next_token IS NOT NULL
)
SELECT n, gram, count(*) AS times FROM grams GROUP BY n, gram;
CREATE OR REPLACE TEMP TABLE kept AS
SELECT gram, row_number() OVER (ORDER BY gram) - 1 AS place,
    1 + ln((1 + (SELECT count(*) FROM reading_numbered)) / (1 + count(*))) AS rarity
FROM said GROUP BY gram HAVING count(*) >= getvariable('at_least');
CREATE OR REPLACE TEMP TABLE cells AS
SELECT n, place, times / sqrt(words + 2) AS value
FROM said JOIN kept USING (gram) JOIN reading_flags USING (n)
"""


def tone_labels(labelled_texts: Sequence[dict[str, Any]]) -> IntArray:
    """The place of each text's label in TONES."""
    return np.array([TONES.index(one.get("sentiment", one.get("label"))) for one in labelled_texts])


def against_neutral(weights: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
    """(bias, features, grams) for negative and positive, neutral's taken off."""
    bias, features, grams = (part - part[..., 1:2] for part in weights)
    return bias[[0, 2]], features[:, [0, 2]], grams[:, [0, 2]]


def named(names: Sequence[str], weights: Array, decimals: int) -> dict[str, tuple[float, float]]:
    """Weights by name, rounded; what rounds to nothing is left out."""
    rounded = np.round(weights, decimals).tolist()
    return {
        name: (pair[0], pair[1]) for name, pair in zip(names, rounded, strict=True) if any(pair)
    }
