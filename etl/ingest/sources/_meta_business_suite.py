"""What the Facebook and Instagram content exports of Meta Business Suite share.

Same dialog, same clock (Los Angeles), same ways of being damaged by a spreadsheet.
The rules are those of formats.md 1 and 2.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import (
    Aliases,
    Layout,
    find_layout,
    layout_by_content,
    name_key,
    whole_records,
)
from etl.ingest.sources._dates import date_orders
from etl.ingest.sources._rows import rows_table
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

REQUIRED = ("post_id", "account_id", "published", "permalink")
MEASURES = (
    "views", "impressions", "reach", "interactions", "reactions", "comments", "shares", "saves",
    "follows", "clicks", "link_clicks", "other_clicks", "photo_clicks", "video_views",
    "watch_seconds",
)  # fmt: skip
TEXTS = (
    *REQUIRED, "account_handle", "account_name", "title", "description", "post_type", "period",
    "data_comment",
)  # fmt: skip
TIME = r"\d{1,2}[/.]\d{1,2}[/.]\d{4} \d{1,2}:\d{2}"
# Post type in the languages met; a type that is not here keeps its own word.
KINDS = {
    "photos": "photo", "foton": "photo", "bilder": "photo",
    "videos": "video", "videor": "video", "videoer": "video",
    "reels": "reel", "links": "link", "länkar": "link", "lenker": "link",
    "text": "text", "tekst": "text", "live": "live",
    "ig image": "photo", "ig reel": "reel", "ig carousel": "carousel", "ig story": "story",
    "imagen de instagram": "photo", "reel de instagram": "reel",
    "secuencia de instagram": "carousel",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Export:
    """One of the two exports. `fixed` are its first columns, whose order never changes."""

    platform: str
    aliases: Mapping[str, tuple[str, ...]]
    unverified: Mapping[str, tuple[str, ...]]  # Norwegian names that no real file has shown
    ignored: Collection[str]
    fixed: tuple[str, ...]
    host: str
    key_of_link: str  # SQL: a key of the post, from `permalink`
    handle_of_link: str  # SQL: the account's handle, from `permalink`
    measures_by_position: Callable[[Sequence[Sequence[str]]], dict[str, int]]

    def macros(self) -> str:
        """SQL: what `_meta_business_suite.sql` asks of the export that is read."""
        return (
            f"CREATE OR REPLACE TEMP MACRO export_platform() AS '{self.platform}';"
            f"CREATE OR REPLACE TEMP MACRO key_of_link(permalink) AS {self.key_of_link};"
            f"CREATE OR REPLACE TEMP MACRO handle_of_link(permalink) AS {self.handle_of_link};"
            f"CREATE OR REPLACE TEMP MACRO kind_of(word) AS MAP {KINDS}[word];"
            "CREATE OR REPLACE TEMP MACRO is_no_sum(total, one, two, three) AS "
            "total <> coalesce(one, 0) + coalesce(two, 0) + coalesce(three, 0)"
        )

    def names(self) -> Aliases:
        """Every name of every canonical column, the ones without any included."""
        return {
            name: self.aliases.get(name, ()) + self.unverified.get(name, ())
            for name in (*TEXTS, *MEASURES)
        }

    def layout(self, head: FileSample) -> Layout | None:
        """Where the columns are, by name or, in a language not met yet, by content."""
        return find_layout(head, self.names(), REQUIRED) or self._by_position(head)

    def known_layout(self, head: FileSample) -> Layout:
        """The layout of a file that was recognised."""
        layout = self.layout(head)
        assert layout is not None
        return layout

    def _by_position(self, head: FileSample) -> Layout | None:
        records = [row for row in whole_records(head) if len(row) >= len(self.fixed)]
        places = {name: self.fixed.index(name) for name in (*REQUIRED, "period")}
        if not records or not all(self._looks_right(row, places) for row in records):
            return None
        if len({row[places["period"]] for row in records}) > 1:
            return None
        columns = {name: at for at, name in enumerate(self.fixed) if name in TEXTS}
        columns |= self.measures_by_position(records)
        return layout_by_content(head, 0, columns)

    def _looks_right(self, row: Sequence[str], places: Mapping[str, int]) -> bool:
        return (
            re.fullmatch(r"\d{15,18}", row[places["post_id"]]) is not None
            and self.host in row[places["permalink"]]
            and re.fullmatch(TIME, row[places["published"]]) is not None
        )


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile], export: Export) -> None:
    """Stages the posts of the files.

    Raises `UnsupportedFile` for a file that would give wrong figures.
    """
    rows_table(
        con, files, export.known_layout, export.names(), MEASURES, fractions=("watch_seconds",)
    )
    con.execute(export.macros())
    _refuse_shifted_columns(con)
    _refuse_daily_rows(con)
    date_orders(con, files)
    con.execute(SQL)
    _warn(con, files, export)


def _refuse_daily_rows(con: duckdb.DuckDBPyConnection) -> None:
    """One row per post and day looks the same, but for the column that says «Lifetime»."""
    daily = con.execute(
        "SELECT 1 FROM source_rows WHERE regexp_matches(period, '\\d') LIMIT 1"
    ).fetchone()
    if daily:
        raise UnsupportedFile(reason("rows_per_day"))


def _refuse_shifted_columns(con: duckdb.DuckDBPyConnection) -> None:
    """Rows of several layouts pasted under one header: the sum of the parts tells (1.3 g)."""
    shifted = con.execute(
        "SELECT 1 FROM source_rows GROUP BY file_no HAVING count(*) FILTER (bad_measure "
        "IS NOT NULL OR is_no_sum(interactions, reactions, comments, shares)) "
        "> 0.01 * count(*) LIMIT 1"
    ).fetchone()
    if shifted:
        raise UnsupportedFile(reason("shifted_columns"))


BY_POSITION = reason("found_by_position_meta")


def _warn(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile], export: Export) -> None:
    counted = con.execute(
        "SELECT file_no, count(*) FILTER (own_key IS NULL AND link_key IS NOT NULL), "
        "any_value(coalesce(all_views, 0) = 0 AND all_reach > 0), any_value(is_clicks_off) "
        "FROM source_posts GROUP BY file_no"
    ).fetchall()
    found = {file_no: rest for file_no, *rest in counted}
    for file in files:
        layout = export.known_layout(file.head)
        rescued, has_no_views, is_clicks_off = found.get(file.file_no, (0, False, False))
        if rescued:
            file.warnings.append(reason("ids_broken_rescued", count=rescued))
        if has_no_views and "views" in layout.columns:
            file.warnings.append(reason("views_empty"))
        if is_clicks_off:
            file.warnings.append(reason("clicks_left_out"))
        file.warnings.extend(_column_warnings(layout, export))


def _column_warnings(layout: Layout, export: Export) -> list[str]:
    if layout.by_position:
        return [BY_POSITION]
    warnings: list[str] = []
    guessed = {name_key(name) for names in export.unverified.values() for name in names}
    seen = {name_key(name) for names in export.aliases.values() for name in names}
    if any(name_key(layout.header[at]) in guessed - seen for at in layout.columns.values()):
        warnings.append(reason("untried_names_norwegian"))
    # What the fixed columns hold is known, whatever they are called.
    if unknown := layout.unknown(export.names(), export.ignored, first=len(export.fixed)):
        warnings.append(reason("unknown_columns", columns=", ".join(unknown)))
    return warnings
