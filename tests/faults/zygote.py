"""Runs the real commands in children of one warm process, so that hundreds can be killed.

`python -m tests.faults.zygote` takes one request per line on stdin and forks a child for it. With
`die_at` N the child kills itself before its Nth step on the disk (a file opened for writing,
renamed, removed …) under the data folder; with `count` it writes the number of its steps there.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

# Everything that a command needs, loaded once.
import duckdb  # noqa: F401

import etl.__main__
import etl.operations.restore
import etl.operations.retention
import reports.__main__
from svarvakt import decisions

STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "sqlite3.connect"}
WRITES = os.O_WRONLY | os.O_RDWR


class Steps:
    """Counts the steps on the disk under a folder; at the last one the process is gone."""

    def __init__(self, folder: str, die_at: int | None) -> None:
        self.folder, self.die_at, self.seen = folder, die_at, 0

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        is_step = event in STEPS or (event == "open" and (arguments[2] or 0) & WRITES)
        if is_step and str(arguments[0]).startswith(self.folder):
            self.seen += 1
            if self.seen == self.die_at:
                os.kill(os.getpid(), signal.SIGKILL)


def decide_on_and_on(log: Path) -> int:
    """Records decisions until killed; what was acknowledged stands in the log."""
    store = decisions.open_store(Path(os.environ["SVARVAKT_DATA"]))
    with log.open("a", buffering=1, encoding="ascii") as told:
        while True:
            (number,) = store.record("kommunikasjon", decisions.New("answered_now", "item", "x:1"))
            told.write(f"{number}\n")


def run(request: dict[str, Any]) -> int:
    """One command in this process; returns its exit code."""
    os.environ["SVARVAKT_DATA"] = request["data"]
    if request["program"] == "decide":
        return decide_on_and_on(Path(request["log"]))
    with Path(request["log"]).open("a", encoding="utf-8") as told:
        os.dup2(told.fileno(), 1)
        os.dup2(told.fileno(), 2)
    steps = Steps(request["data"], request.get("die_at"))
    sys.addaudithook(steps)
    program = etl.__main__ if request["program"] == "etl" else reports.__main__
    code: int = program.main(request["arguments"])
    sys.stdout.flush()
    if request.get("count"):
        Path(request["count"]).write_text(str(steps.seen), encoding="ascii")
    return code


def child(request: dict[str, Any]) -> None:
    """Never returns."""
    code = 70
    try:
        code = run(request)
    finally:
        os._exit(code)


def main() -> None:
    os.umask(0o077)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            child(json.loads(line))
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
