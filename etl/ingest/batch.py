"""One reader of the import: batches of recognised files in, folders of the lake out.

Has a database of its own in memory; nothing personal gets past it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import traceback
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from etl.ingest.partners import Partner, answered_keys, remember, set_partners_apart
from etl.ingest.private_database import connection
from etl.ingest.reasons import reason
from etl.ingest.staging import STAGED, Format, ImportFile, UnsupportedFile, create_staging
from etl.lake import store as lake
from etl.pseudonymization import sql

_LOG = logging.getLogger("svarvakt")
HERE = Path(__file__).parent
OUR_FAULT = reason("our_fault")
NO_ROWS = reason("no_rows")
NO_USABLE_ROWS = reason("no_usable_rows")
# Tables that always hold figures of their posts.
WITH_FIGURES = {
    "facebook_insights", "linkedin_page", "meta_business_suite_facebook",
    "meta_business_suite_instagram", "meta_business_suite_videos", "tiktok_videos",
    "x_posts", "youtube_studio",
}  # fmt: skip
# What a damaged file can cause; any other error of the database is a mistake of ours. Its message
# quotes the file, at times only half of a letter: then it cannot be read as text.
CONTENT_ERRORS = (
    duckdb.DataError,
    duckdb.OperationalError,
    duckdb.InvalidInputException,
    UnicodeDecodeError,
)


@dataclasses.dataclass
class FileReport:
    """What became of one file; `status` is `loaded`, `already loaded` or `refused`."""

    path: str
    sha256: str = ""
    format: str | None = None
    platform: str | None = None  # of the format; None where a file or a person says it
    account_id: str | None = None
    rows_read: int = 0
    rows_used: int = 0
    rows_passed_over: dict[str, int] = dataclasses.field(default_factory=dict)  # by reason code
    posts: int = 0
    comments: int = 0
    replies: int = 0
    days: int = 0
    rejected: int = 0
    status: str = "refused"
    reason: str | None = None
    exported_at: str | None = None
    is_dated: bool = False  # the file or its name says when it was exported
    unknown_accounts: list[str] = dataclasses.field(default_factory=list)  # platforms
    partners: Sequence[Partner] = ()  # to ask about; never written or printed
    question: str | None = None  # a field of `ImportOverrides`, or "columns": what a person can say
    warnings: list[str] = dataclasses.field(default_factory=list)


class Entry(NamedTuple):
    """A recognised file, the format that reads it, and the report that is filled in."""

    module: Format
    file: ImportFile
    report: FileReport
    found_at: datetime  # the file's own time, or what a person said


class Reader:
    """Reads one batch after the other. Its staging tables never reach a disk."""

    def __init__(
        self, data: Path, dry: bool, readers: int = 1, partners: Mapping[str, bool] | None = None
    ) -> None:
        """One of `readers` at the same time, with its share of the cores; `dry` writes nothing."""
        self.data, self.dry = data, dry
        self.con = connection(data, dry, partners)
        (cores,) = self.con.execute("SELECT current_setting('threads')").fetchone() or (1,)
        self.threads = max(1, int(cores) // readers)

    def close(self) -> None:
        self.con.close()

    def read(self, batch: Sequence[Entry]) -> None:
        """Fills in the reports, and writes what was read to the lake.

        A file that cannot be used says so in its report. Raises MemoryError.
        """
        is_small = bytes_in(batch) < lake.SMALL
        self.con.execute(f"SET threads = {1 if is_small else self.threads}")
        create_staging(self.con)
        lake.create_tables(self.con)
        readable: list[Entry] = []
        for module, entries in groupby(batch, key=lambda entry: entry.module):
            readable += self._stage(module, list(entries))
        if readable:
            self._pseudonymize(readable)
            self._store(readable)

    def _stage(self, module: Format, entries: list[Entry]) -> list[Entry]:
        """Reads files of one format together; in halves when one is bad, so that it alone fails."""
        try:
            module.read(self.con, [entry.file for entry in entries])
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 -- one file's fault must not stop the others
            self._rollback(entries)
            if len(entries) == 1:
                entries[0].report.reason = _why_refused(error, module, entries[0].file)
                entries[0].report.question = getattr(error, "question", None)
                return []
            middle = len(entries) // 2
            return self._stage(module, entries[:middle]) + self._stage(module, entries[middle:])
        return self._with_ids(entries)

    def _with_ids(self, entries: list[Entry]) -> list[Entry]:
        """The files of which some row is left where a spreadsheet has destroyed ids."""
        lost = {file_no for (file_no,) in self.con.execute(ALL_IDS_LOST).fetchall()}
        for entry in entries:
            if entry.file.file_no in lost:
                entry.report.reason = reason("all_ids_lost")
                self._rollback([entry])
        return [entry for entry in entries if entry.file.file_no not in lost]

    def _rollback(self, entries: list[Entry]) -> None:
        numbers = [entry.file.file_no for entry in entries]
        for table in STAGED:
            self.con.execute(f"DELETE FROM {table} WHERE file_no IN $numbers", {"numbers": numbers})
        for entry in entries:
            entry.file.warnings.clear()

    def _pseudonymize(self, batch: Sequence[Entry]) -> None:
        self.con.execute(
            "CREATE OR REPLACE TEMP TABLE import_files "
            "(file_no INTEGER, import_id VARCHAR, hints MAP(VARCHAR, VARCHAR))"
        )
        rows = [
            [file.file_no, file.sha256, dict(one.split(":", 1) for one in file.all_accounts)]
            for _, file, *_ in batch
        ]
        self.con.executemany("INSERT INTO import_files VALUES (?, ?, ?)", rows)
        asked = set_partners_apart(self.con, ((one.module.FORMAT, one.file) for one in batch))
        for entry in batch:
            entry.report.partners = asked.get(entry.file.file_no, ())
        # Every row says where it stood: keeping them in order would cost a fifth of the time.
        self.con.execute("SET preserve_insertion_order = false")
        for step in ("writer_ids", "agents", "privacy"):
            self._step(step)
        if self._is_any("suspects"):
            self._step("masks")
        self._step("stored")
        if self._is_any("(SELECT unnest(getvariable('erased')))"):
            self._step("erased")
        self.con.execute("RESET preserve_insertion_order")

    def _step(self, name: str) -> None:
        self.con.execute(sql(name))

    def _is_any(self, rows: str) -> bool:
        return self.con.execute(f"SELECT count(*) FROM {rows}").fetchone() != (0,)

    def _store(self, batch: Sequence[Entry]) -> None:
        counting = (HERE / "counts.sql").read_text(encoding="utf-8")
        counts = {row[0]: row[1:] for row in self.con.execute(counting).fetchall()}
        for _, file, report, found_at in batch:
            *counted, used, unaccounted, passed, unknown, has_none, account = counts[file.sha256]
            report.posts, report.comments, report.replies, report.days, report.rejected = counted
            _account_for_rows(report, used, unaccounted, passed)
            report.account_id = account or file.account_hint
            report.is_dated |= file.exported_at != found_at
            _not_after_now(file)
            report.exported_at = file.exported_at.isoformat()
            if has_none and report.format in WITH_FIGURES:
                file.notes.insert(0, reason("no_figures_read"))
            report.warnings = [*file.notes, *file.warnings, *_nothing(report)]
            if any(partner.is_ours is None for partner in report.partners):
                report.question = "partners"
            report.unknown_accounts = unknown
            if file.question:
                report.question = file.question
            if unknown:
                report.question = "account"
                report.warnings += [reason("account_unknown", platform=one) for one in unknown]
        if not self.dry:
            facts = [_fact(file, report) for _, file, report, _ in batch]
            lake.write(self.con, self.data, facts)
            remember(self.data, answered_keys(self.con))
        for entry in batch:
            entry.report.status = "loaded"


def _why_refused(error: Exception, module: Format, file: ImportFile) -> str:
    if isinstance(error, UnsupportedFile):
        return error.reason
    if not file.path.exists():
        return reason("file_went_away")
    if isinstance(error, OSError):
        return reason("file_unreadable", cause=error.strerror)
    if not isinstance(error, CONTENT_ERRORS):
        return log_internal_error(error)
    # The database's own message quotes values: a person's words.
    return reason("looks_like_format", format=module.FORMAT)


def log_internal_error(error: Exception) -> str:
    """A mistake of ours: where it happened goes to the log, without the error's own words."""
    where = "".join(traceback.format_tb(error.__traceback__))
    _LOG.error("A file could not be read: %s\n%s", type(error).__name__, where)
    return OUR_FAULT


