"""Who may import whom: one table, and no circle anywhere (style.md: the layers are a test)."""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.paths import ROOT


class Layer(NamedTuple):
    """What a package (or module) may import of ours beside itself, and why it lies there."""

    may_import: tuple[str, ...]
    why: str


KNOWN = (
    "svarvakt.access",
    "svarvakt.decisions",
    "svarvakt.errors",
    "svarvakt.i18n",
    "svarvakt.metrics",
    "svarvakt.platforms",
    "svarvakt.reasons",
    "svarvakt.register",
    "svarvakt.settings",
    "svarvakt.warehouse",
)
# The longest prefix of a module decides. What is not ours (duckdb, the standard library) is free.
# From the ground up: no line names one below it.
LAYERS = {
    "svarvakt.settings": Layer((), "where things lie; everybody asks it"),
    "svarvakt.errors": Layer((), "faults of the machine as one sentence"),
    "svarvakt.archive_limits": Layer((), "hostile zips and workbooks, exports and registers"),
    "svarvakt.platforms": Layer((), "codes and names, the same everywhere"),
    "svarvakt.reasons": Layer((), "stored sentences that are worded when shown"),
    "svarvakt.warehouse": Layer((), "one reading of the published pointer"),
    "svarvakt.metrics": Layer((), "the warehouse is all that a figure is made of"),
    "svarvakt.i18n": Layer(
        ("svarvakt.platforms", "svarvakt.settings"), "words for pages and reports"
    ),
    "svarvakt.catalogues": Layer(
        ("svarvakt.i18n", "svarvakt.settings"), "a command of ours; nothing imports it"
    ),
    "svarvakt.charts": Layer(("svarvakt.i18n",), "records and two renderers; it knows no figure"),
    "svarvakt.register": Layer(
        (
            "svarvakt.archive_limits",
            "svarvakt.platforms",
            "svarvakt.reasons",
            "svarvakt.settings",
        ),
        "what the municipality writes down",
    ),
    "svarvakt.decisions": Layer(
        ("svarvakt.register", "svarvakt.settings"), "what people decide, the register's edits too"
    ),
    "svarvakt.access": Layer(("svarvakt.register",), "roles and bounds stand in the register"),
    "etl.progress": Layer((), "how long work says how far it is"),
    "etl.lake": Layer(
        ("svarvakt.decisions", "svarvakt.errors", "svarvakt.settings"),
        "what was read; a stopped restore also moves the decisions' file",
    ),
    "etl.pseudonymization": Layer((), "SQL that makes keys and masks, for every step above"),
    "etl.text_analysis": Layer(
        ("etl.lake", "etl.pseudonymization", "svarvakt.decisions", "svarvakt.warehouse"),
        "texts alone; a model is fitted on labels, which are decisions",
    ),
    "etl.ingest": Layer(
        (
            "etl.lake",
            "etl.progress",
            "etl.pseudonymization",
            "svarvakt.archive_limits",
            "svarvakt.decisions",
            "svarvakt.platforms",
            "svarvakt.reasons",
            "svarvakt.register",
            "svarvakt.settings",
        ),
        "files become rows of the lake; the register says which account is whose",
    ),
    "etl.ingest.sources": Layer(
        (
            "etl.ingest.reasons",
            "etl.ingest.staging",
            "etl.pseudonymization",
            "svarvakt.archive_limits",
            "svarvakt.platforms",
            "svarvakt.settings",
        ),
        "a format knows files and staging tables, never what becomes of them",
    ),
    "etl.warehouse": Layer(
        (
            "etl.ingest.detection",
            "etl.ingest.private_database",
            "etl.lake",
            "etl.progress",
            "etl.pseudonymization",
            "etl.text_analysis",
            "svarvakt.decisions",
            "svarvakt.metrics.views",
            "svarvakt.register",
            "svarvakt.settings",
            "svarvakt.warehouse",
        ),
        "works everything out; how far an id reaches is its format's to say",
    ),
    "etl.fetch": Layer(
        (
            "etl.lake",
            "etl.progress",
            "svarvakt.decisions",
            "svarvakt.platforms",
            "svarvakt.settings",
        ),
        "fills the inbox; what becomes of it there is the import's",
    ),
    "etl.operations": Layer(
        (
            "etl.fetch",
            "etl.ingest",
            "etl.lake",
            "etl.progress",
            "etl.pseudonymization",
            "etl.text_analysis",
            "etl.warehouse",
            *KNOWN,
        ),
        "works on all of it at once",
    ),
    "etl.demo": Layer(("etl.progress", "svarvakt.settings"), "writes exports as platforms do"),
    "etl": Layer(("etl", *KNOWN), "the pipeline and the commands put the parts together"),
    "reports": Layer((*KNOWN, "svarvakt.charts"), "figures become documents; nothing is loaded"),
    "ui": Layer(("etl", "reports", "svarvakt"), "the only part that knows Streamlit"),
    "pages": Layer(("ui", "etl", "reports", "svarvakt"), "scripts"),
    "dashboard": Layer(("ui", "etl", "reports", "svarvakt"), "the entry"),
    "start": Layer(("svarvakt.errors", "svarvakt.settings"), "runs before anything is installed"),
    "bench": Layer(("reports", "svarvakt.metrics", "svarvakt.settings", "ui.server"), "measures"),
}
OWN = {name.partition(".")[0] for name in LAYERS}


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def sources() -> dict[str, Path]:
    """Every module of ours with its file."""
    top = [path for path in ROOT.glob("*.py") if path.stem in OWN]
    below = (path for name in OWN for path in (ROOT / name).rglob("*.py"))
    return {module_of(path): path for path in sorted([*top, *below])}


