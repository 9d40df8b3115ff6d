"""A new version, another register or another file in the lake builds anew; nothing else does."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from etl.warehouse import build
from svarvakt import settings


@pytest.fixture
def program(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what decides a build, to change."""
    for part in ("etl", "svarvakt"):
        shutil.copytree(root / part, tmp_path / part)
    monkeypatch.setattr(build, "PROGRAM", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "changed",
    [
        "svarvakt/metrics/response_rate.sql",
        "etl/warehouse/steps/70_items/30_items.sql",
        "etl/pseudonymization/keys.sql",
        "etl/text_analysis/words.csv",
        "etl/warehouse/build.py",
        "svarvakt/register/__init__.py",
        "svarvakt/register/opening_hours.py",
    ],
)
def test_a_new_version_builds_anew(program: Path, data_dir: Path, changed: str) -> None:
    before = build.fingerprint(data_dir)
    with (program / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert build.fingerprint(data_dir) != before


def test_an_edited_register_builds_anew(program: Path, data_dir: Path) -> None:
    units = data_dir / "register" / "units.csv"
    units.parent.mkdir()
    units.write_text("unit_id;name\n1;Biblioteket\n", encoding="utf-8")
    before = build.fingerprint(data_dir)
    units.write_text("unit_id;name\n1;Folkebiblioteket\n", encoding="utf-8")
    assert build.fingerprint(data_dir) != before


def test_a_new_day_in_norway_builds_anew(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "today", lambda: date(2026, 11, 30))
    before = build.fingerprint(data_dir)
    assert build.fingerprint(data_dir) == before
    monkeypatch.setattr(settings, "today", lambda: date(2026, 12, 1))
    assert build.fingerprint(data_dir) != before


def test_the_demonstrations_texts_do_not_count_real_data_anew(
    program: Path, data_dir: Path
) -> None:
    before = build.fingerprint(data_dir)
    (program / "etl" / "demo" / "accounts.csv").write_text("", encoding="utf-8")
    assert build.fingerprint(data_dir) == before
