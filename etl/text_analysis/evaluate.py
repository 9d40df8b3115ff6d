"""Precision, recall and F1 of the text analysis on labelled comments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from etl.pseudonymization import sql
from etl.text_analysis import analyse

TONES = ("negative", "neutral", "positive")
QUEUE_THRESHOLD = 0.25  # what the queue of negative comments shows
# our name -> the label's name in files from elsewhere
FLAGS = {
    "is_question": "is_question",
    "claims_error": "claims_factual_error",
    "is_case_enquiry": "case_inquiry",
    "is_sensitive": "contains_sensitive_personal_info",
    "needs_reply": "needs_reply",
}


def evaluate(path: Path) -> dict[str, Any]:
    """Reads JSON lines with `text`, `sentiment` or `label`, and flags where present.

    Returns plain numbers 0-1 under `tone` (per class, macro_f1), `queue`, and one key per flag;
    a measure whose labels the file lacks is left out. Texts are masked first, as at the import.
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
            result[ours] = _scores(pairs)
    return result


def read(texts: list[str]) -> list[dict[str, Any]]:
    """What the analysis says of each text, in their order."""
    con = duckdb.connect()
    con.execute(sql("masking"))
    con.execute(
        "CREATE TEMP TABLE texts AS SELECT n::VARCHAR AS text_hash, "
        "mask_tags(mask_text(text), []::VARCHAR[]) AS text "
        "FROM (SELECT unnest($1) AS text, unnest(range(len($1))) AS n)",
        [texts],
    )
    analyse(con, "texts", "found")
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
    tone: dict[str, Any] = {
        name: _scores([(label == name, one["tone_best"] == name) for label, one in pairs])
        for name in TONES
    }
    tone["macro_f1"] = sum(tone[name]["f1"] for name in TONES) / len(TONES)
    queue = _scores(
        [(label == "negative", one["negative_score"] >= QUEUE_THRESHOLD) for label, one in pairs]
    )
    return {
        "tone": tone,
        "queue": {
            "threshold": QUEUE_THRESHOLD,
            "precision": queue["precision"],
            "recall": queue["recall"],
        },
    }


def _scores(pairs: list[tuple[bool, bool]]) -> dict[str, float]:
    """Pairs are (label, found). 0 where nothing was labelled or found."""
    hits = sum(label and found for label, found in pairs)
    labels = sum(label for label, _ in pairs)
    finds = sum(found for _, found in pairs)
    return {
        "precision": hits / finds if finds else 0.0,
        "recall": hits / labels if labels else 0.0,
        "f1": 2 * hits / (labels + finds) if labels + finds else 0.0,
        "support": labels,
    }
