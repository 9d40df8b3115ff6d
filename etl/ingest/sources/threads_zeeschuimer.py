"""Threads as the browser extension Zeeschuimer saves it, one message a line (formats.md 12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._json import elements, nodes_table, struct
from etl.ingest.staging import FileSample, ImportFile, InputRequired

FORMAT = "threads_zeeschuimer"
PLATFORM = "threads"
KIND = "json"
EXPECTS = "Meldinger på Threads lagret med Zeeschuimer (NDJSON med «source_platform»)."

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

USER = struct({"username": "VARCHAR", "pk": "VARCHAR"})
ABOUT = struct(
    {
        "is_reply": "BOOLEAN",
        "reply_to_author": USER,
        "direct_reply_count": "BIGINT",
        "repost_count": "BIGINT",
    }
)
MESSAGE = {
    "pk": "VARCHAR",
    "code": "VARCHAR",
    "user": USER,
    "taken_at": "BIGINT",
    "caption": struct({"text": "VARCHAR"}),
    "like_count": "BIGINT",
    "text_post_app_info": ABOUT,
}
NODE = {"timestamp_collected": "BIGINT", "data": struct(MESSAGE)}


def recognises(head: FileSample) -> bool:
    """Envelopes that name Threads as the platform they were collected from."""
    return head.kind == KIND and any(
        str(item.get("source_platform", "")).startswith("threads") and "data" in item
        for item in elements(head.sample)
    )


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages posts and comments.

    Raises `InputRequired` without an account: it holds many people.
    """
    nodes_table(con, files, NODE, list_key="items")
    if any(file.account_hint is None for file in files):
        raise InputRequired(
            reason("zeeschuimer_account"),
            "account",
        )
    con.execute(SQL)
    collected = dict(con.execute(COLLECTED).fetchall())
    for file in files:
        if moment := collected.get(file.file_no):
            file.exported_at = datetime.fromtimestamp(moment / 1000, UTC)
        file.warnings.append(reason("zeeschuimer_no_parents"))
    con.execute("DROP TABLE source_nodes")


COLLECTED = """
SELECT file_no, max(node.timestamp_collected) FROM source_nodes
WHERE node.timestamp_collected BETWEEN 1600000000000 AND 4000000000000 GROUP BY file_no
"""
