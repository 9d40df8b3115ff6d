"""The project keeps what its documents promise."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import start
from tests.support.paths import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md"), ROOT / "data/README.md"])
CODE = {".py", ".sql", ".toml", ".csv", ".po", ".cmd"}


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def texts(suffixes: set[str] | None = None) -> dict[str, str]:
    """The tracked text files by their path in the project."""
    found = {}
    for path in tracked_files():
        if (suffixes is None or path.suffix in suffixes) and path != Path(__file__):
            content = path.read_bytes()
            if b"\0" not in content:
                found[path.relative_to(ROOT).as_posix()] = content.decode("utf-8")
    return found


def mentioned(pattern: str) -> list[str]:
    """What the documents say in place of the group of the pattern, each once."""
    return sorted(
        {hit for path in DOCUMENTS for hit in re.findall(pattern, path.read_text("utf-8"))}
    )


def requirements(name: str) -> dict[str, str]:
    """Package → version as pinned in a requirements or lock file."""
    return dict(
        re.findall(r"^([\w.-]+)==([^\s\\;]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    )


@pytest.mark.parametrize("command", mentioned(r"start\.py (\w+)"))
def test_every_documented_command_of_start_exists(command: str) -> None:
    assert command in start.COMMANDS


@pytest.mark.parametrize("command", mentioned(r"make (\w+)`"))
def test_every_documented_alias_exists(command: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^([\w ]+):$", makefile, re.MULTILINE)
    assert targets
    assert command in targets[1].split()
    assert command in start.COMMANDS


@pytest.mark.parametrize("command", mentioned(r"python -m etl (\w+)"))
def test_every_documented_command_of_etl_exists(command: str) -> None:
    called = [sys.executable, "-m", "etl", command, "--help"]
    done = subprocess.run(called, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-soak.txt"]
)
def test_every_dependency_has_its_reason(name: str) -> None:
    reasons = set(re.findall(r"\*\*([\w-]+)\*\*", (ROOT / "DECISIONS.md").read_text("utf-8")))
    assert set(requirements(name)) - reasons == set()


INSTALLED_AS = {"pptx": "python-pptx"}


def imported_packages() -> set[str]:
    """The packages that our own code imports, by the name they are installed under."""
    own = {path.stem for path in ROOT.iterdir()}
    nodes = [node for text in texts({".py"}).values() for node in ast.walk(ast.parse(text))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom) and not n.level}
    top = {name.partition(".")[0] for name in names} - own - sys.stdlib_module_names
    return {INSTALLED_AS.get(name, name.replace("_", "-")) for name in top}


def test_every_imported_package_is_required() -> None:
    names = ("requirements", "requirements-dev", "requirements-soak")
    required = {package for name in names for package in requirements(f"{name}.txt")}
    assert imported_packages() - required == set()


def test_every_required_package_is_used() -> None:
    # Others import these by name: DuckDB pytz for a TIMESTAMPTZ, SQLAlchemy the driver that an
    # address names, Streamlit what its sign-in needs, uvicorn the loop that it finds.
    by_others = {"pytz", "psycopg", "psycopg-binary", "authlib", "httpx", "uvloop"}
    assert set(requirements("requirements.txt")) - imported_packages() - by_others == set()


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_holds_what_is_required(name: str) -> None:
    # Otherwise: the command that makes the locks stands in DECISIONS.md.
    assert requirements(f"{name}.txt").items() <= requirements(f"{name}.lock").items()


def test_tests_run_on_the_packages_that_the_dashboard_runs_on() -> None:
    run, dev = requirements("requirements.lock"), requirements("requirements-dev.lock")
    assert run.items() <= dev.items()


def test_every_locked_package_has_its_licence_named() -> None:
    named = set(
        re.findall(r"^\| ([\w.-]+) \|", (ROOT / "NOTICES.md").read_text("utf-8"), re.MULTILINE)
    )
    assert named - {"package", "what"} == set(requirements("requirements-dev.lock"))


def test_no_lock_names_a_registry() -> None:
    assert not [name for name in texts({".lock"}) if "//" in texts({".lock"})[name]]


def test_links_between_documents_lead_somewhere() -> None:
    dead = [
        f"{path.name}: {target}"
        for path in DOCUMENTS
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert dead == []


def test_no_tracked_file_is_large() -> None:
    assert [path.name for path in tracked_files() if path.stat().st_size > 1024**2] == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    place = re.compile(r"(?<![\w.])/(home|root|Users|work|mnt)/\w|[A-Z]:\\Users\\")
    assert {name: hit[0] for name, text in texts().items() if (hit := place.search(text))} == {}


def test_no_municipality_is_named_in_the_code() -> None:
    # What differs between municipalities stands in the register.
    assert [name for name, text in texts(CODE).items() if re.search(r"\bMolde\b", text)] == []


def test_the_licence_is_whole() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    articles = re.findall(r"^(\d+)\.", licence, re.MULTILINE)
    assert [int(number) for number in articles] == list(range(1, 16))
    assert licence.rstrip().endswith("require the production of a new EUPL version.")
