"""Every export format, damaged: loaded or refused with a reason, every row accounted for.

`python3 start.py soak` tries thousands; see `tests.etl.ingest.damage`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.etl.ingest import damage
from tests.etl.ingest.damage import FAMILIES, samples, try_families, try_format

TRIES = 12


@pytest.mark.slow
@pytest.mark.parametrize("name", samples())
def test_damaged_files_show_no_fault_of_ours(name: str) -> None:
    tally = try_format(name, range(TRIES))
    assert tally.faults == []
    assert tally.became.total() >= TRIES  # a zip among them is several


def test_every_format_is_in_one_family() -> None:
    assert sorted(name for names in FAMILIES.values() for name in names) == sorted(samples())


def test_a_family_shares_its_tries(capsys: pytest.CaptureFixture[str]) -> None:
    assert try_families(4, seed=0, families=["tables of days"]) == 0
    *formats, family = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in formats] == list(FAMILIES["tables of days"])
    assert family.startswith("= tables of days: 6 tries")


def test_a_try_can_be_made_again(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        damage._write(tmp_path / folder, "x_days", 7, seed=3)
    one, two = (next((tmp_path / each).rglob("*.csv")) for each in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_the_fuzzer_sees_a_fault_and_keeps_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("etl.ingest.sources.x_days.read", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    tally = try_format("x_days", range(6))
    assert tally.faults != []
    assert "ZeroDivisionError" in tally.faults[0]
    assert "x_days seed 0 number" in tally.faults[0]
    assert list((tmp_path / "svarvakt-damaged").rglob("*.csv")) != []


def test_the_fuzzer_sees_a_row_that_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.ingest.sources.tiktok_videos.read", _losing_one_video())
    faults = try_format("tiktok_videos", range(12)).faults
    assert any("rows became nothing" in fault for fault in faults)


def _losing_one_video() -> Any:
    from etl.ingest.sources import tiktok_videos

    whole = tiktok_videos.read

    def read(con: Any, files: Any) -> None:
        whole(con, files)
        con.execute("DELETE FROM staged_posts WHERE line = 2")

    return read