@cache
def imports(module: str) -> frozenset[str]:
    """Every imported module, those inside functions too; nobody writes relative imports here."""
    found = set()
    for node in ast.walk(ast.parse(sources()[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in sources() else str(node.module))
    return frozenset(found)


def starts_with(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix + ".")


def layer_of(module: str) -> str:
    found = max((name for name in LAYERS if starts_with(module, name)), key=len, default=None)
    assert found or module == "svarvakt", f"{module}: a new layer needs its line here"
    return found or module


@pytest.mark.parametrize("layer", list(LAYERS))
def test_a_layer_imports_only_what_its_line_says(layer: str) -> None:
    allowed = (layer, *LAYERS[layer].may_import)
    offenders = {
        f"{module} imports {name}"
        for module in sources()
        if layer_of(module) == layer
        for name in imports(module)
        if name.partition(".")[0] in OWN and not any(starts_with(name, may) for may in allowed)
    }
    assert offenders == set()


def test_no_line_names_one_below_it() -> None:
    order = list(LAYERS)
    upwards = {
        (name, other)
        for name, layer in LAYERS.items()
        for other in layer.may_import
        if other in LAYERS and order.index(other) > order.index(name)
    }
    assert upwards == set()


def test_there_is_no_circle_of_imports() -> None:
    """Modules of one package do not need each other in turn either."""
    graph = {
        module: {name for name in imports(module) if name in sources() and name != module}
        for module in sources()
    }
    list(graphlib.TopologicalSorter(graph).static_order())  # raises CycleError and names it


def importers(library: str) -> set[str]:
    """The top-level folders and modules that import a library; of svarvakt the packages."""
    users = (name for name in sources() if any(starts_with(n, library) for n in imports(name)))
    return {".".join(name.split(".")[: 2 if name.startswith("svarvakt.") else 1]) for name in users}


def test_only_the_interface_knows_streamlit() -> None:
    # The benchmark serves other pages beside ours.
    assert importers("streamlit") - {"bench"} <= {"dashboard", "pages", "ui"}


def test_a_command_does_not_wait_for_pandas_to_start() -> None:
    assert {name for name in importers("pandas") if name.startswith(("etl", "svarvakt"))} == set()


def test_only_duckdb_reaches_the_metrics() -> None:
    foreign = {"pandas", "pyarrow", "plotly", "sqlalchemy", "babel", "holidays", "python_calamine"}
    assert {library for library in foreign if "svarvakt.metrics" in importers(library)} == set()


def test_only_fetching_goes_out_on_the_network() -> None:
    clients = ("httpx", "requests", "aiohttp", "urllib3")
    users = {
        module
        for module in sources()
        for name in imports(module)
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
