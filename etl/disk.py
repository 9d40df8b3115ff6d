"""What files need: a lock, a path inside SQL, and to stand on the disk."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import settings
from trouble import Trouble


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


def written_whole(path: Path, content: bytes) -> None:
    """Puts a small file in place in one step, for its owner alone, and waits for the disk."""
    aside = path.with_name(f".{path.name}-{os.getpid()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    on_disk(path.parent)


@contextlib.contextmanager
def only_one_writer(data: Path) -> Iterator[None]:
    """Holds the data folder's lock, so that two loads never mix. Waits for the other to end.

    A restore that was stopped half way is carried to its end first. Raises Trouble for a copy of
    what another machine works out: what was changed here would be gone with the next copy.
    """
    refuse_a_copy(data)
    with locked(data):
        if (data / ".restoring").exists():
            from etl.restore import finish

            finish(data)
        yield


def refuse_a_copy(data: Path) -> None:
    """Raises Trouble where nothing may be read in or worked out."""
    if settings.is_copy(data):
        raise Trouble(
            f"Mappen {data} er en kopi som bare viser tallene: gjør dette på maskinen som regner "
            "dem ut. Skal denne maskinen overta, slett copy.json og legg tilbake en "
            "sikkerhetskopi med «python -m etl restore»."
        )


@contextlib.contextmanager
def locked(data: Path) -> Iterator[None]:
    """Holds the lock alone; made with the folder on first use."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / ".lock").open("w") as file:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file gives the lock back
