"""Files that survive a power cut, and a path inside SQL."""

from __future__ import annotations

import os
from pathlib import Path


def fsync_path(path: Path) -> None:
    """Waits until a file or folder stands on the disk, so that a power cut does not take it."""
    if os.name == "nt" and path.is_dir():
        return  # Windows keeps folders up to date by itself
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sql_quote(path: Path) -> str:
    """A path for use inside single quotes in SQL: the one place where paths are escaped."""
    return str(path).replace("'", "''")


def atomic_write(path: Path, content: bytes) -> None:
    """Puts a small file in place in one step, for its owner alone, and waits for the disk."""
    aside = path.with_name(f".{path.name}-{os.getpid()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    fsync_path(path.parent)
