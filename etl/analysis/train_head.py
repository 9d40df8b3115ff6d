"""Makes the shipped head from etl/analysis/labels: python -m etl.analysis.train_head

Writes etl/analysis/models/head.json and quality.json. Needed after every change of rules, words
or base. Prints what cross-validation says.
"""

from __future__ import annotations

import json
import sys

import numpy as np
from numpy.typing import NDArray

from etl.analysis import head, models, training


def main() -> None:
    """Fits the head on the labelled comments that come with the program."""
    comments = training.shipped_comments()
    found, tones = head.read(comments), training.tone_labels(comments)
    model = head.train(found, tones, "felles")
    guesses = head.held_out(found, tones).argmax(axis=1)
    quality = {
        "n": len(tones),
        "wrong": int((guesses != tones).sum()),
        "f1": {name: _f1(tones == n, guesses == n) for n, name in enumerate(training.TONES)},
    }
    for name, content in (("head", model.as_json()), ("quality", quality)):
        path = models.FOLDER / f"{name}.json"
        path.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(quality) + "\n")


def _f1(wanted: NDArray[np.bool_], found: NDArray[np.bool_]) -> float:
    return round(2 * int((wanted & found).sum()) / int(wanted.sum() + found.sum()), 3)


if __name__ == "__main__":
    main()
