"""The build: lake + register + settings -> a new warehouse, published by one atomic step."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

import decisions
import register
import working_calendar
from etl import lake, reading
from metrics.views import create_views
from settings import today

HERE = Path(__file__).parent
PROGRAM = HERE.parents[1]
DEFINITIONS_VERSION = "1"
KEEP_SECONDS = 3600  # readers of an older file get this long before it is swept
LONGEST_WAIT = timedelta(days=400)  # the clock must reach past the last due time

Progress = Callable[[float, str], None]


@dataclasses.dataclass(frozen=True)
class Built:
    """What a build took, in seconds, and the version it published."""

    version: str
    seconds: float = 0.0
    analysis_seconds: float = 0.0


class BuildFailed(Exception):
    """The new warehouse did not pass its checks; the old one stays in use."""


def current(data: Path) -> dict[str, Any] | None:
    """The pointer to the published warehouse, None when there is none."""
    try:
        found = json.loads((data / "warehouse" / "current.json").read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError):
        return None
    return found if isinstance(found, dict) and warehouse_path(data, found).is_file() else None


def warehouse_path(data: Path, pointer: dict[str, Any]) -> Path:
    """The DuckDB file that a pointer names."""
    return data / "warehouse" / str(pointer.get("file", ""))


def build_if_needed(data: Path, progress: Progress) -> Built:
    """Builds unless the published warehouse was made of exactly these inputs."""
    pointer = current(data)
    if pointer and pointer.get("fingerprint") == fingerprint(data):
        return Built(str(pointer["version"]))
    return build(data, progress)


def fingerprint(data: Path) -> str:
    """A hash over everything that decides a build: our own code, the lake's ids, the register."""
    digest = hashlib.sha256()
    for name in sorted(lake.imported(data)):
        digest.update(name.encode())
    files = [*program_files(), *(data / "register").glob("*")]
    for path in sorted(file for file in files if file.is_file()):
        digest.update(path.name.encode() + path.read_bytes())
    digest.update(decisions.open_store(data).state().encode() if decisions.is_used(data) else b"")
    digest.update(reading.version_in_use(data).encode())
    digest.update(datetime.now(UTC).date().isoformat().encode())  # confirmations expire by the day
    return digest.hexdigest()


def program_files() -> list[Path]:
    """The files of ours that decide what a warehouse holds; a new version changes one of them."""
    parts = [PROGRAM / "working_calendar.py"]
    for folder in ("decisions", "etl", "metrics", "register"):
        parts += (PROGRAM / folder).rglob("*.*")
    demo = PROGRAM / "etl" / "demo"
    return [
        path
        for path in parts
        if path.suffix in {".py", ".sql", ".csv", ".json"} and demo not in path.parents
    ]


def build(data: Path, progress: Progress) -> Built:
    """Builds aside, checks, publishes. Raises BuildFailed and leaves the old one in use."""
    started = time.perf_counter()
    folder = data / "warehouse"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    built_at = datetime.now(UTC)
    inputs = fingerprint(data)
    version = f"{built_at:%Y%m%dT%H%M%S%f}-{inputs[:8]}"
    path = folder / f"warehouse-{version}.duckdb"
    con = duckdb.connect(str(path))
    try:
        con.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        analysis_seconds = _fill(con, data, progress)
        _describe(con, version, built_at)
        create_views(con)
        _check(con)
        con.execute("CHECKPOINT")
    except BaseException:
        con.close()
        path.unlink(missing_ok=True)
        raise
    con.close()
    path.chmod(0o600)
    _publish(folder, path, version, built_at, inputs)
    progress(1.0, "Tallene er oppdatert")
    return Built(version, time.perf_counter() - started, analysis_seconds)


def _fill(con: duckdb.DuckDBPyConnection, data: Path, progress: Progress) -> float:
    """Runs the steps in the order of their names; returns the seconds of the text analysis."""
    _open_lake(con, data)
    known = decisions.current_register(data)
    register.load_into(con, known, today())
    decisions.load_into(con, data)
    decisions.load_history(con, data)
    _set_clock(con, known)
    for macros in ("keys.sql", "analysis/reply_class.sql"):
        con.execute((HERE.parent / macros).read_text(encoding="utf-8"))
    con.execute(f"SET VARIABLE secret = '{lake.secret(data)}'")
    con.execute(f"SET VARIABLE build_day = '{today()}'")
    analysis_seconds = 0.0
    steps = sorted(HERE.glob("*.sql"))
    for number, step in enumerate(steps):
        progress(number / len(steps), "Regner ut tallene")
        con.execute(step.read_text(encoding="utf-8"))
        if step.stem == "60_texts":
            before = time.perf_counter()
            reading.read_texts(con, data, "texts", "analysed")
            analysis_seconds = time.perf_counter() - before
    return analysis_seconds


