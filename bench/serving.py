"""Programs of ours that serve until the block ends, and what they have used so far."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DASHBOARD = ("-m", "ui.server", "{port}")
ALIVE = "/_stcore/health"
HELLO, USUAL = ("bench/scripts/hello.py", "bench/scripts/usual.py")


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and its process."""

    address: str
    pid: int

    @property
    def cpu_seconds(self) -> float | None:
        """Processor time of the process and its threads so far; None where Linux' /proc is not."""
        fields = self._told("stat").rpartition(")")[2].split()
        if not fields:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory_mb(self) -> float | None:
        """Memory that the process holds now; None where Linux' /proc is not."""
        for line in self._told("status").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return None

    def _told(self, name: str) -> str:
        path = Path(f"/proc/{self.pid}/{name}")
        return path.read_text(encoding="utf-8") if path.exists() else ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(
    command: Sequence[str], port: int, alive: str, log: Path | None = None, **environment: str
) -> Iterator[Server]:
    """A program of ours until the block ends; yields it once `alive` answers.

    What it writes to its window goes to the `log`, if there is one.
    """
    with Path(log or os.devnull).open("wb") as window:
        process = subprocess.Popen(
            [sys.executable, *(part.format(port=port) for part in command)],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=window,
            stderr=window,
        )
    try:
        wait_for(f"http://localhost:{port}{alive}")
        yield Server(f"http://localhost:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(timeout=10)


@contextmanager
def dashboard(data: Path) -> Iterator[Server]:
    """The dashboard of a data folder."""
    port = free_port()
    with running(DASHBOARD, port, ALIVE, SVARVAKT_DATA=str(data)) as server:
        yield server


@contextmanager
def script(path: str, **environment: str) -> Iterator[Server]:
    """Another Streamlit script, served by the same kind of server with the same settings."""
    port = free_port()
    command = ("-m", "bench.serve", path, "{port}")
    with running(command, port, ALIVE, None, **environment) as server:
        yield server


def wait_for(url: str) -> None:
    """Returns once an address answers."""
    for _attempt in range(240):
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 -- our own server
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(url)
