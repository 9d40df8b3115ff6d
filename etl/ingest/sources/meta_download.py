"""Meta's «Download your information»: what the account itself has written (formats.md 7.6).

The files hold no ids and nobody else's comments: own replies can be counted per day, no more.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._json import elements, nodes_table, struct
from etl.ingest.staging import FileSample, ImportFile, InputRequired, UnsupportedFile

KIND = "json"
SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

WORDS = struct(
    {"timestamp": "BIGINT", "comment": "VARCHAR", "author": "VARCHAR", "group": "VARCHAR"}
)
FACEBOOK = {"timestamp": "BIGINT", "data": f"{struct({'comment': WORDS})}[]"}
VALUE = struct({"value": "VARCHAR", "timestamp": "BIGINT"})
INSTAGRAM = {"string_map_data": f"MAP(VARCHAR, {VALUE})"}

# The keys of the list, oldest first; Instagram's other file is a bare list.
FACEBOOK_LISTS = ("comments_v2", "comments")
INSTAGRAM_LIST = "comments_reels_comments"

# What was not written openly, by the keys that tell it: the reason of its refusal.
CLOSED = {
    "download_private_messages": {"participants", "messages"},
    "download_group_posts": {"group_posts_v2"},
    "download_group_comments": {"group_comments_v2"},
    "download_groups": {"groups_joined_v2"},
}
INSIGHTS = reason("insights_without_ids")


@dataclasses.dataclass(frozen=True)
class Download:
    """One kind of file in the download."""

    FORMAT: str
    PLATFORM: str | None
    EXPECTS: str
    is_ours: Callable[[Any], bool]
    into: Callable[[duckdb.DuckDBPyConnection, Sequence[ImportFile]], None]
    KIND: str = KIND

    def recognises(self, head: FileSample) -> bool:
        """By the keys of the file, which no language changes."""
        return head.kind == KIND and self.is_ours(head.sample)

    def read(self, con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
        """Stages own replies; raises `UnsupportedFile` for what must not or cannot be used."""
        self.into(con, files)


def _first(sample: Any, keys: Sequence[str]) -> tuple[str, dict[str, Any]] | None:
    for key in keys:
        if isinstance(sample, dict) and isinstance(sample.get(key), list):
            return key, next(iter(elements(sample, key)), {})
    return None


def _is_facebook(sample: Any) -> bool:
    found = _first(sample, FACEBOOK_LISTS)
    return found is not None and (
        found[0] == "comments_v2" or {"timestamp", "data"} <= found[1].keys()
    )


def _is_instagram(sample: Any) -> bool:
    found = _first(sample, [INSTAGRAM_LIST])
    return found is not None or (
        isinstance(sample, list) and any(_has_comment(item) for item in elements(sample))
    )


def _has_comment(item: dict[str, Any]) -> bool:
    values = item.get("string_map_data")
    return isinstance(values, dict) and any(
        isinstance(value, dict) and value.get("timestamp") for value in values.values()
    )


def _is_closed(sample: Any) -> bool:
    return isinstance(sample, dict) and any(keys <= sample.keys() for keys in CLOSED.values())


def _refuse_closed(_con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    sample = files[0].head.sample
    raise UnsupportedFile(
        reason(next(code for code, keys in CLOSED.items() if keys <= sample.keys()))
    )


def _is_insights(sample: Any) -> bool:
    return isinstance(sample, dict) and any(key.startswith("organic_insights_") for key in sample)


def _refuse_insights(_con: duckdb.DuckDBPyConnection, _files: Sequence[ImportFile]) -> None:
    raise UnsupportedFile(INSIGHTS)


def _read_facebook(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    for key in FACEBOOK_LISTS:
        chosen = [
            file for file in files if (_first(file.head.sample, FACEBOOK_LISTS) or "")[:1] == (key,)
        ]
        if chosen:
            _read(con, chosen, FACEBOOK, key, FROM_FACEBOOK)


def _read_instagram(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    _read(con, files, INSTAGRAM, INSTAGRAM_LIST, FROM_INSTAGRAM)


def _read(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[ImportFile],
    fields: dict[str, str],
    key: str,
    written: str,
) -> None:
    nodes_table(con, files, fields, list_key=key)
    con.execute(f"CREATE OR REPLACE TEMP TABLE own_words AS {written}")
    if con.execute(AUTHORS).fetchone() != (0,):
        raise UnsupportedFile(reason("comments_of_several_accounts"))
    if any(file.account_hint is None for file in files):
        raise InputRequired(
            reason("download_names_no_account"),
            "account",
        )
    con.execute(SQL)
    for file in files:
        file.warnings.append(reason("own_answers_only"))


FROM_FACEBOOK = """
SELECT file_no, line, 'facebook' AS platform, one.comment.author AS author,
    coalesce(one.comment.timestamp, seconds) AS seconds, one.comment.comment AS text,
    one.comment."group" IS NOT NULL AS is_closed
FROM (SELECT file_no, line, node.timestamp AS seconds, unnest(node.data) AS one FROM source_nodes)
WHERE one.comment IS NOT NULL"""
# Which value is the comment: by its name, else the first of several. The other one is the owner of
# the picture and never kept, so a lone value without a name we know is nobody's words.
COMMENT = "comment|kommentar|kommentti|comentario|comentário|commentaire|commento|reactie|komentarz"
FROM_INSTAGRAM = f"""
SELECT file_no, line, 'instagram' AS platform, NULL::VARCHAR AS author,
    list_max([one.value.timestamp FOR one IN entries]) AS seconds,
    coalesce(list_filter(entries, lambda one: regexp_full_match(lower(one.key), '{COMMENT}'))[1],
        CASE WHEN len(filled) > 1 THEN filled[1] END).value.value AS text, false AS is_closed
FROM (SELECT file_no, line, map_entries(node.string_map_data) AS entries,
        list_filter(entries, lambda one: one.value.value <> '') AS filled
    FROM source_nodes WHERE node.string_map_data IS NOT NULL)"""
AUTHORS = """
SELECT count(*)
FROM (SELECT file_no FROM own_words GROUP BY file_no HAVING count(DISTINCT author) > 1)
"""

FORMATS = (
    Download(
        "facebook_download", "facebook",
        "Egne kommentarer fra Facebooks «Last ned informasjonen din» (JSON med «comments_v2»).",
        _is_facebook, _read_facebook,
    ),
    Download(
        "instagram_download", "instagram",
        "Egne kommentarer fra Instagrams «Last ned informasjonen din» (JSON med "
        "«string_map_data»).",
        _is_instagram, _read_instagram,
    ),
    Download(
        "instagram_download_insights", "instagram",
        "",  # recognised to say why it is refused
        _is_insights, _refuse_insights,
    ),
    Download(
        "meta_download_closed", None,
        "",
        _is_closed, _refuse_closed,
    ),
)  # fmt: skip
