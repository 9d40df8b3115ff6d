"""A column template: an export format that is data, not code (docs/template.md).

A template says which platform a table is from, what its columns are called, how its times are
written and which words mean what. `templates/` holds those that ship; a person's own choice of
columns becomes one by `template_from`. `_template.sql` reads them all.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import Aliases, Layout, find_layout, name_key
from etl.ingest.sources._rows import rows_table
from etl.ingest.sources._template_json import has_keys, rows_from_json
from etl.ingest.staging import FileSample, ImportFile, InputRequired, UnsupportedFile
from etl.pseudonymization import sql
from svarvakt.platforms import PLATFORMS

MACROS, *STEPS = (
    Path(__file__).with_name(f"{step}.sql").read_text(encoding="utf-8")
    for step in ("_template_macros", "_template", "_template_rows")
)
IDENTITY = sql("identity")

# What a column may be called in a template, and what it holds.
FIELDS = {
    "platform": "plattformen, når samme tabell har flere",
    "row_kind": "om raden er et innlegg eller en kommentar",
    "account": "kontoens brukernavn eller lenke",
    "account_id": "kontoens ID hos plattformen",
    "account_name": "kontoens navn",
    "post_id": "innleggets ID",
    "post_url": "lenke til innlegget",
    "post_type": "type innlegg",
    "comment_id": "kommentarens ID",
    "comment_url": "lenke til kommentaren",
    "parent_id": "ID-en til kommentaren som besvares",
    "thread_id": "samtalens ID",
    "author_id": "ID-en til den som skrev",
    "author_name": "navnet på den som skrev",
    "author_url": "profilen til den som skrev",
    "created_at": "tidspunktet",
    "clock": "klokkeslettet, når det står i en kolonne for seg",
    "text": "teksten",
    "hidden": "om kommentaren er skjult",
    "attachment": "om kommentaren har et bilde eller klistremerke",
    "direction": "om kontoen eller noen andre skrev den",
    "visibility": "om meldingen er offentlig",
    "note": "om raden er et internt notat",
    "agent": "hvem som svarte for kontoen",
    "sender_kind": "om et menneske eller en robot sendte meldingen",
}
MEASURES = {
    "likes": "likerklikk på kommentaren",
    "replies": "antall svar plattformen oppgir",
    "reach": "rekkevidde",
    "views": "visninger",
    "impressions": "eksponeringer",
    "reactions": "reaksjoner",
    "comments": "antall kommentarer",
    "shares": "delinger",
    "saves": "lagringer",
    "clicks": "klikk",
    "link_clicks": "lenkeklikk",
    "follows": "nye følgere",
    "video_views": "videovisninger",
}
# What a word in a column means; the column that it is looked for in.
MEANINGS = {
    "own": "direction", "other": "direction", "skipped": "direction", "automatic": "sender_kind",
    "public": "visibility", "private": "visibility",
    "post": "row_kind", "comment": "row_kind",
}  # fmt: skip
OSLO = "Europe/Oslo"
HOLDS = ("posts", "comments", "both")
# Everywhere, because they are the platform's; in an account, because a tool numbers them; under a
# post of an account, because a person does.
ID_SCOPES = ("platform", "account", "post")
EPOCH = "epoch"  # among `times`: seconds or milliseconds since 1970

_UNTRIED = reason("format_untried")
_NO_VISIBILITY = reason("no_visibility")
_NO_PLATFORM = reason("file_without_platform")
_NO_LINKS = reason("no_thread_links")
_NO_AUTHORS = reason("no_authors")


@dataclasses.dataclass(frozen=True, eq=False)  # known by itself: files are grouped by format
class Template:
    """One table of posts, comments or both; offers what `etl.ingest.staging.Format` asks for.

    `columns` are field → the names it is met under; a field must be in `required` for the file to
    be refused without it. `signature` are names that must stand in the header without being
    read. `times` are strptime patterns or "epoch"; ISO 8601 is always read. Times without a zone
    are in `time_zone`; without one a person is asked, and Norwegian time is
    taken. `words` are meaning → lower-case words; a `public` word may be a part of the cell, and
    where some are given, every other row is taken for a private message.
    """

    name: str
    title: str
    platform: str | None
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    holds: str = "comments"
    signature: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    time_zone: str | None = None
    words: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    ignored: tuple[str, ...] = ()  # names that are no news; ("*",) = all
    warnings: tuple[str, ...] = ()
    is_tried: bool = True  # against a file that the tool really wrote
    id_scope: str = "post"  # where an id that no platform gave is one comment: see ID_SCOPES
    takes_json: bool = False  # the same rows as a list of objects, too
    replies_key: str = ""  # the key of the answers inside such an object

    KIND = "text"

    @property
    def FORMAT(self) -> str:  # noqa: N802
        return self.name

    @property
    def PLATFORM(self) -> str | None:  # noqa: N802
        return self.platform

    @property
    def EXPECTS(self) -> str:  # noqa: N802
        names = ", ".join(f"«{self.columns[field][0]}»" for field in self.required)
        return f"{self.title} (tabell med kolonnene {names})."

    def aliases(self) -> Aliases:
        """Every field there is; those that the template does not name have no names."""
        return {field: self.columns.get(field, ()) for field in (*FIELDS, *MEASURES)}

    def layout(self, head: FileSample) -> Layout | None:
        """Where the columns are; None when the table is another one."""
        found = find_layout(head, self.aliases(), self.required)
        if found is None:
            return None
        header = {name_key(cell) for cell in found.header}
        return found if header >= {name_key(name) for name in self.signature} else None

    def known_layout(self, head: FileSample) -> Layout:
        """The layout of a file that was recognised."""
        found = self.layout(head)
        assert found is not None
        return found

    def columns_of(self, head: FileSample) -> set[str]:
        """The fields that a recognised file has a column for."""
        return set(self.columns if head.kind == "json" else self.known_layout(head).columns)

    def recognises(self, head: FileSample) -> bool:
        """True for a table that names every required column and the signature."""
        if head.kind == "json":
            return self.takes_json and has_keys(head, self.aliases(), self.required, self.signature)
        return head.kind == self.KIND and self.layout(head) is not None

    def read(self, con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
        """Stages posts and comments.

        Raises `UnsupportedFile` when the text is no table, and when nothing tells public messages
        from private ones where the template says that there are both (R12).
        """
        for file in files:
            if self.words.get("public") and "visibility" not in self.columns_of(file.head):
                raise UnsupportedFile(_NO_VISIBILITY)
        for is_json in (False, True):
            group = [file for file in files if (file.head.kind == "json") == is_json]
            if group:
                fill_rows(con, self, group)
                stage_rows(con, self, group)


def fill_rows(
    con: duckdb.DuckDBPyConnection, template: Template, files: Sequence[ImportFile]
) -> None:
    """Makes `source_rows`, a column per field, and `source_facts`, a row per file of one kind.

    A format that knows more than its columns say changes those before `stage_rows`.
    """
    if files[0].head.kind == "json":
        rows_from_json(con, files, template.aliases(), MEASURES, template.replies_key)
    else:
        rows_table(con, files, template.known_layout, template.aliases(), tuple(MEASURES))
    facts_table(con, template, files)


def facts_table(
    con: duckdb.DuckDBPyConnection, template: Template, files: Sequence[ImportFile]
) -> None:
    """Makes `source_facts` and the macros of the templates."""
    con.execute(IDENTITY + MACROS)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE source_facts (file_no INTEGER, zone VARCHAR, "
        "has_links BOOLEAN, has_direction BOOLEAN, hint_platform VARCHAR, hint VARCHAR)"
    )
    con.executemany(
        "INSERT INTO source_facts VALUES (?, ?, ?, ?, ?, ?)",
        [_facts(template, file) for file in files],
    )


def _facts(template: Template, file: ImportFile) -> list[object]:
    columns = template.columns_of(file.head)
    platform, _, account = (file.account_hint or "").partition(":")
    has_links = not columns.isdisjoint({"parent_id", "thread_id"})
    zone = template.time_zone or file.time_zone or OSLO
    facts = [file.file_no, zone, has_links, "direction" in columns]
    return [*facts, platform or None, account or None]


def stage_rows(
    con: duckdb.DuckDBPyConnection, template: Template, files: Sequence[ImportFile]
) -> None:
    """Fills the staging tables from `source_rows` and `source_facts`; warns of what is missing."""
    patterns = [pattern for pattern in template.times if pattern != EPOCH]
    said: dict[str, object] = {
        "platform": template.platform,
        "platforms": list(PLATFORMS),
        "holds": template.holds,
        "has_epoch": EPOCH in template.times,
        "id_scope": template.id_scope,
        "patterns": patterns or ["%Y"],  # strptime wants one; a bare year is refused below
    }
    for name, value in said.items():
        con.execute(f"SET VARIABLE template_{name} = $value", {"value": value})
    for meaning in MEANINGS:
        words = list(template.words.get(meaning, ()))
        con.execute(f"SET VARIABLE template_{meaning} = $words::VARCHAR[]", {"words": words})
    items, *rows = STEPS
    con.execute(items)
    _refuse_without_platform(con)
    for step in rows:
        con.execute(step)
    _warn(con, template, files)


def _refuse_without_platform(con: duckdb.DuckDBPyConnection) -> None:
    unsaid = con.execute(
        "SELECT 1 FROM source_items GROUP BY file_no HAVING bool_and(on_platform IS NULL)"
    ).fetchone()
    if unsaid:
        raise InputRequired(_NO_PLATFORM, "account")


def _warn(con: duckdb.DuckDBPyConnection, template: Template, files: Sequence[ImportFile]) -> None:
    counted = con.execute(
        "SELECT file_no, has_links, coalesce(bool_or(is_own IS NOT NULL OR author IS NOT NULL) "
        "FILTER (NOT is_post), true), count(*) FILTER (NOT is_post), "
        "count(*) FILTER (is_known_by_words), "
        "coalesce(bool_or(moment IS NOT NULL AND NOT has_zone(created_at) "
        "AND regexp_matches(created_at, '[ T]\\d{1,2}[:.]\\d\\d')), false) "
        "FROM source_items GROUP BY file_no, has_links"
    ).fetchall()
    found = {file_no: rest for file_no, *rest in counted}
    for file in files:
        has_links, has_authors, comments, by_words, lacks_zone = found.get(
            file.file_no, (True, True, 0, 0, False)
        )
        if by_words:
            file.warnings.append(reason("known_by_words", count=by_words))
        if lacks_zone and template.time_zone is None and file.time_zone is None:
            file.question = "time_zone"
            file.warnings.append(reason("no_time_zone"))
        if not template.is_tried:
            file.warnings.append(_UNTRIED)
        if comments and not has_links:
            file.warnings.append(_NO_LINKS)
        if comments and not has_authors:
            file.warnings.append(_NO_AUTHORS)
        file.warnings.extend(map(reason, template.warnings))
        if file.head.kind == "json" or template.ignored == ("*",):
            continue
        unknown = template.known_layout(file.head).unknown(template.aliases(), template.ignored)
        if unknown:
            file.warnings.append(reason("unknown_columns", columns=", ".join(unknown)))
