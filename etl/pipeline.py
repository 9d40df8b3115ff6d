"""Import: files in any known format become folders of the lake, and then a warehouse."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.ingest.batch import FileReport
from etl.ingest.files import NOT_FOUND
from etl.ingest.runner import Import
from etl.ingest.staging import ImportOverrides
from etl.lake import store as lake
from etl.operations import retention, rewrite
from etl.progress import Progress, silent
from etl.warehouse import build, publish
from svarvakt import settings


@dataclasses.dataclass
class LoadReport:
    """All files of one load, and the seconds it took by part."""

    files: list[FileReport]
    seconds: dict[str, float]

    @property
    def exit_code(self) -> int:
        """0 all read or already loaded, 1 some refused, 2 nothing found (data-contract.md)."""
        if all(file.reason == NOT_FOUND for file in self.files):
            return 2
        return int(any(file.status == "refused" for file in self.files))

    def as_json(self) -> dict[str, Any]:
        """The object that `--json` prints."""
        counts = ("rows_read", "rows_used", "posts", "comments", "replies", "days", "rejected")
        totals: dict[str, int] = {
            name: sum(getattr(file, name) for file in self.files) for name in counts
        }
        for status in ("loaded", "already loaded", "refused"):
            totals[status] = sum(file.status == status for file in self.files)
        files = [dataclasses.asdict(file) for file in self.files]
        for file in files:
            del file["partners"]  # names of others are for the screen alone
            file["reason_code"] = getattr(file["reason"], "code", None)
            file["warning_codes"] = [getattr(one, "code", None) for one in file["warnings"]]
        return {"files": files, "totals": totals, "seconds": self.seconds}


def load(
    paths: Iterable[Path],
    account: str | Sequence[str] | None = None,
    progress: Progress = silent,
    data: Path | None = None,
    answers: Mapping[str, ImportOverrides] | None = None,
) -> LoadReport:
    """Imports files, folders and zips, then builds the warehouse when anything is new.

    `account` is `<platform>:<handle or id>` for files that do not name theirs, one for each
    platform; `answers` are
    what a person said of single files, by SHA-256. A file that cannot be used is refused with
    its reason; the others are loaded.
    """
    data = data or settings.data_dir()
    paths = list(paths)
    started = time.perf_counter()
    with lake.exclusive_lock(data), tempfile.TemporaryDirectory() as scratch:
        lake.sweep(data)
        known = said(account, answers)
        run = Import(data, Path(scratch), known, progress)
        reports = run.run(paths)
        if run.read_anew & {one.sha256 for one in reports if one.status == "loaded"}:
            publish.forget_pointer(data)  # the same imports, other rows
        imported = time.perf_counter()
        try:
            built = _build(data, progress)
        except lake.Damaged as damage:
            if not _set_aside(data, damage, reports):
                raise
            again = Path(scratch) / "again"
            again.mkdir()
            reports = Import(data, again, known, progress).run(paths)
            built = _build(data, progress)
            lake.forget_set_aside(data)
        if data / "exports" in paths:
            tidy_inbox(data)
    if any(report.status == "loaded" for report in reports) and data == settings.data_dir():
        shutil.rmtree(settings.demo_dir(), ignore_errors=True)  # real data have arrived
    progress(1.0, "Ferdig")
    seconds = {
        "import": round(imported - started, 3),
        "analysis": round(built.analysis_seconds, 3),
        "build": round(built.seconds - built.analysis_seconds, 3),
        "total": round(time.perf_counter() - started, 3),
    }
    return LoadReport(reports, seconds)


def said(
    account: str | Sequence[str] | None, answers: Mapping[str, ImportOverrides] | None
) -> dict[str, ImportOverrides]:
    """The answers of one run: those about single files, and the accounts of all the others."""
    accounts = (account,) if isinstance(account, str) else tuple(account or ())
    return {"": ImportOverrides(accounts=accounts), **(answers or {})}


def _build(data: Path, progress: Progress) -> build.Built:
    is_rewritten = retention.withhold(data)
    built = build.build_if_needed(data, lambda part, what: progress(0.6 + 0.4 * part, what))
    if is_rewritten:
        rewrite.remove_old_warehouses(data)
    return built


def _set_aside(data: Path, damage: lake.Damaged, reports: Iterable[FileReport]) -> bool:
    """Takes damaged imports out when every one of them is among these files; they heal it."""
    at_hand = {report.sha256 for report in reports}
    if not at_hand.issuperset(damage.import_ids):
        return False
    for import_id in damage.import_ids:
        lake.set_aside(data, import_id)
    return True


def tidy_inbox(data: Path) -> None:
    """Removes what was loaded `raw_days` ago from `data/exports/`."""
    for path in retention.overdue(data, datetime.now(UTC)):
        path.unlink(missing_ok=True)


def load_exports(progress: Progress = silent) -> LoadReport:
    """Loads whatever is new in `data/exports/`."""
    inbox = settings.data_dir() / "exports"
    return load([inbox] if inbox.is_dir() else [], progress=progress)


def has_waiting() -> bool:
    """Whether anything lies in `data/exports/`."""
    inbox = settings.data_dir() / "exports"
    return any(path.is_file() for path in inbox.rglob("[!.]*"))


def check(
    paths: Iterable[Path],
    account: str | Sequence[str] | None = None,
    answers: Mapping[str, ImportOverrides] | None = None,
    progress: Progress = silent,
) -> LoadReport:
    """Says what each file is and what it would give; writes nothing."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        known = said(account, answers)
        reports = Import(settings.data_dir(), Path(scratch), known, progress, dry=True).run(paths)
    spent = round(time.perf_counter() - started, 3)
    return LoadReport(reports, {"import": spent, "analysis": 0.0, "build": 0.0, "total": spent})


def rebuild(progress: Progress = silent, data: Path | None = None) -> build.Built:
    """Builds the warehouse from the lake. Raises BuildFailed; the old one then stays in use."""
    data = data or settings.data_dir()
    with lake.exclusive_lock(data):
        is_rewritten = retention.withhold(data)
        built = build.build(data, progress)
        if is_rewritten:
            rewrite.remove_old_warehouses(data)
        return built


def undo(import_id: str, progress: Progress = silent, data: Path | None = None) -> str | None:
    """Takes one import out and builds; `import_id` may be cut short. None when it is not one."""
    data = data or settings.data_dir()
    with lake.exclusive_lock(data):
        known = lake.imported(data) if (data / "lake").is_dir() else set()
        matching = [one for one in known if import_id and one.startswith(import_id)]
        if len(matching) != 1:
            return None
        lake.sweep(data)
        lake.remove(data, matching[0])
        build.build(data, progress)
    return matching[0]


def remask(progress: Progress = silent, data: Path | None = None) -> int:
    """Masks every stored text with today's rules and builds; returns how many imports changed."""
    data = data or settings.data_dir()
    with lake.exclusive_lock(data), lake.noticing_damage(data):
        lake.sweep(data)
        rewritten = rewrite.remask(data)
        if rewritten:
            build.build(data, progress)
            rewrite.remove_old_warehouses(data)
    return rewritten
