"""All measurements after one another: `python3 start.py bench [PART] [options]`.

Without a part a demonstration of `--comments` is written, loaded and measured whole: the import
against bare DuckDB, the pages, readers at once, a browser, the reports, and the peers. Prints a
table beside the goals and adds a line to `bench-history.jsonl`. With a part only that one is run,
with its own options (`--help` says which).
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import browser, documents, loading, pages, peers, reading, sessions

PARTS = ("loading", "reading", "pages", "sessions", "browser", "documents", "peers")


def measure(folder: Path, comments: int, runs: int) -> dict[str, Any]:
    """Figures by part, of one demonstration, written and loaded in the folder."""
    exports = loading.write_demonstration(folder / "demo", comments)
    found: dict[str, Any] = {"loading": loading.measure(exports, comments, runs)}
    data = folder / "data"
    shutil.copytree(exports.parent / "register", data / "register")
    loading.measure_load(exports, data)
    found["reading"] = reading.measure(data)
    found["pages"] = pages.measure(data)
    found["sessions_20"] = sessions.measure(data, 20)
    found["sessions_50"] = sessions.measure(data, 50)
    found["browser"] = browser.measure(data)
    found["documents"] = documents.measure(data)
    found["peers"] = peers.measure(data)
    return found


def table(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What was measured, beside its goal: (figure, reached, goal)."""
    load, crowd, window = found["loading"], found["sessions_50"], found["browser"]
    over = [found["pages"][page]["over_hello_ms"] for page in pages.PAGES]
    reports, beside, read = found["documents"], found["peers"], found["reading"]
    return [
        ("import + build / bare read", f"{load['ratio']:.1f}", "≤ 5"),
        ("peak memory, MB", f"{load['peak_mb']:.0f}", ""),
        ("1,000 more, s", f"{load['adding']:.1f}", "≤ 5"),
        (
            "reading, rules and words, s a million",
            str(read["rules_and_words"]["for_a_million"]),
            "≤ 15",
        ),
        ("reading, all of it, s a million", str(read["all_of_it"]["for_a_million"]), "≤ 180"),
        ("filter over hello, median page, ms", f"{statistics.median(over):.0f}", "≤ 40"),
        ("filter over hello, slowest page, ms", f"{max(over):.0f}", "≤ 40"),
        ("50 readers, p95 ms", str(crowd.get("p95_ms")), "≤ 500"),
        ("50 readers, errors", str(crowd["errors"]), "0"),
        ("browser cold over hello, ms", str(window.get("cold_over_hello_ms")), "≤ 1500"),
        ("browser warm over hello, ms", str(window.get("warm_over_hello_ms")), "≤ 500"),
        ("month report, ms", str(reports["month_report"].get("median_ms")), "≤ 3000"),
        ("unit reports, s", str(reports["unit_reports"]["seconds"]), "≤ 60"),
        ("times faster than pandas", str(beside["pandas"]["times_faster"]), "≥ 10"),
        ("than the usual page", str(beside["usual_page"]["times_faster"]), "≥ 20"),
    ]


def main(arguments: list[str]) -> None:
    """Runs one part, or all of them."""
    if arguments and arguments[0] in PARTS:
        sys.argv = [f"bench.{arguments[0]}", *arguments[1:]]
        importlib.import_module(f"bench.{arguments[0]}").main()
        return
    parser = argparse.ArgumentParser(prog="start.py bench", epilog="parts: " + ", ".join(PARTS))
    parser.add_argument("--comments", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), options.comments, options.runs)
    loading.remember(found)
    for figure, reached, goal in table(found):
        print(f"{figure:38} {reached:>10}   {goal}")


if __name__ == "__main__":
    main(sys.argv[1:])
