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


def atomic_write(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Writes a small file aside, waits for the disk and renames it: readers see all of it or none.

    What a stop half way leaves is called `.<name>-<process>`.
    """
    aside = path.with_name(f".{path.name}-{os.getpid()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    fsync_path(path.parent)
