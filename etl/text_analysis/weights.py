"""The learned models as plain numbers: the base from reviews, the head from labelled comments."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import duckdb

FOLDER = Path(__file__).parent / "models"
SIDES = ("negative", "positive")  # each compared with neutral, whose score is 0
Pair = tuple[float, float]


@dataclasses.dataclass(frozen=True)
class Model:
    """Weights for the two sides: of features by their column's name, and of grams.

    `version` names what it was fitted on; the base has its grams in files of their own.
    """

    version: str
    bias: Pair
    features: Mapping[str, Pair]
    grams: Mapping[str, Pair] = dataclasses.field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        # Not asdict: it copies every one of the weights.
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    @cached_property
    def digest(self) -> hashlib._Hash:
        """A hash over the whole model, to be copied before more goes into it."""
        return hashlib.sha256(json.dumps(self.as_json()).encode())

    @cached_property
    def grams_as_json(self) -> str:
        """The grams and their weights as three lists: the database takes one text sooner."""
        negative, positive = zip(*self.grams.values(), strict=True)
        return json.dumps({"gram": list(self.grams), "negative": negative, "positive": positive})

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Model:
        """Raises KeyError or TypeError when it is no such model."""
        return cls(str(found["version"]), found["bias"], found["features"], found.get("grams", {}))


@cache
def shipped(name: str) -> Model:
    """The model «base» or «head» that comes with the program."""
    return Model.from_json(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


@cache
def review_bias() -> float:
    """Where the line goes between what reads like a review and what does not."""
    found = json.loads((FOLDER / "base.json").read_text(encoding="utf-8"))
    return float(found["review_bias"])


def load_weights(con: duckdb.DuckDBPyConnection, head: Model | None) -> None:
    """Makes reading_weights (gram, model, negative, positive); without a head it is empty."""
    con.execute(EMPTY)
    if head is None:
        return
    con.execute(BASE, [str(FOLDER / "base_grams_*.csv")])
    if head.grams:
        con.execute(HEAD, [head.grams_as_json])


EMPTY = """
CREATE OR REPLACE TEMP TABLE reading_weights (
    gram VARCHAR, model VARCHAR, negative FLOAT, positive FLOAT)
"""
# Ten-thousandths, and nothing where it is 0: half the size of decimals. The files are ours: to look
# how they are written takes longer than to read them.
BASE = """
INSERT INTO reading_weights
WITH lines AS (
    FROM read_csv($1, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
        columns = {
        'gram': 'VARCHAR', 'negative': 'INTEGER', 'positive': 'INTEGER', 'review': 'INTEGER'})
)
SELECT gram, 'base', coalesce(negative, 0) / 10000, coalesce(positive, 0) / 10000 FROM lines
WHERE negative IS NOT NULL OR positive IS NOT NULL
UNION ALL
SELECT gram, 'review', review / 10000, 0 FROM lines WHERE review IS NOT NULL
"""
HEAD = """
INSERT INTO reading_weights
SELECT unnest(lists.gram), 'head', unnest(lists.negative), unnest(lists.positive)
FROM (SELECT from_json(
    $1, '{"gram": ["VARCHAR"], "negative": ["FLOAT"], "positive": ["FLOAT"]}') AS lists)
"""


def set_variables(con: duckdb.DuckDBPyConnection, head: Model, columns: Sequence[str]) -> None:
    """Hands 55_tone.sql the weights of the features, in the order of their columns."""
    con.execute("SET VARIABLE review_bias = $1::DOUBLE", [review_bias()])
    for name, model, wanted in (
        ("base", shipped("base"), columns),
        ("head", head, [*columns, "base_bad", "base_good"]),
    ):
        con.execute(
            f"SET VARIABLE {name}_bias = {{'negative': $1::DOUBLE, 'positive': $2::DOUBLE}}",
            list(model.bias),
        )
        for side, label in enumerate(SIDES):
            weights = [model.features.get(column, (0.0, 0.0))[side] for column in wanted]
            con.execute(f"SET VARIABLE {name}_{label} = $1::DOUBLE[]", [weights])
