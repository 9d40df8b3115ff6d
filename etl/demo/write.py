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
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import duckdb

HERE = Path(__file__).parent
MOST_POSTS = 500  # in one file
FACEBOOK_SUITE = [
    *"Post ID|Page ID|Page name|Title|Description|Duration (sec)|Publish time|Caption type".split("|"),
    *"Permalink|Is crosspost|Is share|Post type|Languages|Custom labels".split("|"),
    *"Funded content status|Data comment|Date|Views|Reach|Reactions, Comments and Shares".split("|"),
    *"Reactions|Comments|Shares|Total clicks|Other Clicks".split("|"),
    *"Matched Audience Targeting Consumption (Photo Click)|Link Clicks".split("|"),
    *"Seconds viewed|Average Seconds viewed".split("|"),
]
INSTAGRAM_SUITE = [
    *"Post ID|Account ID|Account username|Account name|Description|Duration (sec)".split("|"),
    *"Publish time|Permalink|Post type|Data comment|Date|Views|Reach|Likes|Shares".split("|"),
    *"Follows|Comments|Saves".split("|"),
]
YOUTUBE_LIST = '{"kind":"youtube#comment%sListResponse","items":['
YOUTUBE_STUDIO = [
    *"Content|Video title|Video publish time|Duration|Views|Likes|Comments added|Shares".split("|"),
    *"Watch time (hours)|Subscribers|Impressions|Impressions click-through rate (%)".split("|"),
]


@dataclasses.dataclass(frozen=True)
class Export:
    """One time somebody exported: what had happened from `first` until `exported_at`'s day."""

    exported_at: datetime
    first: date
    is_newest: bool

    def variables(self) -> dict[str, object]:
        """What the SQL needs: seconds since 1970, and how far the figures had grown."""
        oslo = ZoneInfo("Europe/Oslo")
        cut = datetime.combine(self.exported_at.astimezone(oslo).date(), time.min, oslo)
        first = datetime.combine(self.first, time.min, oslo)
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
        self._videos: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
        accounts = con.execute("SELECT no, platform, handle, name FROM accounts").fetchall()
        self._folders = {no: folder / platform / handle for no, platform, handle, _ in accounts}
        self._names = {no: name for no, _, _, name in accounts}

    def write(self, export: Export) -> None:
        """Writes what `export` would have shown of the batch that is drawn."""
        self._export = export
        for name, value in export.variables().items():
            self._con.execute(f'SET VARIABLE "{name}" = $value', {"value": value})
        self._run("figures.sql")
        for platform in ("facebook", "instagram", "youtube"):
            self._run(f"{platform}.sql")
        for table in ("facebook_posts", "instagram_posts"):
            self._bodies(table, "posts-with-comments", '{"data":[', "]}\n")
        self._suite("facebook_suite", FACEBOOK_SUITE)
        self._suite("instagram_suite", INSTAGRAM_SUITE)
        self._bodies("youtube_threads", "comment-threads", YOUTUBE_LIST % "Thread", "]}\n")
        self._bodies("youtube_long_threads", "comments-by-parent", YOUTUBE_LIST % "", "]}\n")
        for row in self._con.execute("FROM youtube_studio").fetchall():
            self._videos[row[0]].append(row)

    def finish(self, first: date, after: date) -> None:
        """Writes what covers the whole period at once: one folder of Studio per channel."""
        for no, rows in self._videos.items():
            folder = self._folders[no] / f"Content {first}_{after} {self._names[no]}"
            total = ["Total", "", "", "", *(sum(row[n] for row in rows) for n in range(6, 13))]
            text = as_csv(YOUTUBE_STUDIO, [(no, first, *total, ""), *rows])
            self._save(folder / "Table data.csv", text)

    def _bodies(self, table: str, stem: str, before: str, after: str) -> None:
        """JSON files: `table` has one line per post, cut into files by the SQL."""
        self._con.execute(f"SELECT acc, body FROM files_of('{table}')")
        while row := self._con.fetchone():
            self._file(row[0], stem, ".json", before + row[1] + after)

    def _suite(self, table: str, header: Sequence[str]) -> None:
        """Content exports of Meta Business Suite: named by the days they cover, with a mark of order."""
        for no, rows in self._parts(table):
            days = [row[1] for row in rows]
            stem = f"{min(days):%b-%d-%Y}_{max(days):%b-%d-%Y}"
            self._file(no, stem, ".csv", "\ufeff" + as_csv(header, rows))

    def _parts(self, table: str) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
        rows = self._con.execute(f"FROM {table}").fetchall()
        for no, own in groupby(rows, key=lambda row: row[0]):
            listed = list(own)
            for start in range(0, len(listed), MOST_POSTS):
                yield int(no), listed[start : start + MOST_POSTS]

    def _file(self, no: int, stem: str, suffix: str, text: str) -> None:
        kind = stem if suffix == ".json" else suffix
        self._count[no, kind] += 1
        number = self._count[no, kind]
        # Business Suite ends its names with the number of the job that made the file
        ending = f"{number:04d}" if suffix == ".json" else f"{10**15 + no * 10**11 + number * 7919}"
        self._save(self._folders[no] / f"{stem}_{ending}{suffix}", text)

    def _save(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        seconds = self._export.exported_at.timestamp()
        os.utime(path, (seconds, seconds))

    def _run(self, name: str) -> None:
        self._con.execute((HERE / name).read_text(encoding="utf-8"))


def as_csv(header: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> str:
    """The rows without their first two cells (account, day), under the header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(row[2:] for row in rows)
    return text.getvalue()
