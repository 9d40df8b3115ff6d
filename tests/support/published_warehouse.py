"""A warehouse of warehouse_factory.py written to disk and published, as the build does it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from tests.support.warehouse_factory import Row, make_warehouse

MOST_KEPT = 8
_kept: dict[str, bytes] = {}  # what was asked for -> the file; most tests of a module ask the same


def publish(
    folder: Path,
    *,
    is_demo: bool = False,
    targets: tuple[Row, ...] = (),
    problems: tuple[Row, ...] = (),
    info: Mapping[str, str] | None = None,
    **given: Any,
) -> Path:
    """Writes `folder`/warehouse/… and its pointer; `given` goes to `make_warehouse`."""
    path = folder / "warehouse" / "warehouse-1.duckdb"
    path.parent.mkdir(parents=True)
    info = {"is_demo": str(is_demo).lower(), "definitions_version": "1", **(info or {})}
    given = {name: tuple(v) if isinstance(v, Iterator) else v for name, v in given.items()}
    _write(path, given | {"targets": targets, "problems": problems, "info": info})
    pointer = {"file": path.name, "version": f"{path}", "built_at": "", "is_demo": is_demo}
    (path.parent / "current.json").write_text(json.dumps(pointer), encoding="utf-8")
    return path


def _write(path: Path, given: dict[str, Any]) -> None:
    asked = repr(given)
    if asked not in _kept:
        with duckdb.connect(str(path)) as out:
            out.execute("SET TimeZone = 'UTC'")
            make_warehouse(**given, con=out)
        if len(_kept) == MOST_KEPT:
            del _kept[next(iter(_kept))]
        _kept[asked] = path.read_bytes()
    path.write_bytes(_kept[asked])
