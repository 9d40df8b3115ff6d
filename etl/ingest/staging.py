"""What a source hands over: the shapes that every export format is mapped to.

A source module (`etl/ingest/sources/<format>.py`) knows one export format and nothing
else of ours. It offers

* ``FORMAT``: the format's name, shown in the list of imports,
* ``PLATFORM``: whose export it is, None where the file or a person says so,
* ``KIND`` and ``EXPECTS``: for the sentence about a file that nobody recognises (empty: a
  format that is known only to be refused),
* ``recognises(head)``: True when the file's *content* is this format,
* ``read(con, files)``: inserts what the files hold into the staging tables
  below, by relational SQL; raises `UnsupportedFile` when one of them cannot be used,
* and, where an export has several files of which we read one, ``is_companion(head)``: True
  for the others. Beside the one that is read (`ImportFile.is_beside_its_table`) they give no
  rows and a warning, so that a whole download loads; alone they are refused.

Staging tables live in memory and still hold authors. `etl.privacy` turns them
into rows that may be written; nothing here reaches a disk.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import duckdb


class UnsupportedFile(Exception):
    """The file cannot be used; the message says why and what to do (etl/ingest/reasons)."""

    @property
    def reason(self) -> str:
        """The message: a `Reason` where it was made from a code."""
        return self.args[0] if self.args and isinstance(self.args[0], str) else str(self)


class InputRequired(UnsupportedFile):
    """The file cannot be used before a person has answered `question`.

    `question` is a field of `ImportOverrides`; the message is the refusal when nobody answers.
    """

    def __init__(self, message: str, question: str) -> None:
        super().__init__(message)
        self.question = question


@dataclasses.dataclass(frozen=True)
class ImportOverrides:
    """What a person said of a file that the file does not say itself."""

    account: str | None = None  # "<platform>:<handle or id>"
    exported_at: datetime | None = None
    is_day_first: bool | None = None  # dates that can be read in two ways
    time_zone: str | None = None  # of times that are written without one
    accounts: tuple[str, ...] = ()  # where a file has several platforms: one each
    partners: tuple[tuple[str, bool], ...] = ()  # account → whether it is the municipality's

    def of_platform(self, platform: str | None) -> list[str]:
        """The accounts that may be meant in a file of a platform (None = of any)."""
        said = [*([self.account] if self.account else []), *self.accounts]
        return [one for one in dict.fromkeys(said) if platform in (None, one.partition(":")[0])]


@dataclasses.dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook as text cells; rows and columns where the spreadsheet shows them."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclasses.dataclass(frozen=True)
class FileSample:
    """What recognition may look at: enough of a file to tell what it is.

    `rows` are the first records of a delimited text (header cells normalised
    to NFKC, no soft hyphens or zero-width characters, blanks collapsed,
    casefolded in `header`), empty for other kinds. `sample` is the JSON value
    that the first bytes hold, cut short but well-formed, None for other kinds.
    A workbook with one sheet in use is a "text" like any other; with several it is a
    "workbook", and `sheets` are their first rows.
    """

    path: Path
    kind: str  # "json", "text", "workbook", "other"
    encoding: str = "utf-8"
    delimiter: str = ","
    rows: tuple[tuple[str, ...], ...] = ()
    sample: Any = None
    is_from_workbook: bool = False
    sheets: tuple[Sheet, ...] = ()
    wrapping: str | None = None  # the delimiter of a spreadsheet that made one cell of each line
    hidden_sheets: tuple[str, ...] = ()  # of a workbook; they are not read

    def header_at(self, row: int = 0) -> tuple[str, ...]:
        """The cells of one of the first rows, normalised for comparing names."""
        return self._normalised[row] if row < len(self.rows) else ()

    @cached_property
    def _normalised(self) -> tuple[tuple[str, ...], ...]:
        """Made once: every format asks."""
        return tuple(tuple(map(normalise, row)) for row in self.rows)


@dataclasses.dataclass
class ImportFile:
    """One file under way. `file_no` is its key in the staging tables."""

    file_no: int
    path: Path  # where to read it: UTF-8 text or JSON (a workbook's only sheet as text)
    origin: str  # what the person calls it
    sha256: str
    head: FileSample
    exported_at: datetime  # a source that finds it in the file or its name says so here
    account_hint: str | None = None  # "<platform>:<handle or id>" from --account or the folders
    accounts: tuple[str, ...] = ()  # the same, one for each platform that the file may have
    warnings: list[str] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)  # warnings of the file as a whole
    is_day_first: bool | None = None  # what a person said of dates that can be read in two ways
    time_zone: str | None = None  # and of times that are written without a zone
    question: str | None = (
        None  # a field of `ImportOverrides` that would make the file better understood
    )
    sheets: dict[str, Path] = dataclasses.field(default_factory=dict)  # of a workbook, as text
    # What it belongs to stands in the same folder: see `is_companion` above.
    is_beside_its_table: bool = False
    is_cut: bool = False  # the last row of a table is not whole
    mapping: str = ""  # which columns a person has said that such a table has, as a hash

    def sheet(self, name: str) -> ImportFile:
        """One sheet of a workbook as a file of text; its warnings are this file's own."""
        found = next(sheet for sheet in self.head.sheets if sheet.name == name)
        head = dataclasses.replace(self.head, kind="text", rows=found.rows, sheets=())
        return dataclasses.replace(self, path=self.sheets[name], head=head)

    @property
    def all_accounts(self) -> tuple[str, ...]:
        """What is said of its accounts."""
        return self.accounts or ((self.account_hint,) if self.account_hint else ())

    @property
    def name(self) -> str:
        """The file's own name, as the person knows it."""
        return self.origin.replace("\\", "/").rpartition("/")[2]


