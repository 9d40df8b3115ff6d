"""How close the import is to bare DuckDB: `python3 start.py bench loading`.

Writes the demonstration once (or takes the exports in `--exports`), then measures K pairs, each
half in a process of its own, start included: DuckDB reading the same files into temporary tables
(one `read_json` and one `read_csv` for every 250 files), and `etl load` into an empty data folder.
The seconds of the text analysis are taken off the load. Then 1,000 new comments are loaded on top
of the last one. Every load is counted, and its figures compared with plain Python, before it is a
result. Prints medians and adds a line to `bench-history.jsonl`.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from bench import twin

ROOT = Path(__file__).resolve().parent.parent
HISTORY = ROOT / "bench-history.jsonl"
NEW = 1_000  # comments on top of what is there

BARE = """
import pathlib, sys, duckdb
con = duckdb.connect()
con.execute("SET enable_progress_bar = false")
folder = pathlib.Path(sys.argv[1])
for kind, reader in {
    "json": "read_json($files, maximum_object_size = {largest}, union_by_name = true)",
    "csv": "read_csv($files, union_by_name = true, all_varchar = true)",
}.items():
    paths = sorted(folder.rglob("*." + kind))
    if paths:
        # DuckDB reserves twice this for every thread: no larger than the largest file.
        reader = reader.format(largest=max(path.stat().st_size for path in paths) + 1)
        # As many at a time as memory is for: union_by_name reserves 32 MB for each of them.
        for first in range(0, len(paths), 250):
            files = [str(path) for path in paths[first : first + 250]]
            read = f"CREATE OR REPLACE TEMP TABLE {kind} AS SELECT * FROM {reader}"
            con.execute(read, {"files": files})
            print(kind, len(files), con.execute(f"SELECT count(*) FROM {kind}").fetchone()[0])
