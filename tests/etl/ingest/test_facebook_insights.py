"""Facebook's old Insights workbook; every post in it is invented."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter

from etl.ingest.detection import recognise, sample_of
from etl.ingest.staging import UnsupportedFile
from tests.support.staged import stage

NAMES = ["Post ID", "Permalink", "Post Message", "Type", "Posted"]
POST = [
    "100200300400500_700000000000001", "https://www.facebook.com/fjordvik/posts/700000000000001",
    "Brannøvelse på torget.", "Video", "2017-11-15 04:30:00",
]  # fmt: skip
REACH, VIEWS, PAID = (
    "Lifetime Post Total Reach",
    *(f"Lifetime {kind} Video Views" for kind in ("Organic", "Paid")),
)
TIMES, PEOPLE = "Lifetime: a count. (Total Count)", "Lifetime: a count. (Unique Users)"
KEY_METRICS: list[list[object]] = [
    [*NAMES, REACH, VIEWS, VIEWS, PAID, PAID],
    ["", "", "", "", "", PEOPLE, TIMES, PEOPLE, PEOPLE, TIMES],
    [*POST, 410, 340, 300, 20, 25],
]


def actions(explanation: str, *figures: int) -> list[list[object]]:
    names = ["share", "like", "comment"]
    return [["Description", *NAMES, *names], [explanation, *POST, *figures]]


def book(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return tmp_path / "Facebook Insights Data Export (Post Level) - Fjordvik - 2017-11-19 (1).xlsx"


def test_a_repeated_name_is_told_by_the_explanation_under_it(export: Path) -> None:
    assert stage(book(export, {"Key Metrics": KEY_METRICS})).posts[0]["video_views"] == 365


def test_without_explanations_repeated_names_say_nothing(export: Path) -> None:
    post = stage(book(export, {"Key Metrics": [KEY_METRICS[0], KEY_METRICS[2]]})).posts[0]
    assert post["reach"] == 410
    assert "video_views" not in post


def test_actions_are_counted_in_times_and_not_in_people(export: Path) -> None:
    sheets = {
        "Key Metrics": KEY_METRICS,
        "A": actions(TIMES, 3, 31, 6),
        "Lifetime Post Stories by act...": actions(PEOPLE, 2, 30, 4),
    }
    post = stage(book(export, sheets)).posts[0]
    assert (post["shares"], post["reactions"], post["comments"]) == (3, 31, 6)


def test_sheets_without_explanations_are_told_by_their_names(export: Path) -> None:
    sheets = {
        "Key Metrics": KEY_METRICS,
        "Lifetime Talking About This(...": actions("", 2, 30, 4),
        "Lifetime Post Stories by act...": actions("", 3, 31, 6),
    }
    post = stage(book(export, sheets)).posts[0]
    assert (post["shares"], post["reactions"], post["comments"]) == (3, 31, 6)


def test_people_alone_are_no_count_of_comments(export: Path) -> None:
    sheets = {
        "Key Metrics": KEY_METRICS,
        "Lifetime Talking About This(...": actions(PEOPLE, 1, 2, 3),
    }
    staged = stage(book(export, sheets))
    assert {"shares", "reactions", "comments"}.isdisjoint(staged.posts[0])
    assert "mangler" in staged.warnings[0]


def test_the_name_of_the_file_gives_the_page_and_the_day_of_the_export(export: Path) -> None:
    staged = stage(book(export, {"Key Metrics": KEY_METRICS}))
    assert staged.files[0].exported_at == datetime(2017, 11, 19, tzinfo=UTC)
    assert staged.posts[0]["account_name"] == "Fjordvik"


def test_early_days_of_a_month_are_not_taken_for_turned_ones(export: Path) -> None:
    rows: list[list[object]] = [
        [POST[0][:-1] + str(day), *POST[1:4], f"2017-11-0{day} 04:30:00", 1, 1, 1, 1, 1]
        for day in range(1, 5)
    ]
    posts = stage(book(export, {"Key Metrics": [*KEY_METRICS[:2], *rows]})).posts
    assert [post["published_at"][:10] for post in posts] == [
        f"2017-11-0{day}" for day in range(1, 5)
    ]


@pytest.mark.parametrize(
    "moment, utc",
    [
        ("2017-07-01 22:00:00", "2017-07-02T05:00:00+00:00"),
        ("2017-12-01 22:00:00", "2017-12-02T06:00:00+00:00"),
        ("2017-10-30 22:00:00", "2017-10-31T05:00:00+00:00"),  # Oslo has winter time, L.A. has not
    ],
)
def test_the_clock_is_that_of_los_angeles(export: Path, moment: str, utc: str) -> None:
    rows = [*KEY_METRICS[:2], [*POST[:4], moment, 1, 1, 1, 1, 1]]
    assert stage(book(export, {"Key Metrics": rows})).posts[0]["published_at"] == utc


@pytest.mark.parametrize("name", ["Daily New Likes", "page_fan_adds_unique:day"])
def test_the_figures_of_the_whole_page_are_refused_with_the_reason(export: Path, name: str) -> None:
    book(export, {"Key Metrics": [["Date", name], ["2017-11-01", 3]], "Other": [["Date"]]})
    with pytest.raises(UnsupportedFile, match="hele siden"):
        stage(export)


def test_a_workbook_with_posts_of_another_program_is_not_ours(export: Path) -> None:
    book(export, {"Posts": [["Post ID", "Permalink", "Likes"], ["1", "x", 2]], "Other": [["a"]]})
    with pytest.raises(UnsupportedFile, match="Ukjent format"):
        recognise(sample_of(export))
