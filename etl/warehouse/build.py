"""The build: lake + register + settings -> a new warehouse, published by one atomic step."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from etl.ingest.detection import id_scopes
from etl.lake import store as lake
from etl.progress import Progress
from etl.pseudonymization import sql
from etl.text_analysis import REPLY_CLASS, result_cache
from etl.warehouse.publish import UNFINISHED, forget_pointer, new_version, publish, sweep
from svarvakt import decisions, register, settings
from svarvakt.metrics.views import create_views
from svarvakt.register import opening_hours
from svarvakt.warehouse import current, is_whole, warehouse_path

STEPS = Path(__file__).parent / "steps"
PROGRAM = Path(__file__).parents[2]
DEFINITIONS_VERSION = "2"
LEAST_MEMORY, MOST_MEMORY = 600_000_000, 4_500_000_000
MEMORY_PER_BYTE = 8  # of the lake, whose Parquet is packed: a million comments are 120 MB
PART = 2_000_000  # comments and replies that are made items at a time
MACROS = ("keys", "identity", "initials", "masking")
# Steps that few lakes need, run where this finds a row: planning them takes a seventh of a small
# build.
ONLY_WHERE = {
    "16_restated_ids": "FROM restated_imports",
    "38_automatic_replies": "FROM register_municipality WHERE key = 'automatic_replies'",
}
LONGEST_WAIT = timedelta(days=400)  # the clock must reach past the last due time


@dataclasses.dataclass(frozen=True)
class Built:
    """What a build took, in seconds, and the version it published."""

    version: str
    seconds: float = 0.0
    analysis_seconds: float = 0.0


class BuildFailed(Exception):
    """The new warehouse did not pass its checks; the old one stays in use."""


def build_if_needed(data: Path, progress: Progress) -> Built:
    """Builds unless the published warehouse is whole and was made of exactly these inputs."""
    sweep(data / "warehouse")
    pointer = current(data)
    is_same = pointer is not None and pointer.get("fingerprint") == fingerprint(data)
    if pointer and is_same and is_whole(warehouse_path(data, pointer), pointer):
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
    digest.update(result_cache.active_version(data).encode())
    digest.update(f"{settings.today()}".encode())  # confirmations expire by the day
    return digest.hexdigest()


def program_files() -> list[Path]:
    """The files of ours that decide what a warehouse holds; a new version changes one of them."""
    ours = ("etl", "svarvakt/decisions", "svarvakt/metrics", "svarvakt/register")
    parts = [path for folder in ours for path in (PROGRAM / folder).rglob("*.*")]
    demo = PROGRAM / "etl" / "demo"
    return [
        path
        for path in parts
        if path.suffix in {".py", ".sql", ".csv", ".json"} and demo not in path.parents
    ]


def build(data: Path, progress: Progress) -> Built:
    """Builds aside, checks, publishes; for the holder of the lock.

    Raises BuildFailed, or lake.Damaged, and leaves the old one in use.
    """
    started = time.perf_counter()
    folder = data / "warehouse"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep(folder)
    inputs = fingerprint(data)
    version, built_at = new_version(folder, inputs)
    aside = folder / f"{UNFINISHED}{version}.duckdb"
    try:
        with lake.noticing_damage(data):
            analysis_seconds = _make(aside, data, version, built_at, progress)
    except BaseException as error:
        sweep(folder)
        if isinstance(error, lake.Damaged):
            forget_pointer(data)
        raise
    publish(aside, version, built_at, inputs)
    progress(1.0, "Tallene er oppdatert")
    return Built(version, time.perf_counter() - started, analysis_seconds)


def _make(path: Path, data: Path, version: str, built_at: datetime, progress: Progress) -> float:
    """Writes a whole, checked warehouse; returns the seconds of the text analysis."""
    with duckdb.connect(str(path)) as con:
        path.chmod(0o600)
        con.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        con.execute("SET preserve_insertion_order = false")  # rows are sorted where it matters
        lake_bytes = lake.size(data)
        bound_memory(con, lake_bytes)
        if lake_bytes < lake.SMALL:
            con.execute("SET threads = 1")
        analysis_seconds = _fill(con, data, progress)
        _describe(con, version, built_at, result_cache.active_version(data))
        create_views(con)
        _check(con)
        con.execute("CHECKPOINT")
    return analysis_seconds


def bound_memory(con: duckdb.DuckDBPyConnection, lake_bytes: int) -> None:
    """What the build may hold at once; the rest waits beside the new file, in its own folder.

    Steps that spill cost about a tenth of the time. Never more than DuckDB would take by itself.
    """
    wanted = min(LEAST_MEMORY + MEMORY_PER_BYTE * lake_bytes, MOST_MEMORY)
    con.execute(
        "SET VARIABLE bound = least($1, parse_formatted_bytes(current_setting('memory_limit')))",
        [wanted],
    )
    con.execute("SET memory_limit = getvariable('bound') || 'B'")


def _fill(con: duckdb.DuckDBPyConnection, data: Path, progress: Progress) -> float:
    """Runs the steps in the order of their names; returns the seconds of the text analysis."""
    _open_lake(con, data)
    known = decisions.current_register(data)
    register.load_into(con, known, settings.today())
    decisions.load_into(con, data)
    decisions.load_history(con, data)
    _set_clock(con, known)
    for macros in (*map(sql, MACROS), REPLY_CLASS.read_text(encoding="utf-8")):
        con.execute(macros.replace("REPLACE MACRO", "REPLACE TEMP MACRO"))  # none in the warehouse
    con.execute("SET VARIABLE id_scopes = $1::MAP(VARCHAR, VARCHAR)", [id_scopes()])
    con.execute("SET VARIABLE piled_up = $1::VARCHAR[]", [sorted(decisions.STACKABLE_SLOTS)])
    con.execute(f"SET VARIABLE secret = '{lake.secret(data)}'")
    con.execute(f"SET VARIABLE build_day = '{settings.today()}'")
    analysis_seconds = 0.0
    steps = sorted(STEPS.glob("[0-9]*"))
    for number, step in enumerate(steps):
        for done in _run(con, step):
            progress((number + done) / len(steps), "Regner ut tallene")
        if step.stem == "60_texts":
            before = time.perf_counter()
            result_cache.classify_texts(con, data, "texts", "analysed")
            analysis_seconds = time.perf_counter() - before
            con.execute("DROP TABLE texts")
    return analysis_seconds


def _run(con: duckdb.DuckDBPyConnection, step: Path) -> Iterator[float]:
    """Runs one step: a file once, the files of a folder for every part of `voices` (`is_in_part`).
    Yields how much of it is done, from 0 on.

    Ten million comments joined at once would wait for the disk.
    """
    yield 0.0
    needed = ONLY_WHERE.get(step.stem)
    if needed and con.execute(f"{needed} LIMIT 1").fetchone() is None:
        return
    if step.is_file():
        con.execute(step.read_text(encoding="utf-8"))
        return
    (voices,) = con.execute("SELECT count(*) FROM voices").fetchone() or (0,)
    for first in range(0, max(voices, 1), PART):
        con.execute(f"SET VARIABLE first_voice = {first}")
        con.execute(f"SET VARIABLE last_voice = {first + PART - 1}")
        for file in sorted(step.glob("*.sql")):
            con.execute(file.read_text(encoding="utf-8"))
        yield min(1.0, (first + PART) / max(voices, 1))


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
    rows_rejected BIGINT, posts BIGINT, comments BIGINT, replies BIGINT, days BIGINT,
    warnings VARCHAR[], lake_version BIGINT
)
"""
IMPORT_SHAPE = """[{"import_id":"VARCHAR","path":"VARCHAR","sha256":"VARCHAR","format":"VARCHAR",
"account_id":"VARCHAR","exported_at":"TIMESTAMPTZ","imported_at":"TIMESTAMPTZ",
"rows_read":"BIGINT","rows_loaded":"BIGINT","rows_rejected":"BIGINT","posts":"BIGINT",
"comments":"BIGINT","replies":"BIGINT","days":"BIGINT","warnings":["VARCHAR"],
"lake_version":"BIGINT"}]"""
# The order in which exports were made, whatever order they were imported in. None is newer than the
# moment when it was read.
RANKS = """
UPDATE imports SET exported_at = imported_at WHERE exported_at > imported_at;
CREATE TEMP TABLE import_ranks AS
SELECT import_id, exported_at, row_number() OVER (ORDER BY exported_at, import_id) AS import_rank
FROM imports
"""


