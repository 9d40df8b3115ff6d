"""start.py: what it checks, what it runs, and that the real dashboard comes up through it."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import start
from svarvakt import settings


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that start.py would have run; each one succeeds."""
    made: list[list[str]] = []

    def remember(command: list[str], *_: object, **__: object) -> int:
        made.append(list(command))
        if "demo" in command:
            Path(command[-1]).mkdir(parents=True)
        return 0

    monkeypatch.setattr(start, "call", remember)
    return made


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project folder that start.py takes for its own."""
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(start, "STAMP", tmp_path / ".venv" / "stamp")
    for name in ("RUN_LOCK", "DEV_LOCK"):
        lock = tmp_path / f"{name}.lock"
        lock.write_text("duckdb==2.0.0", encoding="utf-8")
        monkeypatch.setattr(start, name, lock)
    return tmp_path


def make_venv(project: Path) -> None:
    python = start.venv_python()
    python.parent.mkdir(parents=True)
    python.touch()
    version = ".".join(map(str, sys.version_info[:3]))
    (project / ".venv" / "pyvenv.cfg").write_text(f"version = {version}\n", encoding="utf-8")


def publish(data: Path, version: str = "1") -> None:
    pointer = data / "warehouse" / "current.json"
    pointer.parent.mkdir(parents=True, exist_ok=True)
    pointer.write_text(json.dumps({"version": version}), encoding="utf-8")


def test_an_older_python_can_parse_the_file(root: Path) -> None:
    ast.parse((root / "start.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_older_python_is_told_which_one_is_needed(root: Path) -> None:
    as_39 = (
        "import sys, runpy; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (main)';"
        "runpy.run_path('start.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", as_39], cwd=root, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert "Python 3.11 eller nyere, og dette er 3.9.2" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_set_up_does_nothing(project: Path, calls: list[list[str]]) -> None:
    make_venv(project)
    start.set_up(start.RUN_LOCK)
    assert calls
    calls.clear()
    start.set_up(start.RUN_LOCK)
    assert calls == []


def test_a_changed_lock_file_is_installed_again(project: Path, calls: list[list[str]]) -> None:
    make_venv(project)
    start.set_up(start.RUN_LOCK)
    calls.clear()
    start.RUN_LOCK.write_text("duckdb==2.0.1", encoding="utf-8")
    start.set_up(start.RUN_LOCK)
    assert any(str(start.RUN_LOCK) in command for command in calls)


def test_the_environment_for_tests_also_runs_the_dashboard(
    project: Path, calls: list[list[str]]
) -> None:
    make_venv(project)
    start.set_up(start.DEV_LOCK)
    assert start.is_ready(start.RUN_LOCK)


def test_an_environment_for_running_lacks_the_test_tools(
    project: Path, calls: list[list[str]]
) -> None:
    make_venv(project)
    start.DEV_LOCK.write_text("duckdb==2.0.0\npytest==9.2.0", encoding="utf-8")
    start.set_up(start.RUN_LOCK)
    assert not start.is_ready(start.DEV_LOCK)


def test_an_environment_of_another_python_is_made_anew(project: Path) -> None:
    make_venv(project)
    assert start.venv_matches()
    (project / ".venv" / "pyvenv.cfg").write_text("version = 3.8.1\n", encoding="utf-8")
    assert not start.venv_matches()


@pytest.mark.parametrize("uv", [None, "/opt/uv"])
def test_packages_come_as_checked_wheels_only(uv: str | None) -> None:
    command = start.install_command(uv, start.RUN_LOCK)
    assert command[0] == (uv or str(start.venv_python()))
    assert "--require-hashes" in command
    assert command[command.index("--only-binary") + 1] == ":all:"


def test_a_failed_download_is_said_and_tried_again_next_time(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_venv(project)
    monkeypatch.setattr(start, "call", lambda *_, **__: 1)
    with pytest.raises(SystemExit, match="nettforbindelsen"):
        start.set_up(start.RUN_LOCK)
    assert not start.is_ready(start.RUN_LOCK)


def test_a_full_disk_is_said_before_anything_is_written(tmp_path: Path) -> None:
    start.check_disk(tmp_path / "not" / "yet", 1)
    with pytest.raises(SystemExit, match="Frigjør plass"):
        start.check_disk(tmp_path / "not" / "yet", 10**18)


def test_a_busy_port_gives_the_next_one() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        busy = listener.getsockname()[1]
        assert not start.is_free(busy)
        assert busy < start.free_port(busy) < busy + 100


def test_an_empty_inbox_shows_the_demonstration(data_dir: Path, calls: list[list[str]]) -> None:
    (data_dir / "exports").mkdir()
    (data_dir / "exports" / ".gitkeep").touch()
    demo = data_dir / "demo"
    load = ["etl", "load", str(demo / "exports")]
    start.prepare_data(data_dir)
    assert [command[2:] for command in calls] == [["etl", "demo", str(demo)], load]


def test_a_demonstration_of_this_program_is_kept(data_dir: Path, calls: list[list[str]]) -> None:
    demo = data_dir / "demo"
    start.prepare_data(data_dir)
    calls.clear()
    start.prepare_data(data_dir)
    assert [command[2:4] for command in calls] == [["etl", "load"]]
    (demo / "made-by").write_text("older", encoding="ascii")
    start.prepare_data(data_dir)
    assert [command[2:4] for command in calls] == [
        ["etl", "load"],
        ["etl", "demo"],
        ["etl", "load"],
    ]


def test_exports_are_loaded_instead_of_the_demonstration(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[list[str]] = []

    def load(command: list[str], data: Path, **_: object) -> int:
        made.append(command[2:])
        publish(data)
        return 0

    monkeypatch.setattr(start, "call", load)
    export = data_dir / "exports" / "facebook" / "kommunen" / "export.json"
    export.parent.mkdir(parents=True)
    export.touch()
    publish(data_dir / "demo")
    start.prepare_data(data_dir)
    assert made == [["etl", "load", str(data_dir / "exports")]]
    assert settings.active_data_dir() == data_dir


def test_an_emptied_inbox_keeps_the_real_data(data_dir: Path, calls: list[list[str]]) -> None:
    publish(data_dir)
    start.prepare_data(data_dir)
    assert [command[2:] for command in calls] == [["etl", "load", str(data_dir / "exports")]]


def test_a_failed_check_fails_the_run_but_the_tests_still_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[str] = []

    def tool(*arguments: str, **_: object) -> int:
        ran.append(arguments[1])
        return int(arguments[1] == "mypy")

    monkeypatch.setattr(start, "set_up", lambda _: None)
    monkeypatch.setattr(start, "install_system_packages", lambda: None)
    monkeypatch.setattr(start, "tool", tool)
    assert start.main(["test"]) == 1
    assert ran[-1] == "pytest"
    assert start.main(["test", "-k", "word"]) == 0


@pytest.mark.parametrize(("cores", "workers"), [(None, "2"), (1, "2"), (2, "3"), (32, "4")])
def test_the_whole_run_is_shared_among_the_cores_and_a_part_is_not(
    cores: int | None, workers: str, monkeypatch: pytest.MonkeyPatch, calls: list[list[str]]
) -> None:
    monkeypatch.setattr(start, "set_up", lambda _: None)
    monkeypatch.setattr(start, "install_system_packages", lambda: None)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    start.main(["test"])
    assert calls[-1][3:5] == ["-n", workers]
    start.main(["test", "tests/test_start.py", "-x"])
    assert calls[-1][2:] == ["pytest", "tests/test_start.py", "-x"]


@pytest.mark.parametrize(
    "has_apt, user, failing, said",
    [
        (False, 0, [], "ikke Debian"),
        (True, 1000, ["dpkg-query"], "trenger root"),
        (True, 0, ["dpkg-query", "apt-get"], "apt-get feilet"),
        (True, 0, ["dpkg-query"], ""),
        (True, 1000, [], ""),
    ],
)
def test_what_debian_must_give_is_installed_or_its_lack_is_said(
    has_apt: bool,
    user: int,
    failing: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/apt-get" if has_apt else None)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setenv("DEBIAN_FRONTEND", "noninteractive")
    monkeypatch.setattr(start, "call", lambda command, **_: int(command[0] in failing))
    start.install_system_packages()
    printed = capsys.readouterr().out
    assert said in printed
    assert bool(printed) == bool(said)


def test_an_unknown_command_names_the_known_ones() -> None:
    with pytest.raises(SystemExit, match="run, setup, test, check, words, bench, soak"):
        start.main(["fly"])


def test_no_browser_opens_in_a_scheduled_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("CI", raising=False)
    assert start.wants_browser()
    monkeypatch.setenv("CI", "true")
    assert not start.wants_browser()


@pytest.fixture
def served(root: Path, data_dir: Path, free_port: int) -> Iterator[subprocess.Popen[str]]:
    """start.py serving a small demonstration on a free port."""
    command = [sys.executable, "start.py", "--port", str(free_port), "--no-browser"]
    server = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, encoding="utf-8")
    yield server
    server.kill()
    server.wait()
    assert server.stdout
    server.stdout.close()


def page(port: int, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=10) as reply:
        return reply.status, reply.read().decode()


@pytest.mark.slow
def test_one_command_shows_the_dashboard(
    served: subprocess.Popen[str], free_port: int, data_dir: Path
) -> None:
    assert served.stdout
    deadline = time.monotonic() + 120
    for line in served.stdout:
        if "er klar" in line or time.monotonic() > deadline:
            break
    assert f"http://localhost:{free_port}" in line
    assert page(free_port, "/_stcore/health") == (200, "ok")
    status, html = page(free_port, "/")
    assert status == 200
    assert "Svarvakt" in html
    assert settings.active_data_dir() == data_dir / "demo"
    served.send_signal(signal.SIGTERM)
    assert served.wait(timeout=15) == 0
    assert "stoppet" in served.stdout.read()
