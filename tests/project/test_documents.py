"""The documents name files and folders that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.project.test_project import DOCUMENTS
from tests.support.paths import ROOT

# Folders of a municipality's data, and files that an operator makes.
ELSEWHERE = {
    "damaged/",
    "demo/",
    "exports/",
    "lake/",
    "reading/",
    "receipts/",
    "register/",
    "warehouse/",
    "pages/*.py",
}
WRITTEN = [path for path in DOCUMENTS if path.name != "CHANGELOG.md"]


def named(text: str) -> set[str]:
    """Paths between backticks: of our code and documents, and folders."""
    words = re.findall(r"`([\w.*/-]+)`", text)
    ours = {word for word in words if re.search(r"\.(py|sql|js|typ|md)$|/$", word)}
    return {word for word in ours - ELSEWHERE if not word.startswith(("/", ".", "data/"))}


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_document_names_is_there(path: Path) -> None:
    lacking = {
        word
        for word in named(path.read_text("utf-8"))
        if not any(list(folder.glob(word.rstrip("/"))) for folder in (ROOT, path.parent))
        and not ("/" not in word and _anywhere(word))
    }
    assert lacking == set()


def _anywhere(name: str) -> bool:
    """A file without its folder is one of ours somewhere."""
    tops = ("etl", "svarvakt", "reports", "ui", "pages", "tests", "bench", "deploy", "docs")
    return any(next((ROOT / top).rglob(name), None) for top in tops)
