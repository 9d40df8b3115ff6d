"""Counts in exports that platforms really wrote; skipped where the folder is not at hand.

The numbers were counted by hand or with a plain csv reader, not by the code under test.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from etl.shapes import Refused
from tests.staged import stage

EXPORTS = Path(__file__).parents[2] / "shared" / "exports"

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
    "instagram/mbs_kairos_Mar-26-2025_Mar-26-2026_949104527769166.csv": (53, 0, 0),
    "instagram/mbs_oigetit_Mar-18-2025_Apr-14-2025_1019826952924933.csv": (78, 0, 0),
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
        with pytest.raises(Refused, match=expected):
            stage(EXPORTS / name)
        return
    staged = stage(EXPORTS / name)
    assert (len(staged.posts), len(staged.comments), len(staged.rejects)) == expected
    assert len({post["post_native"] for post in staged.posts}) == len(staged.posts)


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
