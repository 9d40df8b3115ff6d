"""Fits the base model on labelled sentences of reviews.

`python -m etl.text_analysis.training.train_base FOLDER`

FOLDER holds norec_sentence_ternary_train.jsonl and norec_sentence_ternary_dev.jsonl (lines with
`text` and `label`). Writes models/base.json and base_grams_*.csv: weights only, no text, but for
the words that at least MIN_TEXTS sentences share. Afterwards fit the head again:
python -m etl.text_analysis.training.train_head
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from etl.text_analysis import weights as models
from etl.text_analysis.training import dataset
from etl.text_analysis.training.logistic_regression import Array, IntArray, balanced, fit

MIN_TEXTS = 3
GRAMS = 36_000  # the grams that weigh most are kept
LINES = 18_000  # of each file: no file of the project is large
STRENGTH = 0.3
REVIEW_STRENGTH = 3.0
BALANCE = 0.7  # of full balance: negative is rare in reviews, and was found too often
# A text goes to the base only when it reads like a review beyond doubt: comments are the task.
REVIEW_SHIFT, REVIEW_STEEPNESS = 1.0, 2.0


def main(folder: Path) -> None:
    """Fits, writes the files, and says how well it reads the sentences it has not seen."""
    sentences = dataset.labelled(folder / "norec_sentence_ternary_train.jsonl")
    comments = dataset.shipped_comments()
    texts = [str(one["text"]) for one in [*sentences, *comments]]
    is_review = np.arange(len(texts)) < len(sentences)
    labels = dataset.tone_labels(sentences)
    reading = dataset.read(texts, with_base=False, at_least=MIN_TEXTS)
    everything = np.ones(len(reading.grams), bool)
    tone, review = _fit_both(reading, everything, is_review, labels)
    keep = _strongest(reading, tone[2], review[2])
    tone, review = _fit_both(reading, keep, is_review, labels)
    _write(reading, keep, tone, review)


Fitted = tuple[Array, Array, Array]


def _fit_both(
    reading: dataset.Reading,
    keep: NDArray[np.bool_],
    is_review: NDArray[np.bool_],
    labels: IntArray,
) -> tuple[Fitted, Fitted]:
    """Plain weights of the tone of reviews, and of being one."""
    rows, scale = reading.rows(keep)
    some = rows.only(is_review)
    tone = fit(some, labels, 3, STRENGTH, balanced(labels, 3) ** BALANCE)
    is_one = is_review.astype(np.int64)
    no_features = np.zeros((len(is_one), 0))
    words = type(rows)(no_features, rows.at_row, rows.at_column, rows.values, rows.columns)
    review = fit(words, is_one, 2, REVIEW_STRENGTH, balanced(is_one, 2))
    bias, grams = review[0], review[1:] * scale.grams[:, None]
    return scale.plain(tone), (bias, np.zeros((0, 2)), grams)


def _strongest(reading: dataset.Reading, tone: Array, review: Array) -> NDArray[np.bool_]:
    """Marks the grams that move most texts most, for either purpose."""
    texts = np.bincount(reading.at_gram, minlength=len(reading.grams))
    keep = np.zeros(len(reading.grams), bool)
    for weights, share in ((tone, 0.75), (review, 0.25)):
        force = np.ptp(weights, axis=1) * np.sqrt(texts)
        keep[np.argsort(-force)[: int(GRAMS * share)]] = True
    return keep


def _write(reading: dataset.Reading, keep: NDArray[np.bool_], tone: Fitted, review: Fitted) -> None:
    bias, features, grams = dataset.against_neutral(tone)
    review_bias = float(review[0][1] - review[0][0])
    head = {
        "version": "norec-1",
        "made_from": "NoReC, sentence level (Language Technology Group, University of Oslo)",
        "bias": [round(x, 4) for x in bias],
        "features": dataset.named(reading.names, features, 4),
        "review_bias": round(REVIEW_STEEPNESS * review_bias - REVIEW_SHIFT * REVIEW_STEEPNESS, 4),
    }
    models.FOLDER.mkdir(exist_ok=True)
    for old in models.FOLDER.glob("base*"):
        old.unlink()
    path = models.FOLDER / "base.json"
    path.write_text(json.dumps(head, indent=1) + "\n", encoding="utf-8")
    names = [gram for gram, kept in zip(reading.grams, keep, strict=True) if kept]
    reviews = REVIEW_STEEPNESS * (review[2][:, 1] - review[2][:, 0])
    numbers = np.rint(np.column_stack([grams, reviews]) * 10_000).astype(int)
    lines = [
        [name, *(x or "" for x in row)]
        for name, row in zip(names, numbers.tolist(), strict=True)
        if any(row)
    ]
    for part in range(0, len(lines), LINES):
        _write_lines(part // LINES + 1, lines[part : part + LINES])


def _write_lines(number: int, lines: list[list[str | int]]) -> None:
    path = models.FOLDER / f"base_grams_{number}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["gram", "negative", "positive", "review"])
        writer.writerows(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
