"""Bluesky, Mastodon, Threads and Meta's download: threads, accounts and odd files; all invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from etl.ingest.staging import InputRequired, UnsupportedFile
from tests.etl.pseudonymization.test_writer_ids import (
    ASKED,
    HANDLE,
    OWN,
    POST,
    SENTINEL,
    STRANGER,
    sky,
    thread,
    toot,
)
from tests.support.graph_threads import write
from tests.support.staged import Staged, stage

FAR = "at://did:plc:ola/app.bsky.feed.post/"


def read(folder: Path, value: Any, hint: str | None = None) -> Staged:
    return stage(write(folder, value), hint=hint)


def linked(staged: Staged) -> dict[str, tuple[Any, ...]]:
    """Per comment its thread, what it answers, and whether the file tells."""
    return {
        one["comment_native"].rpartition("/")[2]: (
            one["root_native"].rpartition("/")[2],
            one.get("parent_native", "").rpartition("/")[2],
            one["has_thread_links"],
        )
        for one in staged.comments
    }


def nested(depth: int) -> dict[str, Any]:
    """A conversation in which every message answers the one before."""
    below: list[dict[str, Any]] = []
    for number in range(depth, 0, -1):
        above = FAR + str(number - 1) if number > 1 else POST
        replies = len(below)
        below = [
            {"post": sky(FAR + str(number), 1, "x", above, replyCount=replies), "replies": below}
        ]
    return thread(*below)


def test_a_deep_conversation_is_one_thread(tmp_path: Path) -> None:
    staged = read(tmp_path, nested(40))
    assert {one["root_native"] for one in staged.comments} == {FAR + "1"}
    assert linked(staged)["40"] == ("1", "39", True)
    assert not any(one["has_more"] for one in staged.comments)


def test_a_circle_of_links_ends(tmp_path: Path) -> None:
    one, two = sky(FAR + "1", 1, "x", FAR + "2"), sky(FAR + "2", 1, "x", FAR + "1")
    staged = read(tmp_path, thread({"post": one}, {"post": two}))
    assert linked(staged) == {"1": ("1", "2", False), "2": ("2", "1", False)}


def test_a_thread_fetched_from_its_middle_knows_its_beginning(tmp_path: Path) -> None:
    top = {"post": sky(POST, 0, "Nytt", replyCount=1)}
    middle = {"post": sky(ASKED, 1, "Når?", POST), "parent": top, "replies": []}
    staged = read(tmp_path, {"thread": middle})
    assert [post["post_native"] for post in staged.posts] == [POST]
    assert linked(staged) == {"3kask1": ("3kask1", "", True)}


@pytest.mark.parametrize("hint", [HANDLE.upper(), f"@{HANDLE}", OWN, HANDLE.partition(".")[0]])
def test_the_account_is_the_one_that_was_named(tmp_path: Path, hint: str) -> None:
    stranger = sky(ASKED, 1, "Fin tur", replyCount=1)
    reply = sky(POST + "9", 2, "Takk", ASKED)
    reply["record"]["reply"]["root"]["uri"] = ASKED
    whole = {"thread": {"post": stranger, "replies": [{"post": reply}]}}
    staged = read(tmp_path, whole, hint=f"bluesky:{hint}")
    assert staged.posts == []
    assert [(one["is_own"], "post_native" in one) for one in staged.comments] == [(True, False)]
    assert SENTINEL not in staged.comments[0]["permalink"]


def test_a_context_fetched_from_its_middle_knows_its_beginning(tmp_path: Path) -> None:
    context = {
        "ancestors": [
            toot(500100, "fjordvik", "Nytt", None),
            toot(500101, SENTINEL, "Når?", 500100),
        ],
        "descendants": [toot(500103, SENTINEL, "Og?", 500102)],
    }
    staged = read(tmp_path, context)
    assert [post["post_native"] for post in staged.posts] == ["500100"]
    assert linked(staged) == {
        "500101": ("500101", "", True),
        "500103": ("500101", "500102", True),
    }


def test_a_strangers_mastodon_thread_is_refused(tmp_path: Path) -> None:
    context = {
        "ancestors": [toot(1, SENTINEL, "Tur", None)],
        "descendants": [toot(3, SENTINEL, "Ja", 2)],
    }
    with pytest.raises(UnsupportedFile, match="startet av noen andre"):
        read(tmp_path, context, hint="mastodon:fjordvik@toot.example")


def test_own_numbers_are_those_of_the_accounts_own_server(tmp_path: Path) -> None:
    """Another server counts in its own way; the address says what the account's server says."""
    elsewhere = toot(37, "fjordvik", "Nytt", None)
    elsewhere["uri"] = "https://toot.example/users/fjordvik/statuses/500100"
    assert read(tmp_path, [elsewhere]).posts[0]["post_native"] == "500100"


