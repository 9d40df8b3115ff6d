"""What files need: a lock, a path inside SQL, and to stand on the disk."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


def on_disk(path: Path) -> None:
    """Waits until a file or folder stands on the disk, so that a power cut does not take it."""
    if os.name == "nt" and path.is_dir():
        return  # Windows keeps folders up to date by itself
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def quoted(path: Path) -> str:
    """A path for use inside single quotes in SQL: the one place where paths are escaped."""
    return str(path).replace("'", "''")


@contextlib.contextmanager
def only_one_writer(data: Path) -> Iterator[None]:
    """Holds the data folder's lock, so that two loads never mix. Waits for the other to end.

    A restore that was stopped half way is carried to its end first.
    """
    data.mkdir(parents=True, exist_ok=True)
    with (data / ".lock").open("w") as file:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        if (data / ".restoring").exists():
            from etl.restore import finish

            finish(data)
        yield  # closing the file gives the lock back
