"""One run of the import: files in, folders of the lake out; nothing personal gets past it."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb

import register
from etl import lake
from etl.find import Found, find_files
from etl.recognise import head_of, recognise
from etl.shapes import ImportFile, Refused, create_staging
from settings import today

Progress = Callable[[float, str], None]

HERE = Path(__file__).parent
# What a damaged file can cause; any other error of the database is a mistake of ours.
CONTENT_ERRORS = (duckdb.DataError, duckdb.OperationalError, duckdb.InvalidInputException)
BATCH_BYTES = 64 << 20  # bounds memory: nothing may spill to disk before the import line


@dataclasses.dataclass
class FileReport:
    """What became of one file; `status` is `loaded`, `already loaded` or `refused`."""

    path: str
    sha256: str = ""
    format: str | None = None
    account_id: str | None = None
    rows_read: int = 0
    posts: int = 0
    comments: int = 0
    replies: int = 0
    rejected: int = 0
    status: str = "refused"
    reason: str | None = None
    warnings: list[str] = dataclasses.field(default_factory=list)


class Import:
    """One run of the import. Holds the connection, whose staging tables never reach a disk."""

    def __init__(
        self, data: Path, scratch: Path, account: str | None, progress: Progress, dry: bool = False
    ) -> None:
        self.data, self.scratch, self.account = data, scratch, account
        self.progress, self.dry = progress, dry
        self.con = _connection(data, dry)
        self.reports: list[FileReport] = []

    def run(self, paths: Iterable[Path]) -> list[FileReport]:
        """Imports all the files and says what became of each, in the order they were found."""
        queue: dict[str, tuple[ModuleType, list[tuple[ImportFile, FileReport]]]] = {}
        seen = lake.imported(self.data) if (self.data / "lake").is_dir() else set()
        for number, found in enumerate(find_files(paths, self.scratch)):
            report = FileReport(found.origin)
            self.reports.append(report)
            try:
                module, file = self._look_at(number, found, report, seen)
            except Refused as refusal:
                report.reason = str(refusal)
                continue
            except OSError as error:
                report.reason = f"Filen kan ikke leses ({error.strerror})."
                continue
            if file is not None and module is not None:
                queue.setdefault(module.FORMAT, (module, []))[1].append((file, report))
        self._read_all(queue)
        self.con.close()
        return self.reports

    def _look_at(
        self, number: int, found: Found, report: FileReport, seen: set[str]
    ) -> tuple[ModuleType | None, ImportFile | None]:
        if found.refusal:
            raise Refused(found.refusal)
        with found.path.open("rb") as content:
            report.sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        if report.sha256 in seen:
            report.status = "already loaded"
            return None, None
        head = head_of(found.path)
        module = recognise(head)
        report.format = module.FORMAT
        seen.add(report.sha256)
        hint = self.account or found.account_hint
        if hint and hint.partition(":")[0] != module.PLATFORM:
            hint = None
        file = ImportFile(
            number,
            found.path,
            found.origin,
            report.sha256,
            head,
            found.exported_at,
            hint,
            report.warnings,
        )
        _make_utf8(file, self.scratch)
        return module, file

    def _read_all(
        self, queue: dict[str, tuple[ModuleType, list[tuple[ImportFile, FileReport]]]]
    ) -> None:
        total = sum(len(files) for _, files in queue.values()) or 1
        done = 0
        for module, files in queue.values():
            for batch in _batches(files):
                self._read_batch(module, batch)
                done += len(batch)
                self.progress(0.6 * done / total, f"Leser filer: {done} av {total}")

    def _read_batch(
        self, module: ModuleType, batch: Sequence[tuple[ImportFile, FileReport]]
    ) -> None:
        """Reads the files together; if one is bad, each by itself, so that it alone is refused."""
        create_staging(self.con)
        lake.create_tables(self.con)
        try:
            module.read(self.con, [file for file, _ in batch])
            self._cross_the_line(batch)
            self._store(module, batch)
        except (Refused, *CONTENT_ERRORS) as error:
            if len(batch) > 1:
                for one in batch:
                    self._read_batch(module, [one])
                return
            _, report = batch[0]
            report.reason = (
                str(error)
                if isinstance(error, Refused)
                else f"Filen ligner «{module.FORMAT}», men kan ikke leses. {module.EXPECTS}"
            )

    def _cross_the_line(self, batch: Sequence[tuple[ImportFile, FileReport]]) -> None:
        self.con.execute(
            "CREATE OR REPLACE TEMP TABLE import_files "
            "(file_no INTEGER, import_id VARCHAR, hint VARCHAR)"
        )
        self.con.executemany(
            "INSERT INTO import_files VALUES (?, ?, ?)",
            [
                [file.file_no, file.sha256, (file.account_hint or "").partition(":")[2] or None]
                for file, _ in batch
            ],
        )
        self.con.execute((HERE / "privacy.sql").read_text(encoding="utf-8"))

    def _store(self, module: ModuleType, batch: Sequence[tuple[ImportFile, FileReport]]) -> None:
        counts = {row[0]: row for row in self.con.execute(COUNTS).fetchall()}
        for file, report in batch:
            _, report.posts, report.comments, report.replies, report.rejected, account = counts[
                file.sha256
            ]
            report.account_id = account or file.account_hint
            report.rows_read = report.posts + report.comments + report.replies + report.rejected
            if account and account.endswith(":unknown"):
                file.warnings.append(
                    "Filen sier ikke hvilken konto den gjelder. Legg den i en mappe "
                    f"«{module.PLATFORM}/<kontonavn>», eller oppgi kontoen."
                )
        if not self.dry:
            lake.write(self.con, self.data, [_fact(file, report) for file, report in batch])
        for _, report in batch:
            report.status = "loaded"


COUNTS = """
SELECT import_id,
    (SELECT count(DISTINCT post_id) FROM lake_posts AS p WHERE p.import_id = f.import_id),
    (SELECT count(DISTINCT comment_id) FROM lake_comments AS c
        WHERE c.import_id = f.import_id AND is_own IS DISTINCT FROM true),
    (SELECT count(DISTINCT comment_id) FROM lake_comments AS c
        WHERE c.import_id = f.import_id AND is_own),
    (SELECT count(*) FROM lake_rejected AS r WHERE r.import_id = f.import_id),
    (SELECT mode(account_ref) FROM (
        SELECT import_id, account_ref FROM lake_posts
        UNION ALL SELECT import_id, account_ref FROM lake_comments) AS a
        WHERE a.import_id = f.import_id)
