"""The published warehouse: which DuckDB file the pointer `current.json` names, and reading it."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb


def pointer(data: Path) -> dict[str, Any] | None:
    """What `current.json` says; None when nothing is built yet.

    Raises OSError or ValueError where it cannot be read, KeyError where it names no file.
    """
    try:
        found = json.loads((data / "warehouse" / "current.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    if not isinstance(found, dict) or not {"file", "version"} <= found.keys():
        raise KeyError("current.json")
    return found


def current(data: Path) -> dict[str, Any] | None:
    """The pointer to the published warehouse, None when there is none or it leads nowhere."""
    try:
        found = pointer(data)
    except (OSError, ValueError, KeyError):
        return None
    return found if found and warehouse_path(data, found).is_file() else None


def warehouse_path(data: Path, pointer: dict[str, Any]) -> Path:
    """The DuckDB file that a pointer names."""
    return data / "warehouse" / str(pointer.get("file", ""))


@contextlib.contextmanager
def reading(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that reads the published warehouse; times are in UTC. Raises NotBuilt."""
    found = current(data)
    if found is None:
        raise NotBuilt(data)
    with duckdb.connect(str(warehouse_path(data, found)), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        yield con


class NotBuilt(LookupError):
    """No warehouse is published in a data folder."""


def is_forgotten(data: Path) -> bool:
    """Whether `forget_pointer` was the last to touch the pointer."""
    return (current(data) or {}).get("fingerprint") == ""


def is_whole(path: Path, pointer: dict[str, Any]) -> bool:
    """Whether the published file is, byte for byte, the one that was built."""
    return path.is_file() and sha256(path) == pointer.get("sha256")


def sha256(path: Path) -> str:
    """Of a file's content, in hexadecimal digits."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
