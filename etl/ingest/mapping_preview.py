"""What a mapping of columns would make of a table: its first rows as they would be read.

Nothing is stored. Who wrote is told only as the account or somebody else.
"""

from __future__ import annotations

import dataclasses
import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from etl.ingest.detection import sample_of
from etl.ingest.encoding import transcode_to_utf8
from etl.ingest.reasons import Reason, reason, row_reason
from etl.ingest.sources.templates import template_from
from etl.ingest.staging import ImportFile, UnsupportedFile, create_staging

SHOWN = 5


@dataclasses.dataclass(frozen=True)
class PreviewRow:
    """One row of the table: read as a post or a comment, or the reason why it is not."""

    line: int
    kind: str = ""  # post, comment
    at: datetime | None = None
    text: str = ""
    is_own: bool | None = None
    platform: str = ""
    account: str = ""
    figures: Mapping[str, int] = dataclasses.field(default_factory=dict)  # by the field's name
    reason: Reason | None = None


@dataclasses.dataclass(frozen=True)
class Preview:
    """The first rows, how many are used and are not, and why not: (reason, rows), most first."""

    rows: tuple[PreviewRow, ...]
    used: int
    reasons: tuple[tuple[Reason, int], ...]


def preview(path: Path, mapping: Mapping[str, Any]) -> Preview:
    """Reads the file by the mapping.

    Raises `UnsupportedFile` for a mapping with faults and for a file that it cannot read.
    """
    template = template_from(mapping)
    head = sample_of(path)
    if not template.recognises(head):
        raise UnsupportedFile(reason("mapping_finds_no_columns"))
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        create_staging(con)
        # The platform of a table that says it itself may be any: rows without one are told.
        hint = f"{template.platform}:-" if template.platform else None
        file = ImportFile(0, path, path.name, "", head, datetime.now(UTC), hint)
        transcode_to_utf8(file, Path(scratch))
        template.read(con, [file])
        found = con.execute(_ROWS).fetchall()
        why = con.execute(_REASONS).fetchall()
    rows = [
        PreviewRow(
            line,
            kind,
            at,
            text,
            is_own,
            platform,
            account,
            _measured(figures),
            row_reason(code) if code else None,
        )
        for line, kind, at, text, is_own, platform, account, figures, code in found
    ]
    used = sum(one.reason is None for one in rows)
    return Preview(
        tuple(rows[:SHOWN]), used, tuple((row_reason(code), count) for code, count in why)
    )


def _measured(figures: str | None) -> dict[str, int]:
    told = json.loads(figures) if figures else {}
    return {name: value for name, value in told.items() if value is not None}


_ROWS = """
SELECT line, 'post' AS kind, published_at AS at, coalesce(text, '') AS text, is_own, platform,
    coalesce(account_handle, account_native, '') AS account,
    {'reach': reach, 'views': views, 'reactions': reactions, 'comments': comments,
        'shares': shares, 'clicks': clicks}::JSON AS figures, NULL AS reason
FROM staged_posts
UNION ALL SELECT line, 'comment', created_at, coalesce(text, ''), is_own, platform,
    coalesce(account_handle, account_native, ''), {'likes': likes}::JSON, NULL
FROM staged_comments
UNION ALL SELECT line, '', NULL, '', NULL, '', '', NULL, reason FROM staged_rejects
UNION ALL SELECT line, '', NULL, '', NULL, '', '', NULL, reason FROM staged_passed
ORDER BY line
"""
_REASONS = """
SELECT reason, count(*) FROM (
    SELECT reason FROM staged_rejects UNION ALL SELECT reason FROM staged_passed
) GROUP BY reason ORDER BY count(*) DESC, reason
"""
