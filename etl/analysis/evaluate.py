"""Precision, recall and F1 of the text analysis on labelled comments."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from etl.analysis import analyse

TONES = ("negative", "neutral", "positive")
QUEUE_THRESHOLD = 0.18  # what the queue of negative comments shows
BINS = 10
RESAMPLES = 500  # of the bootstrap; its seed is fixed, so a file has one answer
# our name -> the label's name in files from elsewhere
FLAGS = {
    "is_question": "is_question",
    "claims_error": "claims_factual_error",
    "is_case_enquiry": "case_inquiry",
    "is_sensitive": "contains_sensitive_personal_info",
    "needs_reply": "needs_reply",
}
Marks = NDArray[np.bool_]


def evaluate(path: Path) -> dict[str, Any]:
    """Reads JSON lines with `text`, `sentiment` or `label`, and flags where present.

    Returns plain numbers 0-1 under `tone` (per class, macro_f1), `queue`, `base` (as `tone`, of the
    base model alone), `calibration` (of «negative»: expected_error, and per bin low, high, n, mean
    probability and the share that is negative) and one key per flag; a measure whose labels the
    file lacks is left out. `interval` is the F1's 95 % interval (bootstrap over the texts), and
    `intervals` those of macro_f1 and the queue. Texts are masked first, as at the import.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    labelled = [json.loads(line) for line in lines if line.strip()]
    found = read([str(one["text"]) for one in labelled])
    result = _tone(labelled, found)
    for ours, theirs in FLAGS.items():
        key = theirs if any(theirs in one for one in labelled) else ours
        pairs = [
            (bool(a[key]), bool(b[ours])) for a, b in zip(labelled, found, strict=True) if key in a
        ]
        if pairs:
            wanted, said = (np.array(side, bool) for side in zip(*pairs, strict=True))
            result[ours] = _scores(wanted, said)
    return result


def read(texts: list[str]) -> list[dict[str, Any]]:
    """What the analysis says of each text, in their order."""
    con = duckdb.connect()
    masking = Path(__file__).parent.parent / "masking.sql"
    con.execute(masking.read_text(encoding="utf-8"))
    con.execute(
        "CREATE TEMP TABLE texts AS SELECT n::VARCHAR AS text_hash, "
        "mask_tags(mask_text(text), []::VARCHAR[]) AS text "
        "FROM (SELECT unnest($1) AS text, unnest(range(len($1))) AS n)",
        [texts],
    )
    analyse(con, "texts", "found", with_base=True)
    result = con.execute("SELECT * FROM found ORDER BY text_hash::INTEGER")
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _tone(labelled: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, Any]:
    pairs = [
        (str(a.get("sentiment", a.get("label"))), b)
        for a, b in zip(labelled, found, strict=True)
        if a.get("sentiment", a.get("label")) in TONES
    ]
    if not pairs:
        return {}
    labels = np.array([label for label, _ in pairs])
    best = np.array([one["tone_best"] for _, one in pairs])
    negative = np.array([one["negative_score"] for _, one in pairs])
    is_shown, is_negative = negative >= QUEUE_THRESHOLD, labels == "negative"
    queue = _ratios(is_negative, is_shown)
    return {
        "tone": _per_class(labels, best),
        "queue": {
            "threshold": QUEUE_THRESHOLD,
            "precision": queue["precision"],
            "recall": queue["recall"],
        },
        "base": _per_class(labels, _base_tones([one for _, one in pairs])),
        "calibration": calibration(is_negative, negative),
        "intervals": {
            "macro_f1": _interval(len(labels), lambda at: _macro_f1(labels[at], best[at])),
            "queue_precision": _interval(
                len(labels), lambda at: _ratios(is_negative[at], is_shown[at])["precision"]
            ),
            "queue_recall": _interval(
                len(labels), lambda at: _ratios(is_negative[at], is_shown[at])["recall"]
            ),
        },
    }


def _base_tones(found: Sequence[dict[str, Any]]) -> NDArray[np.str_]:
    sides = np.array([(one["base_negative"], one["base_positive"]) for one in found])
    chances = np.column_stack([sides[:, 0], 1 - sides.sum(axis=1), sides[:, 1]])
    return np.asarray([TONES[one] for one in chances.argmax(axis=1)])


def calibration(labels: Marks, chances: NDArray[np.float64]) -> dict[str, Any]:
    """How far probabilities lie from the shares that they stand for, in ten bins of equal width.

    `expected_error` is the mean distance over all texts; bins without texts are left out.
    """
    number = np.minimum((chances * BINS).astype(int), BINS - 1)
    bins = [
        {
            "low": one / BINS,
            "high": (one + 1) / BINS,
            "n": int((number == one).sum()),
            "mean": float(chances[number == one].mean()),
            "share": float(labels[number == one].mean()),
        }
        for one in np.unique(number).tolist()
    ]
    error = sum(one["n"] * abs(one["mean"] - one["share"]) for one in bins) / len(labels)
    return {"expected_error": error, "bins": bins}


def _per_class(labels: NDArray[np.str_], best: NDArray[np.str_]) -> dict[str, Any]:
    scores: dict[str, Any] = {name: _scores(labels == name, best == name) for name in TONES}
    return scores | {"macro_f1": _macro_f1(labels, best)}


def _macro_f1(labels: NDArray[np.str_], best: NDArray[np.str_]) -> float:
    return sum(_ratios(labels == name, best == name)["f1"] for name in TONES) / len(TONES)


def _scores(labels: Marks, found: Marks) -> dict[str, Any]:
    interval = _interval(len(labels), lambda at: _ratios(labels[at], found[at])["f1"])
    return _ratios(labels, found) | {"support": int(labels.sum()), "interval": interval}


def _ratios(labels: Marks, found: Marks) -> dict[str, float]:
    """Precision, recall and F1; 0 where nothing was labelled or found."""
    hits, wanted, finds = int((labels & found).sum()), int(labels.sum()), int(found.sum())
    return {
        "precision": hits / finds if finds else 0.0,
        "recall": hits / wanted if wanted else 0.0,
        "f1": 2 * hits / (wanted + finds) if wanted + finds else 0.0,
    }


def _interval(size: int, measure: Callable[[NDArray[np.int64]], float]) -> list[float]:
    """[low, high]: 95 % of what the measure says of as many texts drawn with replacement."""
    chance = np.random.default_rng(1)
    drawn = [measure(chance.integers(0, size, size)) for _ in range(RESAMPLES)]
    low, high = np.percentile(drawn, [2.5, 97.5]).tolist()
    return [low, high]
