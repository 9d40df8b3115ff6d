"""Where a subject lies, so that a decision can be held against the reader's bounds (R14); and
what the work list needs beside its items. Months do not matter to any of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime

import duckdb

from svarvakt.metrics._query import ACCOUNT, ACCOUNT_NAME, fetch, prepare
from svarvakt.metrics.populations import POPULATIONS, Kind, predicate
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.scope import Scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class Place:
    """One item, post or account that the scope holds."""

    subject: str
    about: str
    account_id: str
    account_name: str
    platform: str
    permalink: str | None
    # False for what is no item.
    needs_reply_anyway: bool  # whatever its tone is
    is_answered: bool
    is_case: bool  # looks like one or was made one (M12)


@dataclasses.dataclass(frozen=True)
class WorkCounts:
    """How many each population of the work list holds now; of what waits (M7) the oldest's age."""

    count: Mapping[Kind, int]
    oldest_working_days: float | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class PostRow:
    """One post of ours. `text` None where none is stored."""

    post_id: str
    account_id: str
    account_name: str
    platform: str
    published_at: datetime | None
    text: str | None
    permalink: str | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnReply:
    """A reply of the account that may answer an item (M3). `text` None where none is stored."""

    reply_id: str
    sent_at: datetime
    text: str | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class OtherReply:
    """A reply by somebody who was no registered administrator then; never who (M20)."""

    account_name: str
    platform: str
    sent_at: datetime
    permalink: str | None  # of the post


@question("items", months=False)
def places(con: duckdb.DuckDBPyConnection, scope: Scope, subjects: Sequence[str]) -> list[Place]:
    """The subjects that the scope holds; the others are left out without a word."""
    sql = f"""
    WITH x AS (
        SELECT item_id AS subject, 'item' AS about, items.account_id, items.unit_id,
            items.platform, permalink,
            m.is_needing_reply
                AND coalesce(class_rule NOT IN ('negative', 'unclear_tone'), true)
                AS needs_reply_anyway,
            m.is_answered, m.is_case
        FROM items JOIN measured_items AS m USING (item_id)
        WHERE list_contains($subjects, item_id)
        UNION ALL
        SELECT post_id, 'post', account_id, unit_id, platform, permalink, false, false, false
        FROM posts WHERE list_contains($subjects, post_id) AND NOT is_shared_copy
        UNION ALL
        SELECT account_id, 'account', account_id, unit_id, platform, url, false, false, false
        FROM accounts WHERE list_contains($subjects, account_id)
    )
    SELECT x.subject, x.about, x.account_id, {ACCOUNT_NAME} AS account_name, x.platform,
        x.permalink, x.needs_reply_anyway, x.is_answered, x.is_case
    FROM x {ACCOUNT}
    WHERE {scope.where("x", months=False)}
    """
    parameters = scope.parameters(months=False) | {"subjects": list(subjects)}
    return fetch(con, Place, sql, parameters)


@question("items", months=False)
def work_counts(
    con: duckdb.DuckDBPyConnection, scope: Scope, without: Mapping[Kind, Sequence[str]]
) -> WorkCounts:
    """The open populations that `without` names, which must hold `waiting`, in one reading.

    Its values are ids to leave out of each: what was decided after the figures were made.
    Raises ValueError for a population that depends on the months.
    """
    if any(not POPULATIONS[kind].is_open for kind in without):
        raise ValueError("Only what is open can be counted whatever the months.")
    held = {kind: _held(kind, without[kind]) for kind in without}
    counted = [f"count(*) FILTER ({condition})" for condition in held.values()]
    sql = f"""
    SELECT
        min_by(waiting_working_seconds, x.rowid) FILTER ({held["waiting"]})
            / (SELECT working_day_seconds FROM measured_on),
        {", ".join(counted)}
    FROM open_items AS x WHERE {scope.where("x", months=False)}
    """
    left_out = {f"without_{kind}": list(ids) for kind, ids in without.items() if ids}
    values = scope.parameters(months=False) | left_out
    (row,) = con.execute(prepare(sql), values).fetchall()
    return WorkCounts(dict(zip(without, row[1:], strict=True)), row[0])


