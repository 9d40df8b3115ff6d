"""What X has really written in its files; every account and text here is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from etl.ingest.detection import recognise, sample_of
from etl.ingest.staging import InputRequired, UnsupportedFile
from etl.pipeline import load
from tests.support.lake_contents import rows
from tests.support.staged import stage

HEADER = "Post id,Date,Post text,Link,Impressions,Likes,Replies,Reposts,Bookmarks,Url clicks"
LINK = "https://x.com/FjordvikKom/status/"
ID = "1902620805600833905"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def post(native: str = ID, text: str = "Hei", link: str = LINK + ID, figures: str = "") -> str:
    return f"{native},Thu Mar 20 2025,{text},{link},{figures or '85,2,4,1,1,6'}"


def test_own_replies_are_told_apart_and_lend_no_figures_to_the_posts(tmp_path: Path) -> None:
    reply = post("1902622306553184746", "@borger Takk", LINK + "1902622306553184746")
    staged = stage(write(tmp_path / "a.csv", HEADER, post(), reply))
    assert [found["impressions"] for found in staged.posts] == [85]
    (answer,) = staged.comments
    assert (answer["is_own"], answer["has_thread_links"]) == (True, False)
    assert "parent_native" not in answer
    assert any("holdt utenfor" in warning for warning in staged.warnings)


def test_a_post_that_mentions_somebody_further_in_is_no_reply(tmp_path: Path) -> None:
    staged = stage(write(tmp_path / "a.csv", HEADER, post(text=".@borger spurte")))
    assert (len(staged.posts), len(staged.comments)) == (1, 0)


def test_the_time_stands_in_the_id_whatever_the_date_has_become(tmp_path: Path) -> None:
    line = post().replace("Thu Mar 20 2025", "20.03.2025")
    (found,) = stage(write(tmp_path / "a.csv", HEADER, line)).posts
    assert found["published_at"] == "2025-03-20T07:18:43.697000+00:00"
    assert found["published_precision"] == "second"


def test_an_id_older_than_the_clock_in_ids_takes_the_day_of_the_file(tmp_path: Path) -> None:
    line = post("5500000001", link=LINK + "5500000001").replace("Thu Mar 20 2025", "Mon Nov 9 2009")
    (found,) = stage(write(tmp_path / "a.csv", HEADER, line)).posts
    assert (found["published_at"], found["published_precision"]) == (
        "2009-11-08T23:00:00+00:00", "day",
    )  # fmt: skip


def test_ghost_rows_vanish_but_not_when_they_hold_figures(tmp_path: Path) -> None:
    ghost = post("", "", LINK + "undefined", "0,0,0,0,0,0")
    damaged = post("", "", LINK + "undefined", "9,0,0,0,0,0")
    staged = stage(write(tmp_path / "a.csv", HEADER, post(), ghost, damaged))
    assert len(staged.posts) == 1
    assert [reject["line"] for reject in staged.rejects] == [4]


@pytest.mark.parametrize("damaged", ["1.90262E+18", "1902620805600830000", "1902620805600833905.0"])
def test_an_id_that_a_spreadsheet_destroyed_is_taken_from_the_link(
    tmp_path: Path, damaged: str
) -> None:
    staged = stage(write(tmp_path / "a.csv", HEADER, post(damaged), post(damaged, link="")))
    assert [found["post_native"] for found in staged.posts] == [ID]
    assert [reject["line"] for reject in staged.rejects] == [3]
    assert any("hentet fra lenken" in warning for warning in staged.warnings)


def test_a_link_without_a_name_gets_the_name_of_the_others(tmp_path: Path) -> None:
    other = "1902622306553184746"
    lines = post(), post(other, link=f"https://x.com/i/web/status/{other}")
    posts = stage(write(tmp_path / "a.csv", HEADER, *lines)).posts
    assert {found["account_handle"] for found in posts} == {"fjordvikkom"}


def test_words_among_the_figures_reject_the_row(tmp_path: Path) -> None:
    line = post(figures="mange,2,4,1,1,6")
    staged = stage(write(tmp_path / "a.csv", HEADER, line))
    assert "impressions" in staged.rejects[0]["reason"]


def test_what_is_not_measured_is_not_nought(tmp_path: Path) -> None:
    (found,) = stage(write(tmp_path / "a.csv", HEADER, post(figures='"1,085",-,,376.0,1,6'))).posts
    assert (found["impressions"], found["shares"]) == (1085, 376)
    assert {"reactions", "comments"}.isdisjoint(found)


def test_the_same_table_from_a_spreadsheet_loads(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Ark1")
        sheet.write_row(0, 0, HEADER.split(","))
        sheet.write_row(1, 0, [1.9026208056008339e18, "x", "Hei", LINK + ID, 85, 2, 4, 1, 1, 6])
    (found,) = stage(path).posts
    assert (found["post_native"], found["impressions"]) == (ID, 85)


def test_the_line_ends_of_windows_are_no_part_of_the_last_figure(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"{HEADER}\r\n{post()}\r\n".encode())
    assert stage(path).posts[0]["link_clicks"] == 6


def test_resaved_with_semicolons_and_an_unknown_column_it_is_read_and_said(tmp_path: Path) -> None:
    lines = (f"{HEADER},Nytt måltall".replace(",", ";"), f"{post()},7".replace(",", ";"))
    staged = stage(write(tmp_path / "a.csv", *lines))
    assert staged.posts[0]["extra"] == '{"Nytt måltall":7.0}'
    assert any("Nytt måltall" in warning for warning in staged.warnings)


def test_own_replies_are_no_sign_that_received_comments_are_in_hand(tmp_path: Path) -> None:
    reply = post("1902622306553184746", "@borger Takk", LINK + "1902622306553184746")
    path = write(tmp_path / "a.csv", HEADER, reply)
    assert load([path], data=tmp_path / "data").exit_code == 0
    assert rows(
        tmp_path / "data", "SELECT replies, items, has_comment_data FROM metric_data_coverage"
    ) == [(1, 0, False)]


DAYS = "Date,Impressions,Likes,Replies,Reposts,Create Post"


def test_days_that_a_spreadsheet_rewrote_are_read_when_they_prove_their_order(
    tmp_path: Path,
) -> None:
    lines = (f"{date},10,1,0,0,1" for date in ("3/21/2025", "3/2/2025"))
    days = stage(write(tmp_path / "a.csv", DAYS, *lines)).days
    assert {day["day"] for day in days} == {"2025-03-21", "2025-03-02"}


def test_days_that_can_be_read_in_two_ways_are_asked_about(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", DAYS, "3/2/2025,10,1,0,0,1")
    with pytest.raises(InputRequired) as asked:
        stage(path)
    assert asked.value.question == "is_day_first"
    assert {day["day"] for day in stage(path, is_day_first=True).days} == {"2025-02-03"}


def test_a_day_that_stands_twice_counts_once(tmp_path: Path) -> None:
    line = '"Fri, Mar 21, 2025",10,1,0,0,1'
    staged = stage(write(tmp_path / "a.csv", DAYS, line, line))
    assert (len(staged.days), len(staged.rejects)) == (5, 1)


def test_a_list_of_links_with_likes_is_not_ours(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "Date,Link,Likes", "Thu Mar 20 2025,https://x.com/a,1")
    with pytest.raises(UnsupportedFile, match="Ukjent format"):
        recognise(sample_of(path))


def test_a_row_without_its_day_is_rejected_though_it_holds_no_figure(tmp_path: Path) -> None:
    staged = stage(write(tmp_path / "a.csv", DAYS, '"Tue, Feb 1, 2022",9,1,1,1,2', ",-,-,-,-,-"))
    assert [row["line"] for row in staged.rejects] == [3]
