"""Reads files through the real recognition and source modules into the staging tables."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from etl.ingest.detection import recognise, sample_of
from etl.ingest.encoding import transcode_to_utf8
from etl.ingest.reasons import row_reason
from etl.ingest.staging import ImportFile, create_staging

TABLES = ("posts", "comments", "account_days", "rejects")

EXPORTED = datetime(2026, 11, 25, 8, tzinfo=UTC)  # where neither file nor name says when


class Staged:
    """What the files gave: rows as dictionaries without NULLs, in the files' own order."""

    def __init__(
        self, paths: Sequence[Path], hint: str | None = None, is_day_first: bool | None = None
    ) -> None:
        self.con = duckdb.connect()
        self.con.execute("SET TimeZone = 'UTC'")
        create_staging(self.con)
        self.files = [_import_file(number, path, hint) for number, path in enumerate(paths)]
        modules = {recognise(file.head) for file in self.files}
        assert len(modules) == 1, "files of different formats"
        for file in self.files:
            file.is_day_first = is_day_first
        module = modules.pop()
        self.format: str = module.FORMAT
        module.read(self.con, self.files)
        self.warnings = [warning for file in self.files for warning in file.warnings]
        self.posts, self.comments, self.days, self.rejects = map(self._rows, TABLES)
        for reject in self.rejects:
            reject["reason"] = row_reason(reject["reason"])
        self.rejects.sort(key=lambda one: (one["file_no"], one["line"], one["reason"]))

    def _rows(self, table: str) -> list[dict[str, Any]]:
        result = self.con.execute(f"FROM staged_{table} ORDER BY ALL")
        names = [column[0] for column in result.description]
        return [
            {
                name: plain(value)
                for name, value in zip(names, row, strict=True)
                if value is not None
            }
            for row in result.fetchall()
        ]


def stage(*paths: Path, hint: str | None = None, is_day_first: bool | None = None) -> Staged:
    """Reads the files together, as one run of the import does."""
    return Staged(paths, hint, is_day_first)


def plain(value: Any) -> Any:
    """Times and days as JSON writes them."""
    return value.isoformat() if isinstance(value, (datetime, date)) else value


def _import_file(number: int, path: Path, hint: str | None) -> ImportFile:
    head = sample_of(path)
    file = ImportFile(number, path, str(path), "0" * 64, head, EXPORTED, hint)
    transcode_to_utf8(file, Path(tempfile.mkdtemp()))
    return file
