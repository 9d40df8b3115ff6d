"""Starts the real commands and kills them; reads the figures meanwhile as the pages do."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from tests.support.paths import ROOT


class Zygote:
    """The warm process (tests.faults.zygote); one command at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(
        self,
        data: Path,
        program: str,
        *arguments: str,
        die_at: int | None = None,
        kill_after: float | None = None,
        **more: str,
    ) -> int:
        """The exit code; -9 when it was killed, by itself at a step or by us after some seconds."""
        request: dict[str, Any] = {
            "data": str(data),
            "program": program,
            "arguments": arguments,
            "die_at": die_at,
            "log": str(data.parent / f"{data.name}.log"),
            **more,
        }
        assert self._process.stdin
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        pid = self._line()
        killer = threading.Timer(kill_after or 0, _kill, (pid,)) if kill_after is not None else None
        if killer:
            killer.start()
        code = self._line()
        if killer:
            killer.cancel()
            killer.join()
        return code

    def _line(self) -> int:
        assert self._process.stdout
        return int(self._process.stdout.readline())

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@contextlib.contextmanager
def zygote() -> Iterator[Zygote]:
    made = Zygote()
    try:
        yield made
    finally:
        made.close()


def run_command(data: Path, *arguments: str, **named: Any) -> subprocess.CompletedProcess[str]:
    """A command of ours as a person starts it."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, "SVARVAKT_DATA": str(data), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        **named,
    )


class Reader(threading.Thread):
    """Opens the published warehouse over and over, as the pages do, and holds it against `totals`.

    `wrong` says what a reader of the pages would have seen that must never be seen.
    """

    def __init__(self, data: Path, totals: Sequence[int]) -> None:
        super().__init__(daemon=True)
        self.folder = data / "warehouse"
        self.totals = set(totals)
        self.reads, self.wrong = 0, list[str]()
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.is_set():
            try:
                if self.reads or (self.folder / "current.json").exists():
                    self._look()
            except (OSError, ValueError, KeyError, duckdb.Error) as error:
                self.wrong.append(f"{type(error).__name__}: {error}")
            time.sleep(0.005)

    def _pointer(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(
            (self.folder / "current.json").read_text(encoding="utf-8")
        )
        return found

    def _look(self) -> None:
        """As ui.data.ask: once more when a new file has come since it read the pointer."""
        pointer = self._pointer()
        try:
            self._read(pointer)
        except duckdb.IOException:
            if (newer := self._pointer()) == pointer:
                raise
            self._read(newer)

    def _read(self, pointer: dict[str, str]) -> None:
        with duckdb.connect(str(self.folder / pointer["file"]), read_only=True) as con:
            found = con.execute(
                "SELECT (SELECT value FROM build_info WHERE key = 'version'),"
                " (SELECT count(*) FROM items) + (SELECT count(*) FROM replies)"
            ).fetchone()
        self.reads += 1
        if found is None or found[0] != pointer["version"] or found[1] not in self.totals:
            self.wrong.append(f"{pointer['version']}: {found}")

    def stop(self) -> None:
        self._ended.set()
        self.join()
