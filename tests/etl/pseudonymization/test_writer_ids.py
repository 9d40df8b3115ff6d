"""Where ids and links name who wrote, neither passes the import line, and threads still hold."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from etl.operations import erasure as erasing
from etl.pipeline import load
from tests.support.graph_threads import write
from tests.support.lake_contents import everything, rows
from tests.support.staged import stage

OWN = "did:plc:fjordvik0000000000000001"
HANDLE = "fjordvik.kommune.example"
SENTINEL = "sentinella"
STRANGER = f"did:plc:{SENTINEL}00000000000001"
NAME = "Sentinella Navnesen"
POST = f"at://{OWN}/app.bsky.feed.post/3kpost1"
ASKED = f"at://{STRANGER}/app.bsky.feed.post/3kask1"
REPLY = f"at://{OWN}/app.bsky.feed.post/3krep1"


def sky(uri: str, minute: int, text: str, above: str | None = None, **more: Any) -> dict[str, Any]:
    """One post as the API shows it; `above` is what it replies to, under the account's post."""
    did = uri.split("/")[2]
    writer = {"did": did, "handle": HANDLE, "displayName": "Fjordvik kommune"}
    if did != OWN:
        writer = {"did": did, "handle": f"{SENTINEL}.bsky.example", "displayName": NAME}
    record: dict[str, Any] = {"createdAt": f"2026-03-02T08:{minute:02}:00.000Z", "text": text}
    if above:
        record["reply"] = {"root": {"uri": POST}, "parent": {"uri": above}}
    return {"uri": uri, "author": writer, "record": record, "replyCount": 0, **more}


def thread(*replies: dict[str, Any]) -> dict[str, Any]:
    """The account's post with what stands below it."""
    post = sky(POST, 0, "Nytt badeland", replyCount=len(replies))
    return {"thread": {"post": post, "replies": list(replies)}}


def asked(*replies: dict[str, Any], text: str = "Når åpner badet?") -> dict[str, Any]:
    """A stranger's question with what stands below it."""
    return {"post": sky(ASKED, 1, text, POST, replyCount=len(replies)), "replies": list(replies)}


def answered(text: str = f"Hei {NAME}! På fredag.") -> dict[str, Any]:
    """The account's answer to the question."""
    return {"post": sky(REPLY, 9, text, ASKED), "replies": []}


def feed(*posts: dict[str, Any]) -> dict[str, Any]:
    """What the account wrote, with what each answers beside it."""
    root = sky(POST, 0, "Nytt badeland", replyCount=1)
    question = sky(ASKED, 1, "Når åpner badet?", POST, replyCount=1)
    return {"feed": [{"post": post, "reply": {"root": root, "parent": question}} for post in posts]}


def no_trace(data: Path, *printed: str) -> bool:
    """Nothing under the data folder, and nothing that was printed, leads to the stranger."""
    found = everything(data) + "".join(printed)
    return not any(
        word in found
        for word in (SENTINEL, "Sentinella", "Navnesen", "3kask", "app.bsky.feed.post/3kask")
    )


