"""The lake: one folder of Parquet per imported file, named by the file's SHA-256.

Plain files that any engine can read: `posts_*.parquet`, `comments_*.parquet`,
`account_days_*.parquet`, `rejected_*.parquet`, `kept_*.parquet` and `import.json`. A folder
appears whole or not at all.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb

VERSION = 1
UNDONE = "undone.txt"
ERASED = "erased.txt"
TABLES = {
    "posts": "lake_posts",
    "comments": "lake_comments",
    "account_days": "lake_account_days",
    "rejected": "lake_rejected",
    "kept": "lake_kept",
}


def create_tables(con: duckdb.DuckDBPyConnection, prefix: str = "lake_") -> None:
    """Makes the empty tables of the lake: the one place that says what it holds."""
    shape = (Path(__file__).parent / "lake_shape.sql").read_text(encoding="utf-8")
    con.execute(shape.replace("{prefix}", prefix))


def folder(data: Path) -> Path:
    """The lake of a data folder, made on first use, readable by its owner alone."""
    path = data / "lake"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def imported(data: Path) -> set[str]:
    """The ids (SHA-256) of everything that has been imported."""
    return {path.parent.name for path in folder(data).glob("[0-9a-f]*/import.json")}


def imports(data: Path) -> list[dict[str, Any]]:
    """What is known of every import, oldest export first."""
    found = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in folder(data).glob("[0-9a-f]*/import.json")
    ]
    return sorted(found, key=lambda one: (one["exported_at"], one["import_id"]))


def sweep(data: Path) -> None:
    """Removes what a killed import left half written. Only for the holder of the lock."""
    for leftover in folder(data).glob(".*-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def remove(data: Path, import_id: str) -> bool:
    """Takes one import out; False when there is none by that id."""
    path = folder(data) / import_id
    if not path.is_dir():
        return False
    with (folder(data) / UNDONE).open("a", encoding="utf-8") as file:
        file.write(f"{import_id}\n")
    aside = folder(data) / f".removed-{import_id}"
    path.rename(aside)  # gone in one step, whatever happens to the clean-up
    shutil.rmtree(aside, ignore_errors=True)
    return True


def undone(data: Path) -> set[str]:
    """Imports that a person took out: the inbox does not bring them back by itself."""
    path = folder(data) / UNDONE
    return set(path.read_text(encoding="utf-8").split()) if path.exists() else set()


def write(con: duckdb.DuckDBPyConnection, data: Path, facts: list[dict[str, Any]]) -> None:
    """Writes the lake_* tables of a batch, one folder per import, and publishes each whole.

    `facts` holds one dict per file with at least `import_id`.
    """
    root = folder(data)
    aside = Path(tempfile.mkdtemp(prefix=".writing-", dir=root))
    try:
        _copy(con, aside)
        for fact in facts:
            _publish(aside / f"import_id={fact['import_id']}", root / fact["import_id"], fact)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def open_tables(con: duckdb.DuckDBPyConnection, data: Path, prefix: str) -> None:
    """Makes a view `<prefix><table>` of each table over all the imports."""
    create_tables(con, "empty_")
    root = folder(data)
    for name in TABLES:
        pattern = f"[0-9a-f]*/{name}_*.parquet"
        source = f"empty_{name}"
        if next(root.glob(pattern), None):
            source = f"read_parquet('{quoted(root)}/{pattern}', hive_partitioning = false)"
        con.execute(f"CREATE OR REPLACE TEMP VIEW {prefix}{name} AS SELECT * FROM {source}")


def replace(con: duckdb.DuckDBPyConnection, data: Path, import_ids: Iterable[str]) -> None:
    """Puts the lake_* tables in place of what these imports hold, under the same ids.

    File by file, each in one step: after a stop half way every file is the old or the new one,
    and doing it again ends well.
    """
    root = folder(data)
    aside = Path(tempfile.mkdtemp(prefix=".writing-", dir=root))
    try:
        _copy(con, aside)
        for import_id in import_ids:
            for name in TABLES:
                new = sorted((aside / f"import_id={import_id}").glob(f"{name}_*.parquet"))
                for file in new:
                    file.replace(root / import_id / file.name)
                for old in (root / import_id).glob(f"{name}_*.parquet"):
                    if old.name not in {file.name for file in new}:
                        old.unlink()
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def erased(data: Path) -> set[str]:
    """Keyed hashes of the ids of what was erased on request: it never comes back (R17)."""
    path = folder(data) / ERASED
    return set(path.read_text(encoding="utf-8").split()) if path.exists() else set()


def remember_erased(data: Path, keys: Iterable[str]) -> None:
    """Adds to what `erased` says; on the disk before anything else is done."""
    with (folder(data) / ERASED).open("a", encoding="utf-8") as file:
        file.writelines(f"{key}\n" for key in sorted(set(keys) - erased(data)))
        file.flush()
        os.fsync(file.fileno())


def _copy(con: duckdb.DuckDBPyConnection, aside: Path) -> None:
    for name, table in TABLES.items():
        con.execute(
            f"COPY {table} TO '{quoted(aside)}' (FORMAT parquet, COMPRESSION zstd, "
            f"PARTITION_BY (import_id), FILENAME_PATTERN '{name}_{{i}}', "
            "WRITE_PARTITION_COLUMNS true, OVERWRITE_OR_IGNORE true)"
        )


def _publish(written: Path, final: Path, fact: dict[str, Any]) -> None:
    written.mkdir(exist_ok=True)
    text = json.dumps(fact | {"lake_version": VERSION}, ensure_ascii=False, indent=1)
    (written / "import.json").write_text(text, encoding="utf-8")
    if final.exists():  # somebody else imported the same file meanwhile: equal content
        return
    written.rename(final)


def quoted(path: Path) -> str:
    """A path for use inside single quotes in SQL: the one place where paths are escaped."""
    return str(path).replace("'", "''")


def secret(data: Path) -> str:
    """The key of all pseudonyms (64 hex digits), made on first use, outside the lake, mode 0600."""
    path = data / "secret"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_hex(32))
    return path.read_text().strip()


@contextlib.contextmanager
def only_one_writer(data: Path) -> Iterator[None]:
    """Holds the data folder's lock, so that two loads never mix. Waits for the other to end."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / ".lock").open("w") as file:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file gives the lock back
