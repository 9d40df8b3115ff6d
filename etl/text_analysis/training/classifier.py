"""Fits the head: the small model that knows comments and weighs what the base says of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.text_analysis.training import dataset
from etl.text_analysis.training.logistic_regression import Array, IntArray, balanced, fit, softmax
from etl.text_analysis.weights import Model

MIN_TEXTS = 2  # a word of one text alone would tell of that text
STRENGTH = 1.0
FOLDS = 5


def train(reading: dataset.Reading, labels: IntArray, name: str) -> Model:
    """The head of these texts. Its version is the name and a mark of what was fitted."""
    rows, scale = reading.rows()
    weights = fit(rows, labels, 3, STRENGTH, balanced(labels, 3))
    bias, features, grams = dataset.against_neutral(scale.plain(weights))
    parts = (
        tuple(round(float(one), 4) for one in bias),
        dataset.named(reading.names, features, 4),
        dataset.named(scale.names, grams, 4),
    )
    mark = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:6]
    return Model(f"{name}-{mark}", (parts[0][0], parts[0][1]), parts[1], parts[2])


def held_out(reading: dataset.Reading, labels: IntArray, seed: int = 1) -> Array:
    """Probabilities (texts, TONES) of each text by a head that has not seen it."""
    rows, _ = reading.rows()
    found = np.zeros((len(labels), 3))
    for test in folds(labels, seed):
        weights = fit(rows.only(~test), labels[~test], 3, STRENGTH, balanced(labels[~test], 3))
        found[test] = softmax(rows.only(test).times(weights[1:]) + weights[0])
    return found


def folds(labels: IntArray, seed: int) -> list[NDArray[np.bool_]]:
    """Marks each text once; every fold has its share of each label."""
    chance = np.random.default_rng(seed).random(len(labels))
    order = np.lexsort([chance, labels])
    number = np.empty(len(labels), int)
    number[order] = np.arange(len(labels)) % FOLDS
    return [number == one for one in range(FOLDS)]


def read(comments: Sequence[dict[str, Any]], own_words: Path | None = None) -> dataset.Reading:
    """The comments as the head sees them."""
    texts = [str(one["text"]) for one in comments]
    return dataset.read(texts, with_base=True, at_least=MIN_TEXTS, own_words=own_words)


def predicted_by(reading: dataset.Reading, labels: IntArray, known: NDArray[np.bool_]) -> Array:
    """Probabilities (texts, TONES) of every text by a head fitted on the known ones alone."""
    rows, _ = reading.rows()
    weights = fit(rows.only(known), labels[known], 3, STRENGTH, balanced(labels[known], 3))
    return softmax(rows.times(weights[1:]) + weights[0])
