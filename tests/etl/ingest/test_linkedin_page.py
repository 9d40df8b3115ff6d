"""Exports of a LinkedIn page as they come and as people change them; all posts are invented."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.ingest.detection import recognise, sample_of
from etl.ingest.staging import InputRequired, UnsupportedFile
from etl.pipeline import load
from tests.support.lake_contents import everything, rows
from tests.support.paths import FIXTURES
from tests.support.staged import stage

EXPORTS = FIXTURES / "linkedin_page"
ADMINISTRATOR = "Sentinella Navnesen"  # stands under «Posted by» in every fixture with posts
SENTENCE = ["Engagement metrics for individual posts. All dates and times are in UTC."]
NAMES = ["Post title", "Post link", "Posted by", "Created date", "Impressions", "Likes"]
NAME = "fjordvik-kommune_content_1766385907708.xlsx"


def number_at(moment: str) -> int:
    """The number that LinkedIn gives a post of this moment (UTC)."""
    milliseconds = int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() * 1000)
    return milliseconds << 22


def post(number: int, created: str = "03/01/2025", kind: str = "activity") -> list[object]:
    address = f"https://www.linkedin.com/feed/update/urn:li:{kind}:{number}"
    return ["Vi søker ny rektor.", address, ADMINISTRATOR, created, 80, 4]


def book(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        for name, cells in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(cells):
                sheet.write_row(number, 0, row)
    return path


def followers(*days: tuple[str, int]) -> list[list[object]]:
    names = ["Date", "Sponsored followers", "Organic followers", "Total followers"]
    return [[*names], *([day, 0, new, new] for day, new in days)]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return tmp_path / NAME


def test_who_posted_reaches_no_table_and_no_file(tmp_path: Path) -> None:
    folder, data = tmp_path / "in", tmp_path / "data"
    shutil.copytree(EXPORTS, folder, ignore=shutil.ignore_patterns("*.golden.json"))
    report = load([folder], data=data)
    assert sum(file.posts for file in report.files) > 3
    assert {row[0] for row in rows(data, "SELECT DISTINCT platform FROM posts")} == {"linkedin"}
    found = everything(data)
    assert "Vi søker ny rektor" in found
    for part in ADMINISTRATOR.split():
        assert part.casefold() not in found.casefold()


def test_the_files_of_one_page_are_one_account(tmp_path: Path) -> None:
    folder, data = tmp_path / "in", tmp_path / "data"
    folder.mkdir()
    for path in EXPORTS.glob("fjordvik-kommune_*.xls*"):
        if not path.name.endswith(".json"):
            shutil.copy(path, folder)
    report = load([folder], data=data)
    assert {file.account_id for file in report.files} == {"linkedin:fjordvik-kommune"}
    assert len(rows(data, "FROM accounts")) == 1


@pytest.mark.parametrize("above", [[], [SENTENCE]])
def test_the_sentence_above_the_header_may_be_gone(export: Path, above: list[list[object]]) -> None:
    book(export, {"All posts": [*above, [*NAMES], post(number_at("2025-03-01T05:30:08"))]})
    assert len(stage(export).posts) == 1


@settings(max_examples=6)  # sixty numbers each
@given(
    st.lists(
        st.integers(min_value=1_330_000_000, max_value=2_050_000_000), min_size=60, unique=True
    )
)
def test_the_number_of_a_post_holds_its_time(
    tmp_path_factory: pytest.TempPathFactory, seconds: list[int]
) -> None:
    path = tmp_path_factory.mktemp("page") / "posts.csv"
    lines = [",".join(map(str, post((each * 1000 + 999) << 22))) for each in seconds]
    path.write_text("\n".join([",".join(NAMES), *lines, ""]), encoding="utf-8")
    found = stage(path).posts
    times = [datetime.fromtimestamp(each, UTC).isoformat() for each in sorted(seconds)]
    assert sorted(each["published_at"] for each in found) == times
    assert {each["published_precision"] for each in found} == {"second"}


def test_a_number_without_a_time_leaves_the_day(export: Path) -> None:
    found = stage(book(export, {"All posts": [[*NAMES], post(123456789)]})).posts[0]
    assert found["published_at"] == "2025-02-28T23:00:00+00:00"  # midnight in Oslo
    assert found["published_precision"] == "day"


@pytest.mark.parametrize("kind", ["activity", "ugcPost", "share"])
def test_all_three_kinds_of_posts_are_known_by_their_number(export: Path, kind: str) -> None:
    number = number_at("2025-03-01T05:30:08")
    posts = stage(book(export, {"All posts": [[*NAMES], post(number, kind=kind)]})).posts
    assert posts[0]["post_native"] == str(number)


def test_the_name_of_the_file_gives_the_page_and_the_moment_of_the_export(export: Path) -> None:
    staged = stage(book(export, {"New followers": followers(("03/13/2025", 1))}))
    assert staged.days[0]["account_handle"] == "fjordvik-kommune"
    assert staged.files[0].exported_at == datetime(2025, 12, 22, 6, 45, 7, 708000, UTC)


def test_what_a_person_says_of_the_account_goes_before_the_files_name(export: Path) -> None:
    book(export, {"New followers": followers(("03/13/2025", 1))})
    assert "account_handle" not in stage(export, hint="linkedin:havnes").days[0]


def test_an_empty_figure_is_unknown_and_a_negative_one_is_kept(export: Path) -> None:
    cells = followers(("03/13/2025", -3), ("03/14/2025", 0), ("03/15/2025", 1))
    cells[3][3] = ""
    staged = stage(book(export, {"New followers": cells}))
    assert [(row["day"], row["value"]) for row in staged.days] == [
        ("2025-03-13", -3), ("2025-03-14", 0),
    ]  # fmt: skip


def test_days_in_a_short_period_tell_their_own_order(export: Path) -> None:
    book(export, {"New followers": followers(("03/01/2025", 1), ("03/02/2025", 2))})
    assert [row["day"] for row in stage(export).days] == ["2025-03-01", "2025-03-02"]


def test_a_single_day_that_can_be_read_in_two_ways_is_asked_about(export: Path) -> None:
    book(export, {"New followers": followers(("03/02/2025", 1))})
    with pytest.raises(InputRequired):
        stage(export)
    assert stage(export, is_day_first=False).days[0]["day"] == "2025-03-02"


def test_columns_found_by_position_are_not_believed_when_the_rate_contradicts(
    tmp_path: Path,
) -> None:
    number = number_at("2025-03-01T05:30:08")
    cells: list[object] = [*post(number)[:2], "", "", ADMINISTRATOR, "03/01/2025", "", "", ""]
    figures: list[object] = [80, "", "", 40, 0.1, 4, 1, 0, "", 0.5, ""]
    names: list[object] = [f"Sarake {number}" for number in range(20)]
    staged = stage(book(tmp_path / "sivu.xlsx", {"Julkaisut": [names, cells + figures]}))
    assert {"impressions", "clicks", "reactions"}.isdisjoint(staged.posts[0])
    assert staged.posts[0]["text"] == "Vi søker ny rektor."


def test_without_any_header_nothing_is_guessed(tmp_path: Path) -> None:
    """The first post would be taken for a header, and its cells for the names of columns."""
    number = number_at("2025-03-01T05:30:08")
    cells: list[object] = [*post(number)[:2], "", "", ADMINISTRATOR, "03/01/2025", *[""] * 14]
    path = book(tmp_path / "sivu.xlsx", {"Julkaisut": [cells, cells]})
    with pytest.raises(UnsupportedFile, match="Ukjent format"):
        recognise(sample_of(path))


def test_a_profile_of_a_person_is_refused_in_any_language(tmp_path: Path) -> None:
    address = f"https://www.linkedin.com/feed/update/urn:li:activity:{number_at('2025-03-01')}"
    top: list[list[object]] = [
        ["Enintään 50"],
        ["Osoite", "Päivä", "Luku"],
        [address, "3/1/2025", 4],
    ]
    path = book(tmp_path / "a.xlsx", {"Luvut": [["a", 1]], "Julkaisut": top})
    with pytest.raises(UnsupportedFile, match="personlig profil"):
        stage(path)


def test_followers_by_day_of_another_program_are_not_linkedins(tmp_path: Path) -> None:
    path = tmp_path / "followers.csv"
    path.write_text("Date,Total followers\n03/13/2025,5\n", encoding="utf-8")
    with pytest.raises(UnsupportedFile, match="Ukjent format"):
        recognise(sample_of(path))


def test_posts_in_another_language_under_a_cut_row_of_names_are_not_guessed(export: Path) -> None:
    row = f"Tittel,{post(number_at('2025-03-01'))[1]},,,,03/01/2025,,,,80,,,4,0.05,7,,,,,"
    export.write_text(f"Otsikko,Linkki\n{row}\n", encoding="utf-8")
    with pytest.raises(UnsupportedFile, match="Ukjent format"):
        recognise(sample_of(export))


def test_files_with_the_same_row_of_names_may_have_other_columns(tmp_path: Path) -> None:
    # In one of them the rate contradicts the clicks: its figures are not believed.
    address, names = post(number_at("2025-03-01"))[1], ",".join(f"Spalte{n}" for n in range(20))
    for name, rate in (("a", "0.9"), ("b", "0.05")):
        row = f"Tittel,{address},,,,03/01/2025,,,,80,,,4,{rate},7,,,,,"
        (tmp_path / f"{name}.csv").write_text(f"{names}\n{row}\n", encoding="utf-8")
    found = stage(tmp_path / "a.csv", tmp_path / "b.csv").posts
    assert [row.get("reactions") for row in found] == [None, 7]
