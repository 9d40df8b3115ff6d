"""What people's own labels teach: picking items to label, quality, fitting, versions, undo.

Every function takes the data folder; nothing here knows a page. Labels are decisions of the kinds
`tone` and `reading_check`; quality is told of randomly picked items only, since those that people
correct by themselves are the hard ones.
"""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np
from numpy.typing import NDArray

import decisions
from decisions.reading_models import ReadingModel, put_in_use, reading_models
from etl import reading
from etl.analysis import head, models, training
from etl.analysis.fitting import Array, Whole
from etl.analysis.training import TONES

ENOUGH = 30  # labels of one's own before anything is fitted
ENOUGH_CHECKED = 30  # random items before the margin is the municipality's own
OWN_NAME = "egen"


class Label(NamedTuple):
    """A text that a person labelled; `served_as` is random, uncertain or none (corrected).

    `tone_found` is what the machine said before the label was given, so that no model is measured
    on what it was fitted on; None where a label kept no such word and another model reads now.
    """

    item_id: str
    text: str
    tone: str
    tone_found: str | None
    language: str
    served_as: str | None


class Picked(NamedTuple):
    item_id: str
    served_as: str


def pick_20(data: Path, seed: int, count: int = 20) -> list[Picked]:
    """Items to label: half at random, half where the machine is least sure. Same seed, same items.

    Items that a person has labelled and texts that are gone are left out.
    """
    with _warehouse(data) as con:
        con.execute(f"SET VARIABLE seed = {seed}")
        rows = con.execute(PICK, [_labelled_items(data), count // 2, count - count // 2]).fetchall()
    return [Picked(*row) for row in rows]


PICK = """
WITH open_items AS (
    SELECT item_id, hash(item_id || getvariable('seed')::VARCHAR) AS chance,
        abs(negative_score - 0.45) AS distance
    FROM items
    WHERE text IS NOT NULL AND negative_score IS NOT NULL
        AND NOT list_contains($1::VARCHAR[], item_id)
), random AS (
    SELECT item_id, 'random' AS served_as FROM open_items ORDER BY chance LIMIT $2
)
FROM random
UNION ALL
(SELECT item_id, 'uncertain' FROM open_items ANTI JOIN random USING (item_id)
ORDER BY distance, chance LIMIT $3)
"""


def labels(data: Path) -> list[Label]:
    """Every item whose tone a person has said and whose text is still there, by its id."""
    said = _said(data)
    if not said:
        return []
    with _warehouse(data) as con:
        rows = con.execute(LABELS, [list(said)]).fetchall()
    is_untaught = reading.head_in_use(data) is None
    return [
        Label(
            item,
            text,
            said[item].tone,
            said[item].machine_tone or (found if is_untaught else None),
            language or "other",
            said[item].served_as,
        )
        for item, text, found, language in rows
    ]


LABELS = """
SELECT item_id, text, tone_found, language FROM items
WHERE text IS NOT NULL AND list_contains($1::VARCHAR[], item_id) ORDER BY item_id
"""


def quality(data: Path, seed: int = 1) -> dict[str, Any]:
    """How well the machine reads, on randomly picked items that a person has labelled.

    `random` (how many), per tone precision, recall and f1 as (value, low, high) in 0-1 (95 %,
    bootstrap), macro_f1, `by_language` with the share that was right and n,
    `overruled_last_month` as (overruled, labelled), and `shipped_weak`: the share that was right
    and n per kind of the labelled comments that come with the program, cross-validated (sarcasm,
    rhetorical, negation, report, emoji, tagged, short, and nb, nn, dia, en). The machine's word
    is the one it had given before the label. Values are None where there is nothing.
    """
    known = _measurable(data)
    right = {
        language: [one.tone == one.tone_found for one in known if one.language == language]
        for language in sorted({one.language for one in known})
    }
    return {
        "random": len(known),
        **_with_bounds([one.tone for one in known], [str(one.tone_found) for one in known], seed),
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


def _measurable(data: Path) -> list[Label]:
    """Drawn at random, with what the machine had said before."""
    return [one for one in labels(data) if one.served_as == "random" and one.tone_found]


def _shipped_quality() -> dict[str, Any]:
    """What was measured when the shipped head was made (train_head)."""
    found: dict[str, Any] = json.loads((models.FOLDER / "quality.json").read_text(encoding="utf-8"))
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
    shipped = training.shipped_comments()
    mine = [{"text": one.text, "sentiment": one.tone} for one in own]
    both = [*shipped, *mine]
    found, tones = head.read(both, reading.own_words(data)), training.tone_labels(both)
    is_mine = np.arange(len(both)) >= len(shipped)
    before = head.predicted_by(found, tones, ~is_mine)[is_mine]
    after = head.held_out(found, tones)[is_mine]
    wanted = tones[is_mine]
    done["before"] = macro_f1(wanted[is_random], before[is_random].argmax(axis=1))
    done["after"] = macro_f1(wanted[is_random], after[is_random].argmax(axis=1))
    if done["after"] >= done["before"]:
        model = head.train(found, tones, OWN_NAME)
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
        put_in_use(store, role, models.shipped("head").version, None, {})
        return
    found = [one for one in reading_models(store) if one.version == version]
    if not found:
        raise LookupError(version)
    put_in_use(store, role, version, found[-1].weights, found[-1].quality)


def margin(data: Path, rate: float, group: str = "tone") -> dict[str, Any]:
    """How far a rate (0-1) may be off because the machine classes, in percentage points.

    `group` is whom the rate counts: «need» (M4, M5: those that need a reply), «negative» (M8) or
    «tone» (any share of tones). `source` is «checked» from ENOUGH_CHECKED random items on, else
    «shipped»: measured on the comments that come with the program, each read by a model that has
    not seen it. It is the widest that can be: nothing is known of how those wrongly left out were
    answered. metrics.class_margins knows, and is what the pages show.
    """
    found, source = _errors(data, group), "checked"
    if found["taken"] + found["left"] < ENOUGH_CHECKED:
        found, source = _shipped_errors(group), "shipped"
    wrong, n = found["wrongly_taken"] + found["wrongly_left"], found["taken"] + found["left"]
    share, low, high = wilson(wrong, n)
    points = max(rate, 1 - rate) * (high if group == "tone" else _moved(found)) * 100
    return {
        "source": source,
        "n": n,
        "wrong": share,
        "low": low,
        "high": high,
        "points": min(points, 100.0),
    }


def _moved(found: dict[str, int]) -> float:
    """The part of a group that is in doubt: those that leave it, or those that come to it."""
    leaving = wilson(found["wrongly_taken"], found["taken"])[2]
    missed = wilson(found["wrongly_left"], found["left"])[2] * found["left"]
    return max(leaving / max(1 - leaving, 1e-9), missed / max(found["taken"] + missed, 1e-9))


def _errors(data: Path, group: str) -> dict[str, int]:
    """The machine's errors on random items, by what it had said before the label."""
    if group == "need":
        said = [one for one in _said(data).values() if one.served_as == "random"]
        pairs = [(one.machine_needs_reply, one.needs_reply) for one in said]
    else:
        known = _measurable(data)
        wanted = "negative" if group == "negative" else None
        pairs = [
            (one.tone_found == wanted, one.tone == wanted)
            if wanted
            else (True, one.tone == one.tone_found)
            for one in known
        ]
    whole = [(bool(a), bool(b)) for a, b in pairs if a is not None and b is not None]
    return {
        "taken": sum(a for a, _ in whole),
        "wrongly_taken": sum(a and not b for a, b in whole),
        "left": sum(not a for a, _ in whole),
        "wrongly_left": sum(b and not a for a, b in whole),
    }


def _shipped_errors(group: str) -> dict[str, int]:
    found = _shipped_quality()
    if group == "tone":
        return {"taken": found["n"], "wrongly_taken": found["wrong"], "left": 0, "wrongly_left": 0}
    errors: dict[str, int] = found[group]
    return errors


def word_effects(data: Path, stem: str) -> dict[str, int]:
    """How many items a line of the word list helped to tip, by the tone they were read as."""
    shown = stem.strip("*") + ("…" if stem.endswith("*") else "")
    shown = ("…" if stem.startswith("*") else "") + shown
    with _warehouse(data) as con:
        rows = con.execute(EFFECTS, [shown.lower()]).fetchall()
    return dict.fromkeys(TONES, 0) | dict(rows)


EFFECTS = """
SELECT tone_found, count(*)::INTEGER FROM items
WHERE list_contains(string_split(tone_words, ', '), $1) GROUP BY tone_found
"""


def wilson(hits: int, n: int) -> tuple[float, float, float]:
    """(share, low, high), 95 %; (0, 0, 1) of nothing."""
    if n == 0:
        return 0.0, 0.0, 1.0
    share, z = hits / n, 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return share, max(middle - half, 0.0), min(middle + half, 1.0)


def macro_f1(wanted: Whole, found: Whole) -> float:
    """The mean F1 of the tones that occur."""
    scores = [_scores(wanted == one, found == one)[2] for one in np.unique(wanted)]
    return float(np.mean(scores))


def _with_bounds(wanted: Sequence[str], found: Sequence[str], seed: int) -> dict[str, Any]:
    if not wanted:
        return {"tone": None, "macro_f1": None}
    a = np.array([TONES.index(one) for one in wanted])
    b = np.array([TONES.index(one) for one in found])
    draws = np.random.default_rng(seed).integers(0, len(a), (500, len(a)))
    tone = {}
    for number, name in enumerate(TONES):
        values = _scores(a == number, b == number)
        drawn = np.array([_scores(a[d] == number, b[d] == number) for d in draws])
        low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
        tone[name] = {
            measure: (values[k], float(low[k]), float(high[k]))
            for k, measure in enumerate(("precision", "recall", "f1"))
        }
    return {"tone": tone, "macro_f1": macro_f1(a, b)}


def _scores(wanted: NDArray[np.bool_], found: NDArray[np.bool_]) -> tuple[float, float, float]:
    hits, n, m = int((wanted & found).sum()), int(wanted.sum()), int(found.sum())
    return hits / m if m else 0.0, hits / n if n else 0.0, 2 * hits / (n + m) if n + m else 0.0


class _Said(NamedTuple):
    """A person's word on an item, and the machine's before it; None where it was not kept."""

    tone: str
    served_as: str | None = None
    machine_tone: str | None = None
    needs_reply: bool | None = None
    machine_needs_reply: bool | None = None


def _said(data: Path) -> dict[str, _Said]:
    """Item → what was said; a correction made later than the check stands above its tone."""
    if not decisions.is_used(data):
        return {}
    found: dict[str, _Said] = {}
    for one in decisions.open_store(data).in_force(about="item"):
        tone = one.details.get("tone")
        if one.kind in ("tone", "reading_check") and tone in TONES:
            before = found.get(one.subject, _Said(str(tone)))
            kept = {name: one.details[name] for name in _KEPT if name in one.details}
            found[one.subject] = before._replace(tone=str(tone), **kept)
    return found


_KEPT = ("served_as", "machine_tone", "needs_reply", "machine_needs_reply")


def _labelled_items(data: Path) -> list[str]:
    return list(_said(data))


def _overruled(data: Path) -> tuple[int, int]:
    """Of the items of the last month with items that a person labelled: (overruled, labelled)."""
    with _warehouse(data) as con:
        row = con.execute(OVERRULED).fetchone()
    return (row[0], row[1]) if row else (0, 0)


OVERRULED = """
SELECT count(*) FILTER (tone <> tone_found), count(*) FROM items
WHERE tone_confirmed AND month = (SELECT max(month) FROM items)
"""


@contextlib.contextmanager
def _warehouse(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published warehouse, to read. Raises LookupError when there is none."""
    from etl import build

    pointer = build.current(data)
    if pointer is None:
        raise LookupError("no warehouse")
    with duckdb.connect(str(build.warehouse_path(data, pointer)), read_only=True) as con:
        yield con


__all__ = [
    "Array", "Label", "Picked", "fit_and_promote", "labels", "margin", "pick_20", "quality",
    "revert", "versions", "wilson", "word_effects",
]  # fmt: skip
