"""What TikTok Studio has really written: no years, days in any language; all here is invented."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from etl.ingest.staging import UnsupportedFile
from etl.pipeline import load
from tests.support.staged import EXPORTED, stage

OVERVIEW = '"Date","Video Views","Profile Views","Likes","Comments","Shares"'
CONTENT = (
    '"Time","Video title","Video link","Post time","Total likes","Total comments","Total shares",'
    '"Total views"'
)
LINK = "https://www.tiktok.com/@fjordvik/video/7527623000473079054"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    return path


def overview(path: Path, *days: str) -> Path:
    return write(path, OVERVIEW, *(f'"{day}","1","0","0","0","0"' for day in days))


def found_days(path: Path) -> list[str]:
    return sorted({day["day"] for day in stage(path).days})


@pytest.mark.parametrize(
    "days, expected",
    [
        (("December 31", "January 1"), ["2025-12-31", "2026-01-01"]),
        (("January 1", "December 31"), ["2025-12-31", "2026-01-01"]),  # newest first
        (("31 de diciembre", "1 de enero"), ["2025-12-31", "2026-01-01"]),
        (("31. desember", "1. januar"), ["2025-12-31", "2026-01-01"]),
        (("31. joulukuuta", "1. tammikuuta"), ["2025-12-31", "2026-01-01"]),
        (("31 grudnia", "1 stycznia"), ["2025-12-31", "2026-01-01"]),
        (("November 24", "November 25"), ["2026-11-24", "2026-11-25"]),  # the day of the export
        (("November 27",), ["2025-11-27"]),  # later than the export: it was last year
    ],
)
def test_years_are_counted_back_from_the_export(
    tmp_path: Path, days: tuple[str, ...], expected: list[str]
) -> None:
    assert EXPORTED.year == 2026
    assert found_days(overview(tmp_path / "Overview.csv", *days)) == expected


def test_a_name_that_holds_the_moment_of_the_download_decides_the_year(tmp_path: Path) -> None:
    staged = stage(overview(tmp_path / "temp_data_1717023477746.csv", "May 28", "May 29"))
    assert {day["day"] for day in staged.days} == {"2024-05-28", "2024-05-29"}
    assert staged.files[0].exported_at.isoformat() == "2024-05-29T22:57:57.746000+00:00"


def test_a_leap_day_in_a_year_without_one_is_rejected(tmp_path: Path) -> None:
    staged = stage(overview(tmp_path / "a.csv", "February 28", "February 29", "ukjent"))
    assert {day["day"] for day in staged.days} == {"2026-02-28"}
    assert [reject["raw"] for reject in staged.rejects] == ["February 29", "ukjent"]


def test_days_that_a_spreadsheet_gave_a_year_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFile, match="regneark"):
        stage(overview(tmp_path / "a.csv", "16.07.2026"))


def test_undefined_is_not_measured(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", OVERVIEW, '"July 16","undefined","0","0","0","0"')
    assert "views" not in {day["metric"] for day in stage(path).days}


def test_a_workbook_of_followers_gives_the_days_and_nothing_about_who_they_are(
    tmp_path: Path,
) -> None:
    path = tmp_path / "Followers.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        gender = book.add_worksheet("FollowerGender")
        gender.write_row(0, 0, ["Gender", "Distribution"])
        gender.write_row(1, 0, ["Female", "0.59"])
        history = book.add_worksheet("FollowerHistory")
        history.write_row(0, 0, ["Date", "Followers", "Difference in followers from previous day"])
        history.write_row(1, 0, ["28 August", "308", "5"])
    assert [(day["day"], day["metric"], day["value"]) for day in stage(path).days] == [
        ("2026-08-28", "followers", 308)
    ]


def test_a_whole_download_of_followers_loads_and_the_audience_alone_does_not(
    tmp_path: Path,
) -> None:
    gender = '"Gender","Distribution"\n"Female","0.59"'
    history = (
        '"Date","Followers","Difference in followers from previous day"\n"28 August","308","5"'
    )
    both, alone = tmp_path / "Followers_fjordvik.zip", tmp_path / "alone.zip"
    with zipfile.ZipFile(both, "w") as archive:
        archive.writestr("FollowerGender.csv", gender)
        archive.writestr("FollowerHistory.csv", history)
    with zipfile.ZipFile(alone, "w") as archive:
        archive.writestr("FollowerGender.csv", gender + "\n")
    report = load([both, alone], data=tmp_path / "data")
    assert [file.status for file in report.files] == ["loaded", "loaded", "refused"]
    assert [file.days for file in report.files] == [0, 1, 0]
    assert "Brukes ikke" in report.files[0].warnings[0]


def test_the_time_of_a_video_stands_in_its_id_and_the_account_in_its_link(tmp_path: Path) -> None:
    line = f'"February 28","","{LINK}?lang=nb","July 16","5","3","0","undefined"'
    staged = stage(write(tmp_path / "Content.csv", CONTENT, line))
    (video,) = staged.posts
    assert (video["published_at"], video["account_handle"]) == (
        "2025-07-16T10:21:48+00:00", "fjordvik",
    )  # fmt: skip
    assert {"text", "views"}.isdisjoint(video)
    assert staged.files[0].exported_at.isoformat() == "2026-02-28T12:00:00+00:00"


def test_an_export_of_the_files_own_day_keeps_its_hour(tmp_path: Path) -> None:
    line = f'"November 25","Film","{LINK}","July 16","5","3","0","9"'
    assert stage(write(tmp_path / "a.csv", CONTENT, line)).files[0].exported_at == EXPORTED


def test_a_video_without_a_whole_link_is_rejected_and_a_repeated_one_counts_once(
    tmp_path: Path,
) -> None:
    good = f'"February 28","Film","{LINK}","July 16","5","3","0","9"'
    bad = good.replace("7527623000473079054", "75276230004")
    staged = stage(write(tmp_path / "a.csv", CONTENT, good, bad, good))
    assert (len(staged.posts), [reject["line"] for reject in staged.rejects]) == (1, [3, 4])


def test_a_whole_date_in_a_table_of_tiktok_studio_was_made_up_by_a_spreadsheet(
    tmp_path: Path,
) -> None:
    path = tmp_path / "Overview.csv"
    path.write_text("Date,Video Views,Profile Views\n2026/02/01,120,4\n")
    with pytest.raises(UnsupportedFile, match="endret av et regneark"):
        stage(path)


def test_the_dates_of_a_business_account_that_a_spreadsheet_turned_are_refused(
    tmp_path: Path,
) -> None:
    path = tmp_path / "Overview.csv"
    path.write_text("Date,Video views,Reached audience\n01.02.2026,120,NAN\n")
    with pytest.raises(UnsupportedFile, match="endret av et regneark"):
        stage(path)
