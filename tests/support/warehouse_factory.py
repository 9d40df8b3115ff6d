"""Tiny warehouses for tests: the tables the build makes, filled with only what matters.

`make_warehouse(items=[{"answered_at": …}])` gives a connection to a warehouse in
memory, with the metric views made by the real code. Everything not given has a
sane default: a question on Facebook, mature, linked, not answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from svarvakt.metrics.views import create_views

OSLO = ZoneInfo("Europe/Oslo")
AS_OF = datetime(2026, 10, 31, 12, tzinfo=UTC)
DAY = 27_000  # the seconds of the default calendar's working day
Row = Mapping[str, Any]

TABLES = """
CREATE TABLE units (
    unit_id VARCHAR, name VARCHAR, short_name VARCHAR, kind VARCHAR, parent_id VARCHAR,
    sector VARCHAR, leader_role VARCHAR, valid_from DATE, valid_to DATE,
    is_sensitive_service BOOLEAN, channel_choice VARCHAR[]);
CREATE TABLE accounts (
    account_id VARCHAR, platform VARCHAR, native_id VARCHAR, handle VARCHAR, name VARCHAR,
    url VARCHAR, kind VARCHAR, unit_id VARCHAR, unit_name VARCHAR, is_registered BOOLEAN,
    status VARCHAR, opened_on DATE, told_on DATE, told_how VARCHAR, closed_on DATE,
    editor_role VARCHAR, administrators INTEGER, communications_administrators INTEGER,
    shows_belonging VARCHAR, comments_field VARCHAR, pause_from DATE, pause_to DATE,
    risk_assessed_on DATE, two_factor BOOLEAN, recovery_email BOOLEAN, confirmed_on DATE,
    confirmation VARCHAR, as_of TIMESTAMPTZ, comments_as_of TIMESTAMPTZ, note VARCHAR);
CREATE TABLE posts (
    post_id VARCHAR, account_id VARCHAR, unit_id VARCHAR, platform VARCHAR,
    published_at TIMESTAMPTZ, published_precision VARCHAR, kind VARCHAR, text VARCHAR,
    permalink VARCHAR, reach BIGINT, views BIGINT, impressions BIGINT, reactions BIGINT,
    comments BIGINT, shares BIGINT, saves BIGINT, clicks BIGINT, exported_at TIMESTAMPTZ,
    is_shared_copy BOOLEAN DEFAULT false);
CREATE TABLE items (
    item_id VARCHAR, item_kind VARCHAR, platform VARCHAR, account_id VARCHAR, unit_id VARCHAR,
    post_id VARCHAR, thread_id VARCHAR, parent_id VARCHAR, received_at TIMESTAMPTZ, month DATE,
    text VARCHAR, permalink VARCHAR, likes BIGINT, is_hidden BOOLEAN, is_vanished BOOLEAN,
    writer_key VARCHAR, language VARCHAR, tone VARCHAR, negative_score DOUBLE,
    is_question BOOLEAN, claims_error BOOLEAN, is_case_enquiry BOOLEAN, is_sensitive BOOLEAN,
    needs_reply BOOLEAN, reply_class VARCHAR, class_rule VARCHAR, answered_at TIMESTAMPTZ,
    answered_how VARCHAR, is_claimed_answered BOOLEAN, elapsed_seconds BIGINT,
    working_seconds BIGINT, waiting_working_seconds BIGINT, due_at TIMESTAMPTZ,
    is_mature BOOLEAN, is_within_target BOOLEAN, link_state VARCHAR, comments_field VARCHAR,
    tone_confirmed BOOLEAN, tone_found VARCHAR, flags_found VARCHAR[], flags_decided VARCHAR[],
    class_found VARCHAR, checked_as VARCHAR, checked_tone_found VARCHAR,
    checked_need_found BOOLEAN, tone_words VARCHAR, model_version VARCHAR, is_claim_lapsed BOOLEAN,
    has_hidden_reason BOOLEAN, is_dialogue_closed BOOLEAN, is_referred BOOLEAN,
    case_number VARCHAR, is_citizen_told BOOLEAN, is_archive_candidate BOOLEAN,
    may_be_unanswered BOOLEAN DEFAULT false);