def _open_lake(con: duckdb.DuckDBPyConnection, data: Path) -> None:
    """Makes a view lake_… per table of the lake, and the tables imports and import_ranks."""
    lake.open_tables(con, data, "lake_")
    con.execute(IMPORTS)
    con.execute(
        "INSERT INTO imports SELECT unnest(from_json($1, $2), recursive := true)",
        [json.dumps(lake.imports(data)), IMPORT_SHAPE],
    )
    con.execute(RANKS)


IMPORTS = """
CREATE TABLE imports (
    import_id VARCHAR, path VARCHAR, sha256 VARCHAR, format VARCHAR, account_id VARCHAR,
    exported_at TIMESTAMPTZ, imported_at TIMESTAMPTZ, rows_read BIGINT, rows_loaded BIGINT,
    rows_rejected BIGINT, posts BIGINT, comments BIGINT, replies BIGINT, warnings VARCHAR[]
)
"""
IMPORT_SHAPE = """[{"import_id":"VARCHAR","path":"VARCHAR","sha256":"VARCHAR","format":"VARCHAR",
"account_id":"VARCHAR","exported_at":"TIMESTAMPTZ","imported_at":"TIMESTAMPTZ",
"rows_read":"BIGINT","rows_loaded":"BIGINT","rows_rejected":"BIGINT","posts":"BIGINT",
"comments":"BIGINT","replies":"BIGINT","warnings":["VARCHAR"]}]"""
# The order in which exports were made, whatever order they were imported in.
RANKS = """
CREATE TEMP TABLE import_ranks AS
SELECT import_id, exported_at, row_number() OVER (ORDER BY exported_at, import_id) AS import_rank
FROM imports
"""


def _set_clock(con: duckdb.DuckDBPyConnection, known: register.Register) -> None:
    bounds = con.execute(
        "SELECT min(created_at)::DATE, greatest(max(created_at), max(exported_at))::DATE "
        "FROM lake_comments, (SELECT max(exported_at) AS exported_at FROM import_ranks)"
    ).fetchone()
    first, last = bounds if bounds and bounds[0] else (today(), today())
    spans = working_calendar.spans(known.calendar, first - timedelta(days=7), last + LONGEST_WAIT)
    working_calendar.load_spans(con, spans)
    length = working_calendar.working_day_seconds(known.calendar)
    con.execute(f"SET VARIABLE working_day_seconds = {length}")


def _describe(con: duckdb.DuckDBPyConnection, version: str, built_at: datetime) -> None:
    con.execute(
        "INSERT INTO build_info SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[])",
        [
            ["version", "built_at", "definitions_version"],
            [version, built_at.isoformat(), DEFINITIONS_VERSION],
        ],
    )


def _check(con: duckdb.DuckDBPyConnection) -> None:
    """What must hold of every warehouse before anybody reads it."""
    for name, query in CHECKS.items():
        if con.execute(query).fetchone() != (0,):
            raise BuildFailed(name)


CHECKS = {
    "hver henvendelse står én gang": "SELECT count(*) - count(DISTINCT item_id) FROM items",
    "hvert innlegg står én gang": "SELECT count(*) - count(DISTINCT post_id) FROM posts",
    "hver kommentar er tatt med": (
        "SELECT (SELECT count(DISTINCT comment_id) FROM lake_comments)"
        " - (SELECT count(*) FROM items) - (SELECT count(*) FROM replies)"
    ),
    "ingen svar er eldre enn henvendelsen": (
        "SELECT count(*) FROM items WHERE answered_at <= received_at"
    ),
    "alle henvendelser har en klasse": "SELECT count(*) FROM items WHERE reply_class IS NULL",
}


def _publish(folder: Path, path: Path, version: str, built_at: datetime, inputs: str) -> None:
    pointer = {
        "file": path.name,
        "version": version,
        "built_at": built_at.isoformat(),
        "fingerprint": inputs,
    }
    aside = folder / f".current-{os.getpid()}.json"
    with aside.open("w", encoding="utf-8") as file:
        json.dump(pointer, file)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(folder / "current.json")
    for old in folder.glob("warehouse-*.duckdb*"):
        is_old = time.time() - old.stat().st_mtime > KEEP_SECONDS
        if old.name != path.name and is_old:
            old.unlink(missing_ok=True)
