"""Which warehouse is published: the pointer `current.json`, and how a new one is put in place."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from etl import lake

KEEP_SECONDS = 3600  # readers of an older file get this long before it is swept
UNFINISHED = ".building-"


def current(data: Path) -> dict[str, Any] | None:
    """The pointer to the published warehouse, None when there is none or it leads nowhere."""
    try:
        found = json.loads((data / "warehouse" / "current.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or not {"file", "version"} <= found.keys():
        return None
    return found if warehouse_path(data, found).is_file() else None


def warehouse_path(data: Path, pointer: dict[str, Any]) -> Path:
    """The DuckDB file that a pointer names."""
    return data / "warehouse" / str(pointer.get("file", ""))


def forget_pointer(data: Path) -> None:
    """Marks the published warehouse as not made of what the lake holds: the next load builds."""
    pointer = current(data)
    if pointer is not None:
        _point(data / "warehouse", pointer | {"fingerprint": ""})


def is_forgotten(data: Path) -> bool:
    """Whether `forget_pointer` was the last to touch the pointer."""
    return (current(data) or {}).get("fingerprint") == ""


def is_whole(path: Path, pointer: dict[str, Any]) -> bool:
    """Whether the published file is, byte for byte, the one that was built."""
    return path.is_file() and _sha256(path) == pointer.get("sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def sweep(folder: Path) -> None:
    """Removes what a stopped build left behind: readers never heard of it."""
    for left in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
    for left in folder.glob(".current-*.json"):
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
        "sha256": _sha256(path),
        "is_alone": is_alone,
    }
    lake.on_disk(path)
    _point(folder, pointer)
    kept = {path.name} if is_alone else {path.name, str(before.get("file"))}
    _remove_older(folder, kept, 0 if is_alone else KEEP_SECONDS)


def _point(folder: Path, pointer: dict[str, Any]) -> None:
    """Puts a pointer in place in one step, on the disk before anything is built on it."""
    written = folder / f".current-{os.getpid()}.json"
    with written.open("w", encoding="utf-8") as file:
        json.dump(pointer, file)
        file.flush()
        os.fsync(file.fileno())
    written.replace(folder / "current.json")
    lake.on_disk(folder)


def _remove_older(folder: Path, kept: set[str], seconds: float) -> None:
    """The one before stays whatever the clock says: somebody may be about to open it."""
    for old in folder.glob("warehouse-*.duckdb*"):
        is_old = seconds == 0 or time.time() - old.stat().st_mtime > seconds
        if is_old and old.name not in kept:
            with contextlib.suppress(OSError):  # Windows: somebody still reads it
                old.unlink()