def normalise(cell: str) -> str:
    """A header cell without what differs between exports of the same column (formats.md 0.1 f)."""
    import unicodedata

    text = unicodedata.normalize("NFKC", cell)
    for invisible in ("\u00ad", "\ufeff", "\u200b"):
        text = text.replace(invisible, "")
    return " ".join(text.split()).casefold()


def objects(head: FileSample) -> list[dict[str, Any]]:
    """Every JSON object that the head holds, outermost first."""
    return list(_objects(head.sample))


def _objects(sample: Any) -> Iterator[dict[str, Any]]:
    left = [sample]  # no recursion: a damaged file may be a thousand brackets deep
    while left:
        value = left.pop()
        if isinstance(value, dict):
            yield value
            value = list(value.values())
        if isinstance(value, list):
            left.extend(reversed(value))


class Format(Protocol):
    """What a source module offers; `FORMATS` in a module holds several of them."""

    @property
    def FORMAT(self) -> str: ...  # noqa: N802 -- the names are constants of a module
    @property
    def PLATFORM(self) -> str | None: ...  # noqa: N802
    @property
    def KIND(self) -> str: ...  # noqa: N802
    @property
    def EXPECTS(self) -> str: ...  # noqa: N802

    def recognises(self, head: FileSample) -> bool: ...
    def read(self, con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None: ...


STAGED = (
    "staged_posts", "staged_comments", "staged_account_days", "staged_rejects", "staged_passed",
    "staged_rows",
)  # fmt: skip
# What `staged_account_days.metric` may say.
ACCOUNT_METRICS = (
    "views", "impressions", "reach", "interactions", "reactions", "comments", "shares", "saves",
    "clicks", "link_clicks", "visits", "followers_gained", "followers_lost", "followers",
    "posts", "video_views",
)  # fmt: skip

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
    author_title VARCHAR,           -- a second name of the writer, as texts show it; never stored
    ids_name_writer BOOLEAN,        -- the ids above lead to who wrote: they are stored as keys
    is_own BOOLEAN,                 -- written as the account; NULL = this file cannot tell
    mention_ids VARCHAR[], mention_names VARCHAR[],  -- whom it tags; keyed, never stored
    mask_names VARCHAR[],           -- strings of the text that name a tagged person
    replies_announced BIGINT,       -- how many replies the platform says this comment has
    has_more BOOLEAN,               -- the file says that more replies exist than it holds
    has_thread_links BOOLEAN,       -- false: the file cannot tell whom a reply answers
    agent VARCHAR                   -- who sent it, where an export says so; never stored
);
-- Figures of the whole account per day, as the platform sums them; never added up to posts'.
CREATE OR REPLACE TEMP TABLE staged_account_days (
    file_no INTEGER, line BIGINT, platform VARCHAR,
    account_native VARCHAR, account_handle VARCHAR, account_name VARCHAR,
    day DATE, metric VARCHAR,       -- one of ACCOUNT_METRICS
    value BIGINT
);
-- `reason` is a code of etl/ingest/reasons/rows.py, with «:» and its value where it has one.
CREATE OR REPLACE TEMP TABLE staged_rejects (
    file_no INTEGER, line BIGINT, reason VARCHAR, raw VARCHAR
);
-- A row that holds nothing to use, once.
CREATE OR REPLACE TEMP TABLE staged_passed (file_no INTEGER, line BIGINT, reason VARCHAR);
-- Every row of the file, once: a line of a table, a message of JSON. Each must be found again as
-- one post, one comment, the figures of one day, one rejected row or one that was passed over.
CREATE OR REPLACE TEMP TABLE staged_rows (file_no INTEGER, line BIGINT);
"""


def create_staging(con: duckdb.DuckDBPyConnection) -> None:
    """Makes the empty staging tables on a connection that cannot spill to disk."""
    con.execute(STAGING)
