"""Who may import whom (style.md: the layers are a test)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READERS = {
    "access",
    "charts",
    "decisions",
    "i18n",
    "metrics",
    "register",
    "settings",
    "trouble",
    "working_calendar",
}
# The longest prefix of a module decides. What is not ours (duckdb, the standard library) is free.
MAY_IMPORT = {
    "dashboard": {"ui", "etl", "reports", *READERS},
    "pages": {"ui", "etl", "reports", *READERS},
    "ui": {"ui", "etl", "reports", *READERS},
    "reports": {"reports", "charts", "metrics", "decisions", "i18n", "settings", "trouble"},
    "charts": {"charts", "i18n"},
    "metrics": {"metrics"},
    # etl and metrics meet in the warehouse only; this one door makes the views in a new one.
    "etl": {
        "archives",
        "etl",
        "register",
        "decisions",
        "settings",
        "trouble",
        "working_calendar",
        "metrics.views",
    },
    "etl.sources": {"etl.reasons", "etl.shapes", "etl.sources", "archives"},
    # Fetching fills the inbox; what becomes of it there is the import's.
    "etl.fetch": {"etl.fetch", "etl.fetched", "etl.lake", "decisions", "settings"},
    "access": {"register"},
    "decisions": {"decisions", "register", "settings"},
    "register": {"register", "archives", "settings", "working_calendar"},
    "working_calendar": {"register", "settings"},
    "i18n": {"settings"},
    "archives": set(),
    "settings": set(),
    "trouble": set(),
    "start": {"settings", "trouble"},
    "bench": {"bench", "metrics", "reports", "settings", "ui.server"},
}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def source_files() -> list[Path]:
    own = {name.partition(".")[0] for name in MAY_IMPORT}
    top = [path for path in ROOT.glob("*.py") if path.stem != "conftest"]
    return sorted([*top, *(path for name in own for path in (ROOT / name).rglob("*.py"))])


def imports(path: Path) -> Iterator[str]:
    """Every imported module, relative ones and those inside functions too."""
    package = module_of(path).split(".")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: -node.level]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def starts_with(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix + ".")


def allowed_for(module: str) -> set[str]:
    layer = max((name for name in MAY_IMPORT if starts_with(module, name)), key=len, default=None)
    assert layer, f"{module}: a new layer needs its line here"
    return MAY_IMPORT[layer]


@pytest.mark.parametrize("path", source_files(), ids=module_of)
def test_a_layer_imports_only_the_layers_under_it(path: Path) -> None:
    own = {name.partition(".")[0] for name in MAY_IMPORT}
    used = {name for name in imports(path) if name.partition(".")[0] in own}
    allowed = allowed_for(module_of(path))
    assert {name for name in used if not any(starts_with(name, may) for may in allowed)} == set()


def importers(library: str) -> set[str]:
    """The top-level folders and modules that import a library."""
    users = (path for path in source_files() if any(starts_with(n, library) for n in imports(path)))
    return {module_of(path).partition(".")[0] for path in users}


def test_only_the_interface_knows_streamlit() -> None:
    # The benchmark serves other pages beside ours.
    assert importers("streamlit") - {"bench"} <= {"dashboard", "pages", "ui"}


def test_loading_does_not_wait_for_pandas_to_start() -> None:
    assert importers("pandas") & {"etl", "register", "settings", "metrics"} == set()


def test_only_duckdb_reaches_the_metrics() -> None:
    foreign = {"pandas", "pyarrow", "plotly", "sqlalchemy", "babel", "holidays", "python_calamine"}
    assert {library for library in foreign if "metrics" in importers(library)} == set()


def test_only_fetching_goes_out_on_the_network() -> None:
    clients = ("httpx", "requests", "aiohttp", "urllib3")
    users = {
        module_of(path)
        for path in source_files()
        for name in imports(path)
        if any(starts_with(name, client) for client in clients)
    }
    # The benchmark asks the servers that it started itself.
    assert users - {"bench.client"} == {"etl.fetch.client"}


def test_a_load_does_not_wait_for_the_fetching_to_start() -> None:
    code = "import sys, etl.__main__; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_no_page_is_served_around_the_sign_in_gate() -> None:
    # Streamlit serves pages/*.py by itself, without dashboard.py; sub-folders it leaves alone.
    assert list((ROOT / "pages").glob("*.py")) == []
