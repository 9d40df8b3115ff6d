"""What people's own labels teach: quality, fitting, versions, undo.

Every function takes the data folder; nothing here knows a page. Labels are decisions of the kinds
`tone` and `reading_check`; quality is told of randomly picked items only, since those that people
correct by themselves are the hard ones.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.text_analysis import result_cache, weights
from etl.text_analysis.training import classifier, dataset
from etl.text_analysis.training.dataset import TONES
from etl.text_analysis.training.logistic_regression import Array, IntArray
from svarvakt import decisions, warehouse
from svarvakt.decisions.model_versions import ReadingModel, put_in_use, reading_models

ENOUGH = 30  # labels of one's own before anything is fitted
ENOUGH_CHECKED = 30  # random items before quality is safe to go by
OWN_NAME = "egen"


class Label(NamedTuple):
    """A text that a person labelled; `served_as` is random, uncertain or none (corrected)."""

    item_id: str
    text: str
    tone: str
    tone_found: str
    language: str
    served_as: str | None


def labels(data: Path) -> list[Label]:
    """Every item whose tone a person has said and whose text is still there, by its id."""
    said = _said(data)
    if not said:
        return []
    with warehouse.reading(data) as con:
        rows = con.execute(LABELS, [list(said)]).fetchall()
    return [
        Label(item, text, said[item][0], found, language or "other", said[item][1])
        for item, text, found, language in rows
    ]


LABELS = """
SELECT item_id, text, coalesce(checked_tone_found, tone_found), language FROM items
WHERE text IS NOT NULL AND list_contains($1::VARCHAR[], item_id) ORDER BY item_id
"""


def quality(data: Path) -> dict[str, Any]:
    """How well the machine reads, on randomly picked items that a person has labelled.

    Held against what the machine said when the item was labelled, before it could learn from it.
    `random` (how many), per tone precision, recall and f1 as (value, low, high) in 0-1 (95 %,
    Wilson) or None of nothing, macro_f1, `by_language` with the share that was right and n,
    `overruled_last_month` as (overruled, labelled), and `shipped_weak`: the share that was right
    and n per kind of the labelled comments that come with the program, cross-validated (sarcasm,
    rhetorical, negation, report, emoji, tagged, short, and nb, nn, dia, en). Values are None where
    there is nothing.
    """
    known = [one for one in labels(data) if one.served_as == "random"]
    right = {
        language: [one.tone == one.tone_found for one in known if one.language == language]
        for language in sorted({one.language for one in known})
    }
    return {
        "random": len(known),
        **_with_bounds([one.tone for one in known], [one.tone_found for one in known]),
        "by_language": {
            language: {"right": wilson(sum(found), len(found)), "n": len(found)}
            for language, found in right.items()
        },
        "overruled_last_month": _overruled(data),
        "shipped_weak": {
            name: {"right": wilson(one["right"], one["n"]), "n": one["n"]}
            for name, one in _shipped_quality()["weak"].items()
        },
    }


def _shipped_quality() -> dict[str, Any]:
    """What was measured when the shipped head was made (train_head)."""
    found: dict[str, Any] = json.loads(
        (weights.FOLDER / "quality.json").read_text(encoding="utf-8")
    )
    return found


def fit_and_promote(data: Path, role: str) -> dict[str, Any]:
    """Fits the head on the shipped labels and the municipality's own; puts it in use if not worse.

    Not worse: macro-F1 on the random items, each read by a model that has not seen it, against the
    shipped labels alone. Returns labels, random, before, after, promoted and version; with fewer
    than ENOUGH labels nothing is fitted.
    """
    own = labels(data)
    done: dict[str, Any] = {"labels": len(own), "promoted": False, "before": None, "after": None}
    is_random = np.array([one.served_as == "random" for one in own], bool)
    done["random"] = int(is_random.sum())
    if len(own) < ENOUGH or not is_random.any():
        return done
    shipped = dataset.shipped_comments()
    mine = [{"text": one.text, "sentiment": one.tone} for one in own]
    both = [*shipped, *mine]
    found, tones = classifier.read(both, result_cache.own_words(data)), dataset.tone_labels(both)
    is_mine = np.arange(len(both)) >= len(shipped)
    before = classifier.predicted_by(found, tones, ~is_mine)[is_mine]
    after = classifier.held_out(found, tones)[is_mine]
    wanted = tones[is_mine]
    done["before"] = macro_f1(wanted[is_random], before[is_random].argmax(axis=1))
    done["after"] = macro_f1(wanted[is_random], after[is_random].argmax(axis=1))
    if done["after"] >= done["before"]:
        model = classifier.train(found, tones, OWN_NAME)
        store = decisions.open_store(data)
        put_in_use(store, role, model.version, model.as_json(), done | {"promoted": True})
        done |= {"promoted": True, "version": model.version}
    return done


def versions(data: Path) -> list[ReadingModel]:
    """Every model that was put in use here, oldest first. Empty: the shipped one is in use."""
    return reading_models(decisions.open_store(data)) if decisions.is_used(data) else []


def revert(data: Path, role: str, version: str | None) -> None:
    """Puts an earlier version in use again; None = the model that comes with the program.

    Raises LookupError when no such version was ever in use.
    """
    store = decisions.open_store(data)
    if version is None:
        put_in_use(store, role, weights.shipped("head").version, None, {})
        return
    found = [one for one in reading_models(store) if one.version == version]
    if not found:
        raise LookupError(version)
    put_in_use(store, role, version, found[-1].weights, found[-1].quality)


def wilson(hits: int, n: int) -> tuple[float, float, float]:
    """(share, low, high), 95 %; (0, 0, 1) of nothing."""
    if n == 0:
        return 0.0, 0.0, 1.0
    share, z = hits / n, 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return share, max(middle - half, 0.0), min(middle + half, 1.0)


def macro_f1(wanted: IntArray, found: IntArray) -> float:
    """The mean F1 of the tones that occur."""
    scores = [_scores(wanted == one, found == one)[2] for one in np.unique(wanted)]
    return float(np.mean(scores))


def _with_bounds(wanted: Sequence[str], found: Sequence[str]) -> dict[str, Any]:
    if not wanted:
        return {"tone": None, "macro_f1": None}
    a = np.array([TONES.index(one) for one in wanted])
    b = np.array([TONES.index(one) for one in found])
    tone = {name: _bounded(a == number, b == number) for number, name in enumerate(TONES)}
    return {"tone": tone, "macro_f1": macro_f1(a, b)}


def _bounded(wanted: NDArray[np.bool_], found: NDArray[np.bool_]) -> dict[str, Any]:
    hits, n, m = int((wanted & found).sum()), int(wanted.sum()), int(found.sum())
    either = n + m - hits
    # F1 = 2J / (1 + J), J = hits / either: its bounds are those of J, and never 100 % to 100 %.
    overlap = wilson(hits, either)
    return {
        "precision": wilson(hits, m) if m else None,
        "recall": wilson(hits, n) if n else None,
        "f1": tuple(2 * one / (1 + one) for one in overlap) if either else None,
    }


def _scores(wanted: NDArray[np.bool_], found: NDArray[np.bool_]) -> tuple[float, float, float]:
    hits, n, m = int((wanted & found).sum()), int(wanted.sum()), int(found.sum())
    return hits / m if m else 0.0, hits / n if n else 0.0, 2 * hits / (n + m) if n + m else 0.0


def _said(data: Path) -> dict[str, tuple[str, str | None]]:
    """Item → (tone, how it was served); a correction made later than the check stands above it."""
    if not decisions.is_used(data):
        return {}
    found: dict[str, tuple[str, str | None]] = {}
    for one in decisions.open_store(data).in_force(about="item"):
        tone = one.details.get("tone")
        if one.kind in ("tone", "reading_check") and tone in TONES:
            served = one.details.get("served_as") or found.get(one.subject, ("", None))[1]
            found[one.subject] = (tone, served)
    return found


def _overruled(data: Path) -> tuple[int, int]:
    """Of the items of the last month with items that a person labelled: (overruled, labelled)."""
    with warehouse.reading(data) as con:
        row = con.execute(OVERRULED).fetchone()
    return (row[0], row[1]) if row else (0, 0)


OVERRULED = """
SELECT count(*) FILTER (tone <> tone_found), count(*) FROM items
WHERE tone_confirmed AND month = (SELECT max(month) FROM items)
"""


__all__ = [
    "Array", "Label", "fit_and_promote", "labels", "quality", "revert", "versions", "wilson",
]  # fmt: skip
