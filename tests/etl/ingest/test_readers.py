"""Batches that are read at the same time give what one reader gives; a failure ends them all."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.ingest import runner
from etl.ingest.batch import Entry, Reader
from etl.lake import store as lake
from etl.pipeline import load
from tests.support.graph_threads import Message, graph_json, write

FILES = 5


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """As many files, each of a page of its own."""
    return [
        write(
            tmp_path / f"{n}",
            graph_json([[Message(n, n), Message(None, 90 + n, 0)]], page=f"50{n}"),
        )
        for n in range(FILES)
    ]


@pytest.fixture
def one_each(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of one file, none too large to be read beside another."""
    monkeypatch.setattr(runner, "BATCH_BYTES", max(file.stat().st_size for file in files))


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """(files in the batch, readers under way) of every batch when it begins."""
    begun: list[tuple[int, int]] = []
    under_way: set[int] = set()
    met = {threading.get_ident()}
    both = threading.Barrier(2)
    real = Reader.read

    def read(self: Reader, batch: Sequence[Entry]) -> None:
        under_way.add(threading.get_ident())
        if threading.get_ident() not in met:
            met.add(threading.get_ident())
            both.wait(timeout=20)  # their first batches begin together, however fast they are
        begun.append((len(batch), len(under_way)))
        real(self, batch)
        under_way.discard(threading.get_ident())

    monkeypatch.setattr(Reader, "read", read)
    return begun


def stored(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The lake, table by table."""
    with duckdb.connect() as con:
        lake.open_tables(con, data, "lake_")
        return {
            name: con.execute(f"FROM lake_{name} ORDER BY ALL").fetchall() for name in lake.TABLES
        }


@pytest.mark.usefixtures("one_each")
def test_two_readers_give_what_one_gives(
    files: list[Path],
    data_dir: Path,
    watched: list[tuple[int, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = load(files, data=data_dir)
    assert [file.path for file in report.files] == [str(file) for file in files]
    assert {file.status for file in report.files} == {"loaded"}
    assert [n for n, _readers in watched] == FILES * [1]
    assert max(readers for _n, readers in watched) == 2
    several = stored(data_dir)
    assert len(several["comments"]) == 2 * FILES
    for import_id in lake.imported(data_dir):
        lake.remove(data_dir, import_id)
    monkeypatch.setattr(runner, "READERS", 1)
    assert {file.status for file in load(files, data=data_dir).files} == {"loaded"}
    assert stored(data_dir) == several


def test_a_large_file_is_read_while_nothing_else_is(
    files: list[Path],
    data_dir: Path,
    watched: list[tuple[int, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    large = graph_json([[Message(n % 8, n)] for n in range(40)], page="600")
    files.append(write(files[0].parent / "large", large))
    monkeypatch.setattr(runner, "BATCH_BYTES", 2 * files[0].stat().st_size)
    load(files, data=data_dir)
    assert watched[0] == (1, 1)
    assert sum(n for n, _readers in watched) == FILES + 1
    assert max(readers for _n, readers in watched) == 2


@pytest.mark.usefixtures("one_each")
def test_too_little_memory_ends_the_import_and_what_was_read_stays(
    files: list[Path], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, taken = Reader.read, []

    def read(self: Reader, batch: Sequence[Entry]) -> None:
        taken.append(batch)
        if len(taken) == 2:
            raise MemoryError
        real(self, batch)

    monkeypatch.setattr(Reader, "read", read)
    with pytest.raises(MemoryError):
        load(files, data=data_dir)
    assert len(taken) < FILES  # nobody began what was left
    assert len(lake.imported(data_dir)) == len(taken) - 1
    monkeypatch.setattr(Reader, "read", real)
    again = load(files, data=data_dir)
    assert {file.status for file in again.files} == {"loaded", "already loaded"}
    assert len(lake.imported(data_dir)) == FILES


def test_readers_share_the_cores(data_dir: Path) -> None:
    with (
        closing(Reader(data_dir, dry=True)) as alone,
        closing(Reader(data_dir, dry=True, readers=2)) as shared,
        closing(Reader(data_dir, dry=True, readers=1000)) as crowded,
    ):
        assert shared.threads == max(1, alone.threads // 2)
        assert crowded.threads == 1