def _set_clock(con: duckdb.DuckDBPyConnection, known: register.Register) -> None:
    bounds = con.execute(
        "SELECT min(created_at)::DATE, greatest(max(created_at), max(exported_at))::DATE "
        "FROM lake_comments, (SELECT max(exported_at) AS exported_at FROM import_ranks)"
    ).fetchone()
    first, last = bounds if bounds and bounds[0] else (settings.today(), settings.today())
    opening_intervals = opening_hours.opening_intervals(
        known.calendar, first - timedelta(days=7), last + LONGEST_WAIT
    )
    opening_hours.load_spans(con, opening_intervals)
    length = opening_hours.working_day_seconds(known.calendar)
    con.execute(f"SET VARIABLE working_day_seconds = {length}")


def _describe(
    con: duckdb.DuckDBPyConnection, version: str, built_at: datetime, model_version: str
) -> None:
    con.execute(
        "INSERT INTO build_info SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[])",
        [
            ["version", "built_at", "definitions_version", "model_version"],
            [version, built_at.isoformat(), DEFINITIONS_VERSION, model_version],
        ],
    )


def _check(con: duckdb.DuckDBPyConnection) -> None:
    """What must hold of every warehouse before anybody reads it."""
    for name, query in CHECKS.items():
        if con.execute(query).fetchone() != (0,):
            raise BuildFailed(name)


CHECKS = {
    "hver henvendelse står én gang": "SELECT count(*) - count(DISTINCT item_id) FROM items",
    "hvert innlegg står én gang per konto": (
        "SELECT count(*) - count(DISTINCT (account_id, post_id)) FROM posts"
    ),
    "hver kommentar er tatt med": (
        "SELECT (SELECT count(DISTINCT comment_id) FROM read_comments)"
        " - (SELECT count(*) FROM items) - (SELECT count(*) FROM replies)"
    ),
    "ingen svar er eldre enn henvendelsen": (
        "SELECT count(*) FROM items WHERE answered_at < received_at"
    ),
    "alle henvendelser har en klasse": "SELECT count(*) FROM items WHERE reply_class IS NULL",
}
