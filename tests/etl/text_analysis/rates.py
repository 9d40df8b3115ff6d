"""How far M4, M5 and M8 lie from the truth when the machine sorts the comments.

`python -m tests.etl.text_analysis.rates [--towns N] [--mixed]`: towns of 150-400 labelled comments,
each with its own way of answering; `--mixed` gives each its own mix of tones too, as few as hardly
any negative. The real metric views count them twice: with the labels, as if people had decided all,
and with what the machine says of texts it has not seen.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from etl.text_analysis import evaluate
from etl.text_analysis.training import classifier, dataset
from svarvakt import metrics
from svarvakt.metrics import Scope
from svarvakt.metrics.views import create_views
from tests.support.paths import ROOT
from tests.support.warehouse_factory import COVERAGE, make_warehouse

UNSEEN = ROOT / "tests" / "labelled" / "unseen_comments.jsonl"
HARD = UNSEEN.with_name("contrast_held_out.jsonl")
REPLY_CLASS = Path(evaluate.__file__).parent / "reply_class.sql"
MUST = ("is_question", "claims_factual_error", "case_inquiry", "needs_reply")
# How often an answer comes: to a negative one, to another that needs a reply, to the rest; and how
# often in time.
WAYS = {
    "alike": (0.6, 0.6, 0.6, 0.7),
    "need first": (0.8, 0.8, 0.25, 0.7),
    "negative less": (0.4, 0.75, 0.35, 0.6),
    "need alone": (0.7, 0.7, 0.05, 0.8),
    "nearly all": (0.9, 0.95, 0.6, 0.85),
}
TONE_MIX = (2.0, 3.0, 2.0)  # of training.TONES, spread from town to town


@dataclasses.dataclass(frozen=True)
class Difference:
    """One rate of one town: machine less truth as a share, and the margin the page would show."""

    metric: str
    way: str
    off: float
    margin: float

    @property
    def is_covered(self) -> bool:
        return abs(self.off) <= self.margin


def pool(comments: Sequence[Mapping[str, Any]], chances: NDArray[np.float64] | None) -> list[Any]:
    """(true class, true tone, machine's class, its tone) of each comment.

    `chances` are the tones' probabilities by a head that has not seen the comment; without them
    the shipped head's own word is taken.
    """
    found = evaluate.read([str(one["text"]) for one in comments])
    con = duckdb.connect()
    con.execute(REPLY_CLASS.read_text(encoding="utf-8"))
    result = []
    for number, (one, read) in enumerate(zip(comments, found, strict=True)):
        tone, score = read["tone"], read["negative_score"]
        if chances is not None:
            tone, score = tone_of(chances[number]), float(chances[number][0])
        flags = [read[n] for n in ("is_spam", "is_question", "claims_error", "is_case_enquiry")]
        row = con.execute(
            "SELECT reply_class(class_rule($1, false, $2, $3, $4, $5, $6, $7, $8))",
            [read["content_kind"], *flags, read["asks_for_service"], tone, score],
        ).fetchone()
        assert row is not None
        result.append((true_class(one, row[0]), one["sentiment"], row[0], tone))
    return result


def tone_of(chances: NDArray[np.float64]) -> str:
    """60_result.sql: between .25 and .6 «negative» is unclear."""
    return "unclear" if 0.25 <= chances[0] < 0.6 else dataset.TONES[int(chances.argmax())]


def true_class(one: Mapping[str, Any], machine: str) -> str:
    """M2 by the labels. They do not say what is no text at all: there the machine's word stands."""
    if one["sentiment"] == "negative" or any(one[name] for name in MUST):
        return "must"
    return "none" if machine == "none" else "content"


def towns(
    comments: Sequence[Any], count: int, seed: int, is_mixed: bool
) -> duckdb.DuckDBPyConnection:
    """A warehouse where each town is an account; the columns true_… and found_… hold both words."""
    chance = np.random.default_rng(seed)
    tones = [[n for n, c in enumerate(comments) if c[1] == tone] for tone in dataset.TONES]
    usual = [len(of_tone) / len(comments) for of_tone in tones]
    way_names = list(WAYS)
    rows: list[list[Any]] = []
    for town in range(count):
        way = WAYS[way_names[town % len(way_names)]]
        mix = chance.dirichlet(TONE_MIX) if is_mixed else usual
        for _ in range(int(chance.integers(150, 401))):
            drawn = comments[chance.choice(tones[int(chance.choice(3, p=mix))])]
            kind = 0 if drawn[1] == "negative" else 1 if drawn[0] == "must" else 2
            is_answered = bool(chance.random() < way[kind])
            is_in_time = is_answered and bool(chance.random() < way[3])
            rows.append([len(rows), f"town{town}", *drawn, is_answered, is_in_time])
    con = make_warehouse(accounts=[{"account_id": f"town{town}"} for town in range(count)])
    names = "n, town, true_class, true_tone, found_class, found_tone, is_answered, is_in_time"
    columns = [list(column) for column in zip(*rows, strict=True)]
    unnested = ", ".join(f"unnest(${n}) AS {name}" for n, name in enumerate(names.split(", "), 1))
    con.execute(f"CREATE TABLE drawn AS SELECT {unnested}", columns)
    return con


def count(con: duckdb.DuckDBPyConnection, whose: str) -> None:
    """Puts the words of `whose` ('true' or 'found') on the items and counts anew."""
    month, at = COVERAGE["month"], datetime(2026, 10, 6, 8, tzinfo=UTC)
    con.execute("DELETE FROM items")
    con.execute(
        f"""INSERT INTO items BY NAME SELECT n::VARCHAR AS item_id, 'comment' AS item_kind,
            'facebook' AS platform, town AS account_id, $1 AS month, $2 AS received_at,
            {whose}_class AS reply_class, {whose}_tone AS tone,
            CASE WHEN is_answered THEN $2 END AS answered_at, 'reply' AS answered_how,
            is_in_time AS is_within_target, false AS is_claimed_answered, true AS is_mature,
            'linked' AS link_state, false AS tone_confirmed, 'question' AS class_rule
        FROM drawn""",
        [month, at],
    )
    create_views(con)


RATES = """
SELECT account_id, needs_reply_numerator / needs_reply_denominator AS "M4",
    w.numerator / w.denominator AS "M5", n.numerator / n.denominator AS "M8"
FROM metric_response_rate JOIN metric_answered_within_target AS w USING (account_id)
JOIN metric_unanswered_negative AS n USING (account_id)
WHERE needs_reply_denominator > 0 AND n.denominator > 0
"""


def differences(
    comments: Sequence[Any], number: int, seed: int = 1, is_mixed: bool = False
) -> list[Difference]:
    """Every town's M4, M5 and M8: machine against truth, with the margin beside it."""
    con = towns(comments, number, seed, is_mixed)
    count(con, "true")
    true = {row[0]: row[1:] for row in con.execute(RATES).fetchall()}
    count(con, "found")
    result = []
    for town, *found in con.execute(RATES).fetchall():
        if town not in true:
            continue
        way = list(WAYS)[int(town.removeprefix("town")) % len(WAYS)]
        scope = Scope(date(2026, 1, 1), date(2026, 12, 1), account_ids=(town,))
        beside = metrics.class_margins(con, scope)
        margins = (beside.need.share, beside.within.share, beside.negative.share)
        for metric, machine, truth, margin in zip(
            ("M4", "M5", "M8"), found, true[town], margins, strict=True
        ):
            assert margin is not None
            result.append(Difference(metric, way, machine - truth, margin))
    return result


def summary(found: Sequence[Difference]) -> dict[str, float]:
    """Percentage points: the mean, mean size and 95th percentile; the share that margins cover."""
    off = 100 * np.array([one.off for one in found])
    return {
        "mean": float(off.mean()),
        "size": float(np.abs(off).mean()),
        "p95": float(np.percentile(np.abs(off), 95)),
        "margin": float(100 * np.median([one.margin for one in found])),
        "covered": float(np.mean([one.is_covered for one in found])),
    }


def unseen() -> list[Any]:
    """The comments that no rule and no model was made of."""
    return pool(dataset.labelled(UNSEEN), None)


def shipped() -> list[Any]:
    """The comments that come with the program, each by a head that has not seen it; without those
    that were written to be hard to tell.
    """
    comments = dataset.shipped_comments()
    reading, tones = classifier.read(comments), dataset.tone_labels(comments)
    chances = classifier.held_out(reading, tones)
    usual = np.array([dataset.HARD not in one["tags"] for one in comments])
    return pool([one for one, kept in zip(comments, usual, strict=True) if kept], chances[usual])


def hard() -> list[Any]:
    """The other half of those that are hard to tell, set aside before any rule was written."""
    return pool(dataset.labelled(HARD), None)


def main() -> None:
    """Prints a line per metric and way of answering."""
    parser = argparse.ArgumentParser(prog="python -m tests.etl.text_analysis.rates")
    parser.add_argument("--towns", type=int, default=200)
    parser.add_argument("--mixed", action="store_true")
    options = parser.parse_args()
    for name, comments in (("unseen", unseen()), ("shipped", shipped()), ("hard", hard())):
        found = differences(comments, options.towns, is_mixed=options.mixed)
        for metric in ("M4", "M5", "M8"):
            of_metric = [one for one in found if one.metric == metric]
            for way in ("all", *WAYS):
                told = summary([one for one in of_metric if way in ("all", one.way)])
                print(f"{name} {metric} {way:14}", {k: round(v, 2) for k, v in told.items()})


if __name__ == "__main__":
    main()
