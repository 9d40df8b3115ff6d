"""The video export of Meta Business Suite: one post with the one that shows the video."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.ingest.staging import UnsupportedFile
from etl.pipeline import load
from tests.etl.warehouse.test_answers import rows
from tests.support.paths import FIXTURES
from tests.support.staged import stage

VIDEOS = FIXTURES / "meta_business_suite_videos" / "english.csv"
HEAD = "Video asset ID,Page ID,Page name,Title,Publish time,Date,Reach,Reactions,Comments,Shares\n"
POSTS = (
    "Post ID,Page ID,Page name,Title,Publish time,Permalink,Post type,Date,Reach,"
    '"Reactions, Comments and Shares",Reactions,Comments,Shares\n'
)
POST = (
    "122100000000000{n},100000000000077,Fjordvik,{title},03/1{n}/2026 02:15,{link},"
    "Videos,Lifetime,700,6,4,1,1\n"
)


def videos(path: Path, *ids: str, period: str = "Lifetime") -> Path:
    lines = [
        f"{one},100000000000077,Fjordvik,Slik,03/1{at}/2026 02:15,{period},9,4,1,1\n"
        for at, one in enumerate(ids, 2)
    ]
    path.write_text(HEAD + "".join(lines))
    return path


@pytest.mark.parametrize("link", ["reel/{v}/", "fjordvik/videos/{v}/", "watch/?v={v}"])
def test_a_video_and_the_post_that_shows_it_are_one_post(
    data_dir: Path, tmp_path: Path, link: str
) -> None:
    posts = tmp_path / "innlegg.csv"
    place = "https://www.facebook.com/" + link.format(v="900000000000001")
    other = "https://www.facebook.com/fjordvik/posts/4"
    posts.write_text(
        POSTS
        + POST.format(n=2, title="Slik sorterer du", link=place)
        + POST.format(n=4, title="Ny skole", link=other)
    )
    load([VIDEOS, posts])
    found = rows(data_dir, "SELECT post_id, reactions, video_views FROM posts ORDER BY post_id")
    assert found == [("facebook:1221000000000002", 4, 420), ("facebook:1221000000000004", 4, None)]
    load([videos(tmp_path / "flere.csv", "900000000000001", "900000000000009")])
    found = rows(data_dir, "SELECT post_id FROM posts ORDER BY post_id")
    assert [post_id for (post_id,) in found] == [
        "facebook:1221000000000002", "facebook:1221000000000004", "facebook:900000000000009",
    ]  # fmt: skip


def test_a_video_without_its_post_is_a_post(data_dir: Path) -> None:
    load([VIDEOS])
    assert rows(data_dir, "SELECT post_id, reach, reactions, comments, shares FROM posts") == [
        ("facebook:900000000000001", 800, 40, 5, 3)
    ]


def test_ids_that_a_spreadsheet_rounded_are_refused_row_by_row(tmp_path: Path) -> None:
    staged = stage(videos(tmp_path / "v.csv", *(f"90000000000000{n}000" for n in range(3))))
    assert [one["reason"].code for one in staged.rejects] == ["id_lost_in_spreadsheet"] * 3
    staged = stage(videos(tmp_path / "v.csv", "9.00E+14", "900000000000001"))
    assert len(staged.posts) == 1


def test_rows_per_day_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFile):
        stage(videos(tmp_path / "v.csv", "900000000000001", period="03/12/2026"))
