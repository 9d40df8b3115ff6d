"""Every row of a file is used, passed over with a reason or rejected with one (data-contract.md).

The rows are counted here a second time, plainly: the records of a table, the messages of JSON.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.ingest.detection import sample_of
from etl.ingest.reasons.rows import PASSED_OVER
from etl.ingest.workbooks import sheets_of
from etl.pipeline import check
from tests.support.paths import FIXTURES

FILES = sorted(
    path
    for path in FIXTURES.rglob("*")
    if path.is_file() and not path.name.endswith(".golden.json")
)
# Where another row than one stands above those of a table: titles are rows among the days.
ABOVE = {"meta_overview": 0, "exportcomments": 7}


def as_json(path: Path) -> list[Any]:
    text = path.read_text(encoding="utf-8-sig")
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from objects(one)


def records(path: Path) -> list[list[str]]:
    head = sample_of(path)
    if head.is_from_workbook:
        return [list(row) for sheet in sheets_of(path) for row in sheet.rows]
    text = path.read_bytes().decode("utf-8-sig" if head.encoding == "utf-8" else head.encoding)
    text = text.partition("\n")[2] if text.startswith("sep=") else text
    return [row for row in csv.reader(io.StringIO(text), delimiter=head.delimiter) if row]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FIXTURES)))
def test_every_row_of_a_file_is_accounted_for(path: Path) -> None:
    for report in check([path]).files:
        if report.status == "refused":
            assert report.reason
            continue
        passed = sum(report.rows_passed_over.values())
        assert report.rows_read == report.rows_used + passed + report.rejected
        assert report.rows_passed_over.keys() <= PASSED_OVER.keys() - {"unaccounted"}
        if path.suffix in (".csv", ".tab"):
            above = ABOVE.get(str(report.format), 1)
            assert report.rows_read == len(records(path)) - above


# What is certainly a message of a format; one may lack its time or id and is a row even so.
JSON_FILES: dict[str, Callable[[dict[str, Any]], object]] = {
    "facebook_graph": lambda one: {"created_time", "message"} <= one.keys() and "id" in one,
    "instaloader": lambda one: "created_at" in one,
    "youtube_api": lambda one: "publishedAt" in one,
    "threads_api": lambda one: "timestamp" in one,
    "mastodon_outbox": lambda one: one.get("type") in ("Create", "Announce"),
    "bluesky": lambda one: "uri" in one and "record" in one,
}


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.relative_to(FIXTURES).parts[0] in JSON_FILES],
    ids=lambda path: str(path.relative_to(FIXTURES)),
)
def test_every_message_of_a_json_file_is_a_row(path: Path) -> None:
    (report,) = check([path]).files
    if report.status != "refused":
        is_message = JSON_FILES[path.relative_to(FIXTURES).parts[0]]
        messages = sum(bool(is_message(one)) for one in objects(as_json(path)))
        assert report.rows_read >= messages
