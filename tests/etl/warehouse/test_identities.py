"""Any name of an account in the register shows that it wrote (formats.md 7.1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from etl.pipeline import load
from tests.etl.pseudonymization.test_writer_ids import ASKED, OWN, POST, SENTINEL, sky, toot
from tests.support.graph_threads import write
from tests.support.lake_contents import rows

REGISTER = """account_id;platform;url;kind;identities
facebook:501;facebook;https://www.facebook.com/501;official;354526120187099
facebook:502;facebook;https://www.facebook.com/BeninExcellence/;official;
facebook:503;facebook;https://www.facebook.com/profile.php?id=503000;official;Fjordvik bibliotek
instagram:NyttNavn;instagram;https://www.instagram.com/nyttnavn;official;17841400000000001|Gammelt_Navn
threads:fjordvik;threads;https://www.threads.com/@fjordvik;official;@Gammel.Konto
bluesky:fjordvik.example;bluesky;https://bsky.app/profile/fjordvik.example;official;did:plc:gammel
mastodon:fjordvik;mastodon;https://toot.example/@fjordvik;official;@Fjordvik@gammel.example
youtube:@fjordvik;youtube;https://www.youtube.com/@fjordvik;official;UCfjordvikkommune0000002|UCfjordvikkommune0000001
"""  # fmt: skip


def graph(post: str, author: dict[str, str], **link: Any) -> dict[str, Any]:
    """A question under a page's post, and an answer by `author`."""
    page, number = post.split("_")
    asked = {
        "id": f"{number}_11", "message": "Når åpner badet?", "comment_count": 1,
        "created_time": "2026-03-02T09:00:00+0000", "from": {"id": "7001", "name": "Kari"},
    }  # fmt: skip
    reply = {
        "id": f"{number}_12", "message": "Kl. 10.", "created_time": "2026-03-02T10:00:00+0000",
        "from": author, "parent": {"id": f"{number}_11"},
    }  # fmt: skip
    shown = {"message": "Nytt", "created_time": "2026-03-02T08:00:00+0000", "from": {"id": page}}
    return {
        "id": post,
        **shown,
        **link,
        "comments": {"data": [asked | {"comments": {"data": [reply]}}]},
    }


def insta(number: int, user: str, text: str, **more: Any) -> dict[str, Any]:
    """One comment on Instagram."""
    moment = f"2026-03-02T08:{number:02}:00+0000"
    return {
        "id": f"1789000000000{number}",
        "username": user,
        "text": text,
        "timestamp": moment,
    } | more


def thread(number: int, user: str, text: str, above: int, **more: Any) -> dict[str, Any]:
    """One message on Threads."""
    answers = {"root_post": {"id": "18000000000010"}, "replied_to": {"id": f"180000000000{above}"}}
    said = insta(number, user, text, is_reply=True, has_replies=above == 10, **answers)
    return said | {"id": f"180000000000{number}"} | more


def tube(channel: str, text: str, minute: int) -> dict[str, Any]:
    """What a snippet on YouTube holds."""
    moment = f"2026-03-02T08:{minute:02}:00Z"
    return {"textOriginal": text, "publishedAt": moment, "authorChannelId": {"value": channel}}


def exports(folder: Path) -> None:
    """One export per account, in each of which another name of the account answers."""
    write(folder, graph("501_1001", {"id": "354526120187099", "name": "Noe annet"}), "a.json")
    write(folder, graph("502_1002", {"name": "BENINexcellence"}), "b.json")
    link = "https://www.facebook.com/permalink.php?story_fbid=1003&id=503000&comment_id="
    asked, reply = (
        {
            "message": "Når?", "created_time": f"2026-03-02T0{hour}:00:00+0000",
            "from": {"id": author}, "permalink_url": link + place,
        }
        for hour, author, place in ((8, "7001", "11"), (9, "503000", "11&reply_comment_id=12"))
    )  # fmt: skip
    write(folder, {"data": [asked, reply]}, "c.json")
    below = {"replies": {"data": [insta(13, "gammelt_navn", "Kl. 10.")]}}
    write(
        folder / "instagram" / "nyttnavn", {"data": [insta(12, "kari", "Når?", **below)]}, "d.json"
    )
    answered = [thread(13, "gammel.konto", "Kl. 10.", 12), thread(12, "kari", "Når?", 10)]
    write(folder / "threads" / "fjordvik", {"data": answered}, "e.json")
    moved = sky("at://did:plc:gammel/app.bsky.feed.post/3krep", 9, "Kl. 10.", ASKED)
    post = sky(POST, 0, "Nytt", replyCount=1)
    post["author"]["handle"] = "Fjordvik.example"
    question = {"post": sky(ASKED, 1, "Når?", POST, replyCount=1), "replies": [{"post": moved}]}
    write(folder, {"thread": {"post": post, "replies": [question]}}, "f.json")
    former = toot(500102, "fjordvik", "Kl. 10.", 500101)
    former["account"] |= {"id": "44", "acct": "Fjordvik@gammel.example"}
    statuses = [toot(500101, SENTINEL, "Når?", 500100, replies_count=1), former]
    write(
        folder / "mastodon" / "fjordvik@toot.example",
        {"ancestors": [], "descendants": statuses},
        "g.json",
    )
    top = {"id": "Ug1", "snippet": tube("UCkari", "Når?", 1)}
    second = {"id": "Ug1.a", "snippet": tube("UCfjordvikkommune0000002", "Kl. 10.", 2)}
    snippet = {"videoId": "v1", "channelId": "UCfjordvikkommune0000001", "totalReplyCount": 1}
    snippet |= {"topLevelComment": top}
    whole = {"kind": "youtube#commentThread", "snippet": snippet, "replies": {"comments": [second]}}
    write(folder, whole, "h.json")


def test_any_name_of_an_account_shows_that_it_answered(data_dir: Path, tmp_path: Path) -> None:
    exports(tmp_path)
    (data_dir / "register").mkdir()
    (data_dir / "register" / "accounts.csv").write_text(REGISTER, encoding="utf-8")
    report = load([tmp_path])
    assert [file.reason for file in report.files if file.reason] == []
    found = rows(data_dir, "SELECT account_id, answered_at IS NOT NULL FROM items ORDER BY ALL")
    assert found == [(line.split(";")[0], True) for line in sorted(REGISTER.splitlines()[1:])]
    assert rows(data_dir, "SELECT count(*) FROM replies") == [(8,)]
    assert OWN not in str(rows(data_dir, "SELECT account_id FROM accounts"))


def test_without_the_register_the_same_replies_are_somebody_elses(
    data_dir: Path, tmp_path: Path
) -> None:
    exports(tmp_path)
    load([tmp_path])
    found = rows(data_dir, "SELECT DISTINCT account_id FROM replies")
    assert found == [("facebook:503000",)]
