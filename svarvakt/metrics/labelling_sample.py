"""What «Merk 20» serves: comments to be read by a person, and what the machine made of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import duckdb

from svarvakt.metrics._query import ACCOUNT, ACCOUNT_NAME, fetch
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.scope import Scope


@dataclasses.dataclass(frozen=True)
class Picked:
    """One item to label. `served_as`: random, or uncertain where the machine is least sure."""

    item_id: str
    served_as: str


@dataclasses.dataclass(frozen=True)
class Said:
    """A message before the item in its thread. `text` None where none is stored."""

    is_ours: bool
    text: str | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class ToRead:
    """One item with what stands around it, and the machine's own assessment."""

    item_id: str
    account_name: str
    platform: str
    permalink: str | None
    post_text: str | None
    before: tuple[Said, ...]  # the last three, oldest first
    text: str
    tone_found: str | None
    negative_score: float | None  # 0-1
    flags_found: tuple[str, ...]
    class_found: str | None


@question("items", months=False)
def picked(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    seed: int,
    without: Sequence[str] = (),
    count: int = 20,
) -> list[Picked]:
    """Half at random, half where the machine is least sure, mixed; the same seed, the same items.

    What a person has labelled and texts that are gone are left out. Months do not matter. Quality
    is told of the random ones alone: the uncertain are the hard ones.
    """
    sql = f"""
    WITH unread AS (
        SELECT item_id, hash(item_id || $seed::VARCHAR) AS chance,
            abs(negative_score - 0.45) AS distance
        FROM items AS x
        WHERE text IS NOT NULL AND negative_score IS NOT NULL AND NOT tone_confirmed
            AND coalesce(class_found, '') <> 'none'  -- only a tag, emoji or spam: nothing to read
            AND NOT list_contains($without::VARCHAR[], item_id) AND {scope.where("x", months=False)}
    ), drawn AS (
        SELECT *, 'random' AS served_as FROM unread ORDER BY chance LIMIT $half
    ), hard AS (
        SELECT *, 'uncertain' AS served_as FROM unread ANTI JOIN drawn USING (item_id)
        ORDER BY distance, chance LIMIT $rest
    )
    SELECT item_id, served_as FROM (FROM drawn UNION ALL FROM hard)
    ORDER BY hash(chance), item_id
    """
    halves = {"half": count // 2, "rest": count - count // 2}
    values = {"seed": seed, "without": list(without)} | halves
    return fetch(con, Picked, sql, scope.parameters(months=False) | values)


@question("items", months=False)
def to_read(con: duckdb.DuckDBPyConnection, scope: Scope, item_id: str) -> ToRead | None:
    """One item to label with its post and thread; None where the scope does not hold it."""
    sql = f"""
    WITH messages AS (
        SELECT thread_id, received_at AS sent_at, false AS is_ours, text FROM items
        UNION ALL
        SELECT thread_id, sent_at, true, text FROM replies
    )
    SELECT x.item_id, {ACCOUNT_NAME} AS account_name, x.platform, x.permalink,
        p.text AS post_text,
        (SELECT list({{'is_ours': is_ours, 'text': m.text}} ORDER BY sent_at)[-3:]
            FROM messages AS m
            WHERE m.thread_id = x.thread_id AND m.sent_at < x.received_at) AS before,
        x.text, x.tone_found, x.negative_score,
        coalesce(x.flags_found, []) AS flags_found, x.class_found
    FROM items AS x {ACCOUNT} LEFT JOIN posts AS p
        ON p.post_id = x.post_id AND NOT p.is_shared_copy
    WHERE x.item_id = $item_id AND x.text IS NOT NULL AND {scope.where("x", months=False)}
    """
    values = scope.parameters(months=False) | {"item_id": item_id}
    return next((_frozen(row) for row in fetch(con, ToRead, sql, values)), None)


@dataclasses.dataclass(frozen=True)
class WordEffect:
    """How many items a line of the word list helped to tip, by the tone they were read as."""

    word: str
    negative: int
    positive: int
    neutral: int


@question("items", months=False)  # with the words of texts
def word_effects(
    con: duckdb.DuckDBPyConnection, scope: Scope, words: Sequence[str]
) -> list[WordEffect]:
    """The effect of each word as it is shown (`elendig…`); one that tipped nothing is left out."""
    sql = f"""
    SELECT word,
        count(*) FILTER (tone_found = 'negative') AS negative,
        count(*) FILTER (tone_found = 'positive') AS positive,
        count(*) FILTER (tone_found = 'neutral') AS neutral
    FROM (
        SELECT unnest(string_split(tone_words, ', ')) AS word, tone_found FROM items AS x
        WHERE tone_words IS NOT NULL AND {scope.where("x", months=False)}
    )
    WHERE list_contains($words, word) GROUP BY word ORDER BY word
    """
    values = scope.parameters(months=False) | {"words": list(words)}
    return fetch(con, WordEffect, sql, values)


def _frozen(row: ToRead) -> ToRead:
    before: Sequence[Any] = row.before or ()
    said = tuple(Said(one["is_ours"], one["text"]) for one in before)
    return dataclasses.replace(row, before=said, flags_found=tuple(row.flags_found))
