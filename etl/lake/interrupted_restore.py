"""The last step of a restore, which whoever has the lock next carries to its end after a stop."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from etl.lake.files import fsync_path

STAGED = ".restoring"  # in the data folder: a backup that is being put in place
READY = "ready.json"  # in the staged folder: it is whole and checked, and this is to be moved


def finish(data: Path) -> None:
    """Moves a checked copy into place; goes on where it was stopped. For the lock's holder."""
    staged = data / STAGED
    if not (staged / READY).exists():
        shutil.rmtree(staged, ignore_errors=True)
        return
    from svarvakt.decisions.store import FILE as DECISIONS  # loads a database's library

    plan = json.loads((staged / READY).read_text(encoding="utf-8"))
    old = data / plan["aside"] if plan["aside"] else None
    # What SQLite keeps beside its file belongs to the old one.
    old_too = (f"{DECISIONS}-wal", f"{DECISIONS}-shm")
    for part in (*old_too, *plan["old"]):
        _move_aside(data / part, old)
    for part in plan["new"]:
        if (staged / part).exists():
            _move_aside(data / part, old)
            (staged / part).rename(data / part)
    fsync_path(data)
    shutil.rmtree(staged)


def _move_aside(path: Path, old: Path | None) -> None:
    """Into the folder of what was replaced; an empty folder of nobody's just goes."""
    if not path.exists():
        return
    if old is None or (path.is_dir() and not any(path.iterdir())):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return
    old.mkdir(mode=0o700, exist_ok=True)
    place = old / path.name
    while place.exists():  # made anew by a server that was not stopped
        place = place.with_name(f"{place.name}-2")
    path.rename(place)
