"""How a new warehouse is put in place: its file, then the pointer `current.json`."""

from __future__ import annotations

import contextlib
import json
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from etl.lake.files import atomic_write, fsync_path
from svarvakt.warehouse import current, sha256

KEEP_SECONDS = 3600  # readers of an older file get this long before it is swept
UNFINISHED = ".building-"


def forget_pointer(data: Path) -> None:
    """Marks the published warehouse as not made of what the lake holds: the next load builds."""
    pointer = current(data)
    if pointer is not None:
        _point(data / "warehouse", pointer | {"fingerprint": ""})


def sweep(folder: Path) -> None:
    """Removes what a stopped build left behind: readers never heard of it."""
    for left in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
    for left in folder.glob(".current*"):
        left.unlink(missing_ok=True)
    pointer = current(folder.parent) or {}
    if pointer.get("is_alone"):  # stopped before the older files were gone
        _remove_older(folder, {str(pointer["file"])}, 0)


def new_version(folder: Path, inputs: str) -> tuple[str, datetime]:
    """A name that no file has, also when the clock was set back: readers know files by name."""
    built_at = datetime.now(UTC)
    while True:
        version = f"{built_at:%Y%m%dT%H%M%S%f}-{inputs[:8]}"
        if not (folder / f"warehouse-{version}.duckdb").exists():
            return version, built_at
        built_at += timedelta(microseconds=1)


def publish(aside: Path, version: str, built_at: datetime, inputs: str) -> None:
    """Gives a finished warehouse its name, and then the pointer to it, each in one step."""
    folder = aside.parent
    path = folder / f"warehouse-{version}.duckdb"
    before = current(folder.parent) or {}
    # A forgotten pointer: what the older files hold was taken out of the lake on purpose.
    is_alone = before.get("fingerprint") == ""
    aside.replace(path)
    pointer = {
        "file": path.name,
        "version": version,
        "built_at": built_at.isoformat(),
        "fingerprint": inputs,
        "sha256": sha256(path),
        "is_alone": is_alone,
    }
    fsync_path(path)
    _point(folder, pointer)
    kept = {path.name} if is_alone else {path.name, str(before.get("file"))}
    _remove_older(folder, kept, 0 if is_alone else KEEP_SECONDS)


def _point(folder: Path, pointer: dict[str, Any]) -> None:
    """Puts a pointer in place in one step, on the disk before anything is built on it."""
    atomic_write(folder / "current.json", json.dumps(pointer).encode(), mode=0o644)


def _remove_older(folder: Path, kept: set[str], seconds: float) -> None:
    """The one before stays whatever the clock says: somebody may be about to open it."""
    for old in folder.glob("warehouse-*.duckdb*"):
        is_old = seconds == 0 or time.time() - old.stat().st_mtime > seconds
        if is_old and old.name not in kept:
            with contextlib.suppress(OSError):  # Windows: somebody still reads it
                old.unlink()
