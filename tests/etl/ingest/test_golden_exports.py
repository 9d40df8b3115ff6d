"""Every file in tests/fixtures/<format>/ gives exactly what stands in the JSON beside it.

SVARVAKT_REGENERATE=1 writes those files anew; read the difference before committing it.
All fixtures are invented.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from etl.ingest.files import account_hint
from etl.ingest.staging import UnsupportedFile
from tests.support.paths import FIXTURES
from tests.support.staged import stage

FILES = sorted(
    path
    for path in FIXTURES.rglob("*")
    if path.is_file() and not path.name.endswith(".golden.json")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FIXTURES)))
def test_an_export_gives_what_stands_beside_it(path: Path) -> None:
    golden = path.with_name(path.name + ".golden.json")
    found = _read(path)
    if os.environ.get("SVARVAKT_REGENERATE"):
        text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
        golden.write_text(text + "\n", encoding="utf-8")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


def _read(path: Path) -> dict[str, Any]:
    try:
        staged = stage(path, hint=account_hint(path.parts[:-1]))
    except UnsupportedFile as refusal:
        return {"refused": str(refusal)}
    assert staged.format == path.relative_to(FIXTURES).parts[0]
    found = {
        "warnings": staged.warnings,
        "posts": staged.posts,
        "comments": staged.comments,
        "rejects": staged.rejects,
    }
    return found | ({"days": staged.days} if staged.days else {})
