"""A copy of the published figures for machines that only show them (docs/many-servers.md).

What a dashboard reads and nothing else: the warehouse, the pointer to it, the files of the
register. Not the lake, not the key (`secret`), not the exports, not the cache of the reading: who
holds a copy can show figures and can neither work out new ones nor tell who wrote what. Decisions
are no files: every server asks the same database.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from etl.lake import files
from etl.lake.lock import locked
from etl.operations.backup import where_decisions_are
from svarvakt import settings, warehouse
from svarvakt.errors import UserFacingError

BLOCK = 1 << 20
UNFINISHED = ".mirroring-"
OWN_DATA = ("secret", "lake", "decisions.sqlite")  # a folder with these works out its own figures


class Mirrored(NamedTuple):
    """What one run did to one folder."""

    target: str
    version: str
    copied: int  # files


def mirror(data: Path, target: Path) -> Mirrored:
    """Makes the folder `target` show what is published in `data`; doing it again costs little.

    Readers of the target see the old figures or the new ones, never a half: the warehouse comes
    first, checked against its SHA-256, then the pointer. What `data` no longer has, goes at once:
    an erasure reaches every copy. Raises UserFacingError.
    """
    _check(data, target)
    with locked(target):
        known = _facts(target)
        _tell(target, known)  # first: a stop half way leaves a copy, never a folder that builds
        for left in (target / "warehouse").glob(f"{UNFINISHED}*"):
            left.unlink(missing_ok=True)
        copied = _register(data / "register", target / "register")
        pointer = _published(data)
        copied += _warehouse(data, target, pointer)
        _tell(target, {"version": pointer["version"], "mirrored_at": _now()})
    return Mirrored(str(target), str(pointer["version"]), copied)


def _check(data: Path, target: Path) -> None:
    if not target.is_dir():
        raise UserFacingError(
            f"Mappen {target} finnes ikke: lag den, eller koble til disken, først."
        )
    if target.resolve() == data.resolve() or data.resolve() in target.resolve().parents:
        raise UserFacingError(f"{target} ligger i datamappen selv: velg en annen mappe.")
    if not settings.is_copy(target) and any((target / name).exists() for name in OWN_DATA):
        raise UserFacingError(
            f"{target} har egne data og blir ikke skrevet over: velg en tom mappe for kopien."
        )
    if where_decisions_are(data) != "server":
        raise UserFacingError(
            "Flere maskiner må dele avgjørelsene: legg dem i PostgreSQL og sett "
            f"{settings.DECISIONS} likt på alle, og prøv igjen."
        )


def _published(data: Path) -> dict[str, Any]:
    pointer = warehouse.current(data)
    if pointer is None:
        raise UserFacingError(
            f"Det er ikke regnet ut noen tall i {data} ennå: les inn en fil først."
        )
    return pointer


def _warehouse(data: Path, target: Path, pointer: dict[str, Any]) -> int:
    """The file, the pointer, then the end of what is no longer published; how many were copied."""
    folder = target / "warehouse"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / str(pointer["file"])
    is_new = not warehouse.is_whole(path, pointer)
    if is_new:
        _copy(warehouse.warehouse_path(data, pointer), path, str(pointer["sha256"]))
    is_told = _put(folder / "current.json", json.dumps(pointer).encode())
    kept = {path.name, *(each.name for each in (data / "warehouse").glob("warehouse-*"))}
    for old in folder.glob("warehouse-*"):
        if old.name not in kept:
            with contextlib.suppress(OSError):  # Windows: somebody still reads it; the next run
                old.unlink()
    return is_new + is_told


def _copy(source: Path, path: Path, sha256: str) -> None:
    """Aside, checked, on the disk, and named in one step."""
    aside = path.with_name(f"{UNFINISHED}{path.name}")
    digest = hashlib.sha256()
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as written, source.open("rb") as read:
            while block := read.read(BLOCK):
                digest.update(block)
                written.write(block)
        if digest.hexdigest() != sha256:
            raise UserFacingError(
                f"{source} er skadd og ble ikke kopiert: kjør «python -m etl load» der."
            )
        files.fsync_path(aside)
        aside.replace(path)
    except FileNotFoundError:
        raise UserFacingError(
            "Nye tall kom mens de gamle ble kopiert: kjør kommandoen igjen."
        ) from None
    finally:
        aside.unlink(missing_ok=True)


def _register(source: Path, target: Path) -> int:
    """The register's files as they are, and no others; how many were new or changed."""
    target.mkdir(mode=0o700, exist_ok=True)
    wanted = {path.name: path for path in _visible(source)}
    for old in _visible(target):
        if old.name not in wanted:
            old.unlink()
    return sum(_put(target / name, path.read_bytes()) for name, path in wanted.items())


def _visible(folder: Path) -> Iterator[Path]:
    """Files, but for hidden ones and the locks of an open spreadsheet."""
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return (path for path in found if path.is_file() and path.name[0] not in ".~")


def _put(path: Path, content: bytes) -> bool:
    """Writes what is not there already, in one step; whether it did."""
    if path.is_file() and path.read_bytes() == content:
        return False
    files.atomic_write(path, content)
    return True


def _facts(target: Path) -> dict[str, Any]:
    try:
        found = json.loads((target / settings.COPY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _tell(target: Path, facts: dict[str, Any]) -> None:
    files.atomic_write(target / settings.COPY, json.dumps(facts).encode())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
