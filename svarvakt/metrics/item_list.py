"""The items behind a figure, so that every number leads to what it was made from."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime

import duckdb

from svarvakt.metrics._query import ACCOUNT_NAME, NAMES, UNIT_NAME, fetch, prepare
from svarvakt.metrics.populations import POPULATIONS, Kind, predicate
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.scope import Scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class ItemRow:
    """One item as a list shows it. Ages are at the as-of time; answered items have none."""

    item_id: str
    item_kind: str
    platform: str
    account_id: str
    account_name: str
    unit_id: str | None
    unit_name: str
    received_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    answered_how: str | None  # 'reply', 'joined', 'registered'
    working_seconds: int | None  # to the answer
    elapsed_seconds: int | None
    age_working_days: float | None
    age_days: float | None  # calendar days
    text: str | None  # None where text is never stored (sensitive services)
    permalink: str | None
    tone: str
    negative_score: float | None  # 0-1, «maskinell vurdering»
    tone_words: str | None
    tone_confirmed: bool  # a person decided
    tone_found: str | None  # the machine's own, whatever a person decided
    flags: tuple[str, ...]  # is_question, claims_error, is_case_enquiry, is_sensitive
    flags_found: tuple[str, ...]  # the machine's own
    flags_decided: tuple[str, ...]  # those that a person said yes or no to
    reply_class: str
    class_found: str | None  # the machine's own
    class_rule: str | None
    is_overdue: bool
    is_hidden: bool
    is_vanished: bool
    is_claimed_answered: bool
    is_claim_lapsed: bool
    post_id: str | None
    case_number: str | None
    is_citizen_told: bool


def _table(kind: Kind) -> str:
    """Where a kind is looked for: what is not done with has a table of its own."""
    return "open_items" if POPULATIONS[kind].is_open else "measured_items"


def _condition(scope: Scope, kind: Kind, without: Sequence[str], flags: Sequence[str] = ()) -> str:
    """WHERE of a list over `_table(kind)` AS x; KeyError for an unknown kind or flag."""
    found = f"{scope.where('x', months=not POPULATIONS[kind].is_now)} AND {predicate(kind)}"
    return found + _left_out(without) + "".join(f" AND x.{_FLAGS[flag]}" for flag in flags)


# What `ItemRow.flags` calls them, and the table.
_FLAGS = {
    "is_question": "is_question",
    "claims_error": "is_claiming_error",
    "is_case_enquiry": "is_case_enquiry",
    "is_sensitive": "is_sensitive",
}


def _left_out(without: Sequence[str]) -> str:
    return " AND NOT list_contains($without, x.item_id)" if without else ""


_COLUMNS = f"""
    i.item_id, i.item_kind, i.platform, i.account_id, {ACCOUNT_NAME} AS account_name,
    i.unit_id, {UNIT_NAME} AS unit_name, i.received_at, i.due_at, i.answered_at, i.answered_how,
    i.working_seconds, i.elapsed_seconds,
    CASE WHEN NOT x.is_answered THEN i.waiting_working_seconds / m.working_day_seconds END
        AS age_working_days,
    CASE WHEN NOT x.is_answered
        THEN date_diff('second', i.received_at, coalesce(a.comments_as_of, a.as_of, m.as_of))
            / 86400.0
    END AS age_days,
    i.text, i.permalink, coalesce(i.tone, 'unclear') AS tone, i.negative_score, i.tone_words,
    x.is_tone_confirmed AS tone_confirmed, i.tone_found,
    list_filter(
        [
            CASE WHEN i.is_question THEN 'is_question' END,
            CASE WHEN i.claims_error THEN 'claims_error' END,
            CASE WHEN i.is_case_enquiry THEN 'is_case_enquiry' END,
            CASE WHEN i.is_sensitive THEN 'is_sensitive' END
        ],
        lambda flag: flag IS NOT NULL
    ) AS flags,
    coalesce(i.flags_found, []) AS flags_found, coalesce(i.flags_decided, []) AS flags_decided,
    i.reply_class, i.class_found, i.class_rule,
    x.standing = 'mature' AND NOT x.is_answered AS is_overdue,
    coalesce(i.is_hidden, false) AS is_hidden,
    coalesce(i.is_vanished, false) AS is_vanished,
    coalesce(i.is_claimed_answered, false) AS is_claimed_answered,
    x.is_claim_lapsed, i.post_id, i.case_number,
    coalesce(i.is_citizen_told, false) AS is_citizen_told
"""


@question("items", months=None)
def items(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    kind: Kind,
    limit: int = 50,
    offset: int = 0,
    without: Sequence[str] = (),
    flags: Sequence[str] = (),
) -> list[ItemRow]:
    """The items behind a figure, oldest first; what waits now (M7, M8) ignores the months.

    `without` are ids to leave out: what was decided after the figures were made. Of `flags` an
    item has all.
    """
    # The page first: only its rows are read in full, from where they lie. What is not done with
    # lies in the order of the list already.
    order = "x.rowid" if _table(kind) == "open_items" else "x.received_at, x.item_id"
    sql = f"""
    WITH x AS (
        SELECT item_id, item_row, account_id, unit_id, standing, is_answered, is_tone_confirmed,
            is_claim_lapsed
        FROM {_table(kind)} AS x
        WHERE {_condition(scope, kind, without, flags)}
        ORDER BY {order} LIMIT $limit OFFSET $offset
    )
    SELECT {_COLUMNS}
    FROM x JOIN items AS i ON i.rowid = x.item_row {NAMES}
    CROSS JOIN measured_on AS m
    ORDER BY i.received_at, i.item_id
    """
    page = {"limit": limit, "offset": offset}
    rows = fetch(con, ItemRow, sql, _parameters(scope, kind, without) | page)
    return [_frozen(row) for row in rows]


def _frozen(row: ItemRow) -> ItemRow:
    """DuckDB gives lists; an answer that is kept from reader to reader holds none."""
    return dataclasses.replace(
        row,
        flags=tuple(row.flags),
        flags_found=tuple(row.flags_found),
        flags_decided=tuple(row.flags_decided),
    )


@question("items", months=None)
def item_count(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    kind: Kind,
    without: Sequence[str] = (),
    flags: Sequence[str] = (),
) -> int:
    """How many `items` has in all, for paging."""
    condition = _condition(scope, kind, without, flags)
    sql = f"SELECT count(*) FROM {_table(kind)} AS x WHERE {condition}"
    row = con.execute(prepare(sql), _parameters(scope, kind, without)).fetchone()
    return int(row[0]) if row else 0


@question("items", months=False)
def unanswered_negative(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    limit: int = 50,
    offset: int = 0,
    without: Sequence[str] = (),
) -> list[ItemRow]:
    """M8, oldest first. Months do not matter."""
    return items(con, scope, "unanswered_negative", limit, offset, without)


def _parameters(scope: Scope, kind: Kind, without: Sequence[str]) -> dict[str, object]:
    found = scope.parameters(months=not POPULATIONS[kind].is_now)
    return found | ({"without": list(without)} if without else {})