"""


@dataclasses.dataclass(frozen=True)
class Run:
    """One finished process: wall seconds, peak memory in MB (None on Windows), what it printed."""

    seconds: float
    peak_mb: float | None
    output: str


def run(command: Sequence[str], data: Path | None = None) -> Run:
    """Runs a command to its end; ends with its last words when it fails."""
    env = {**os.environ, "PYTHONUTF8": "1"} | ({"SVARVAKT_DATA": str(data)} if data else {})
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as output,
        tempfile.TemporaryFile("w+", encoding="utf-8") as progress,
    ):
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=progress)
        code, peak = wait(process)
        seconds = time.perf_counter() - started
        output.seek(0)
        progress.seek(0)
        if code:
            sys.exit(f"{command[:4]} ended with {code}:\n{progress.read()[-2000:]}")
        return Run(seconds, peak, output.read())


def wait(process: subprocess.Popen[bytes]) -> tuple[int, float | None]:
    """Exit code and peak memory in MB of one process."""
    if sys.platform == "win32":
        return process.wait(), None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1024**2 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    return process.returncode, usage.ru_maxrss / unit


def measure_bare(exports: Path) -> Run:
    """DuckDB alone over every JSON and CSV file."""
    return run([sys.executable, "-c", BARE, str(exports)])


def measure_load(exports: Path, data: Path) -> tuple[Run, dict[str, Any]]:
    """The product's own import into a data folder, and what it said.

    Adds `different_comments`, the account's replies included, counted in the warehouse.
    """
    done = run([sys.executable, "-m", "etl", "load", str(exports), "--json"], data)
    said: dict[str, Any] = json.loads(done.output)
    return done, {**said, "different_comments": count_loaded(data / "warehouse")}


def measure_adding(data: Path) -> dict[str, float]:
    """NEW comments under one new post, in a file of its own, until the figures hold them."""
    before = count_loaded(data / "warehouse")
    page = "201423163224875"  # the demonstration's first
    comments = [
        {
            "id": f"77_{n}",
            "created_time": "2026-10-30T10:00:00+0000",
            "message": f"Når åpner svømmehallen igjen? Vi er {n} som venter på svar.",
            "from": {"id": f"9{n}", "name": f"Oppdiktet Person{n}"},
        }
        for n in range(NEW)
    ]
    post = {
        "id": f"{page}_77",
        "created_time": "2026-10-30T09:00:00+0000",
        "message": "Svømmehallen er stengt.",
        "from": {"id": page, "name": "Fjordvik kommune"},
        "comments": {"data": comments},
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.json"
        path.write_text(json.dumps({"data": [post]}), encoding="utf-8")
        done, said = measure_load(path, data)
    check(said, before + NEW)
    return {"adding": done.seconds, "adding_peak_mb": done.peak_mb or 0}


def count_loaded(warehouse: Path) -> int:
    """The comments and replies in the published warehouse."""
    pointer = json.loads((warehouse / "current.json").read_text(encoding="utf-8"))
    query = """
        SELECT (SELECT count(*) FROM items WHERE item_kind = 'comment')
             + (SELECT count(*) FROM replies)
    """
    with duckdb.connect(str(warehouse / pointer["file"]), read_only=True) as con:
        (count,) = con.execute(query).fetchone() or (0,)
    return int(count)


def count_written(exports: Path) -> int:
    """The different comments and replies in the JSON files, read the plain way."""
    found: set[str] = set()
    for path in exports.rglob("*.json"):
        found.update(comment_ids(json.loads(path.read_text(encoding="utf-8"))))
    return len(found)


def comment_ids(value: Any, under: str = "") -> Iterator[str]:
    """The id of every comment in a JSON value: listed as one, or called one by YouTube."""
    if isinstance(value, list):
        for one in value:
            yield from comment_ids(one, under)
    elif isinstance(value, dict):
        if "id" in value and (
            under in ("comments", "replies") or value.get("kind") == "youtube#comment"
        ):
            yield str(value["id"])
        for key, inner in value.items():
            yield from comment_ids(inner, under if key == "data" else key)


def measure_pair(exports: Path, comments: int, data: Path) -> dict[str, float]:
    """One bare run and one load into an empty folder; raises when the load lost something."""
    bare = measure_bare(exports)
    load, said = measure_load(exports, data)
    check(said, comments)
    twin.check_totals(data)
    seconds = said["seconds"]
    without_analysis = load.seconds - seconds["analysis"]
    return {
        "bare": bare.seconds,
        "load": load.seconds,
        "import": seconds["import"],
        "analysis": seconds["analysis"],
        "build": seconds["build"],
        "ratio": without_analysis / bare.seconds,
        "peak_mb": load.peak_mb or 0,
        "bare_peak_mb": bare.peak_mb or 0,
    }


def check(said: dict[str, Any], comments: int) -> None:
    """Raises SystemExit unless every file was loaded and every comment came through once."""
    refused = [file["path"] for file in said["files"] if file["status"] != "loaded"]
    rejected = said["totals"]["rejected"]
    if refused or rejected:
        sys.exit(f"not loaded: {refused[:3]}, rejected rows: {rejected}")
    if said["different_comments"] != comments:
        sys.exit(f"{comments} comments were written, {said['different_comments']} loaded")


def report(pairs: list[dict[str, float]], comments: int) -> dict[str, Any]:
    """The medians of the pairs, with what is needed to compare them with another day's."""
    medians = {name: round(statistics.median(pair[name] for pair in pairs), 3) for name in pairs[0]}
    head = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(head, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": done.stdout.strip(),
        "processors": os.cpu_count(),
        "comments": comments,
        "runs": len(pairs),
        **medians,
    }


def measure(exports: Path, comments: int, runs: int) -> dict[str, Any]:
    """The medians of the pairs, and what adding to the last load took."""
    written = count_written(exports)
    pairs, added = [], {}
    for number in range(runs):
        with tempfile.TemporaryDirectory() as data:
            pairs.append(measure_pair(exports, written, Path(data)))
            if number == runs - 1:
                added = measure_adding(Path(data))
    return report(pairs, comments) | {name: round(value, 3) for name, value in added.items()}


def write_demonstration(folder: Path, comments: int) -> Path:
    """An invented municipality's exports; returns where they lie."""
    run([sys.executable, "-m", "etl", "demo", str(folder), "--comments", str(comments)], folder)
    return folder / "exports"


def remember(line: dict[str, Any]) -> None:
    """Adds a line to the history."""
    with HISTORY.open("a", encoding="utf-8") as history:
        history.write(json.dumps(line) + "\n")


def main() -> None:
    """Measures, prints, remembers."""
    parser = argparse.ArgumentParser(prog="start.py bench loading")
    parser.add_argument("--comments", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--exports", type=Path, help="a demonstration that lies there already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        exports = options.exports or write_demonstration(Path(folder), options.comments)
        line = measure(exports, options.comments, options.runs)
    for name, value in line.items():
        print(f"{name:>14}  {value}")
    remember(line)


if __name__ == "__main__":
    main()
