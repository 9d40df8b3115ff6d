"""The items behind a figure, so that every number leads to what it was made from."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import duckdb

from metrics._rows import ACCOUNT_NAME, NAMES, UNIT_NAME, fetch, parsed
from metrics.scope import Scope

Kind = Literal[
    "received",  # M1
    "class_none",
    "cannot_link",
    "claimed",
    "not_due",
    "all_counted",  # M4 all, denominator
    "all_answered",
    "all_unanswered",
    "need_counted",  # M4 needs a reply and M5, denominator
    "need_answered",
    "unanswered",  # mature, needs a reply, no answer
    "within_target",  # M5 numerator
    "answered_late",
    "registered",
    "waiting",  # M7, also what is not due yet
    "unanswered_negative",  # M8
    "negative_confirmed",  # of them, a person said so
    "negative_suggested",  # of them, the machine alone
    "follow_up",  # M9
    "hidden",  # M10
    "vanished",
    "claims_error",  # M11: what the software suggests, not what is an error
    "case_enquiry",  # M12: looks like one
    "case_not_referred",
    "case_incomplete",  # referred, but no number or the citizen is not told
    "claim_lapsed",  # «svart nå», and a newer export shows no reply
    "hidden_without_reason",  # M10
    "archive_candidate",  # R50
    "unsure_negative",  # M8: the machine is not sure whether it is negative
    "open",  # everything that a person must still do something about
    "open_overdue",  # of them, past the deadline
    "open_negative",
    "open_error",  # says that something is wrong
    "open_case",  # looks like a case, or is one
]


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
    answered_how: str | None  # 'reply', 'registered'
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


_NEED = "standing = 'mature' AND is_needing_reply"

# The same conditions as the views have; a test counts both.
_CONDITIONS: dict[Kind, str] = {
    "received": "true",
    "class_none": "standing = 'class_none'",
    "cannot_link": "standing = 'cannot_link'",
    "claimed": "standing = 'claimed'",
    "not_due": "standing = 'not_due'",
    "all_counted": "standing = 'mature'",
    "all_answered": "standing = 'mature' AND is_answered",
    "all_unanswered": "is_unanswered AND standing = 'mature'",
    "need_counted": _NEED,
    "need_answered": f"{_NEED} AND is_answered",
    "unanswered": f"is_unanswered AND {_NEED}",
    "within_target": f"{_NEED} AND is_within_target",
    "answered_late": f"{_NEED} AND is_answered AND NOT is_within_target",
    "registered": "standing = 'mature' AND is_registered_answer",
    "waiting": "is_unanswered AND is_needing_reply",
    "unanswered_negative": "is_unanswered AND is_negative",
    "negative_confirmed": "is_unanswered AND is_negative AND x.is_tone_confirmed",
    "negative_suggested": "is_unanswered AND is_negative AND NOT x.is_tone_confirmed",
    "unsure_negative": "is_unanswered AND is_unsure_negative",
    "follow_up": "is_follow_up AND is_needing_reply AND standing IN ('mature', 'not_due')",
    "hidden": "is_hidden",
    "vanished": "is_vanished",
    "claims_error": "is_claiming_error AND standing <> 'class_none'",
    "case_enquiry": "is_case_enquiry AND standing <> 'class_none'",
    "case_not_referred": "is_case AND NOT is_referred",
    "case_incomplete": "is_referred AND NOT is_case_complete",
    "claim_lapsed": "is_claim_lapsed",
    "hidden_without_reason": "(is_hidden OR is_vanished) AND NOT has_hidden_reason",
    "archive_candidate": "is_archive_candidate",
    "open": "is_open",
    "open_overdue": "is_open AND standing = 'mature' AND NOT is_answered",
    "open_negative": "is_open AND is_negative AND NOT is_answered",
    "open_error": "is_open AND is_claiming_error",
    "open_case": "is_open AND is_case",
}
# What waits now, whatever the months.
WHENEVER_LISTED: tuple[Kind, ...] = (
    "waiting",
    "unanswered_negative",
    "negative_confirmed",
    "negative_suggested",
    "unsure_negative",
    "case_not_referred",
    "case_incomplete",
    "claim_lapsed",
    "archive_candidate",
    "open",
    "open_overdue",
    "open_negative",
    "open_error",
    "open_case",
)


_STILL_OPEN: tuple[Kind, ...] = (*WHENEVER_LISTED, "unanswered", "all_unanswered")


def _table(kind: Kind) -> str:
    """Where a kind is looked for: what is not done with has a table of its own."""
    return "open_items" if kind in _STILL_OPEN else "measured_items"


def _condition(scope: Scope, kind: Kind, without: Sequence[str], flags: Sequence[str] = ()) -> str:
    """WHERE of a list over `_table(kind)` AS x; KeyError for an unknown kind or flag."""
    found = f"{scope.where('x', months=kind not in WHENEVER_LISTED)} AND {_CONDITIONS[kind]}"
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
    row = con.execute(parsed(sql), _parameters(scope, kind, without)).fetchone()
    return int(row[0]) if row else 0


def unanswered_negative(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    limit: int = 50,
    offset: int = 0,
    without: Sequence[str] = (),
) -> list[ItemRow]:
    """M8, oldest first. Months do not matter."""
    return items(con, scope, "unanswered_negative", limit, offset, without)


def open_counts(
    con: duckdb.DuckDBPyConnection, scope: Scope, without: Sequence[str] = ()
) -> tuple[int, int, float | None]:
    """How many are open, how many past the deadline, and working days that the oldest waits.

    The last is of what waits for an answer, or is negative and has none.
    """

    is_asking = f"({_CONDITIONS['waiting']} OR {_CONDITIONS['unanswered_negative']})"
    sql = f"""
    SELECT
        count(*) FILTER ({_CONDITIONS["open"]}),
        count(*) FILTER ({_CONDITIONS["open_overdue"]}),
        min_by(waiting_working_seconds, x.rowid) FILTER ({is_asking})
            / (SELECT working_day_seconds FROM measured_on)
    FROM open_items AS x
    WHERE {scope.where("x", months=False)}{_left_out(without)}
    """
    (row,) = con.execute(parsed(sql), _parameters(scope, "open", without)).fetchall()
    return row[0], row[1], row[2]


def _parameters(scope: Scope, kind: Kind, without: Sequence[str]) -> dict[str, object]:
    found = scope.parameters(months=kind not in WHENEVER_LISTED)
    return found | ({"without": list(without)} if without else {})
