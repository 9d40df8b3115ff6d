"""The labelled comments: how they are written, and that those set aside stay aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from etl.analysis import training

BLIND = Path(__file__).parent / "labelled" / "blind_comments.jsonl"
LONGER = training.LABELS / "longer_comments.jsonl"
KINDS = {
    "sarcasm": 150,
    "report": 150,
    "complaint_question": 75,
    "plain_question": 75,
    "correction": 100,
    "mixed": 80,
    "lukewarm": 80,
    "english": 90,
}
RUN = 5  # words in a row that no two comments may share


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.lower())
    return {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


def longer() -> list[dict[str, Any]]:
    return [*training.labelled(LONGER), *training.labelled(BLIND)]


def shared(comments: Sequence[dict[str, Any]]) -> list[str]:
    times = Counter(run for one in comments for run in runs(str(one["text"])))
    return [" ".join(run) for run, n in times.items() if n > 1]


def test_no_two_of_the_longer_comments_share_five_words_in_a_row() -> None:
    assert shared(longer()) == []


def test_no_other_comment_shares_five_words_in_a_row_with_them() -> None:
    ours = {run for one in longer() for run in runs(str(one["text"]))}
    folders = (training.LABELS, BLIND.parent)
    files = [path for folder in folders for path in folder.glob("*.jsonl")]
    others = [
        one for path in files if path not in (LONGER, BLIND) for one in training.labelled(path)
    ]
    assert [one["text"] for one in others if runs(str(one["text"])) & ours] == []


def test_the_longer_comments_are_of_the_kinds_and_lengths_they_should_be() -> None:
    found = longer()
    assert Counter(one["tags"][0] for one in found) == KINDS
    assert all(10 <= len(str(one["text"]).split()) <= 40 for one in found)
    assert sum(one["lang"] in ("nn", "dia") for one in found) >= len(found) / 5


def test_a_fifth_of_every_kind_is_set_aside_and_never_fitted_on() -> None:
    aside = training.labelled(BLIND)
    assert Counter(one["tags"][0] for one in aside) == {k: n // 5 for k, n in KINDS.items()}
    texts = {one["text"] for one in training.shipped_comments()}
    assert not any(one["text"] in texts for one in aside)
