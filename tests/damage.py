"""Files damaged in every way that files are: bytes lost, doubled or turned, cells of any content.

`python -m tests.damage --tries 10000` tries so many of each export format and prints what became
of them; the tests try a few. Whatever comes in, each file is loaded whole or refused with a
reason, and what is in the lake is what was said.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from etl import lake
from etl.importing import OUR_FAULT, FileReport, Import

FIXTURES = Path(__file__).parent / "fixtures"
BATCH = 250  # files of one import
LARGEST = 200_000  # bytes; a larger sample says nothing more
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
_CELL = re.compile(rb'"(?:[^"]|"")*"|[^,;\t\n"]+')


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


BYTE_HARMS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _lose, _double, _turn, _push_in,
)  # fmt: skip
TEXT_HARMS = (_other_cell, _other_cell, _other_cell, _other_encoding, _lines_moved)


def try_format(name: str, tries: int, seed: int = 0) -> Counter[str]:
    """Imports so many damaged files of one format; counts what became of them.

    Raises AssertionError when a report and the lake say different things; whatever else is
    raised is a fault of ours.
    """
    chance = random.Random(f"{name} {seed}")
    paths = samples()[name]
    became: Counter[str] = Counter()
    for first in range(0, tries, BATCH):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            for number in range(min(BATCH, tries - first)):
                _write(folder / "in", number, chance.choice(paths), chance)
            became.update(_imported(folder))
    return became


def _write(folder: Path, number: int, sample: Path, chance: random.Random) -> None:
    own = folder / str(number)
    own.mkdir(parents=True)
    is_text = sample.suffix in TEXT
    (own / sample.name).write_bytes(damaged(sample.read_bytes(), is_text, chance))


def _imported(folder: Path) -> Iterator[str]:
    data, scratch = folder / "data", folder / "scratch"
    scratch.mkdir()
    reports = Import(data, scratch, {}, lambda _share, _what: None).run([folder / "in"])
    for report in reports:
        _check(report)
        yield report.status
    loaded = {report.sha256 for report in reports if report.status == "loaded"}
    assert lake.imported(data) == loaded, "the lake holds something else than what was said"
    con = duckdb.connect()
    lake.open_tables(con, data, "lake_")
    for table in lake.TABLES:  # every file can be read, and none of a refused import is there
        held = con.execute(f"SELECT DISTINCT import_id FROM lake_{table}").fetchall()
        assert {row[0] for row in held} <= loaded


def _check(report: FileReport) -> None:
    counted = (report.posts, report.comments, report.replies, report.days, report.rejected)
    if report.status == "refused":
        assert report.reason, f"{report.path} is refused without a reason"
        assert not any(counted), f"{report.path} is refused, and something of it is counted"
        assert not re.search(r"Traceback|Error:|duckdb|Exception", report.reason), report.reason
        assert report.reason != OUR_FAULT, report.path
    else:
        assert report.rows_read == sum(counted)


def main() -> int:
    """Tries every format and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--format", action="append", metavar="NAME")
    options = parser.parse_args()
    for name in options.format or samples():
        started = time.perf_counter()
        became = try_format(name, options.tries, options.seed)
        told = ", ".join(f"{n} {status}" for status, n in became.most_common())
        print(f"{name:32} {told}  ({time.perf_counter() - started:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
