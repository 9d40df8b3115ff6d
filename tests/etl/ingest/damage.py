"""Files damaged in every way that files are: bytes lost, doubled or turned, cells of any content.

And as spreadsheets and browsers damage them: rows in one cell, rounded ids, open marks, sums.

`python -m tests.etl.ingest.damage --tries 10000` tries so many of each family of formats and prints
what became of them; the tests try a few. `--family NAME` and `--format NAME` try one of them
alone. Whatever comes in, each file is loaded whole or refused with a
reason, every row is used, passed over or rejected with a reason, and what is in the lake is what
was said.

A try is made again by its format, seed and number alone: `--format NAME --seed S --number N`.
A file that shows a fault is kept, and what is printed names it.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import io
import logging
import math
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import duckdb

from etl.ingest.batch import OUR_FAULT, Entry, FileReport, Reader
from etl.ingest.runner import Import
from etl.ingest.staging import Format, ImportFile
from etl.lake import store as lake
from tests.support.paths import FIXTURES

BATCH = 50  # files of one import
FEW_BAD = 6  # files of one import that cannot be read; with more, the next reads each alone
TOGETHER = 5  # yet one import in so many reads its files together, as the product does
LARGEST = 200_000  # bytes; a larger sample says nothing more
FAMILIES = {
    "tables of posts": (
        "apify_facebook_posts", "facebook_insights", "linkedin_page",
        "meta_business_suite_facebook", "meta_business_suite_instagram",
        "meta_business_suite_videos", "tiktok_videos", "x_posts", "youtube_studio",
    ),
    "tables of days": ("meta_overview", "tiktok_days", "x_days"),
    "tables of comments": (
        "apify_facebook_comments", "apify_instagram_comments", "apify_tiktok_comments",
        "exportcomments", "exportcomments_list", "exportcomments_older", "exportcomments_youtube",
        "facebook_script_comments",
        "facepager", "youtube_data_tools_comments",
    ),
    "inboxes of tools": (
        "agorapulse_inbox", "chatwoot_messages", "hootsuite_inbox", "sprout_social_inbox",
    ),
    "answers of interfaces": (
        "bluesky", "facebook_graph", "instagram_graph", "mastodon_api", "threads_api",
        "youtube_api",
    ),
    "gathered pages": (
        "instaloader", "threads_zeeschuimer", "youtube_comment_downloader", "yt_dlp",
    ),
    "downloads": (
        "facebook_download", "google_takeout_comments", "instagram_download",
        "instagram_download_insights", "mastodon_outbox", "meta_download_closed",
    ),
    "our own tables": ("svarvakt_comments", "svarvakt_posts", "svarvakt_workbook"),
}  # fmt: skip
TEXT = (".csv", ".tab", ".json", ".ndjson", ".jsonl")
CELLS = (
    "", "-", "--", "N/A", "undefined", "NaN", "inf", "-1", "0", "1e309", "1,5E+15", "1.5E+15",
    "99999999999999999999999999", "0.1", "1 234,5", "1,234", "true", "null", "=1+1", "@cmd", "\x00",
    "\u202e\u2066abc", "\u200b", "😀" * 5, "é" * 300, "a\nb", 'a"b', "a;b,c\td", "../../etc/passwd",
    "<script>alert(1)</script>", "javascript:alert(1)", "31.02.2026", "13/13/2026 25:61",
    "0000-00-00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59+0000", "12/31/1969 23:59",
    "2026-03-29 02:30", "04.01.2026", "1776068100", "1776068100000", "99999999999999",
    "https://www.facebook.com/x/posts/1?comment_id=2", "urn:li:activity:0", "https://[", "пример",
)  # fmt: skip
VALUES = (
    "null", "[]", "{}", "true", "-1", "0", "1e400", "123456789012345678901234567890", '""', '"x"',
    '"2026-02-31T00:00:00+0000"', '"9999-12-31T23:59:59+0000"', '"\\ud800"', '"\\u0000"',
    '{"a":{"b":{"c":[1,[2,[3]]]}}}', '["x", null, {"id": 1}]', "NaN", '"' + "x" * 500 + '"',
)  # fmt: skip
_SCALAR = re.compile(rb'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null')
_OURS = re.compile(r"Traceback|Error:|duckdb|Exception")
_CELL = re.compile(rb'"(?:[^"]|"")*"|[^,;\t\n"]+')


@cache
def samples() -> dict[str, list[Path]]:
    """The invented files of each format."""
    found: dict[str, list[Path]] = {}
    for path in sorted(FIXTURES.rglob("*")):
        is_sample = path.is_file() and not path.name.endswith(".golden.json")
        if is_sample and path.stat().st_size <= LARGEST:
            found.setdefault(path.relative_to(FIXTURES).parts[0], []).append(path)
    return found


def damaged(content: bytes, is_text: bool, chance: random.Random) -> bytes:
    """The content with one to three harms done to it."""
    for _ in range(chance.randint(1, 3)):
        harms = TEXT_HARMS if is_text and chance.random() < 0.7 else BYTE_HARMS
        if is_text and chance.random() < 0.4:
            harms = SPREADSHEET_HARMS
        content = chance.choice(harms)(content, chance)
    return content


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: _at(content, chance)]


def _lose(content: bytes, chance: random.Random) -> bytes:
    at = _at(content, chance)
    return content[:at] + content[at + chance.randint(1, 40) :]


def _double(content: bytes, chance: random.Random) -> bytes:
    at = _at(content, chance)
    end = at + chance.randint(1, 400)
    return content[:end] + content[at:end] + content[end:]


def _turn(content: bytes, chance: random.Random) -> bytes:
    at = _at(content, chance)
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def _push_in(content: bytes, chance: random.Random) -> bytes:
    at = _at(content, chance)
    return content[:at] + chance.randbytes(chance.randint(1, 12)) + content[at:]


def _at(content: bytes, chance: random.Random) -> int:
    return chance.randrange(len(content) + 1)


def _other_cell(content: bytes, chance: random.Random) -> bytes:
    is_json = content.lstrip(b"\xef\xbb\xbf \n\t")[:1] in (b"{", b"[")
    found = list((_SCALAR if is_json else _CELL).finditer(content))
    if not found:
        return content
    one = chance.choice(found)
    new = chance.choice(VALUES if is_json else CELLS).encode()
    return content[: one.start()] + new + content[one.end() :]


def _other_encoding(content: bytes, chance: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(chance.choice(("cp1252", "utf-16", "utf-8-sig", "latin-1")), "replace")


def _lines_moved(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _delimiter(line: bytes) -> bytes:
    return max((b",", b";", b"\t"), key=line.count)


def _row_in_one_cell(content: bytes, _chance: random.Random) -> bytes:
    """As a Norwegian Excel saves a table with commas: every line one quoted cell."""
    lines = content.removeprefix(b"\xef\xbb\xbf").splitlines()
    cells = [b'"' + line.replace(b'"', b'""') + b'"' if b'"' in line else line for line in lines]
    return b"\xef\xbb\xbf" + b"\r\n".join(cells) + b"\r\n"


def _rounded_ids(content: bytes, chance: random.Random) -> bytes:
    """A spreadsheet keeps 15 digits, or writes 1,23E+17."""
    if chance.random() < 0.5:
        return re.sub(rb"\b(\d{15})\d+\b", lambda one: one[1] + b"0" * (len(one[0]) - 15), content)
    return re.sub(
        rb"\b(\d)(\d\d)\d{9,}\b",
        lambda one: b"%s,%sE+%d" % (one[1], one[2], len(one[0]) - 1),
        content,
    )


def _turned_dates(content: bytes, _chance: random.Random) -> bytes:
    return re.sub(rb"\b(\d\d)/(\d\d)/(\d{4})", rb"\2.\1.\3", content)


def _points_as_thousands(content: bytes, _chance: random.Random) -> bytes:
    return re.sub(rb"(?<=[,;\t])(\d{1,3})(\d{3})(?=[,;\t\r\n])", rb"\1.\2", content)


def _open_mark(content: bytes, chance: random.Random) -> bytes:
    at = content.find(_delimiter(content[:400]), _at(content, chance))
    return content[: at + 1] + b'"' + content[at + 1 :]


def _second_header(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    at = chance.randrange(len(lines) + 1)
    return b"".join([*lines[:at], *lines[:1], *lines[at:]])


def _sums(content: bytes, _chance: random.Random) -> bytes:
    delimiter = _delimiter(content[:400])
    width = content.split(b"\n", 1)[0].count(delimiter)
    return content.rstrip(b"\r\n") + b"\nTotalt" + delimiter * width + b"99999\n"


def _bad_byte(content: bytes, chance: random.Random) -> bytes:
    at = _at(content, chance)
    return content[:at] + b"\xff" + content[at:]


def _from_excel(content: bytes, _chance: random.Random) -> bytes:
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    return text.encode("cp1252", "replace")


SPREADSHEET_HARMS = (
    _row_in_one_cell, _rounded_ids, _turned_dates, _points_as_thousands, _open_mark,
    _second_header, _sums, _bad_byte, _from_excel,
)  # fmt: skip
BYTE_HARMS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _lose, _double, _turn, _push_in,
)  # fmt: skip
TEXT_HARMS = (_other_cell, _other_cell, _other_cell, _other_encoding, _lines_moved)


# Tables of which every row is a post or a comment: none may be stepped over. (A day of which
# nothing was measured is no figure.)
WHOLE = frozenset({
    "apify_facebook_comments", "apify_instagram_comments", "apify_tiktok_comments",
    "exportcomments", "exportcomments_list", "exportcomments_older", "facebook_script_comments",
    "google_takeout_comments", "meta_business_suite_facebook", "meta_business_suite_instagram",
    "sprout_social_inbox", "svarvakt_comments", "tiktok_videos",
    "youtube_data_tools_comments",
})  # fmt: skip
_LOST = """
SELECT file_no, count(*) FROM source_rows ANTI JOIN (
    SELECT file_no, line FROM staged_posts UNION ALL SELECT file_no, line FROM staged_comments
    UNION ALL SELECT file_no, line FROM staged_account_days
    UNION ALL SELECT file_no, line FROM staged_rejects) USING (file_no, line)
