"""Writes the drawn batches as files, with the modification time of the export they stand for."""

from __future__ import annotations

import csv
import dataclasses
import io
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from svarvakt.settings import ZONE

if TYPE_CHECKING:
    import duckdb

HERE = Path(__file__).parent
MOST_POSTS = 500  # in one file
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YOUTUBE_LIST = '{"kind":"youtube#comment%sListResponse","items":['


@dataclasses.dataclass(frozen=True)
class Export:
    """One time somebody exported: what had happened from `first` until `exported_at`'s day."""

    exported_at: datetime
    first: date
    is_newest: bool

    def variables(self) -> dict[str, object]:
        """What the SQL needs: seconds since 1970, and how far the figures had grown."""
        cut = datetime.combine(self.exported_at.astimezone(ZONE).date(), time.min, ZONE)
        first = datetime.combine(self.first, time.min, ZONE)
        return {
            "cut": int(cut.timestamp()),
            "from": int(first.timestamp()),
            "is_newest": self.is_newest,
            "grown": 1.0 if self.is_newest else 0.8,
        }


EXPORTS = (
    Export(datetime(2026, 9, 1, 7, 0, tzinfo=UTC), date(2026, 7, 1), is_newest=False),
    Export(datetime(2026, 11, 2, 7, 0, tzinfo=UTC), date(1970, 1, 2), is_newest=True),
)


class Writer:
    """Writes one batch after the other and numbers the files of each account."""

    def __init__(self, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self._con = con
        self._count: Counter[tuple[int, str]] = Counter()
        self._videos: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        accounts = con.execute("SELECT no, platform, handle, name FROM accounts").fetchall()
        self._folders = {no: folder / platform / handle for no, platform, handle, _ in accounts}
        self._names = {no: name for no, _, _, name in accounts}

    def write(self, export: Export) -> None:
        """Writes what `export` would have shown of the batch that is drawn."""
        self._export = export
        for name, value in export.variables().items():
            self._con.execute(f'SET VARIABLE "{name}" = $value', {"value": value})
        for name in ("figures", "facebook", "instagram", "youtube"):
            self._con.execute((HERE / f"{name}.sql").read_text(encoding="utf-8"))
        for table in ("facebook_posts", "instagram_posts"):
            self._bodies(table, "posts-with-comments", '{"data":[')
            self._suite(table.replace("posts", "suite"))
        self._bodies("youtube_threads", "comment-threads", YOUTUBE_LIST % "Thread")
        self._bodies("youtube_long_threads", "comments-by-parent", YOUTUBE_LIST % "")
        self._studio_header, videos = self._table("youtube_studio")
        for row in videos:
            self._videos[row[0]].append(row)

    def finish(self, first: date, after: date) -> None:
        """Writes what covers the whole period at once: one folder of Studio per channel."""
        for no, rows in self._videos.items():
            total = ("Total", "", "", "", *(sum(row[n] for row in rows) for n in range(6, 13)), "")
            path = self._folders[no] / f"Content {first}_{after} {self._names[no]}/Table data.csv"
            self._save(path, as_csv(self._studio_header, [(no, first, *total), *rows]))

    def _bodies(self, table: str, stem: str, before: str) -> None:
        """JSON files: `table` has one line per post, cut into files by the SQL."""
        self._con.execute(f"SELECT acc, body FROM files_of('{table}')")
        while row := self._con.fetchone():
            self._count[row[0], stem] += 1
            name = f"{stem}_{self._count[row[0], stem]:04d}.json"
            self._save(self._folders[row[0]] / name, before + row[1] + "]}\n")

    def _suite(self, table: str) -> None:
        """Content exports of Meta Business Suite, named by their days and the job's number."""
        header, rows = self._table(table)
        for no, part in in_parts(rows):
            self._count[no, ".csv"] += 1
            days = [row[1] for row in part]
            job = 10**15 + no * 10**11 + self._count[no, ".csv"] * 7919
            name = f"{day_name(min(days))}_{day_name(max(days))}_{job}.csv"
            self._save(self._folders[no] / name, "\ufeff" + as_csv(header, part))

    def _table(self, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        found = self._con.execute(f"FROM {table}")
        return [column[0] for column in found.description], found.fetchall()

    def _save(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        seconds = self._export.exported_at.timestamp()
        os.utime(path, (seconds, seconds))


def day_name(day: date) -> str:
    """As in the names of the suite's files, whatever the language of the machine: Oct-31-2026."""
    return f"{MONTHS[day.month - 1]}-{day:%d-%Y}"


def in_parts(rows: list[tuple[Any, ...]]) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """(account, its rows), at most MOST_POSTS at a time."""
    for no, own in groupby(rows, key=lambda row: row[0]):
        listed = list(own)
        for start in range(0, len(listed), MOST_POSTS):
            yield int(no), listed[start : start + MOST_POSTS]


def as_csv(header: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> str:
    """Without the first two columns, which only say whose row it is and of which day."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header[2:])
    writer.writerows(row[2:] for row in rows)
    return text.getvalue()
