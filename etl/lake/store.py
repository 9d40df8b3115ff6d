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
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from etl.lake.files import fsync_path, sql_quote
from etl.lake.lock import exclusive_lock
from etl.lake.pseudonym_key import secret
from svarvakt.errors import UserFacingError

# What belongs to the lake and stands in files of its own.
__all__ = ["exclusive_lock", "fsync_path", "secret", "sql_quote"]

# Of an import's rows. Since 2 pseudonyms are made under the post (pseudonymization/identity.sql).
VERSION = 2
_REPLACED = ".replaced-"  # before the name of an import that is being put in place of
UNDONE = "undone.txt"
ERASED = "erased.txt"
DAMAGED = "damaged"
TABLES = {
    "posts": "lake_posts",
    "comments": "lake_comments",
    "account_days": "lake_account_days",
    "rejected": "lake_rejected",
    "kept": "lake_kept",
}
LONGER = {"rejected"}  # imports of before have fewer columns


class Damaged(UserFacingError):
    """Folders of the lake that cannot be read; nothing is built without them."""

    def __init__(self, import_ids: Iterable[str]) -> None:
        self.import_ids = sorted(import_ids)
        first = self.import_ids[0][:12]
        super().__init__(
            f"{len(self.import_ids)} av filene som er lest inn, er skadd på disken (den første er "
            f"{first}), og tallene fra før står: les inn den samme eksporten på nytt, legg tilbake "
            f"en sikkerhetskopi, eller ta den ut med «python -m etl undo {first}»."
        )


SMALL = 1 << 20  # bytes: to share less out among the cores costs more than to do it


def create_tables(con: duckdb.DuckDBPyConnection, prefix: str = "lake_") -> None:
    """Makes the empty tables of the lake: the one place that says what it holds."""
    shape = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
    con.execute(shape.replace("{prefix}", prefix))


def folder(data: Path) -> Path:
    """The lake of a data folder, made on first use, readable by its owner alone."""
    path = data / "lake"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def imported(data: Path) -> set[str]:
    """The ids (SHA-256) of everything that has been imported."""
    return {path.parent.name for path in folder(data).glob("[0-9a-f]*/import.json")}


def size(data: Path) -> int:
    """Bytes of everything that has been imported."""
    return sum(path.stat().st_size for path in folder(data).glob("[0-9a-f]*/*.parquet"))


def imports(data: Path) -> list[dict[str, Any]]:
    """What is known of every import, oldest export first. Raises Damaged."""
    found = {one: _facts(folder(data) / one) for one in imported(data)}
    if bad := [import_id for import_id, facts in found.items() if facts is None]:
        raise Damaged(bad)
    facts = [one for one in found.values() if one]
    return sorted(facts, key=lambda one: (one["exported_at"], one["import_id"]))


def _facts(path: Path) -> dict[str, Any] | None:
    """What `import.json` says; None when it cannot be read."""
    try:
        found = json.loads((path / "import.json").read_text(encoding="utf-8"))
    except ValueError:
        return None
    is_whole = isinstance(found, dict) and {"import_id", "exported_at"} <= found.keys()
    return found if is_whole else None


def damaged(data: Path) -> list[str]:
    """The ids of the imports that cannot be read to their end; reads all of the lake."""
    with duckdb.connect() as con:
        found = sorted(imported(data))
        return [each for each in found if not _is_readable(con, folder(data) / each)]


@contextlib.contextmanager
def noticing_damage(data: Path) -> Iterator[None]:
    """Raises Damaged for an error of the database that a damaged file of the lake explains."""
    try:
        yield
    except duckdb.Error as error:
        if bad := damaged(data):
            raise Damaged(bad) from error
        raise


def _is_readable(con: duckdb.DuckDBPyConnection, path: Path) -> bool:
    if _facts(path) is None:
        return False
    try:
        for file in path.glob("*.parquet"):
            con.execute(f"SELECT bit_xor(hash(one)) FROM '{sql_quote(file)}' AS one")
    except duckdb.Error:
        return False
    return True


def set_aside(data: Path, import_id: str) -> None:
    """Moves a damaged import out of the lake, to `data/damaged/`, until it is read in again."""
    target = data / DAMAGED
    target.mkdir(mode=0o700, exist_ok=True)
    shutil.rmtree(target / import_id, ignore_errors=True)
    (folder(data) / import_id).rename(target / import_id)


def forget_set_aside(data: Path) -> None:
    """Removes what was set aside and has been read in again since; the rest stays to be saved."""
    for import_id in imported(data):
        shutil.rmtree(data / DAMAGED / import_id, ignore_errors=True)
    with contextlib.suppress(OSError):
        (data / DAMAGED).rmdir()