FROM import_files AS f
"""


def _connection(data: Path, dry: bool) -> duckdb.DuckDBPyConnection:
    """A private database in memory; temp_directory '' means that authors can't spill to disk."""
    con = duckdb.connect()
    con.execute("SET temp_directory = ''; SET TimeZone = 'UTC'; SET enable_progress_bar = false")
    for name in ("masking", "keys"):
        con.execute((HERE / f"{name}.sql").read_text(encoding="utf-8"))
    secret = "0" * 64 if dry else lake.secret(data)
    con.execute(f"SET VARIABLE secret = '{secret}'")
    register.load_into(con, register.read_register(data / "register"), today())
    con.execute(OWN_ACCOUNTS)
    return con


# Handles of the municipality's own accounts stay readable in texts.
OWN_ACCOUNTS = """
SET VARIABLE own_handles = (
    SELECT coalesce(list_sort(list(DISTINCT match_key)), [])
    FROM register_account_ids WHERE NOT contains(match_key, ' '));
SET VARIABLE vulnerable = (
    SELECT coalesce(list(platform || ':' || match_key), []) FROM register_sensitive_identities)
"""


def _make_utf8(file: ImportFile, scratch: Path) -> None:
    """Gives the readers UTF-8 when the file is something else (formats.md 0.1 c)."""
    if file.head.kind != "text" or file.head.encoding == "utf-8-sig":
        return
    copy = scratch / f"{file.file_no}.utf8"
    text = file.path.read_bytes().decode(file.head.encoding, "replace")
    copy.write_text(text, encoding="utf-8", newline="")
    copy.chmod(0o600)
    file.path = copy
    if file.head.encoding == "cp1252":
        file.warnings.append("Filen er åpnet og lagret i Excel; enkelte tegn kan ha gått tapt.")


def _batches(
    files: Sequence[tuple[ImportFile, FileReport]],
) -> Iterator[list[tuple[ImportFile, FileReport]]]:
    batch: list[tuple[ImportFile, FileReport]] = []
    size = 0
    for entry in files:
        size += entry[0].path.stat().st_size
        if batch and size > BATCH_BYTES:
            yield batch
            batch, size = [], entry[0].path.stat().st_size
        batch.append(entry)
    if batch:
        yield batch


def _fact(file: ImportFile, report: FileReport) -> dict[str, Any]:
    """What `import.json` keeps of one file."""
    return {
        "import_id": file.sha256,
        "path": file.origin,
        "sha256": file.sha256,
        "format": report.format,
        "account_id": report.account_id,
        "account_hint": file.account_hint,
        "exported_at": file.exported_at.isoformat(),
        "imported_at": datetime.now(UTC).isoformat(),
        "rows_read": report.rows_read,
        "posts": report.posts,
        "comments": report.comments,
        "replies": report.replies,
        "rows_loaded": report.rows_read - report.rejected,
        "rows_rejected": report.rejected,
        "warnings": report.warnings,
    }
