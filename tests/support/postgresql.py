"""A real PostgreSQL server for one test run, from Debian's package, in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def binaries() -> Path | None:
    """The folder of initdb and postgres, the newest version; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    return found[0].parent if found else None


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A running server's SQLAlchemy address. Skips where PostgreSQL is not installed."""
    folder_of_programs = binaries()
    if folder_of_programs is None:
        pytest.skip("needs PostgreSQL (Debian: apt-get install postgresql)")
    user = _unprivileged()
    home = folder / "postgresql"
    home.mkdir()
    if user:  # PostgreSQL refuses to run as root
        for path in (home, folder, *folder.parents):
            if path.stat().st_uid == os.geteuid() and path != Path("/"):
                path.chmod(path.stat().st_mode | 0o011)
        shutil.chown(home, user)
    port = _free_port()
    data = home / "data"
    _run([f"{folder_of_programs}/initdb", "-D", str(data), "-U", "svarvakt", "-A", "trust"], user)
    options = ["-k", str(home), "-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    running = subprocess.Popen(
        [f"{folder_of_programs}/postgres", "-D", str(data), *options],
        user=user,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )
    try:
        _wait(port, running)
        yield f"postgresql+psycopg://svarvakt@127.0.0.1:{port}/postgres"
    finally:
        running.send_signal(signal.SIGINT)  # at once, whoever is connected
        running.wait(timeout=30)


def _unprivileged() -> str | None:
    """The account to run as when we are root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def _run(command: list[str], user: str | None) -> None:
    subprocess.run(command, user=user, check=True, capture_output=True, cwd="/")


def _wait(port: int, running: subprocess.Popen[bytes]) -> None:
    for _attempt in range(100):
        assert running.poll() is None, "PostgreSQL stopped"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("PostgreSQL did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