CREATE TABLE factual_errors (
    subject VARCHAR, about VARCHAR, item_id VARCHAR, post_id VARCHAR, account_id VARCHAR,
    unit_id VARCHAR, platform VARCHAR, month DATE, found_at TIMESTAMPTZ,
    corrected_at TIMESTAMPTZ, permalink VARCHAR, is_open_over_day BOOLEAN,
    correction_seconds BIGINT);
CREATE TABLE looks (account_id VARCHAR, looked_at TIMESTAMPTZ);
CREATE TABLE replies (
    reply_id VARCHAR, account_id VARCHAR, post_id VARCHAR, thread_id VARCHAR, parent_id VARCHAR,
    sent_at TIMESTAMPTZ, text VARCHAR, is_by_registered_administrator BOOLEAN,
    is_automatic BOOLEAN DEFAULT false);
CREATE TABLE targets (
    metric VARCHAR, value DOUBLE, unit VARCHAR, valid_from DATE, adopted_on DATE,
    adopted_by_role VARCHAR, valid_to DATE);
CREATE TABLE register_problems (
    file VARCHAR, line BIGINT, column_name VARCHAR, problem VARCHAR);
CREATE TABLE imports (
    import_id VARCHAR, path VARCHAR, format VARCHAR, account_id VARCHAR,
    exported_at TIMESTAMPTZ, imported_at TIMESTAMPTZ, rows_rejected BIGINT, posts BIGINT,
    comments BIGINT, replies BIGINT, days BIGINT, warnings VARCHAR[]);
CREATE TABLE account_day_figures (
    account_id VARCHAR, day DATE, metric VARCHAR, value BIGINT, exported_at TIMESTAMPTZ);
CREATE TABLE rejected_rows (import_id VARCHAR, line BIGINT, reason VARCHAR, raw VARCHAR);
CREATE TABLE municipality (key VARCHAR, value VARCHAR);
CREATE TABLE build_info (key VARCHAR, value VARCHAR);
CREATE TABLE coverage (
    account_id VARCHAR, month DATE, posts BIGINT, posts_with_comment_count BIGINT,
    announced_comments BIGINT, items BIGINT, replies BIGINT, cannot_link BIGINT,
    has_thread_links BOOLEAN, has_hidden_flags BOOLEAN, as_of TIMESTAMPTZ);
CREATE TABLE working_spans (starts_at TIMESTAMPTZ, ends_at TIMESTAMPTZ, seconds_before BIGINT);
-- Every weekday 08:00-15:30 in Norway, no public holidays.
INSERT INTO working_spans
SELECT
    (day + TIME '08:00') AT TIME ZONE 'Europe/Oslo',
    (day + TIME '15:30') AT TIME ZONE 'Europe/Oslo',
    27000 * (row_number() OVER (ORDER BY day) - 1)
