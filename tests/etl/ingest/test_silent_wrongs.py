"""Files that were read wrong without a word: two platforms, partners, own threads, double keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from etl.ingest.staging import ImportOverrides
from etl.pipeline import LoadReport, check, load
from tests.etl.warehouse.test_answers import rows
from tests.support.staged import stage

BLOCK = (
    '"{title}"\n"Date","Primary"\n"2026-02-01T00:00:00","{one}"\n"2026-02-02T00:00:00","{two}"\n\n'
)
SUITE = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Data comment,Date,Views,Reach,Likes\n"
)
POST = (
    "1800000000000000{n},1784140000000001{who},{handle},{name},På tur {n},0,03/1{n}/2026 02:15,"
    "https://www.instagram.com/p/DAAAAAAAAA{n}/,IG image,,Lifetime,900,{reach},33\n"
)


def overview(folder: Path, *titles: str) -> Path:
    path = folder / "Follows.csv"
    blocks = [BLOCK.format(title=title, one=at + 1, two=10) for at, title in enumerate(titles)]
    path.write_text("sep=,\n" + "".join(blocks), encoding="utf-16")
    return path


def figures(data: Path) -> list[Any]:
    return rows(
        data,
        "SELECT account_id, sum(value)::INT FROM account_day_figures GROUP BY ALL ORDER BY ALL",
    )


def test_each_block_of_an_overview_has_its_platform_and_account(
    data_dir: Path, tmp_path: Path
) -> None:
    path = overview(tmp_path, "Follows", "Instagram follows")
    said = ["--account", "instagram:fjord", "--account", "facebook:fjordvik"]
    assert main(["load", *said, str(path)]) == 0
    assert figures(data_dir) == [("facebook:fjordvik", 11), ("instagram:fjord", 12)]


def test_a_platform_without_an_account_is_unknown_and_asked_about(
    data_dir: Path, tmp_path: Path
) -> None:
    path = overview(tmp_path, "Follows", "Instagram follows")
    (report,) = check([path]).files
    assert report.unknown_accounts == ["facebook", "instagram"]
    (report,) = load([path], account="instagram:fjord").files
    assert figures(data_dir) == [("facebook:unknown", 11), ("instagram:fjord", 12)]
    assert (report.question, report.unknown_accounts) == ("account", ["facebook"])


def test_one_platform_has_one_account(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said = ["--account", "instagram:a", "--account", "instagram:b"]
    assert main(["check", *said, str(tmp_path)]) == 2
    assert "én gang for hver plattform" in capsys.readouterr().err


def suite(folder: Path, *posts: str) -> Path:
    path = folder / "Mar-01-2026_Mar-31-2026_1.csv"
    path.write_text("\ufeff" + SUITE + "".join(posts), encoding="utf-8")
    return path


OURS = [
    POST.format(n=n, who=1, handle="fjordvik.kommune", name="Fjordvik kommune", reach=800)
    for n in (1, 2)
]
THEIRS = POST.format(n=3, who=9, handle="sentinella.turglad", name="Sentinella Navnesen", reach="")
PARTNER = "instagram:17841400000000019"


def test_a_partners_post_makes_no_account_and_leaves_no_name(
    data_dir: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = suite(tmp_path, *OURS, THEIRS)
    assert check([path]).files[0].partners[0].name == "Sentinella Navnesen"
    assert main(["load", "--json", str(path)]) == 0
    printed = capfd.readouterr().out
    (file,) = json.loads(printed)["files"]
    assert (file["rows_read"], file["rows_used"], file["posts"]) == (3, 2, 2)
    assert (file["rows_passed_over"], file["question"]) == ({"partner_post": 1}, "partners")
    assert rows(data_dir, "SELECT account_id FROM accounts") == [("instagram:17841400000000011",)]
    everything = printed.encode() + b"".join(
        p.read_bytes() for p in data_dir.rglob("*") if p.is_file()
    )
    for secret in (b"Sentinella", b"sentinella", b"17841400000000019"):
        assert secret not in everything


@pytest.mark.parametrize(("is_ours", "posts"), [(True, 3), (False, 2)])
def test_a_partner_is_asked_about_once(
    data_dir: Path, tmp_path: Path, is_ours: bool, posts: int
) -> None:
    path = suite(tmp_path, *OURS, THEIRS)
    (asked,) = check([path]).files
    said = {asked.sha256: ImportOverrides(partners=((PARTNER, is_ours),))}
    first: LoadReport = load([path], answers=said)
    assert (first.files[0].posts, first.files[0].question) == (posts, None)
    later = suite(tmp_path, *OURS, THEIRS.replace("900", "901"))
    (again,) = load([later]).files
    assert (again.posts, again.question) == (posts, None)
    assert PARTNER not in (data_dir / "lake" / "partners.json").read_text()


@pytest.mark.parametrize("is_ours", [True, False])
def test_an_answer_about_a_partner_can_be_changed(
    data_dir: Path, tmp_path: Path, is_ours: bool
) -> None:
    path = suite(tmp_path, *OURS, THEIRS)
    (asked,) = check([path]).files
    load([path], answers={asked.sha256: ImportOverrides(partners=((PARTNER, is_ours),))})
    later = suite(tmp_path, *OURS, THEIRS.replace("900", "901"))
    (again,) = check([later]).files
    assert [partner.is_ours for partner in again.partners] == [is_ours]
    changed = {again.sha256: ImportOverrides(partners=((PARTNER, not is_ours),))}
    (file,) = load([later], answers=changed).files
    assert (file.posts, file.question) == (2 if is_ours else 3, None)
    newest = suite(tmp_path, *OURS, THEIRS.replace("900", "902"))
    assert check([newest]).files[0].posts == (2 if is_ours else 3)


def test_accounts_that_reached_people_are_ones_own(tmp_path: Path) -> None:
    (report,) = check([suite(tmp_path, *OURS, THEIRS.replace("900,,", "900,70,"))]).files
    assert (report.posts, report.question) == (3, None)


def note(number: int, above: object = None) -> dict[str, Any]:
    place = "https://sosial.example/users/fjordvik"
    made = f"2026-02-0{number}T08:00:00Z"
    note = {
        "id": f"{place}/statuses/11234567890000000{number}", "type": "Note",
        "content": "<p>Hei</p>",
        "inReplyTo": f"{place}/statuses/11234567890000000{above}" if above in range(9) else above,
        "published": made, "url": f"https://sosial.example/@fjordvik/11234567890000000{number}",
        "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [],
        "likes": {"type": "Collection", "totalItems": 4},
    }  # fmt: skip
    return {"type": "Create", "actor": place, "published": made, "to": note["to"], "object": note}


def test_a_thread_of_ones_own_is_posts_and_an_answer_to_a_stranger_is_not(tmp_path: Path) -> None:
    stranger = "https://annet.example/users/kari/statuses/9"
    items = [note(1), note(2, 1), note(3, 2), note(4, stranger), note(5, 4)]
    path = tmp_path / "outbox.json"
    path.write_text(json.dumps({"type": "OrderedCollection", "orderedItems": items}))
    staged = stage(path)
    assert [post["line"] for post in staged.posts] == [1, 2, 3]
    assert [post["reactions"] for post in staged.posts] == [4, 4, 4]
    assert [comment["line"] for comment in staged.comments] == [4, 5]


def test_a_thread_of_ones_own_on_threads_is_posts(tmp_path: Path) -> None:
    common = {
        "timestamp": "2026-02-01T08:00:00+0000",
        "username": "fjord",
        "media_type": "TEXT_POST",
        "media_product_type": "THREADS",
    }
    own = common | {"root_post": {"id": "10001"}, "is_reply": True, "is_reply_owned_by_me": True}
    data = [
        common | {"id": "10001", "text": "1/3", "is_reply": False},
        own | {"id": "10002", "text": "2/3", "replied_to": {"id": "10001"}},
        own | {"id": "10003", "text": "3/3", "replied_to": {"id": "10002"}},
        own
        | {
            "id": "10004",
            "username": "kari",
            "is_reply_owned_by_me": False,
            "replied_to": {"id": "10003"},
        },
        own | {"id": "10005", "text": "Ja", "replied_to": {"id": "10004"}},
    ]
    path = tmp_path / "threads.json"
    path.write_text(json.dumps({"data": data}))
    staged = stage(path)
    assert [post["post_native"] for post in staged.posts] == ["10001", "10002", "10003"]
    assert [(c["comment_native"], c["root_native"]) for c in staged.comments] == [
        ("10004", "10004"), ("10005", "10004"),
    ]  # fmt: skip


def test_a_thread_of_ones_own_that_a_screen_showed_is_posts(tmp_path: Path) -> None:
    def line(pk: str, who: str, answered: str | None) -> str:
        about = {
            "is_reply": answered is not None,
            "reply_to_author": {"username": answered} if answered else None,
            "direct_reply_count": 0,
            "repost_count": 0,
        }
        data = {
            "pk": pk,
            "code": f"C{pk}",
            "user": {"username": who},
            "taken_at": 1742284800 + int(pk),
            "caption": {"text": pk},
            "like_count": 1,
            "text_post_app_info": about,
        }
        return json.dumps({"source_platform": "threads.net", "item_id": pk, "data": data})

    lines = [
        line("1", "fjord", None),
        line("2", "fjord", "fjord"),
        line("3", "kari", "fjord"),
        line("4", "fjord", "kari"),
        line("5", "kari", "ola"),
    ]
    path = tmp_path / "threads.ndjson"
    path.write_text("\n".join(lines))
    staged = stage(path, hint="threads:fjord")
    assert [post["post_native"] for post in staged.posts] == ["1", "2"]
    assert [(c["comment_native"], c["is_own"]) for c in staged.comments] == [
        ("3", False), ("4", True),
    ]  # fmt: skip


def test_a_key_that_stands_twice_has_its_last_value(tmp_path: Path) -> None:
    items = json.dumps([note(1), note(2)])
    path = tmp_path / "outbox.json"
    path.write_text(f'{{"type": "OrderedCollection", "orderedItems": [], "orderedItems": {items}}}')
    (report,) = check([path]).files
    assert (report.posts, report.rows_read) == (2, 2)
    assert "det siste er brukt" in report.warnings[0]


def test_a_thread_of_ones_own_on_bluesky_is_posts(tmp_path: Path) -> None:
    own, other = "did:plc:fjordvik0000000000000001", "did:plc:kari00000000000000000001"

    def uri(who: str, key: int) -> str:
        return f"at://{who}/app.bsky.feed.post/3kpost{key:06}"

    def view(who: str, key: int, *above: str) -> dict[str, Any]:
        record: dict[str, Any] = {"createdAt": f"2026-02-01T08:0{key}:00Z", "text": f"{key}"}
        if above:
            record["reply"] = {"root": {"uri": above[0]}, "parent": {"uri": above[-1]}}
        author = {"did": who, "handle": "fjord.example" if who == own else "kari.example"}
        return {"post": {"uri": uri(who, key), "author": author, "record": record}}

    first, second, third = uri(own, 1), uri(own, 2), uri(other, 4)
    answer = view(own, 5, first, third)
    comment = view(other, 4, first, uri(own, 3)) | {"replies": [answer]}
    last = view(own, 3, first, second) | {"replies": [comment]}
    thread = view(own, 1) | {"replies": [view(own, 2, first, first) | {"replies": [last]}]}
    path = tmp_path / "thread.json"
    path.write_text(json.dumps({"thread": thread}))
    staged = stage(path)
    assert [post["post_native"] for post in staged.posts] == [first, second, uri(own, 3)]
    assert {each["comment_native"] for each in staged.comments} == {third, uri(own, 5)}
