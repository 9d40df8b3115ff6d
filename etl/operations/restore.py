"""Puts a backup (backup.py) in place: checked in full first, and nothing is written over."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from etl.lake import store as lake
from etl.lake.files import atomic_write
from etl.lake.interrupted_restore import READY, STAGED, finish
from etl.operations import rewrite
from etl.operations.backup import FORMAT, MANIFEST, PARTS, VERSION
from etl.progress import Progress
from etl.pseudonymization import keyed_hashes
from etl.warehouse import build
from svarvakt import decisions
from svarvakt.decisions.store import FILE as DECISIONS
from svarvakt.decisions.store import dispose
from svarvakt.errors import UserFacingError

MOST_MANIFEST = 256 << 20  # bytes


def restore(data: Path, file: Path, *, replace: bool = False, progress: Progress) -> dict[str, Any]:
    """Checks the copy, moves what is there aside, puts the copy in place and builds.

    Raises UserFacingError, with everything as it was, when the copy is damaged or when there are
    data and `replace` was not given. What was erased since the copy was taken is erased again.
    """
    if not file.is_file():
        raise UserFacingError(f"Finner ikke {file}: oppgi filen som «python -m etl backup» laget.")
    with lake.exclusive_lock(data):
        there = [part for part in PARTS if _is_there(data / part)]
        if there and not replace:
            raise UserFacingError(
                f"Det ligger data i {data} fra før ({', '.join(there)}), og ingenting er endret: "
                "bruk --replace for å flytte dem til side og legge kopien tilbake."
            )
        erased = lake.erased(data) if (data / "lake").is_dir() else {}
        manifest = _stage(data, file)
        aside = f"replaced-{datetime.now(UTC):%Y%m%dT%H%M%S}" if there else ""
        _say_ready(data, aside)
        dispose(data)
        finish(data)
        _erase_again(data, erased)
        built = build.build(data, progress)
        rewrite.remove_old_warehouses(data)
    return {
        "made_at": manifest["made_at"],
        "files": len(manifest["files"]),
        "decisions": manifest["decisions"],
        "moved_aside": str(data / aside) if aside else None,
        "version": built.version,
    }


def _is_there(path: Path) -> bool:
    return path.is_file() or (path.is_dir() and any(path.iterdir()))


def _say_ready(data: Path, aside: str) -> None:
    """From here on a stop half way is carried on by whoever has the lock next."""
    staged = data / STAGED
    new = [part for part in PARTS if (staged / part).exists()]
    plan = {"aside": aside, "new": new, "old": [part for part in PARTS if part not in new]}
    atomic_write(staged / READY, json.dumps(plan).encode())


# --- The copy ------------------------------------------------------------------------------------


def _stage(data: Path, file: Path) -> dict[str, Any]:
    """Unpacks into a folder aside and holds every byte against the manifest.

    Raises UserFacingError.
    """
    staged = data / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(mode=0o700)
    try:
        with tarfile.open(file, mode="r:") as archive:
            manifest = _manifest(archive)
            found = {
                entry.name: _unpack(archive, entry, staged)
                for entry in archive
                if entry.name != MANIFEST
            }
        if found != {name: one["sha256"] for name, one in manifest["files"].items()}:
            raise _bad(file)
        _check_decisions(staged / DECISIONS, file)
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as error:
        shutil.rmtree(staged, ignore_errors=True)
        raise _bad(file) from error
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    return manifest


def _bad(file: Path) -> UserFacingError:
    return UserFacingError(
        f"{file} er ikke en hel sikkerhetskopi fra Svarvakt, og ingenting er endret: "
        "bruk en annen kopi."
    )


def _manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    entry = archive.getmember(MANIFEST)
    content = archive.extractfile(entry)
    if content is None or entry.size > MOST_MANIFEST:
        raise ValueError(MANIFEST)
    found: dict[str, Any] = json.load(content)
    if found["format"] != FORMAT or found["version"] != VERSION:
        raise ValueError(FORMAT)
    return found


def _unpack(archive: tarfile.TarFile, entry: tarfile.TarInfo, staged: Path) -> str:
    """Writes one file and returns its SHA-256; only plain files under the parts that we know."""
    name = PurePosixPath(entry.name)
    is_ours = name.parts[:1] and name.parts[0] in PARTS and ".." not in name.parts
    content = archive.extractfile(entry) if entry.isreg() and is_ours else None
    if content is None or "\\" in entry.name or ":" in entry.name:
        raise ValueError(entry.name)
    path = staged / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w+b") as sink:
        shutil.copyfileobj(content, sink)
        sink.flush()
        os.fsync(sink.fileno())
        sink.seek(0)
        return hashlib.file_digest(sink, "sha256").hexdigest()


def _check_decisions(path: Path, file: Path) -> None:
    if path.exists():
        with contextlib.closing(sqlite3.connect(path)) as con:
            if con.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise _bad(file)


# --- What was erased stays erased ----------------------------------------------------------------


def _erase_again(data: Path, erased: Mapping[str, str]) -> None:
    """Erasures (R17) that the copy does not know of are carried out in it."""
    forgotten = dict(erased.items() - lake.erased(data).items())
    if not forgotten:
        return
    lake.remember_erased(data, forgotten)
    _scrub(data, forgotten)
    with rewrite.open_plan(data, rewrite.RetentionCutoffs()) as con:
        rewrite.apply_plan(con, data)


def _scrub(data: Path, forgotten: Mapping[str, str]) -> None:
    if not decisions.is_used(data):
        return
    store = decisions.open_store(data)
    subjects = sorted({each.subject for each in store.standing()})
    for subject, key in keyed_hashes(lake.secret(data), subjects).items():
        if key in forgotten:
            store.anonymize(subject, f"{subject.partition(':')[0]}:erased-{forgotten[key]}")