GROUP BY file_no
"""
_NAMELESS = """
SELECT file_no FROM staged_posts WHERE platform IS NULL OR post_native IS NULL
UNION SELECT file_no FROM staged_comments WHERE platform IS NULL OR comment_native IS NULL
"""


class Watching(Reader):
    """A reader, and what is lost on the way: `lost` is file's origin → what is wrong.

    Where many files are bad, reading them together and in halves again costs several times as
    much as reading each `alone`; `bad` counts those that were recognised and could not be read.
    """

    def __init__(self, data: Path, alone: bool) -> None:
        super().__init__(data, dry=False)
        self.alone, self.bad = alone, 0
        self.lost: dict[str, str] = {}

    def _stage(self, module: Format, entries: list[Entry]) -> list[Entry]:
        if self.alone and len(entries) > 1:
            return [staged for entry in entries for staged in self._stage(module, [entry])]
        staged = super()._stage(module, entries)
        self.bad += len(entries) == 1 and not staged
        files = {entry.file.file_no: entry.file for entry in staged}
        for (file_no,) in self.con.execute(_NAMELESS).fetchall():
            if file_no in files:
                self.lost[files[file_no].origin] = "a row without an id"
        if files and module.FORMAT in WHOLE and all(f.head.kind == "text" for f in files.values()):
            for file_no, lost in self.con.execute(_LOST).fetchall():
                if file_no in files:
                    self.lost[files[file_no].origin] = f"{lost} rows became nothing"
            self._count_rows(files)
        return staged

    def _count_rows(self, files: dict[int, ImportFile]) -> None:
        """Where no quotation mark makes it doubtful what a row is, all of them are read."""
        found = self.con.execute(
            "SELECT file_no, count(*) FROM staged_rows GROUP BY file_no HAVING min(line) = 2"
        ).fetchall()
        for file_no, read in found:
            text = files[file_no].path.read_text("utf-8-sig", "replace") if file_no in files else ""
            if not text or '"' in text or text.lower().startswith("sep="):
                continue
            delimiter = files[file_no].head.delimiter
            # A line of nothing but delimiters is a row, though an empty one.
            plain = sum(map(bool, csv.reader(io.StringIO(text), delimiter=delimiter))) - 1
            if plain != read:
                self.lost[files[file_no].origin] = f"{read} of {plain} rows were read"


class Watched(Import):
    """An import by one reader that is `watching`."""

    def __init__(self, data: Path, scratch: Path, alone: bool) -> None:
        super().__init__(data, scratch, {}, lambda _share, _what: None)
        self.watching = Watching(data, alone)

    def reader(self, readers: int) -> Reader:
        assert readers == 1
        return self.watching


@dataclasses.dataclass
class Tally:
    """What became of the files of one format; `faults` is empty or something is wrong with us."""

    became: Counter[str] = dataclasses.field(default_factory=Counter)
    faults: list[str] = dataclasses.field(default_factory=list)


def try_format(name: str, numbers: Iterable[int], seed: int = 0) -> Tally:
    """Imports the damaged files of these numbers; says what became of them."""
    tally, numbers, bad = Tally(), list(numbers), 0
    for first in range(0, len(numbers), BATCH):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            for number in numbers[first : first + BATCH]:
                _write(folder / "in", name, number, seed)
            alone = bad > FEW_BAD and first // BATCH % TOGETHER > 0
            bad = _import(folder, f"{name} seed {seed}", tally, alone)
    return tally


def _write(folder: Path, name: str, number: int, seed: int) -> None:
    chance = random.Random(f"{name} {seed} {number}")
    sample = chance.choice(samples()[name])
    # Under the folders of its own, which may name the account.
    copy = folder / str(number) / sample.relative_to(FIXTURES / name)
    copy.parent.mkdir(parents=True)
    copy.write_bytes(damaged(sample.read_bytes(), sample.suffix in TEXT, chance))


def _import(folder: Path, what: str, tally: Tally, alone: bool) -> int:
    """Imports and judges what is in the folder; how many files were recognised and unreadable."""
    data, scratch = folder / "data", folder / "scratch"
    scratch.mkdir()
    watched = Watched(data, scratch, alone)
    watching = watched.watching
    reports = watched.run([folder / "in"])
    for report in reports:
        tally.became[report.status] += 1
        lost = [watching.lost[report.path]] if report.path in watching.lost else []
        for wrong in [*_wrong(report), *lost]:
            path = Path(report.path)
            number = path.relative_to(folder / "in").parts[0]
            tally.faults.append(f"{what} number {number}: {wrong}\n{_kept(path, number)}")
    tally.faults += [f"{what}: {wrong}" for wrong in _wrong_in_lake(data, reports)]
    return watching.bad


def _wrong(report: FileReport) -> Iterator[str]:
    """What is wrong with what is said of one file."""
    counted = (report.rows_used, *report.rows_passed_over.values(), report.rejected)
    if report.status != "refused":
        if report.rows_read != sum(counted) or min(counted) < 0:
            yield f"{report.rows_read} rows read are not {counted}"
        if unaccounted := report.rows_passed_over.get("unaccounted"):
            yield f"{unaccounted} rows are not accounted for"
        return
    if not report.reason:
        yield "refused without a reason"
    elif report.reason == OUR_FAULT or _OURS.search(report.reason):
        yield report.reason
    if any(counted):
        yield "refused, and something of it is counted"


def _wrong_in_lake(data: Path, reports: list[FileReport]) -> Iterator[str]:
    loaded = {report.sha256 for report in reports if report.status == "loaded"}
    if lake.imported(data) != loaded:
        yield "the lake holds something else than what was said"
    with duckdb.connect() as con:
        lake.open_tables(con, data, "lake_")
        for table in lake.TABLES:  # every file can be read; none of a refused import is there
            held = con.execute(f"SELECT DISTINCT import_id FROM lake_{table}").fetchall()
            if not {row[0] for row in held} <= loaded:
                yield f"{table} holds rows of a refused file"


def _kept(path: Path, number: str) -> str:
    """Keeps a file that shows a fault; says where, and the frames of the fault if it raises one."""
    place = Path(tempfile.gettempdir()) / "svarvakt-damaged" / number
    place.mkdir(parents=True, exist_ok=True)
    copy = Path(shutil.copy(path, place))
    frames = _Frames()
    logging.getLogger("svarvakt").addHandler(frames)
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryDirectory() as data:
        Import(Path(data), Path(scratch), {}, lambda _share, _what: None, dry=True).run([copy])
    logging.getLogger("svarvakt").removeHandler(frames)
    return "\n".join([str(copy), *frames.said])


class _Frames(logging.Handler):
    """Collects what the import logs."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def try_families(tries: int, seed: int, families: Iterable[str] = FAMILIES) -> int:
    """Tries each family, its formats equally often, and prints it; how many faults there were."""
    faults = 0
    for family in families:
        names = FAMILIES[family]
        each = range(math.ceil(tries / len(names)))
        tallies = [_try_and_tell(name, each, seed) for name in names]
        became = sum((tally.became for tally in tallies), Counter[str]())
        found = sum(len(tally.faults) for tally in tallies)
        tried = len(each) * len(names)
        print(f"= {family}: {tried} tries, {_told(became)}, {found} faults", flush=True)
        faults += found
    return faults


def _try_and_tell(name: str, numbers: Iterable[int], seed: int) -> Tally:
    started = time.perf_counter()
    tally = try_format(name, numbers, seed)
    seconds = time.perf_counter() - started
    print(f"{name:32} {_told(tally.became)}  ({seconds:.0f} s)", flush=True)
    for fault in tally.faults:
        print(f"  {fault}", flush=True)
    return tally


def _told(became: Counter[str]) -> str:
    return ", ".join(f"{count} {status}" for status, count in became.most_common())


def main() -> int:
    """Tries the families, or some formats, and prints a table; 1 when anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=10_000, help="of each family or format")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--number", type=int, help="one try of a format alone")
    parser.add_argument("--family", action="append", choices=FAMILIES)
    parser.add_argument("--format", action="append", choices=samples(), metavar="NAME")
    options = parser.parse_args()
    if not options.format:
        return int(try_families(options.tries, options.seed, options.family or FAMILIES) > 0)
    alone = options.number is not None
    numbers = [options.number] if alone else range(options.tries)
    return int(any(_try_and_tell(one, numbers, options.seed).faults for one in options.format))


if __name__ == "__main__":
    sys.exit(main())