def _held(kind: Kind, without: Sequence[str]) -> str:
    """The condition of a population without some ids; none to leave out costs nothing."""
    left_out = f" AND NOT list_contains($without_{kind}, x.item_id)" if without else ""
    return predicate(kind) + left_out


_POSTS = f"""
SELECT x.post_id, x.account_id, {ACCOUNT_NAME} AS account_name, x.platform, x.published_at,
    x.text, x.permalink
FROM posts AS x {ACCOUNT}
"""


@question("items", months=False)
def newest_posts(con: duckdb.DuckDBPyConnection, scope: Scope, limit: int = 20) -> list[PostRow]:
    """The scope's newest posts, the newest first."""
    sql = f"""{_POSTS} WHERE {scope.where("x", months=False)} AND NOT x.is_shared_copy
    ORDER BY x.published_at DESC NULLS LAST, x.post_id LIMIT $limit"""
    return fetch(con, PostRow, sql, scope.parameters(months=False) | {"limit": limit})


@question("items", months=False)
def posts_at(con: duckdb.DuckDBPyConnection, scope: Scope, address: str) -> list[PostRow]:
    """The posts that an address leads to: as it is, or but for its ending and «www.»."""
    # What follows «?» says which post it is on some pages, and who followed the link on others.
    asked = (_bare("$address"), _bare("split_part($address, '?', 1)"))
    sql = f"""{_POSTS}
    WHERE {scope.where("x", months=False)} AND NOT x.is_shared_copy
        AND {_bare("x.permalink")} IN ({", ".join(asked)})
    ORDER BY x.post_id LIMIT 2"""
    return fetch(con, PostRow, sql, scope.parameters(months=False) | {"address": address.strip()})


@question("items", months=False)
def later_replies(
    con: duckdb.DuckDBPyConnection, scope: Scope, item_id: str, limit: int = 30
) -> list[OwnReply]:
    """What the account wrote after the item, under the same post first, then the oldest first.

    A person may join one of them to the item (M3). Empty for an item outside the scope.
    """
    sql = f"""
    WITH x AS (SELECT * FROM items WHERE item_id = $item_id)
    SELECT r.reply_id, r.sent_at, r.text
    FROM replies AS r JOIN x ON x.account_id = r.account_id AND r.sent_at > x.received_at
    WHERE {scope.where("x", months=False)} AND NOT coalesce(r.is_automatic, false)
    ORDER BY r.post_id IS DISTINCT FROM x.post_id, r.sent_at, r.reply_id LIMIT $limit
    """
    values = scope.parameters(months=False) | {"item_id": item_id, "limit": limit}
    return fetch(con, OwnReply, sql, values)


def _bare(address: str) -> str:
    return rf"rtrim(regexp_replace(lower({address}), '^https?://(www\.|m\.)?', ''), '/')"


@question("items", months=False)
def replies_by_others(
    con: duckdb.DuckDBPyConnection, scope: Scope, limit: int = 50, offset: int = 0
) -> list[OtherReply]:
    """M20: the replies behind the figure, the newest first."""
    sql = f"""
    WITH x AS (
        SELECT r.*, accounts.unit_id, accounts.platform
        FROM replies AS r JOIN accounts USING (account_id)
        WHERE NOT r.is_by_registered_administrator
    )
    SELECT {ACCOUNT_NAME} AS account_name, x.platform, x.sent_at, p.permalink
    FROM x {ACCOUNT} LEFT JOIN posts AS p ON p.post_id = x.post_id AND NOT p.is_shared_copy
    WHERE {scope.where("x", months=False)}
    ORDER BY x.sent_at DESC, x.reply_id LIMIT $limit OFFSET $offset
    """
    page = {"limit": limit, "offset": offset}
    return fetch(con, OtherReply, sql, scope.parameters(months=False) | page)
