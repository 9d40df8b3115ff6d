"""Mastodon's API: an account's statuses, and the context of a status (formats.md 12)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._html import PLAIN_TEXT
from etl.ingest.sources._json import elements, nodes_table, struct
from etl.ingest.sources._threads import ROOTS
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile

FORMAT = "mastodon_api"
PLATFORM = "mastodon"
KIND = "json"
EXPECTS = "Innlegg eller svar fra Mastodons API (JSON fra «statuses» eller «context»)."

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

PERSON = {"id": "VARCHAR", "acct": "VARCHAR", "username": "VARCHAR", "url": "VARCHAR"}
STATUS = {
    "id": "VARCHAR",
    "created_at": "VARCHAR",
    "in_reply_to_id": "VARCHAR",
    "in_reply_to_account_id": "VARCHAR",
    "visibility": "VARCHAR",
    "uri": "VARCHAR",
    "url": "VARCHAR",
    "spoiler_text": "VARCHAR",
    "content": "VARCHAR",
    "account": struct(PERSON | {"display_name": "VARCHAR"}),
    "reblog": "JSON",
    "favourites_count": "BIGINT",
    "reblogs_count": "BIGINT",
    "replies_count": "BIGINT",
    "media_attachments": "JSON[]",
    "mentions": struct(PERSON) + "[]",
}
LISTS = {"ancestors": struct(STATUS) + "[]", "descendants": struct(STATUS) + "[]"}
SIGNS = {"id", "created_at", "visibility", "content", "account", "in_reply_to_id"}


def recognises(head: FileSample) -> bool:
    """A status with the fields that every server gives, or the two lists of a context."""
    return head.kind == KIND and any(
        item.keys() >= SIGNS or item.keys() >= LISTS.keys() for item in elements(head.sample)
    )


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages posts and comments; raises `UnsupportedFile` for a damaged file or a stranger's
    thread.
    """
    nodes_table(con, files, STATUS | LISTS)
    for macros in (PLAIN_TEXT, ROOTS):
        con.execute(macros)
    con.execute(SQL)
    strange = con.execute("SELECT count(*) FROM toot_accounts WHERE is_strange").fetchone()
    con.execute("DROP TABLE toot_accounts")
    if strange != (0,):
        raise UnsupportedFile(reason("mastodon_thread_of_others"))
    for file in files:
        if not any("descendants" in item for item in elements(file.head.sample)):
            file.warnings.append(reason("mastodon_own_only"))
