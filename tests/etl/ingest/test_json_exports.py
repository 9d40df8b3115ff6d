"""Instagram Graph API and YouTube Data API: authors, threads and shapes; all invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.ingest.staging import UnsupportedFile
from tests.support.staged import Staged, stage

OWN = "fjordvikkommune"
CHANNEL = "UCfjordvikkommune00000001"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return tmp_path / "export.json"


def read(path: Path, value: Any, hint: str | None = None) -> Staged:
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return stage(path, hint=hint)


def insta(number: int = 1, **fields: Any) -> dict[str, Any]:
    """One comment of the Instagram Graph API."""
    usual = {"text": "Hei", "timestamp": "2025-03-20T08:00:00+0000"}
    return {"id": f"1789000000000{number:04}", **usual, **fields}


def media(*comments: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """One post of the Instagram Graph API with its comments."""
    usual = {"media_type": "IMAGE", "timestamp": "2025-03-18T08:00:00+0000", "username": OWN}
    return {"id": "18300000000000011", **usual, "comments": {"data": list(comments)}, **fields}


def words(author: str | None = "UCoppdiktet0000000000001", **fields: Any) -> dict[str, Any]:
    """The snippet of a comment on YouTube."""
    channel = {"authorChannelId": {"value": author}} if author else {}
    return {"textOriginal": "Hei", "publishedAt": "2025-01-20T12:00:00Z", **channel, **fields}


def thread(
    author: str | None = "UCoppdiktet0000000000001", channel: str | None = CHANNEL, **replies: Any
) -> dict[str, Any]:
    """One thread of the YouTube Data API."""
    top = {"id": "UgFjordvik01", "snippet": words(author)}
    snippet: dict[str, Any] = {
        "videoId": "FjAbCdEfG01",
        "topLevelComment": top,
        "totalReplyCount": 0,
    }
    if channel:
        snippet["channelId"] = channel
    return {"kind": "youtube#commentThread", "id": "UgFjordvik01", "snippet": snippet, **replies}


def own(staged: Staged) -> list[bool | None]:
    return [comment.get("is_own") for comment in staged.comments]


def test_the_account_is_known_by_the_posts_own_user_name(export: Path) -> None:
    staged = read(export, media(insta(1, username="oppdiktet"), insta(2, username=OWN.upper())))
    assert own(staged) == [False, True]


def test_without_posts_the_account_is_the_one_that_was_named(export: Path) -> None:
    comments = {"data": [insta(1, username="oppdiktet"), insta(2, username=OWN)]}
    assert own(read(export, comments)) == [None, None]
    assert own(read(export, comments, hint=f"instagram:@{OWN}")) == [False, True]


def test_an_account_named_by_number_is_compared_with_numbers_only(export: Path) -> None:
    comments = {"data": [insta(1, username=OWN), insta(2, **{"from": {"id": "178414"}})]}
    assert own(read(export, comments, hint="instagram:178414")) == [None, True]


def test_where_some_have_authors_those_without_are_other_people(export: Path) -> None:
    assert own(read(export, media(insta(1), insta(2, username=OWN)))) == [False, True]


def test_where_nobody_has_an_author_nothing_is_said(export: Path) -> None:
    assert own(read(export, media(insta(1), insta(2)))) == [None, None]


def test_default_fields_cannot_tell_whom_a_reply_answers(export: Path) -> None:
    assert [c["has_thread_links"] for c in read(export, {"data": [insta()]}).comments] == [False]
    linked = read(export, {"data": [insta(parent_id="17890000000000009")]}).comments[0]
    assert (linked["has_thread_links"], linked["root_native"]) == (True, "17890000000000009")


def test_replies_that_stand_on_a_further_page_are_told(export: Path) -> None:
    nested = insta(1, replies={"data": [insta(2)], "paging": {"next": "https://x/?access_token=y"}})
    assert [c["has_more"] for c in read(export, media(nested)).comments] == [True, False]


def test_comments_that_stand_on_a_further_page_make_the_post_incomplete(export: Path) -> None:
    paged = media(comments={"data": [insta()], "paging": {"next": "https://x"}})
    assert read(export, paged).posts[0]["comments_complete"] is False


def test_pictures_of_an_album_are_no_posts(export: Path) -> None:
    album = media(children={"data": [{"id": "18300000000000012", "media_type": "IMAGE"}]})
    assert len(read(export, album).posts) == 1


@pytest.mark.parametrize(
    "shape",
    [
        lambda one, two: {"data": [one, two]},
        lambda one, two: [one, two],
        lambda one, two: [{"data": [one]}, {"data": [two]}],
        lambda one, two: {one["id"]: one, two["id"]: two},
        lambda one, two: f"{json.dumps(one)}\n{json.dumps(two)}\n",
    ],
    ids=["data", "list", "pages", "keyed by id", "lines"],
)
def test_every_wrapping_gives_the_same_comments(export: Path, shape: Any) -> None:
    staged = read(
        export, shape(insta(1, username="a"), insta(2, text="@Kari.O takk", username="b"))
    )
    assert [(c["line"], c["comment_native"][-1]) for c in staged.comments] == [(1, "1"), (2, "2")]
    assert staged.comments[1]["mention_names"] == ["kari.o"]


def test_a_byte_order_mark_is_no_part_of_the_file(export: Path) -> None:
    export.write_text(json.dumps({"data": [insta(1, username="a")]}), encoding="utf-8-sig")
    assert len(stage(export).comments) == 1


def test_an_e_mail_address_is_no_mention(export: Path) -> None:
    comment = read(export, insta(text="Skriv til post@fjordvik.example", username="a")).comments[0]
    assert comment["mention_names"] == []


def test_a_key_of_another_kind_is_refused_without_quoting_it(export: Path) -> None:
    with pytest.raises(UnsupportedFile, match="et objekt") as refusal:
        read(export, {"data": [insta(1, **{"from": "Kari Oppdiktet"})]})
    assert "Kari" not in str(refusal.value)


def test_a_file_cut_in_the_middle_is_refused(export: Path) -> None:
    with pytest.raises(UnsupportedFile, match="ikke hel"):
        read(export, json.dumps({"data": [insta(n) for n in range(3)]})[:-40])


@pytest.mark.parametrize("shift", range(4))
def test_a_message_that_is_cut_inside_a_letter_is_a_refusal_too(export: Path, shift: int) -> None:
    words = "x" * shift + "😀" * 400
    text = json.dumps({"data": [insta(1) | {"replies": words}]}, ensure_ascii=False)
    with pytest.raises(UnsupportedFile):
        read(export, text)


def test_a_comment_without_a_time_is_rejected_with_its_number(export: Path) -> None:
    staged = read(
        export, {"data": [insta(1, username="a"), {"id": "17890000000000002", "text": "x"}]}
    )
    assert [(reject["line"], "tidspunkt" in reject["reason"]) for reject in staged.rejects] == [
        (2, True)
    ]


def test_insights_by_themselves_are_refused(export: Path) -> None:
    figure = {"id": "18300000000000011/insights/reach/lifetime", "name": "reach", "values": []}
    with pytest.raises(UnsupportedFile, match="måltall"):
        read(export, {"data": [figure]})


def test_the_channel_answers_where_the_thread_names_it(export: Path) -> None:
    reply = {"id": "UgFjordvik01.a1", "snippet": words(CHANNEL, parentId="UgFjordvik01")}
    staged = read(export, {"items": [thread(replies={"comments": [reply]})]})
    assert own(staged) == [False, True]
    assert {comment["root_native"] for comment in staged.comments} == {"UgFjordvik01"}
    assert staged.comments[1]["permalink"].endswith("&lc=UgFjordvik01.a1")


def test_without_the_channel_nothing_is_said_unless_it_was_named(export: Path) -> None:
    page = {"items": [thread(CHANNEL, channel=None)], "kind": "youtube#commentThreadListResponse"}
    assert own(read(export, page)) == [None]
    assert own(read(export, page, hint=f"youtube:{CHANNEL}")) == [True]
    assert own(read(export, page, hint="youtube:@fjordvik")) == [None]


def test_a_comment_without_an_author_is_no_answer_of_the_channel(export: Path) -> None:
    reply = {"id": "UgFjordvik01.a1", "snippet": words(None)}
    assert own(read(export, thread(replies={"comments": [reply]}))) == [False, False]
    assert own(read(export, thread(None, replies={"comments": [reply]}))) == [None, None]


def test_replies_fetched_apart_know_their_thread(export: Path) -> None:
    replies = [
        {
            "kind": "youtube#comment",
            "id": "UgFjordvik01.a1",
            "snippet": words(parentId="UgFjordvik01"),
        },
        {"kind": "youtube#comment", "id": "UgFjordvik01.a2", "snippet": words()},
        {"kind": "youtube#comment", "id": "UgFjordvik09", "snippet": words()},
    ]
    staged = read(export, {"kind": "youtube#commentListResponse", "items": replies})
    assert [c.get("parent_native") for c in staged.comments] == [
        "UgFjordvik01",
        "UgFjordvik01",
        None,
    ]


def test_announced_replies_are_kept_so_that_missing_ones_are_seen(export: Path) -> None:
    one = thread()
    one["snippet"]["totalReplyCount"] = 7
    assert read(export, one).comments[0]["replies_announced"] == 7


def test_text_as_html_is_made_plain(export: Path) -> None:
    one = thread()
    one["snippet"]["topLevelComment"]["snippet"] |= {
        "textOriginal": None, "textDisplay": "a &lt;b&gt;<br>&amp;quot; <b>c</b>",
    }  # fmt: skip
    assert read(export, one).comments[0]["text"] == "a <b>\n&quot; c"


def test_a_list_of_videos_is_refused_by_its_name(export: Path) -> None:
    with pytest.raises(UnsupportedFile, match="videoListResponse"):
        read(export, {"kind": "youtube#videoListResponse", "items": [{"kind": "youtube#video"}]})
