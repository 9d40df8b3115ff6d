"""Counts in exports that platforms really wrote; skipped where the folder is not at hand.

The numbers were counted by hand or with a plain csv reader, not by the code under test.
"""

from __future__ import annotations

import csv
from datetime import datetime

import pytest

from etl.ingest.staging import UnsupportedFile
from tests.support.paths import ROOT
from tests.support.staged import stage

EXPORTS = ROOT.parent / "shared" / "exports"

pytestmark = pytest.mark.skipif(
    not EXPORTS.is_dir(), reason="needs ../shared/exports, which is not part of the repository"
)

# file: (posts, comments, rejected rows), or a word of the reason for which it is refused
EXPECTED: dict[str, tuple[int, int, int] | str] = {
    "apify/dataset_facebook-comments-scraper_2024-04-25_15-10-54-200.xlsx": (0, 200, 0),
    "exportcomments/facebook-comments-example.xlsx": (0, 99, 0),
    "facebook/mbs_oigetit_Jan-14-2025_Apr-14-2025_1396269028466733.csv": (261, 0, 0),
    "facebook/mbs_sugarcane_Apr-02-2024_Jul-02-2024_665360019788100.csv": (59, 0, 0),
    "facebook/mbs_sugarcane_Oct-01-2024_Dec-31-2024_659394146642923.csv": (81, 0, 0),
    "facebook/mbs_sugarcane_OctToDec.csv": (81, 0, 0),
    "facebook/mbs_sugarcane_Sep-04-2024_Nov-04-2024_1223451109303636.csv": (31, 0, 0),
    "facebook/insights_postlevel_LOK_2017-10-22.xls": (12, 0, 0),
    "facebook/insights_postlevel_LOK_2017-11-19.xlsx": (47, 0, 0),
    "instagram/mbs_kairos_Mar-26-2025_Mar-26-2026_949104527769166.csv": (53, 0, 0),
    "instagram/mbs_oigetit_Mar-18-2025_Apr-14-2025_1019826952924933.csv": (78, 0, 0),
    "linkedin/shorthills-ai_content_1766385907708.xls": (168, 0, 0),
    "linkedin/shorthills-ai_followers_1766385928211.xls": (0, 0, 0),
    "linkedin/shorthills-ai_visitors_1766385917155.xls": (0, 0, 0),
    "meta_overview/fts_Audience.csv": "prosenter",
    "meta_overview/fts_Follows.csv": (0, 0, 0),
    "meta_overview/fts_Interactions.csv": "Facebook eller Instagram",
    "meta_overview/fts_Link clicks.csv": (0, 0, 0),
    "meta_overview/fts_Reach.csv": "Facebook eller Instagram",
    "meta_overview/fts_Views.csv": "Facebook eller Instagram",
    "meta_overview/fts_Visits.csv": (0, 0, 0),
    "x/kaiadevintern_account_analytics_content_2024-12-22_2025-03-22.csv": (103, 70, 0),
    "x/kaiadevintern_account_overview_analytics.csv": (0, 0, 0),
    "x/tweet_activity_metrics_EconomicsShiny_20220201_20220301_en.csv": (158, 2, 0),
    "tiktok/bosszy_Overview.csv": (0, 0, 0),
    "tiktok/bosszy_Overview.xlsx": (0, 0, 0),
    "tiktok/bosszy_temp_data_1777023477746.csv": (0, 0, 0),
    "tiktok/htupy_Content.csv": (13, 0, 0),
    "youtube/aigineer_sv/Innehåll 2024-08-13_2024-09-10 AIgineer/Tabelldata.csv": (57, 0, 0),
    "youtube/aigineer_sv/Innehåll 2024-08-13_2024-09-10 AIgineer/Diagramdata.csv": "per dag",
    "youtube/aigineer_sv/Innehåll 2024-08-13_2024-09-10 AIgineer/Totalt.csv": "per dag",
    "youtube/aigineer_sv/Datum 2024-08-13_2024-09-10 AIgineer/Tabelldata.csv": "«Datum»",
    "youtube/aigineer_sv/Innehållstyp 2024-08-13_2024-09-10 AIgineer/Tabelldata.csv": "«Inneh",
    "youtube/codingtrain_geography_Table data.csv": "«Geography»",
    "youtube/punetech_Table data.csv": (220, 0, 0),
    "youtube/raphaeloe_de_Tabellendaten.csv": (500, 0, 0),
    "youtube/sugarcane_Table data.csv": (498, 0, 0),
    "youtube_api/pyyoutube_comment_threads_comment_threads_all_to_me.json": (0, 4, 0),
    "youtube_api/pyyoutube_comment_threads_comment_threads_by_video_paged_1.json": (0, 5, 0),
    "youtube_api/pyyoutube_comment_threads_comment_threads_by_video_paged_2.json": (0, 5, 0),
    "youtube_api/pyyoutube_comment_threads_comment_threads_multi.json": (0, 2, 0),
    "youtube_api/pyyoutube_comments_comments_by_parent_paged_1.json": (0, 2, 0),
    "youtube_api/pyyoutube_comments_comments_by_parent_paged_2.json": (0, 1, 0),
    "youtube_api/pyyoutube_comments_comments_multi.json": (0, 2, 0),
    "youtube_api/pyyoutube_model_comment_thread_info.json": (0, 2, 0),
    "facebook_graph/nested_me_posts_fields_comments_v19_2024.json": (1, 6, 0),
    "facebook_graph/nested_single_post_from_missing_2022.json": (1, 1, 0),
    "facebook_graph/pyfacebook_comments_comment_info.json": (0, 1, 0),
    "facebook_graph/pyfacebook_comments_comments_info.json": (0, 2, 0),
    "facebook_graph/pyfacebook_comments_comments_p1.json": (0, 10, 0),
    "facebook_graph/pyfacebook_comments_comments_p2.json": (0, 5, 0),
    "facebook_graph/pyfacebook_model_comment.json": (0, 1, 0),
    "facebook_graph/pyfacebook_posts_feed_fields_p1.json": (5, 0, 0),
    "facebook_graph/pyfacebook_posts_feeds_default_fields_p1.json": (5, 0, 0),
    "facebook_graph/pyfacebook_posts_feeds_default_fields_p2.json": (5, 0, 0),
    "facebook_graph/pyfacebook_posts_single_post_data.json": (1, 0, 0),
    "facebook_graph/pyfacebook_ig_comments_comment_fields.json": (0, 1, 0),
    "facebook_graph/pyfacebook_ig_comments_comments_fields.json": (0, 2, 0),
    "facebook_graph/pyfacebook_ig_comments_replies.json": (0, 1, 0),
    "facebook_graph/pyfacebook_ig_medias_comments_p1.json": (0, 2, 0),
    "facebook_graph/pyfacebook_ig_medias_comments_p2.json": (0, 2, 0),
    "facebook_graph/pyfacebook_ig_medias_insights.json": "måltall",
    "facebook_graph/pyfacebook_ig_medias_insights_new.json": "måltall",
    "facebook_graph/pyfacebook_ig_medias_media_default.json": (1, 0, 0),
    "facebook_graph/pyfacebook_ig_medias_medias_fields.json": (2, 0, 0),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_export_gives_what_was_counted_in_it(name: str) -> None:
    expected = EXPECTED[name]
    if isinstance(expected, str):
        with pytest.raises(UnsupportedFile, match=expected):
            stage(EXPORTS / name)
        return
    staged = stage(EXPORTS / name)
    assert (len(staged.posts), len(staged.comments), len(staged.rejects)) == expected
    assert len({post["post_native"] for post in staged.posts}) == len(staged.posts)


# file: (days, first and last day, sum of the views or impressions)
ACCOUNT_DAYS = {
    "x/kaiadevintern_account_overview_analytics.csv": (271, "2024-06-24", "2025-03-21", 184942),
    "tiktok/bosszy_Overview.csv": (7, "2026-04-12", "2026-04-18", 7919),
    "tiktok/bosszy_Overview.xlsx": (7, "2026-04-12", "2026-04-18", 7919),
    "tiktok/bosszy_temp_data_1777023477746.csv": (7, "2026-04-16", "2026-04-22", 1),
}


@pytest.mark.parametrize("name", ACCOUNT_DAYS)
def test_a_real_export_of_days_gives_what_was_counted_in_it(name: str) -> None:
    days = stage(EXPORTS / name).days
    dates = sorted({day["day"] for day in days})
    views = sum(day["value"] for day in days if day["metric"] in ("views", "impressions"))
    assert (len(dates), dates[0], dates[-1], views) == ACCOUNT_DAYS[name]


def test_x_times_agree_with_what_the_old_site_wrote_beside_them() -> None:
    """`time` is to the minute; the id holds the same moment to the millisecond."""
    (path,) = (EXPORTS / "x").glob("tweet_activity_metrics_*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        written = {row["Tweet id"]: row["time"] for row in csv.DictReader(file)}
    staged = stage(path)
    found = {post["post_native"]: post["published_at"] for post in staged.posts}
    found |= {reply["comment_native"]: reply["created_at"] for reply in staged.comments}
    assert {key: f"{time[:10]} {time[11:16]} +0000" for key, time in found.items()} == written


def test_instagram_times_agree_with_the_clock_inside_the_links() -> None:
    """A shortcode holds the upload's moment; the post is out within the day (formats.md 0)."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    early = 0
    posts = stage(*sorted((EXPORTS / "instagram").glob("*.csv"))).posts
    for post in posts:
        number = 0
        for letter in post["permalink"].rstrip("/").rpartition("/")[2][:11]:
            number = number * 64 + alphabet.index(letter)
        uploaded = ((number >> 23) + 1314220021721) / 1000
        published = datetime.fromisoformat(post["published_at"]).timestamp()
        early += abs(published - uploaded) > 3600
    assert early <= len(posts) // 10


# file: (what is said of the account, {figure: (days, sum over the days)})
DAYS: dict[str, tuple[str | None, dict[str, tuple[int, int]]]] = {
    "linkedin/shorthills-ai_content_1766385907708.xls": (
        None,
        {
            "impressions": (365, 508103),
            "clicks": (365, 154740),
            "reactions": (365, 8530),
            "comments": (365, 329),
            "shares": (365, 55),
        },
    ),
    "linkedin/shorthills-ai_followers_1766385928211.xls": (
        None,
        {"followers_gained": (365, 2597)},
    ),
    "linkedin/shorthills-ai_visitors_1766385917155.xls": (None, {"visits": (365, 70006)}),
    "meta_overview/fts_Follows.csv": (None, {"followers_gained": (20, 2736)}),
    "meta_overview/fts_Interactions.csv": ("instagram:fts", {"interactions": (28, 53288)}),
    "meta_overview/fts_Link clicks.csv": (None, {"link_clicks": (28, 9838)}),
    "meta_overview/fts_Reach.csv": ("instagram:fts", {"reach": (28, 808076)}),
    "meta_overview/fts_Views.csv": ("instagram:fts", {"views": (28, 1117725)}),
    "meta_overview/fts_Visits.csv": (None, {"visits": (28, 7724)}),
}


@pytest.mark.parametrize("name", DAYS)
def test_figures_per_day_add_up_to_what_was_counted(name: str) -> None:
    said, expected = DAYS[name]
    found: dict[str, tuple[int, int]] = {}
    for row in stage(EXPORTS / name, hint=said).days:
        days, total = found.get(row["metric"], (0, 0))
        found[row["metric"]] = (days + 1, total + row["value"])
    assert found == expected


def test_figures_of_posts_add_up_to_what_was_counted() -> None:
    facebook = stage(EXPORTS / "facebook" / "insights_postlevel_LOK_2017-11-19.xlsx").posts
    linkedin = stage(EXPORTS / "linkedin" / "shorthills-ai_content_1766385907708.xls").posts
    names = ("impressions", "clicks", "reactions", "comments", "shares")
    sums = [
        [sum(post.get(name, 0) for post in posts) for name in names]
        for posts in (facebook, linkedin)
    ]
    assert sums == [[13853029, 682814, 121635, 9465, 22754], [416917, 149766, 8352, 330, 287]]
