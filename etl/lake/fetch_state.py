"""What was fetched, and when: `data/fetch.json`. Times, files and marks; no key, no person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from etl.lake import store as lake
from etl.lake.files import atomic_write

NAME = "fetch.json"


def last_fetch(data: Path, account_id: str) -> datetime | None:
    """When the last fetch that got everything of an account began; None = never."""
    return last_fetches(data, account_id.partition(":")[0]).get(account_id)


def last_fetches(data: Path, platform: str) -> dict[str, datetime]:
    """The same for every account of a platform that was ever fetched."""
    held = _read(data)["accounts"]
    mine = (name for name in held if name.startswith(f"{platform}:"))
    return {name: datetime.fromisoformat(held[name]) for name in mine}


def known_post_hashes(data: Path, account_id: str) -> set[str]:
    """Marks of the posts as they were at the last fetch: what has not changed is not needed again.

    A mark is a keyed hash, which says nothing of the post.
    """
    return set(_read(data)["posts"].get(account_id, ()))


def stands(data: Path, place: Path) -> bool:
    """Whether everything that was fetched into a folder of the inbox is loaded or still there.

    False after somebody started anew or took an unread file away: then it must be fetched again.
    """
    is_loaded_into = (data / "lake").is_dir()
    known = lake.imported(data) | lake.undone(data) if is_loaded_into else set()
    listed = {data / name: sha for name, sha in _read(data)["files"].items()}
    mine = {path: sha for path, sha in listed.items() if path.parent == place}
    is_whole = all(sha in known or path.is_file() for path, sha in mine.items())
    return is_whole and (is_loaded_into or bool(mine))


def files(data: Path) -> set[str]:
    """The SHA-256 of every fetched file that still lies in the inbox: gone once it is loaded."""
    return set(_read(data)["files"].values())


def remember_files(data: Path, new: Mapping[Path, str]) -> None:
    """Adds files by their path and SHA-256; for the holder of the data folder's lock."""
    held = _read(data)
    kept = {name: sha for name, sha in held["files"].items() if (data / name).is_file()}
    added = {path.relative_to(data).as_posix(): sha for path, sha in new.items()}
    _write(data, held | {"files": kept | added})


def remember_fetch(data: Path, account_id: str, began: datetime, marks: Iterable[str]) -> None:
    """Everything of the account up to this moment has been fetched; for the holder of the lock."""
    held = _read(data)
    held["accounts"][account_id] = began.isoformat(timespec="seconds")
    held["posts"][account_id] = sorted(marks)
    _write(data, held)


def _read(data: Path) -> dict[str, Any]:
    try:
        held = json.loads((data / NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):  # a lost note costs one longer fetch
        held = {}
    return {"accounts": {}, "files": {}, "posts": {}} | (held if isinstance(held, dict) else {})


def _write(data: Path, held: Mapping[str, Any]) -> None:
    atomic_write(data / NAME, json.dumps(held, indent=1).encode())
