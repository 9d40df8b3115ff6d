"""Writes what was fetched to the inbox: whole files or none, for their owner alone."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from etl.fetch.client import Node
from etl.lake import fetch_state
from etl.lake import store as lake

MOST_POSTS = 500
MOST_BYTES = 16 << 20
HALF_WRITTEN = ".henter-"  # a load steps over names with a dot


def folder(data: Path, platform: str, names: Sequence[str | None]) -> Path:
    """The account's place in the inbox, by the first name that can be a folder's."""
    safe = (name for name in names if name and re.fullmatch(r"@?\w[\w.-]*", name, re.ASCII))
    return data / "exports" / platform / next(safe, "ukjent")


def write(
    data: Path, place: Path, posts: Iterable[Node], wrap: Callable[[list[Any]], Node], at: datetime
) -> list[Path]:
    """Writes the posts in files of a bounded size; a stop half way leaves none of them.

    The files are noted as fetched before they can be seen, so that none of them outlives its
    load.
    """
    place.mkdir(parents=True, exist_ok=True)
    for leftover in place.glob(f"{HALF_WRITTEN}*"):
        leftover.unlink(missing_ok=True)
    stem = f"hentet-{at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
    written: dict[Path, Path] = {}
    try:
        for number, part in enumerate(_parts(posts), start=1):
            aside = place / f"{HALF_WRITTEN}{stem}-{number}.json"
            written[aside] = place / f"{stem}-{number}.json"
            # The time makes each fetch an export of its own: that nothing is new is news as well.
            _write(aside, {"fetched_at": at.isoformat(timespec="seconds")} | wrap(part))
        with lake.exclusive_lock(data):
            fetch_state.remember_files(data, {final: _sha256(a) for a, final in written.items()})
            for aside, final in written.items():
                aside.replace(final)
    finally:
        for aside in written:
            aside.unlink(missing_ok=True)
    return list(written.values())


def _parts(posts: Iterable[Node]) -> Iterator[list[Node]]:
    part: list[Node] = []
    size = 0
    for post in map(_without_addresses, posts):
        bytes_of_post = len(json.dumps(post, ensure_ascii=False).encode())
        if part and (len(part) == MOST_POSTS or size + bytes_of_post > MOST_BYTES):
            yield part
            part, size = [], 0
        part.append(post)
        size += bytes_of_post
    if part:
        yield part


def _without_addresses(value: Any) -> Any:
    """Leaves out where lists go on: everything is followed to its end, and Meta's hold the key."""
    if isinstance(value, dict):
        return {name: _without_addresses(v) for name, v in value.items() if name != "paging"}
    return [_without_addresses(one) for one in value] if isinstance(value, list) else value


def _write(path: Path, value: Node) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False)


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