def _not_after_now(file: ImportFile) -> None:
    """An export that is dated ahead counts as made now; a day ahead may be another time zone."""
    now = datetime.now(UTC)
    if file.exported_at > now + timedelta(days=1):
        file.warnings.append(reason("dated_ahead"))
    file.exported_at = min(file.exported_at, now)


def _account_for_rows(
    report: FileReport, used: int, unaccounted: int, passed: dict[str, int]
) -> None:
    """Every row of a file is used, passed over or rejected; another one is a mistake of ours."""
    if unaccounted:
        _LOG.error("%s: %d rows are not accounted for", report.format, unaccounted)
        passed = passed | {"unaccounted": unaccounted}
    report.rows_used, report.rows_passed_over = used, passed
    report.rows_read = used + report.rejected + sum(passed.values())


def _nothing(report: FileReport) -> list[str]:
    """An export without a usable row must not look like an account that nobody writes to."""
    if not report.rows_read:
        return [NO_ROWS]
    is_used = report.rows_used or "companion" in report.rows_passed_over
    return [] if is_used else [NO_USABLE_ROWS]


ALL_IDS_LOST = """
SELECT file_no FROM staged_rejects GROUP BY file_no
HAVING bool_and(reason = 'id_lost_in_spreadsheet') AND count(*) + (
    SELECT count(*) FROM staged_passed WHERE staged_passed.file_no = staged_rejects.file_no)
    = (SELECT count(*) FROM staged_rows WHERE staged_rows.file_no = staged_rejects.file_no)
"""


def bytes_of(path: Path) -> int:
    """Bytes; 0 for a file that is gone by now, whose reading then says so."""
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_size
    return 0


def bytes_in(batch: Sequence[Entry]) -> int:
    """Bytes of all files of a batch."""
    return sum(bytes_of(entry.file.path) for entry in batch)


def _fact(file: ImportFile, report: FileReport) -> dict[str, Any]:
    """What `import.json` keeps of one file."""
    return {
        "import_id": file.sha256,
        "path": file.origin,
        "sha256": file.sha256,
        "format": report.format,
        "account_id": report.account_id,
        "account_hint": file.account_hint,
        "mapping": file.mapping,
        "exported_at": file.exported_at.isoformat(),
        "imported_at": datetime.now(UTC).isoformat(),
        "rows_read": report.rows_read,
        "posts": report.posts,
        "comments": report.comments,
        "replies": report.replies,
        "days": report.days,
        "rows_loaded": report.rows_used,
        "rows_passed_over": report.rows_passed_over,
        "rows_rejected": report.rejected,
        "warnings": report.warnings,
    }
