"""What every test gets: no real data, no network, no help from the machine's time zone."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from svarvakt import settings
from tests.support.paths import ROOT

# A result that leans on the machine's time zone is wrong somewhere: the furthest one shows it.
os.environ["TZ"] = "Pacific/Auckland"
if hasattr(time, "tzset"):
    time.tzset()

hypothesis.settings.register_profile("svarvakt", deadline=None, max_examples=60, derandomize=True)
hypothesis.settings.load_profile("svarvakt")


@pytest.fixture(scope="session", autouse=True)
def _real_data_is_unreachable_in_shared_fixtures(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SVARVAKT_DATA", str(tmp_path_factory.mktemp("shared-data")))
        yield


@pytest.fixture(autouse=True)
def data_dir(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty data folder that this test's SVARVAKT_DATA points at."""
    folder = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("SVARVAKT_DATA", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that goes on past midnight ends on the day it began."""
    day = settings.today()
    monkeypatch.setattr(settings, "today", lambda: day)


@pytest.fixture(scope="session", autouse=True)
def _other_machines_are_unreachable() -> Iterator[None]:
    """Nothing here may need the network (R18); this machine's own ports stay open."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"a test tried to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local_only)
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; skips the test where it is not installed.

    The one without windows first: the same pages and keys for a fifth less of the processors' time.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    return found


@pytest.fixture
def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
