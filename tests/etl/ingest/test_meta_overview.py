"""Meta's figures per day, in any language and as a spreadsheet saves them; all are invented."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.ingest.detection import recognise, sample_of
from etl.ingest.staging import InputRequired, UnsupportedFile
from tests.support.staged import Staged, stage


@pytest.fixture
def chart(tmp_path: Path) -> Path:
    return tmp_path / "Export.csv"


def write(path: Path, title: str, *days: tuple[str, str]) -> Path:
    rows = "".join(f'"{day}","{figure}"\n' for day, figure in days)
    path.write_text(f'sep=,\n"{title}"\n"Date","Primary"\n{rows}\n', encoding="utf-16")
    return path


def staged_days(staged: Staged) -> list[tuple[str, str, str, int]]:
    return [(row["platform"], row["metric"], row["day"], row["value"]) for row in staged.days]


@pytest.mark.parametrize(
    "title, metric",
    [
        ("Facebook reach", "reach"),
        ("Facebook views", "views"),
        ("Facebook content interactions", "interactions"),
        ("Facebook follows", "followers_gained"),
        ("Facebook visits", "visits"),
        ("Facebook Page visits", "visits"),
        ("Facebook Page reach", "reach"),
        ("Facebook viewers", "reach"),
        ("Facebook link clicks", "link_clicks"),
    ],
)
def test_the_title_says_what_the_figures_are(chart: Path, title: str, metric: str) -> None:
    staged = stage(write(chart, title, ("2025-01-01T01:00:00", "7")))
    assert staged_days(staged) == [("facebook", metric, "2025-01-01", 7)]


def test_the_clock_does_not_move_the_day(chart: Path) -> None:
    days = [
        ("2025-03-08T00:00:00", "1"),
        ("2025-03-09T00:00:00", "2"),
        ("2025-03-10T01:00:00", "3"),
    ]
    found = stage(write(chart, "Instagram follows", *days)).days
    assert [row["day"] for row in found] == ["2025-03-08", "2025-03-09", "2025-03-10"]


def test_a_title_without_a_platform_takes_that_of_the_account(chart: Path) -> None:
    write(chart, "Views", ("2025-01-01T01:00:00", "7"))
    assert stage(chart, hint="instagram:fjordvik").days[0]["platform"] == "instagram"
    assert stage(chart, hint="facebook:fjordvik").days[0]["platform"] == "facebook"


@pytest.mark.parametrize("hint", [None, "tiktok:fjordvik"])
def test_without_a_platform_a_person_is_asked(chart: Path, hint: str | None) -> None:
    write(chart, "Views", ("2025-01-01T01:00:00", "7"))
    with pytest.raises(InputRequired, match="Facebook eller Instagram") as asked:
        stage(chart, hint=hint)
    assert asked.value.question == "account"


def test_an_account_on_the_other_platform_is_not_believed(chart: Path) -> None:
    write(chart, "Instagram profile visits", ("2025-01-01T01:00:00", "7"))
    with pytest.raises(InputRequired, match="på Instagram") as asked:
        stage(chart, hint="facebook:fjordvik")
    assert asked.value.question == "account"


def test_a_title_in_another_language_is_told_by_metas_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "Link clicks (1).csv"
    staged = stage(write(path, "Facebook-linkkien klikkaukset", ("2025-01-01T01:00:00", "7")))
    assert staged.days[0]["metric"] == "link_clicks"
    assert "filnavnet" in staged.warnings[0]


def test_a_title_that_only_resembles_a_known_one_is_refused(chart: Path) -> None:
    write(chart, "Facebook paid reach", ("2025-01-01T01:00:00", "7"))
    with pytest.raises(UnsupportedFile, match="«Facebook paid reach»"):
        stage(chart)


def test_an_empty_figure_leaves_no_row_and_a_nought_does(chart: Path) -> None:
    staged = stage(
        write(chart, "Facebook visits", ("2025-01-01T01:00:00", ""), ("2025-01-02", "0"))
    )
    assert [(row["day"], row["value"]) for row in staged.days] == [("2025-01-02", 0)]
    assert not staged.rejects


def test_a_workbook_of_the_same_table_gives_the_same_days(tmp_path: Path) -> None:
    path = tmp_path / "Reach.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Facebook reach"])
        sheet.write_row(1, 0, ["Date", "Primary"])
        for number in range(3):
            sheet.write_row(2 + number, 0, [date(2025, 1, 1) + timedelta(number), 10 + number])
    assert [row["value"] for row in stage(path).days] == [10, 11, 12]


def test_days_that_a_spreadsheet_turned_are_refused(chart: Path) -> None:
    turned = [("2025-01-03", "1"), ("2025-02-03", "2"), ("2025-03-03", "3")]
    with pytest.raises(UnsupportedFile, match="regneark"):
        stage(write(chart, "Facebook reach", *turned))


def test_one_day_that_can_be_read_in_two_ways_is_asked_about(chart: Path) -> None:
    write(chart, "Facebook reach", ("3/4/2025 0:00", "1"))
    with pytest.raises(InputRequired) as asked:
        stage(chart)
    assert asked.value.question == "is_day_first"
    assert stage(chart, is_day_first=True).days[0]["day"] == "2025-04-03"
    assert stage(chart, is_day_first=False).days[0]["day"] == "2025-03-04"


@settings(max_examples=30, deadline=None)
@given(
    first=st.dates(min_value=date(2010, 1, 1), max_value=date(2030, 1, 1)),
    length=st.integers(min_value=3, max_value=40),
    shape=st.sampled_from(["{0:%Y-%m-%d}T00:00:00", "{0.month}/{0.day}/{0.year}",
                           "{0.day}/{0.month}/{0.year}", "{0:%d.%m.%Y} 00:00"]),
)  # fmt: skip
def test_a_run_of_days_tells_its_own_order(
    tmp_path_factory: pytest.TempPathFactory, first: date, length: int, shape: str
) -> None:
    wanted = [first + timedelta(number) for number in range(length)]
    path = tmp_path_factory.mktemp("chart") / "Reach.csv"
    write(path, "Facebook reach", *((shape.format(day), "1") for day in wanted))
    assert [row["day"] for row in stage(path).days] == [day.isoformat() for day in wanted]


def test_a_table_of_two_columns_without_a_title_is_not_metas(chart: Path) -> None:
    chart.write_text("Date,Followers\n2025-01-01,5\n2025-01-02,6\n", encoding="utf-8")
    with pytest.raises(UnsupportedFile, match="Ukjent format"):
        recognise(sample_of(chart))


def test_a_quotation_mark_that_is_not_closed_swallows_no_days(chart: Path) -> None:
    write(chart, "Facebook reach", ("2025-01-01T01:00:00", "7"))
    text = chart.read_text(encoding="utf-16")
    chart.write_text(text.replace("sep=", '"Fsep=', 1), encoding="utf-16")
    staged = stage(chart)
    assert [row["value"] for row in staged.days] == [7]
    assert "anførselstegn er ikke lukket" in staged.files[0].notes[0]
