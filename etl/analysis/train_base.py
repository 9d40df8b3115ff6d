"""Makes the base model from labelled sentences of reviews: python -m etl.analysis.train_base FOLDER

FOLDER holds norec_sentence_ternary_train.jsonl (lines with `text` and `label`). Writes
etl/analysis/models/base.json and base_grams_*.csv: weights only, no text, but for the words that at
least MIN_TEXTS sentences share. Afterwards fit the head again: python -m etl.analysis.train_head
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from etl.analysis import models, training
from etl.analysis.fitting import Array, Whole, balanced, fit

MIN_TEXTS = 3
GRAMS = 36_000  # the grams that weigh most are kept
LINES = 18_000  # of each file: no file of the project is large
STRENGTH = 0.3
BALANCE = 0.7  # of full balance: negative is rare in reviews, and was found too often


def main(folder: Path) -> None:
    """Fits the tone of the sentences and writes the files."""
    sentences = training.labelled(folder / "norec_sentence_ternary_train.jsonl")
    labels = training.tone_labels(sentences)
    texts = [str(one["text"]) for one in sentences]
    reading = training.read(texts, with_base=False, at_least=MIN_TEXTS)
    everything = np.ones(len(reading.grams), bool)
    keep = _strongest(reading, _fit(reading, everything, labels)[2])
    _write(reading, keep, _fit(reading, keep, labels))


Fitted = tuple[Array, Array, Array]


def _fit(reading: training.Reading, keep: NDArray[np.bool_], labels: Whole) -> Fitted:
    """Plain weights of the tone of reviews."""
    rows, scale = reading.rows(keep)
    return scale.plain(fit(rows, labels, 3, STRENGTH, balanced(labels, 3) ** BALANCE))


def _strongest(reading: training.Reading, weights: Array) -> NDArray[np.bool_]:
    """Marks the grams that move most texts most."""
    texts = np.bincount(reading.at_gram, minlength=len(reading.grams))
    keep = np.zeros(len(reading.grams), bool)
    force = np.ptp(weights, axis=1) * np.sqrt(texts)
    keep[np.argsort(-force)[:GRAMS]] = True
    return keep


def _write(reading: training.Reading, keep: NDArray[np.bool_], tone: Fitted) -> None:
    bias, features, grams = training.against_neutral(tone)
    head = {
        "version": "norec-2",
        "made_from": "NoReC, sentence level (Language Technology Group, University of Oslo)",
        "bias": [round(x, 4) for x in bias],
        "features": training.named(reading.names, features, 4),
    }
    models.FOLDER.mkdir(exist_ok=True)
    for old in models.FOLDER.glob("base*"):
        old.unlink()
    path = models.FOLDER / "base.json"
    path.write_text(json.dumps(head, indent=1) + "\n", encoding="utf-8")
    names = [gram for gram, kept in zip(reading.grams, keep, strict=True) if kept]
    numbers = np.rint(grams * 10_000).astype(int)
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
        writer.writerow(["gram", "negative", "positive"])
        writer.writerows(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
