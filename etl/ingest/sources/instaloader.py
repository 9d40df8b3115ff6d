"""Comments of one Instagram post as instaloader saves them (formats.md 8)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._json import elements, nodes_table, struct
from etl.ingest.staging import FileSample, ImportFile

FORMAT = "instaloader"
PLATFORM = "instagram"
KIND = "json"
EXPECTS = "Kommentarer til et Instagram-innlegg lagret med instaloader (JSON med «owner»)."

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

REPLY = {
    "id": "VARCHAR",
    "created_at": "BIGINT",
    "text": "VARCHAR",
    "owner": struct({"id": "VARCHAR", "username": "VARCHAR"}),
    "likes_count": "BIGINT",
}
NODE = REPLY | {"answers": struct(REPLY) + "[]"}
SIGNS = {"id", "created_at", "text", "owner", "likes_count"}


def recognises(head: FileSample) -> bool:
    """A list of comments with an owner, a time in seconds and their answers."""
    return head.kind == KIND and any(map(_is_ours, elements(head.sample)))


def _is_ours(item: dict[str, Any]) -> bool:
    return (
        item.keys() >= SIGNS
        and isinstance(item["created_at"], int)
        and isinstance(item["owner"], dict)
    )


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the comments; raises `UnsupportedFile` for a damaged file."""
    nodes_table(con, files, NODE)
    con.execute(SQL)
    for file in files:
        file.warnings.append(reason("post_not_told"))