def test_an_empty_context_is_an_empty_file(tmp_path: Path) -> None:
    staged = read(tmp_path, {"ancestors": [], "descendants": []}, hint="mastodon:fjordvik")
    assert (staged.posts, staged.comments) == ([], [])


def said(number: int, user: str | None, above: int = 100, **more: Any) -> dict[str, Any]:
    """One message under a post on Threads."""
    return {
        "id": f"17900000000000{number}", "text": "Hei", "timestamp": "2026-03-02T08:00:00+0000",
        "username": user, "is_reply": True, "root_post": {"id": "17900000000000100"},
        "replied_to": {"id": f"17900000000000{above}"}, **more,
    }  # fmt: skip


def test_threads_tells_who_the_account_is_by_what_it_owns(tmp_path: Path) -> None:
    data = [
        said(101, "kari", is_reply_owned_by_me=False),
        said(102, "F", 101, is_reply_owned_by_me=True),
    ]
    assert [one["is_own"] for one in read(tmp_path, {"data": data}).comments] == [False, True]


def test_threads_without_an_account_or_authors_says_nothing(tmp_path: Path) -> None:
    nobody = read(tmp_path, {"data": [said(101, "kari"), said(102, "f", 101)]}).comments
    assert [one.get("is_own") for one in nobody] == [None, None]
    nameless = read(tmp_path, {"data": [said(101, None)]}, hint="threads:f").comments
    assert [one.get("is_own") for one in nameless] == [None]


def test_own_replies_alone_name_no_post_of_a_stranger(tmp_path: Path) -> None:
    alone = read(tmp_path, {"data": [said(101, "f", is_reply_owned_by_me=True)]}).comments[0]
    assert "post_native" not in alone
    assert alone["is_own"] is True


def test_what_a_screen_showed_needs_an_account(tmp_path: Path) -> None:
    line = {"source_platform": "threads.net", "item_id": "x", "data": {"pk": "1", "code": "x"}}
    with pytest.raises(InputRequired) as refusal:
        read(tmp_path, line)
    assert refusal.value.question == "account"


def download(text: str, author: str = "Fjordvik", seconds: int = 1742288400) -> dict[str, Any]:
    """One comment of a Facebook download."""
    said = {"timestamp": seconds, "comment": text, "author": author}
    return {"timestamp": seconds, "title": "Kari Oppdiktet", "data": [{"comment": said}]}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("r\u00c3\u00b8d gr\u00c3\u00b8t \u00f0\u009f\u0091\u008d", "rød grøt 👍"),
        ("rød grøt", "rød grøt"),  # whole already: no UTF-8 in it
        ("rød 👍", "rød 👍"),
        ("Ã¦ og 👍", "Ã¦ og 👍"),  # a letter that is no byte: nothing to mend
        ("vanlig", "vanlig"),
        ("to\nlinjer \u00c3\u00a5", "to\nlinjer å"),
    ],
)
def test_letters_that_meta_took_apart_are_put_together(
    tmp_path: Path, written: str, meant: str
) -> None:
    staged = read(tmp_path, {"comments_v2": [download(written)]}, hint="facebook:fjordvik")
    assert [one["text"] for one in staged.comments] == [meant]


def test_the_same_reply_in_two_downloads_is_one(tmp_path: Path) -> None:
    first = {"comments_v2": [download("Takk"), download("Takk")]}
    second = {"comments_v2": [download("Nyere", seconds=1742289000), *first["comments_v2"]]}
    found = [
        {one["comment_native"] for one in read(tmp_path, whole, hint="facebook:f").comments}
        for whole in (first, second)
    ]
    assert len(found[0]) == 2
    assert found[0] < found[1]


def test_a_download_of_several_people_is_refused(tmp_path: Path) -> None:
    two = {"comments_v2": [download("Hei"), download("Hei", "Kari Oppdiktet")]}
    with pytest.raises(UnsupportedFile, match="flere enn én konto"):
        read(tmp_path, two, hint="facebook:fjordvik")


def test_whom_a_download_answers_is_not_kept(tmp_path: Path) -> None:
    staged = read(tmp_path, {"comments_v2": [download("Hei")]}, hint="facebook:fjordvik")
    assert "Kari" not in str(staged.comments)
    assert STRANGER not in str(staged.comments)
