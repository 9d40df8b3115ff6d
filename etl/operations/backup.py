"""A copy of everything that cannot be made anew, taken while others write (docs/operations.md).

One tar file, readable by its owner alone: the lake, the key, the register, the decisions with the
locked months, the receipts, and `manifest.json` with the SHA-256 of each. Not the warehouse, which
is built again, and not `data/exports/`, which holds names.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import secrets
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.lake import store as lake
from svarvakt import settings
from svarvakt.decisions.store import FILE as DECISIONS
from svarvakt.errors import UserFacingError

FORMAT = "svarvakt-backup"
VERSION = 1
MANIFEST = "manifest.json"
PARTS = ("secret", "lake", "register", "receipts", DECISIONS)
NAME = "svarvakt-{:%Y%m%dT%H%M%S}.tar"
LAST = "last-backup.json"


def backup(data: Path, target: Path, *, keep: int | None = None) -> dict[str, Any]:
    """Writes a copy to a file that is not there yet, or into a folder; returns what was written.

    `keep` removes all but so many of the folder's own copies. Raises UserFacingError.
    """
    now = datetime.now(UTC)
    is_folder = target.is_dir()
    path = target / NAME.format(now) if is_folder else target
    if path.exists():
        raise UserFacingError(
            f"{path} finnes fra før og blir ikke skrevet over: velg et annet navn."
        )
    if not path.absolute().parent.is_dir():
        raise UserFacingError(f"Mappen {path.absolute().parent} finnes ikke: lag den først.")
    if not any((data / part).exists() for part in PARTS):
        raise UserFacingError(f"Det er ingenting å ta kopi av i {data}: les inn en fil først.")
    with lake.exclusive_lock(data):
        lake.sweep(data)
        manifest = _write(data, path, now)
    removed = _remove_older(target, keep) if is_folder and keep else []
    size = path.stat().st_size
    told = {"at": now.isoformat(timespec="seconds"), "path": str(path.resolve()), "bytes": size}
    (data / LAST).write_text(json.dumps(told), encoding="utf-8")
    return told | {
        "files": len(manifest["files"]),
        "decisions": manifest["decisions"],
        "removed": removed,
    }


def _write(data: Path, path: Path, now: datetime) -> dict[str, Any]:
    """Aside first, so that a stop half way leaves no file that looks like a copy."""
    aside = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w") as archive:
            manifest = _fill(archive, data, now)
        lake.fsync_path(aside)
        aside.rename(path)
        lake.fsync_path(path.absolute().parent)
    finally:
        aside.unlink(missing_ok=True)
    return manifest


def _fill(archive: tarfile.TarFile, data: Path, now: datetime) -> dict[str, Any]:
    files: dict[str, dict[str, Any]] = {}
    for path in _kept(data):
        _add(archive, files, path.relative_to(data).as_posix(), path)
    with _decisions(data) as copy:
        if copy:
            _add(archive, files, DECISIONS, copy)
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now.isoformat(timespec="seconds"),
        "decisions": where_decisions_are(data),
        "files": files,
    }
    content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    archive.addfile(_entry(MANIFEST, len(content)), io.BytesIO(content))
    return manifest


def where_decisions_are(data: Path) -> str:
    """`sqlite` (in the copy), `server` (PostgreSQL: copied by pg_dump), or `none`."""
    if data == settings.data_dir() and os.environ.get(settings.DECISIONS):
        return "server"
    return "sqlite" if (data / DECISIONS).exists() else "none"


def _kept(data: Path) -> Iterator[Path]:
    """The files to copy but for the decisions, in a fixed order; nothing half written."""
    for part in PARTS:
        top = data / part
        found = [top] if top.is_file() else sorted(top.rglob("*"))
        for path in found:
            is_hidden = any(name.startswith(".") for name in path.relative_to(data).parts)
            if path.is_file() and not is_hidden and part != DECISIONS:
                yield path


@contextlib.contextmanager
def _decisions(data: Path) -> Iterator[Path | None]:
    """A copy of the decisions as they are at one moment, while others go on deciding."""
    if where_decisions_are(data) != "sqlite":
        yield None
        return
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=lake.folder(data)) as place:
        copy = Path(place) / DECISIONS
        with (
            contextlib.closing(sqlite3.connect(data / DECISIONS)) as source,
            contextlib.closing(sqlite3.connect(copy)) as sink,
        ):
            source.backup(sink)
        yield copy


def _add(archive: tarfile.TarFile, files: dict[str, Any], name: str, path: Path) -> None:
    with path.open("rb") as content:
        size = os.fstat(content.fileno()).st_size
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        archive.addfile(_entry(name, size), content)
    files[name] = {"bytes": size, "sha256": digest}


def _entry(name: str, size: int) -> tarfile.TarInfo:
    """Without an owner's name or a time: the same content makes the same copy."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _remove_older(folder: Path, keep: int) -> list[str]:
    """Copies grow old too (docs/privacy.md); only files that this program has named."""
    made = sorted(folder.glob("svarvakt-[0-9]*T[0-9]*.tar"))
    older = made[:-keep]
    for path in older:
        path.unlink()
    return [path.name for path in older]
