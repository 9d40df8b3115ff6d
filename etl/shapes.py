"""What a source hands over: the shapes that every export format is mapped to.

A source module (`etl/sources/<format>.py`) knows one export format and nothing
else of ours. It offers

* ``FORMAT``: the format's name, shown in the list of imports,
* ``recognises(head)``: True when the file's *content* is this format,
* ``read(con, files)``: inserts what the files hold into the staging tables
  below, by relational SQL; raises `Refused` when one of them cannot be used.

Staging tables live in memory and still hold authors. `etl.privacy` turns them
into rows that may be written; nothing here reaches a disk.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb


class Refused(Exception):
    """The file cannot be used; the message says why and what to do, in plain Norwegian."""


@dataclasses.dataclass(frozen=True)
class Head:
    """What recognition may look at: enough of a file to tell what it is.

    `rows` are the first records of a delimited text (header cells normalised
    to NFKC, no soft hyphens or zero-width characters, blanks collapsed,
    casefolded in `header`), empty for other kinds. `sample` is the JSON value
    that the first bytes hold, cut short but well-formed, None for other kinds.
    """

    path: Path
    kind: str  # "json", "text", "workbook", "other"
    encoding: str = "utf-8"
    delimiter: str = ","
    rows: tuple[tuple[str, ...], ...] = ()
    sample: Any = None

    def header_at(self, row: int = 0) -> tuple[str, ...]:
        """The cells of one of the first rows, normalised for comparing names."""
        return tuple(normalise(cell) for cell in self.rows[row]) if row < len(self.rows) else ()


@dataclasses.dataclass
class ImportFile:
    """One file under way. `file_no` is its key in the staging tables."""

    file_no: int
    path: Path  # where to read it: UTF-8 text, JSON or a workbook
    origin: str  # what the person calls it
    sha256: str
    head: Head
    exported_at: datetime
    account_hint: str | None = None  # "<platform>:<handle or id>" from --account or the folders
    warnings: list[str] = dataclasses.field(default_factory=list)


def normalise(cell: str) -> str:
    """A header cell without what differs between exports of the same column (formats.md 0.1 f)."""
    import unicodedata

    text = unicodedata.normalize("NFKC", cell)
    for invisible in ("\u00ad", "\ufeff", "\u200b"):
        text = text.replace(invisible, "")
    return " ".join(text.split()).casefold()


def objects(head: Head) -> list[dict[str, Any]]:
    """Every JSON object that the head holds, outermost first."""
    return list(_objects(head.sample))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _objects(item)


# NULL always means "the file does not say"; 0 means 0.
STAGING = """
CREATE OR REPLACE TEMP TABLE staged_posts (
    file_no INTEGER, line BIGINT,
    platform VARCHAR,
    account_native VARCHAR, account_handle VARCHAR, account_name VARCHAR,
    post_native VARCHAR,            -- Facebook: the part after "_"
    published_at TIMESTAMPTZ, published_precision VARCHAR,  -- second, minute, day
    kind VARCHAR, text VARCHAR, permalink VARCHAR,
    author_id VARCHAR, author_name VARCHAR,  -- who wrote it on the account's wall; never stored
    is_own BOOLEAN,                 -- written as the account; false = visitor post
    mask_names VARCHAR[],           -- tagged names in the text
    reach BIGINT, views BIGINT, impressions BIGINT, reactions BIGINT, comments BIGINT,
    shares BIGINT, saves BIGINT, clicks BIGINT, link_clicks BIGINT, follows BIGINT,
    video_views BIGINT, watch_seconds BIGINT,
    period_from DATE, period_to DATE,  -- half-open; NULL = lifetime figures
    comments_complete BOOLEAN,      -- the file holds every top-level comment of the post
    extra JSON                      -- columns we have no name for
);
CREATE OR REPLACE TEMP TABLE staged_comments (
    file_no INTEGER, line BIGINT,
    platform VARCHAR,
    account_native VARCHAR, account_handle VARCHAR,
    comment_native VARCHAR, post_native VARCHAR,
    parent_native VARCHAR,          -- the comment it answers; NULL = top level
    root_native VARCHAR,            -- the thread's first comment (itself when top level)
    created_at TIMESTAMPTZ, text VARCHAR, permalink VARCHAR,
    likes BIGINT, is_hidden BOOLEAN,
    has_attachment BOOLEAN,         -- sticker, photo or GIF
    author_id VARCHAR, author_name VARCHAR,  -- never stored
    is_own BOOLEAN,                 -- written as the account; NULL = this file cannot tell
    mention_ids VARCHAR[], mention_names VARCHAR[],  -- whom it tags; keyed, never stored
    mask_names VARCHAR[],           -- strings of the text that name a tagged person
    replies_announced BIGINT,       -- how many replies the platform says this comment has
    has_more BOOLEAN,               -- the file says that more replies exist than it holds
    has_thread_links BOOLEAN,       -- false: the file cannot tell whom a reply answers
    agent VARCHAR                   -- who sent it, where an export says so; never stored
);
CREATE OR REPLACE TEMP TABLE staged_rejects (
    file_no INTEGER, line BIGINT, reason VARCHAR, raw VARCHAR
);
"""


def create_staging(con: duckdb.DuckDBPyConnection) -> None:
    """Makes the empty staging tables on a connection that cannot spill to disk."""
    con.execute(STAGING)