def dated(path: Path, day: int) -> Path:
    """The file as if it had been exported that day of March."""
    moment = datetime(2026, 3, day, tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_nothing_that_leads_to_a_writer_on_bluesky_passes_the_import_line(
    data_dir: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = {
        "post": sky(ASKED + "2", 1, NAME, POST) | {"record": {"reply": {"root": {"uri": POST}}}}
    }
    signed = f"Når åpner badet? Hilsen {NAME}, @{SENTINEL}.bsky.example"
    path = write(tmp_path, thread(asked(answered(), text=signed), broken))
    assert main(["load", "--json", str(path)]) == 0
    assert rows(data_dir, "SELECT count(*) FROM items") == [(1,)]
    assert rows(data_dir, "SELECT count(*) FROM rejected_rows") == [(1,)]
    assert rows(data_dir, "SELECT permalink FROM items") == [
        (f"https://bsky.app/profile/{OWN}/post/3kpost1",)
    ]
    assert no_trace(data_dir, *capfd.readouterr())


def test_the_answer_of_a_later_import_meets_its_question(data_dir: Path, tmp_path: Path) -> None:
    load([dated(write(tmp_path, thread(asked()), "trad.json"), 3)])
    assert rows(data_dir, "SELECT answered_at IS NULL, link_state FROM items") == [(True, "linked")]
    load([dated(write(tmp_path, feed(sky(REPLY, 9, "På fredag.", ASKED)), "feed.json"), 4)])
    assert rows(data_dir, "SELECT answered_at IS NULL, link_state FROM items") == [
        (False, "linked")
    ]
    assert rows(data_dir, "SELECT count(DISTINCT thread_id), count(*) FROM replies") == [(1, 1)]
    assert no_trace(data_dir)


def test_an_export_that_cannot_place_a_reply_does_not_move_it(
    data_dir: Path, tmp_path: Path
) -> None:
    """A feed tells only the message right above a reply; the thread told where it begins."""
    below = f"at://{STRANGER}/app.bsky.feed.post/3kask2"
    further = {"post": sky(below, 5, "Og i helgene?", ASKED, replyCount=1), "replies": [
        {"post": sky(REPLY, 9, "Ja.", below), "replies": []}]}  # fmt: skip
    load([dated(write(tmp_path, thread(asked(further)), "trad.json"), 3)])
    alone = {"feed": [{"post": sky(REPLY, 9, "Ja.", below)}]}
    load([dated(write(tmp_path, alone, "feed.json"), 4)])
    assert rows(data_dir, "SELECT count(DISTINCT thread_id) FROM items") == [(1,)]
    assert rows(data_dir, "SELECT answered_at IS NOT NULL FROM items") == [(True,), (True,)]


def test_a_reply_that_is_hidden_may_be_the_answer(data_dir: Path, tmp_path: Path) -> None:
    blocked = {"$type": "app.bsky.feed.defs#blockedPost", "uri": REPLY, "blocked": True}
    load([write(tmp_path, thread(asked(blocked)))])
    assert rows(data_dir, "SELECT link_state FROM items") == [("cannot_link",)]


def test_shared_posts_and_strangers_threads_are_not_the_accounts(tmp_path: Path) -> None:
    shared = {"post": sky(ASKED, 1, "Delt"), "reason": {"$type": "reasonRepost"}}
    own = {"post": sky(POST, 0, "Eget")}
    staged = stage(write(tmp_path, {"feed": [shared, own]}))
    assert [post["post_native"] for post in staged.posts] == [POST]
    assert staged.comments == []


def test_a_strangers_thread_without_the_account_is_refused(data_dir: Path, tmp_path: Path) -> None:
    alone = {"thread": {"post": sky(ASKED, 1, "Fin tur"), "replies": []}}
    report = load([write(tmp_path, alone)], account=f"bluesky:@{HANDLE}")
    assert "startet av noen andre" in (report.files[0].reason or "")
    assert no_trace(data_dir)


def test_the_account_answers_in_a_strangers_thread(data_dir: Path, tmp_path: Path) -> None:
    post = sky(REPLY, 9, "Takk!", ASKED)
    post["record"]["reply"]["root"]["uri"] = ASKED
    alone = {"thread": {"post": sky(ASKED, 1, "Fin tur"), "replies": [{"post": post}]}}
    load([write(tmp_path, alone)], account=f"bluesky:@{HANDLE}")
    assert rows(data_dir, "SELECT count(*) FROM items") == [(0,)]
    assert rows(data_dir, "SELECT account_id FROM replies") == [(f"bluesky:{OWN}",)]
    assert no_trace(data_dir)


@pytest.mark.parametrize(
    "link", [ASKED, f"https://bsky.app/profile/{STRANGER}/post/3kask1", f"bluesky:{ASKED}"]
)
def test_a_comment_is_erased_by_the_link_that_its_writer_knows(
    data_dir: Path, tmp_path: Path, link: str
) -> None:
    path = write(tmp_path, thread(asked(answered())))
    load([path])
    erasing.erase(data_dir, link, progress=lambda _part, _what: None)
    assert rows(data_dir, "SELECT text, answered_at IS NOT NULL FROM items") == [(None, True)]
    assert "Når åpner badet" not in everything(data_dir)


def toot(number: int, writer: str, text: str, above: int | None, **more: Any) -> dict[str, Any]:
    """One status; the stranger writes on another server."""
    host = "toot.example" if writer == "fjordvik" else "annen.example"
    person = {
        "id": "1" if writer == "fjordvik" else "778899",
        "acct": writer if writer == "fjordvik" else f"{writer}@{host}",
        "username": writer,
        "url": f"https://{host}/@{writer}",
        "display_name": "Fjordvik kommune" if writer == "fjordvik" else NAME,
    }
    return {
        "id": str(number),
        "created_at": f"2026-03-02T08:{number % 100:02}:00Z",
        "in_reply_to_id": above and str(above),
        "in_reply_to_account_id": "1" if above == 500100 else above and "778899",
        "visibility": "public",
        "uri": f"https://{host}/users/{writer}/statuses/{number}",
        "url": f"https://{host}/@{writer}/{number}",
        "content": f"<p>{text}</p>",
        "account": person,
        "replies_count": 0,
        **more,
    }  # fmt: skip


def test_nothing_that_leads_to_a_writer_on_mastodon_passes_the_import_line(
    data_dir: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    tagged = f'<a href="https://annen.example/@{SENTINEL}">@<span>{SENTINEL}</span></a> {NAME}: 10'
    context = {
        "ancestors": [],
        "descendants": [
            toot(500101, SENTINEL, "Når åpner dere?", 500100, replies_count=2),
            toot(500102, "fjordvik", tagged, 500101),
            toot(500103, SENTINEL, "Hemmelig", 500102, visibility="direct"),
            toot(500104, SENTINEL, "Uten tid", 500100, created_at=SENTINEL),
        ],
    }
    write(tmp_path / "mastodon" / "fjordvik@toot.example", context)
    assert main(["load", "--json", str(tmp_path)]) == 0
    assert rows(data_dir, "SELECT post_id, permalink, answered_at IS NOT NULL FROM items") == [
        ("mastodon:500100", "https://toot.example/@fjordvik/500100", True)
    ]
    assert rows(data_dir, "SELECT text FROM replies") == [("@… @…: 10",)]
    found = everything(data_dir) + "".join(capfd.readouterr())
    for secret in (SENTINEL, NAME, "Hemmelig", "500101", "778899", "annen.example"):
        assert secret not in found, secret


def test_the_archive_does_not_take_a_mastodon_reply_out_of_its_thread(
    data_dir: Path, tmp_path: Path
) -> None:
    actor = "https://toot.example/users/fjordvik"
    everybody = ["https://www.w3.org/ns/activitystreams#Public"]
    note = {
        "id": f"{actor}/statuses/500102", "url": "https://toot.example/@fjordvik/500102",
        "type": "Note", "inReplyTo": f"https://annen.example/users/{SENTINEL}/statuses/9",
        "published": "2026-03-02T08:02:00Z", "content": "<p>På fredag.</p>",
    }  # fmt: skip
    activity = {"type": "Create", "actor": actor, "to": everybody, "cc": [], "object": note}
    context = {
        "ancestors": [],
        "descendants": [
            toot(500101, SENTINEL, "Når åpner dere?", 500100, replies_count=1),
            toot(500102, "fjordvik", "På fredag.", 500101),
        ],
    }
    archive = {"type": "OrderedCollection", "orderedItems": [activity]}
    load([dated(write(tmp_path, archive, "outbox.json"), 5)])
    assert rows(data_dir, "SELECT count(*) FROM replies") == [(1,)]
    load([dated(write(tmp_path, context, "context.json"), 4)], account="mastodon:fjordvik")
    assert rows(data_dir, "SELECT answered_at IS NOT NULL FROM items") == [(True,)]
    assert rows(data_dir, "SELECT count(*) FROM replies") == [(1,)]
    assert rows(data_dir, "SELECT account_id FROM accounts") == [
        ("mastodon:fjordvik@toot.example",)
    ]


def test_nothing_that_leads_to_a_writer_on_threads_passes_the_import_line(
    data_dir: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def said(number: int, writer: str, text: str, above: int) -> dict[str, Any]:
        return {
            "id": f"17900000000000{number}", "username": writer, "text": text,
            "timestamp": f"2026-03-02T08:{number % 60:02}:00+0000", "is_reply": True,
            "permalink": f"https://www.threads.com/@{writer}/post/Code{number}",
            "root_post": {"id": "17900000000000100"}, "has_replies": writer == SENTINEL,
            "replied_to": {"id": f"17900000000000{above}"},
        }  # fmt: skip

    page = {
        "data": [
            said(102, "fjordvik", f"@{SENTINEL} klokka 10", 101),
            said(101, SENTINEL, "Når åpner dere?", 100),
            said(103, SENTINEL, "Uten tid", 100) | {"timestamp": SENTINEL},
        ]
    }
    write(tmp_path / "threads" / "Fjordvik", page)
    assert main(["load", "--json", str(tmp_path)]) == 0
    assert rows(data_dir, "SELECT permalink, answered_at IS NOT NULL FROM items") == [
        ("https://www.threads.com/@fjordvik", True)
    ]
    found = everything(data_dir) + "".join(capfd.readouterr())
    for secret in (SENTINEL, "17900000000000101", "Code101"):
        assert secret not in found, secret
