"""The inbox `data/exports/`: what was loaded long enough ago is removed from it."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from etl.ingest.files import find_files
from etl.lake import fetch_state
from etl.lake import store as lake


def overdue(data: Path, raw_days: int, now: datetime) -> list[Path]:
    """The files of the inbox that are loaded in full, all of it `raw_days` ago or longer.

    What was fetched goes as soon as it is loaded: it can be fetched again.

    Only inside `data/exports/`; never a file that was refused or is not read yet. A zip counts
    when everything in it is loaded.
    """
    inbox = data / "exports"
    before = now - timedelta(days=raw_days)
    at_once = fetch_state.files(data)
    loaded = {
        one["import_id"]
        for one in (lake.imports(data) if (data / "lake").is_dir() else ())
        if datetime.fromisoformat(one["imported_at"]).astimezone(UTC) <= before
        or one["import_id"] in at_once
    }
    if not loaded or not inbox.is_dir():
        return []
    return [path for path in _files(inbox, loaded) if _lies_in(path, inbox)]


def _files(inbox: Path, loaded: set[str]) -> list[Path]:
    is_done: dict[Path, bool] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for found in find_files([inbox], Path(scratch)):
            path = _of_inbox(found.origin, inbox)
            is_one_done = found.refusal is None and _sha256(found.path) in loaded
            is_done[path] = is_done.get(path, True) and is_one_done
    return sorted(path for path, done in is_done.items() if done)


def _of_inbox(origin: str, inbox: Path) -> Path:
    """The file on the disk that a found file, perhaps a member of a zip, stands in."""
    path = Path(origin)
    while path != inbox and not path.is_file():
        path = path.parent
    return path


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _lies_in(path: Path, inbox: Path) -> bool:
    """A link may point at somebody else's file: only what really lies in the inbox goes."""
    return path.is_file() and path.resolve().is_relative_to(inbox.resolve())
