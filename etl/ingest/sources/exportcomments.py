"""ExportComments.com: the comments of one post, as workbook or CSV (formats.md 7.2).

The workbook has its header in row 7, under who exported, the post's address and the time zone.
Its first two columns have no name: the comment's number, and the answer's number under it. The
comments' ids stand only in the links behind «view comment». The CSV of 2025 has the same columns
without the rows above and the links; the name of the file says which video it is about.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import Layout, name_key
from etl.ingest.sources._hyperlinks import hyperlinks
from etl.ingest.sources._template import Template, fill_rows, stage_rows
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

_NO_IDS = reason("exportcomments_without_ids")
_NO_POST = reason("exportcomments_without_post")


@dataclasses.dataclass(frozen=True, eq=False)
class Comments(Template):
    """A template whose number columns and preamble say more than its named columns."""

    id_scope: str = "platform"
    time_zone: str | None = "UTC"  # where the preamble names no other
    numbers: tuple[str, ...] = ()  # names of the two number columns; none: the first two

    def layout(self, head: FileSample) -> Layout | None:
        """The named columns, with the two number columns as comment and parent."""
        found = super().layout(head)
        if found is None:
            return None
        if self.numbers:
            keys = [name_key(cell) for cell in found.header]
            if not set(self.numbers) <= set(keys):
                return None
            number, answer = (keys.index(name) for name in self.numbers)
        elif found.header[:2] == ("", "") and _preamble(head):
            number, answer = 0, 1
        else:
            return None
        columns = dict(found.columns) | {"comment_id": number, "parent_id": answer}
        return dataclasses.replace(found, columns=columns)

    def read(self, con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
        """Stages the comments; raises `UnsupportedFile` for a time zone that nobody knows."""
        fill_rows(con, self, files)
        _tell(con, files)
        con.execute(SQL)
        stage_rows(con, self, files)
        _warn(con, files)


def _preamble(head: FileSample) -> dict[str, str]:
    """What the rows above the header say, by their first cell."""
    said = {name_key(row[0]): row[1].strip() for row in head.rows[:6] if len(row) > 1}
    return said if said.get("exported by") == "ExportComments.com" else {}


def _tell(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Makes `source_links` and `source_preambles`; the zone goes to `source_facts`."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE source_links "
        "(file_no INTEGER, line BIGINT, is_profile BOOLEAN, url VARCHAR)"
    )
    con.execute("CREATE OR REPLACE TEMP TABLE source_preambles (file_no INTEGER, url VARCHAR)")
    for file in files:
        said = _preamble(file.head)
        values = [file.file_no, said.get("source url") or _video(file.origin)]
        con.execute("INSERT INTO source_preambles VALUES (?, ?)", values)
        con.execute(
            "UPDATE source_facts SET zone = $zone WHERE file_no = $file_no",
            {"zone": zone_of(said.get("timezone", "UTC")), "file_no": file.file_no},
        )
        links = [
            [file.file_no, line, column == "C", url]
            for line, column, url in hyperlinks(file.head.path)
        ]
        if links:
            con.executemany("INSERT INTO source_links VALUES (?, ?, ?, ?)", links)


def _video(origin: str) -> str | None:
    """The address of the video that `yt-comments_<video>_<job> - ExportComments.com.csv` names."""
    found = re.search(r"yt-comments_([\w-]{11})_\d+", Path(origin).name)
    return f"https://www.youtube.com/watch?v={found[1]}" if found else None


def zone_of(word: str) -> str:
    """A time zone's name as the file gives it. Raises `UnsupportedFile` for a name that is none."""
    if found := re.fullmatch(r"(?:UTC|GMT) ?([+-])0?(\d\d?)(?::?00)?", word.strip()):
        sign, hours = found.groups()  # Etc/GMT counts westwards
        word = f"Etc/GMT{'-' if sign == '+' else '+'}{int(hours)}" if int(hours) else "UTC"
    try:
        return ZoneInfo(word.strip() or "UTC").key
    except (KeyError, OSError, ValueError):
        raise UnsupportedFile(reason("time_zone_unknown", zone=word[:40])) from None


def _warn(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    lacking = con.execute(
        "SELECT file_no, bool_or(comment_id LIKE 'ec%'), bool_and(post_key IS NULL) "
        "FROM source_items GROUP BY file_no"
    ).fetchall()
    found = {file_no: rest for file_no, *rest in lacking}
    for file in files:
        has_no_ids, has_no_post = found.get(file.file_no, (False, False))
        if has_no_ids:
            file.warnings.append(_NO_IDS)
        if has_no_post:
            file.warnings.append(_NO_POST)


@dataclasses.dataclass(frozen=True, eq=False)
class OfVideo(Comments):
    """The CSV of 2025: «id» is the comment's number; beside it an answer's, or no such column."""

    def layout(self, head: FileSample) -> Layout | None:
        """The named columns, with the number columns as comment and parent."""
        found = Template.layout(self, head)
        if found is None:
            return None
        columns = dict(found.columns)
        answer = columns["comment_id"] + 1
        if found.header[answer].strip() == "":
            columns["parent_id"] = answer
        return dataclasses.replace(found, columns=columns)


@dataclasses.dataclass(frozen=True, eq=False)
class Listed(Comments):
    """The CSV of 2026: it has ids, but nothing that tells whom an answer answers."""

    def layout(self, head: FileSample) -> Layout | None:
        """The named columns alone."""
        return Template.layout(self, head)


_SHEET = {
    "author_name": ("Name (click to view profile)",),
    "author_id": ("Profile ID",),
    "created_at": ("Date",),
    "likes": ("Likes",),
    "text": ("Comment",),
}
FORMATS = (
    Comments(
        name="exportcomments",
        title="Kommentarer fra ExportComments.com (arbeidsbok)",
        platform=None,
        columns=_SHEET,
        required=("author_name", "created_at", "text"),
        ignored=("*",),
    ),
    Listed(
        name="exportcomments_list",
        title="Kommentarer fra ExportComments.com (CSV)",
        platform=None,
        columns=_SHEET
        | {
            "author_name": ("Username",),
            "author_url": ("Profile URL",),
            "comment_id": ("Comment ID",),
            "comment_url": ("Comment URL",),
        },
        required=("author_name", "created_at", "text", "comment_id", "comment_url"),
        ignored=("*",),
        is_tried=False,
    ),
    OfVideo(
        name="exportcomments_youtube",
        title="Kommentarer på YouTube fra ExportComments.com (CSV fra 2025)",
        platform="youtube",
        columns=_SHEET | {"author_name": ("Name",), "comment_id": ("id",)},
        required=("author_name", "created_at", "text", "comment_id"),
        signature=("isHearted", "isPinned"),
        times=("%d/%m/%y %H:%M:%S", "%d/%m/%y %H:%M"),
        ignored=("*",),
    ),
    Comments(
        name="exportcomments_older",
        title="Kommentarer fra ExportComments.com (eldre CSV)",
        platform=None,
        columns=_SHEET
        | {
            "author_name": ("Name", "Username", "Name (click to view profile)"),
            "author_id": ("Profile ID", "User ID", "ProfileID"),
            "text": ("Comment", "Message"),
        },
        required=("created_at", "text", "author_name"),
        times=("%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S"),
        ignored=("*",),
        is_tried=False,
        numbers=("id", "subid"),
    ),
)
