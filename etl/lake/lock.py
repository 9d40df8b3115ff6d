"""The lock of a data folder: one process at a time writes to it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from etl.lake.interrupted_restore import STAGED, finish
from svarvakt import settings
from svarvakt.errors import UserFacingError


@contextlib.contextmanager
def exclusive_lock(data: Path) -> Iterator[None]:
    """Holds the data folder's lock, so that two loads never mix. Waits for the other to end.

    A restore that was stopped half way is carried to its end first. Raises UserFacingError for a
    copy of what another machine works out: what was changed here would be gone with the next copy.
    """
    ensure_primary(data)
    with locked(data):
        if (data / STAGED).exists():
            finish(data)
        yield


def ensure_primary(data: Path) -> None:
    """Raises UserFacingError where nothing may be read in or worked out."""
    if settings.is_copy(data):
        raise UserFacingError(
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
