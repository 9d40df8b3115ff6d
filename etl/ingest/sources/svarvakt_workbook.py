"""Our own template as a workbook: a sheet of posts and a sheet of comments (docs/template.md).

Either of them by itself is a table, which `templates/svarvakt_*.toml` reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._template import Template
from etl.ingest.sources.templates import FORMATS as TEMPLATES
from etl.ingest.staging import FileSample, ImportFile

FORMAT = "svarvakt_workbook"
PLATFORM = None
KIND = "workbook"
EXPECTS = "Svarvakts egen mal (arbeidsbok med arkene «Innlegg» og «Kommentarer»)."

GUIDANCE = "Veiledning"  # a sheet that nobody needs to be told is not read
OURS = tuple(each for each in TEMPLATES if each.FORMAT in ("svarvakt_posts", "svarvakt_comments"))


def recognises(head: FileSample) -> bool:
    """True when a sheet is one of our two tables, whatever the sheets are called."""
    return head.kind == KIND and any(True for _ in _tables(head))


def _tables(head: FileSample) -> Iterator[tuple[str, Template]]:
    for sheet in head.sheets:
        part = FileSample(head.path, "text", rows=sheet.rows)
        yield from ((sheet.name, each) for each in OURS if each.recognises(part))


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the posts and the comments of every sheet that is one of our tables."""
    for file in files:
        tables = dict(_tables(file.head))
        for name, template in tables.items():
            template.read(con, [file.sheet(name)])
        if left := [name for name in file.sheets if name not in {*tables, GUIDANCE}]:
            sheets = ", ".join(f"«{name}»" for name in left)
            file.warnings.append(reason("sheets_not_read", sheets=sheets))
