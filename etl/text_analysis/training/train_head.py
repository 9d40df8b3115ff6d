"""Fits the shipped head on `labels/`: `python -m etl.text_analysis.training.train_head`.

Writes models/head.json and quality.json. Needed after every change of rules, words or base. Prints
what cross-validation says.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.text_analysis import evaluate, weights
from etl.text_analysis.training import classifier, dataset
from etl.text_analysis.training.logistic_regression import Array, IntArray


def main() -> None:
    """Fits the head on the labelled comments that come with the program."""
    comments = dataset.shipped_comments()
    found, tones = classifier.read(comments), dataset.tone_labels(comments)
    model = classifier.train(found, tones, "felles")
    measured = quality(comments, tones, classifier.held_out(found, tones))
    for name, content in (("head", model.as_json()), ("quality", measured)):
        path = weights.FOLDER / f"{name}.json"
        path.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(measured) + "\n")


def quality(
    comments: Sequence[Mapping[str, Any]], tones: IntArray, chances: Array
) -> dict[str, Any]:
    """What cross-validation says of the shipped head: `chances` are those of unseen texts.

    Comments that were written to be hard to tell are measured apart, as `hard`: they say where the
    machine is weak, not how often it errs. `need` and `negative` are how often it draws the groups
    of M4, M5 and M8 wrongly (`taken`, `wrongly_taken`, `left`, `wrongly_left`), `weak` the share of
    right tones per kind of comment.
    """
    is_hard = np.array([dataset.HARD in one["tags"] for one in comments])
    hard = [one for one in comments if dataset.HARD in one["tags"]]
    usual = [one for one in comments if dataset.HARD not in one["tags"]]
    guesses = chances.argmax(axis=1)
    return {
        **_measured(usual, tones[~is_hard], chances[~is_hard]),
        "hard": _measured(hard, tones[is_hard], chances[is_hard]),
        "weak": weaknesses(comments, guesses == tones),
    }


def _measured(
    comments: Sequence[Mapping[str, Any]], tones: IntArray, chances: Array
) -> dict[str, Any]:
    guesses = chances.argmax(axis=1)
    needs = _machine_needs(comments, chances[:, 0])
    wanted = np.array([_needs(one) for one in comments], bool)
    is_negative = (chances[:, 0] >= SURE_FROM) & (guesses == 0)
    return {
        "n": len(tones),
        "wrong": int((guesses != tones).sum()),
        "f1": {name: _f1(tones == n, guesses == n) for n, name in enumerate(dataset.TONES)},
        "need": errors(needs, wanted),
        "negative": errors(is_negative[needs], (tones == 0)[needs]),
    }


def _machine_needs(comments: Sequence[Mapping[str, Any]], negative: Array) -> NDArray[np.bool_]:
    """Which of them M2 calls must or unclear, with a tone by a head that has not seen them."""
    read = evaluate.read([str(one["text"]) for one in comments])
    flagged = [any(one[flag] for flag in MUST) for one in read]
    may_need = [one["content_kind"] == "text" and not one["is_spam"] for one in read]
    is_negative = negative >= UNCLEAR_FROM
    return np.asarray((np.array(flagged) | is_negative) & np.array(may_need), bool)


MUST = ("is_question", "claims_error", "is_case_enquiry", "asks_for_service")
UNCLEAR_FROM, SURE_FROM = 0.4, 0.6  # reply_class.sql, 60_result.sql


def _needs(one: Mapping[str, Any]) -> bool:
    """M2 by the labels."""
    said = ("is_question", "claims_factual_error", "case_inquiry", "needs_reply")
    return one["sentiment"] == "negative" or any(one[name] for name in said)


def errors(found: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> dict[str, int]:
    """How many were taken into a group and how many left out, and how many of each wrongly."""
    return {
        "taken": int(found.sum()),
        "wrongly_taken": int((found & ~wanted).sum()),
        "left": int((~found).sum()),
        "wrongly_left": int((~found & wanted).sum()),
    }


def weaknesses(
    comments: Sequence[Mapping[str, Any]], right: NDArray[np.bool_]
) -> dict[str, dict[str, int]]:
    """Per kind of comment: how many, and how many with the right tone."""
    kinds = {
        **{name: [bool(tags & {*one["tags"]}) for one in comments] for name, tags in TAGS.items()},
        **{name: [one["lang"] == name for one in comments] for name in LANGUAGES},
        "short": [len(str(one["text"]).split()) <= SHORT for one in comments],
    }
    marked = {name: np.array(fits, bool) for name, fits in kinds.items()}
    return {
        name: {"n": int(fits.sum()), "right": int(right[fits].sum())}
        for name, fits in marked.items()
        if fits.any()
    }


TAGS = {
    "sarcasm": {"sarcasm", "sarkasme"},
    "rhetorical": {"rhetorical", "retorisk"},
    "negation": {"negation", "negasjon"},
    "report": {"melding", "rolig", "tilstand"},  # of something failing, said calmly
    "emoji": {"emoji"},
    "hard": {dataset.HARD},
    "tagged": {"tag"},
}
LANGUAGES = ("nb", "nn", "dia", "en")
SHORT = 5  # words


def _f1(wanted: NDArray[np.bool_], found: NDArray[np.bool_]) -> float:
    return round(2 * int((wanted & found).sum()) / int(wanted.sum() + found.sum()), 3)


if __name__ == "__main__":
    main()