FROM (SELECT unnest(range(DATE '2026-07-01', DATE '2027-01-01', INTERVAL 1 DAY))::DATE AS day)
WHERE isodow(day) < 6;
"""
# Every account has had one unit all along.
ACCOUNT_UNITS = """
CREATE TABLE account_units AS
SELECT account_id, unit_id, DATE '0001-01-01' AS valid_from, DATE '9999-12-31' AS valid_to
FROM accounts
"""

ACCOUNT: Row = {
    "account_id": "facebook:1",
    "platform": "facebook",
    "name": "Fjordvik kommune",
    "is_registered": True,
    "status": "aktiv",
    "administrators": 1,
    "as_of": AS_OF,
    "comments_as_of": AS_OF,
    "confirmation": "never",
}
UNIT: Row = {"unit_id": "kultur", "name": "Kultur", "kind": "enhet", "valid_from": date(2020, 1, 1)}
POST: Row = {
    "account_id": "facebook:1",
    "platform": "facebook",
    "published_at": datetime(2026, 10, 5, 10, tzinfo=UTC),
}
REPLY: Row = {"account_id": "facebook:1", "sent_at": datetime(2026, 10, 6, 10, tzinfo=UTC)}
COVERAGE: Row = {
    "account_id": "facebook:1",
    "month": date(2026, 10, 1),
    "posts": 0,
    "posts_with_comment_count": 0,
    "items": 0,
    "replies": 0,
    "cannot_link": 0,
    "has_thread_links": True,
    "has_hidden_flags": False,
    "as_of": AS_OF,
}


def item(number: int, given: Row) -> dict[str, Any]:
    """An item with defaults; an answer given as seconds brings its time and target with it."""
    row: dict[str, Any] = {
        "item_id": f"facebook:c{number}",
        "item_kind": "comment",
        "platform": "facebook",
        "account_id": "facebook:1",
        "received_at": datetime(2026, 10, 6, 8, tzinfo=UTC),
        "text": "Når åpner biblioteket?",
        "tone": "neutral",
        "reply_class": "must",
        "is_claimed_answered": False,
        "is_mature": True,
        "is_within_target": False,
        "link_state": "linked",
        "is_hidden": False,
        "is_vanished": False,
        "tone_confirmed": False,
        "is_dialogue_closed": False,
        "class_rule": "question",
        **given,
    }
    row.setdefault("month", row["received_at"].astimezone(OSLO).date().replace(day=1))
    if row.get("working_seconds") is not None:
        row.setdefault("answered_at", AS_OF)
    if row.get("answered_at") is not None:
        row.setdefault("answered_how", "reply")
        row.setdefault("working_seconds", 3600)
        row.setdefault("elapsed_seconds", row["working_seconds"] * 3)
    else:
        row.setdefault("waiting_working_seconds", DAY * 2)
    return row


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> None:
    """Rows with only some columns; the others are NULL."""
    filled = list(rows)
    names = sorted({name for row in filled for name in row})
    if filled:
        line = f"({', '.join('?' * len(names))})"
        lines = ", ".join([line] * len(filled))
        values = [row.get(name) for row in filled for name in names]
        con.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES {lines}", values)


def fill_items(con: duckdb.DuckDBPyConnection, items: Iterable[Row]) -> None:
    """These items and no others; each belongs to its account's unit."""
    con.execute("DELETE FROM items")
    insert(con, "items", [item(number, row) for number, row in enumerate(items)])
    con.execute(
        "UPDATE items SET unit_id = (FROM accounts SELECT any_value(accounts.unit_id) "
        "WHERE accounts.account_id = items.account_id)"
    )


def make_warehouse(
    items: Iterable[Row] = (),
    accounts: Iterable[Row] | None = None,
    units: Iterable[Row] = (),
    posts: Iterable[Row] = (),
    replies: Iterable[Row] = (),
    coverage: Iterable[Row] = (),
    looks: Iterable[Row] = (),
    errors: Iterable[Row] = (),
    settings: Row | None = None,
    targets: Iterable[Row] = (),
    problems: Iterable[Row] = (),
    info: Row | None = None,
    con: duckdb.DuckDBPyConnection | None = None,
) -> duckdb.DuckDBPyConnection:
    """A warehouse in memory. Without `accounts` there is one, `facebook:1`, without a unit.

    `info` is what `build_info` holds besides the usual; `con` an empty database to use instead.
    """
    known = [{**ACCOUNT, **row} for row in ([{}] if accounts is None else accounts)]
    con = con or duckdb.connect()
    con.execute(TABLES)
    described = {"as_of": AS_OF.isoformat(), "working_day_seconds": str(DAY), **(info or {})}
    insert(con, "build_info", [{"key": k, "value": v} for k, v in described.items()])
    insert(con, "targets", targets)
    insert(con, "register_problems", problems)
    insert(con, "municipality", [{"key": k, "value": str(v)} for k, v in (settings or {}).items()])
    insert(con, "units", [{**UNIT, **unit} for unit in units])
    insert(con, "accounts", known)
    con.execute(ACCOUNT_UNITS)
    fill_items(con, items)
    owner = {row["account_id"]: row.get("unit_id") for row in known}
    for number, row in enumerate(posts):
        filled = {"post_id": f"p{number}", **POST, **row}
        insert(con, "posts", [{"unit_id": owner[filled["account_id"]], **filled}])
    insert(con, "replies", [{"reply_id": f"r{n}", **REPLY, **row} for n, row in enumerate(replies)])
    con.execute("INSERT INTO looks SELECT account_id, sent_at FROM replies")
    insert(con, "looks", looks)
    insert(con, "factual_errors", errors)
    insert(con, "coverage", [{**COVERAGE, **row} for row in coverage])
    create_views(con)
    return con