def sweep(data: Path) -> None:
    """Removes what a killed import left half written. Only for the holder of the lock."""
    for aside in folder(data).glob(f"{_REPLACED}*"):
        whole = aside.with_name(aside.name.removeprefix(_REPLACED))
        if not whole.exists():
            aside.rename(whole)
    for leftover in folder(data).glob(".*-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    for leftover in data.glob(".secret-*"):
        leftover.unlink(missing_ok=True)


def remove(data: Path, import_id: str) -> bool:
    """Takes one import out; False when there is none by that id."""
    path = folder(data) / import_id
    if not path.is_dir():
        return False
    with (folder(data) / UNDONE).open("a", encoding="utf-8") as file:
        file.write(f"{import_id}\n")
    aside = folder(data) / f".removed-{import_id}-{secrets.token_hex(4)}"
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
            source = f"read_parquet('{sql_quote(root)}/{pattern}', hive_partitioning = false)"
        if name in LONGER and source != f"empty_{name}":
            older = source.replace("hive_partitioning", "union_by_name = true, hive_partitioning")
            source = f"(FROM empty_{name} UNION ALL BY NAME FROM {older})"
        con.execute(f"CREATE OR REPLACE TEMP VIEW {prefix}{name} AS SELECT * FROM {source}")


def replace(con: duckdb.DuckDBPyConnection, data: Path, import_ids: Iterable[str]) -> None:
    """Puts the lake_* tables in place of what these imports hold, under the same ids.

    File by file, each in one step: after a stop half way every file is the old or the new one,
    and doing it again ends well. What a text was read as comes first, before the text goes.
    """
    root = folder(data)
    aside = Path(tempfile.mkdtemp(prefix=".writing-", dir=root))
    try:
        _copy(con, aside)
        for import_id in import_ids:
            for name in ("kept", *(name for name in TABLES if name != "kept")):
                new = sorted((aside / f"import_id={import_id}").glob(f"{name}_*.parquet"))
                for file in new:
                    fsync_path(file)
                    file.replace(root / import_id / file.name)
                for old in (root / import_id).glob(f"{name}_*.parquet"):
                    if old.name not in {file.name for file in new}:
                        old.unlink()
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def erased(data: Path) -> dict[str, str]:
    """What was erased on request, which never comes back (R17): key of an id → key of the item.

    Both are keyed hashes. An item may have had several ids; a line of before has one for both.
    """
    path = folder(data) / ERASED
    lines = path.read_text(encoding="utf-8").split() if path.exists() else []
    pairs = (line.partition("=") for line in lines)
    return {key: item or key for key, _equals, item in pairs}


def remember_erased(data: Path, keys: Mapping[str, str]) -> None:
    """Adds to what `erased` says; on the disk before anything else is done."""
    known = erased(data)
    with (folder(data) / ERASED).open("a", encoding="utf-8") as file:
        new = sorted((key, item) for key, item in keys.items() if key not in known)
        file.writelines(f"{key}={item}\n" for key, item in new)
        file.flush()
        os.fsync(file.fileno())


def _copy(con: duckdb.DuckDBPyConnection, aside: Path) -> None:
    for name, table in TABLES.items():
        con.execute(
            f"COPY {table} TO '{sql_quote(aside)}' (FORMAT parquet, COMPRESSION zstd, "
            f"PARTITION_BY (import_id), FILENAME_PATTERN '{name}_{{i}}', "
            "WRITE_PARTITION_COLUMNS true, OVERWRITE_OR_IGNORE true)"
        )


def _replace_folder(written: Path, final: Path, fact: dict[str, Any]) -> None:
    """Puts an import that was read by another mapping in place of the old one.

    Else it was imported before by another name, with equal content, and stays. `sweep` puts the
    old one back after a stop between the two renames.
    """
    known = _facts(final)
    if known is not None and known.get("mapping", "") == fact.get("mapping", ""):
        return
    aside = final.with_name(f"{_REPLACED}{final.name}")
    shutil.rmtree(aside, ignore_errors=True)
    final.rename(aside)
    written.rename(final)
    fsync_path(final.parent)
    shutil.rmtree(aside, ignore_errors=True)


def _publish(written: Path, final: Path, fact: dict[str, Any]) -> None:
    written.mkdir(exist_ok=True)
    text = json.dumps(fact | {"lake_version": VERSION}, ensure_ascii=False, indent=1)
    (written / "import.json").write_text(text, encoding="utf-8")
    for file in written.iterdir():
        fsync_path(file)
    if (final / "import.json").exists():
        _replace_folder(written, final, fact)
        return
    if final.exists():  # a folder without its import.json is nobody's import
        shutil.rmtree(final)
    written.rename(final)
    fsync_path(final.parent)
