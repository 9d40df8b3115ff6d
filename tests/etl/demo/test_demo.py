"""The demonstration municipality: what tests, measurements and newcomers may rely on."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.demo import write_demo

COMMENTS = 3000
END = "2026-10-31T23:00:00"  # midnight in Oslo after the last day, in UTC
NEWEST = datetime(2026, 11, 2, 7, tzinfo=UTC).timestamp()
EARLIER = datetime(2026, 9, 1, 7, tzinfo=UTC).timestamp()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years, so that the main page has more posts than one file may hold."""
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, COMMENTS, months=24)
    return folder


@pytest.fixture(scope="module")
def posts(demo: Path) -> list[dict[str, Any]]:
    """Posts and media with their comments, of the newest exports."""
    return [post for file in newest(demo, "posts-with*.json") for post in data(file)]


def newest(demo: Path, pattern: str) -> list[Path]:
    return [f for f in sorted((demo / "exports").rglob(pattern)) if f.stat().st_mtime == NEWEST]


def data(file: Path) -> list[dict[str, Any]]:
    value = json.loads(file.read_text(encoding="utf-8"))
    listed: list[dict[str, Any]] = value.get("data", value.get("items"))
    return listed


def said_under(post: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for comment in post.get("comments", {}).get("data", []):
        yield comment
        for key in ("comments", "replies"):
            yield from comment.get(key, {}).get("data", [])


def time_of(one: dict[str, Any]) -> str:
    return str(one.get("created_time") or one["timestamp"])


def on_video(demo: Path) -> Iterator[dict[str, Any]]:
    """Everything said on YouTube, once: a thread's first five replies stand in two places."""
    seen: dict[str, dict[str, Any]] = {}
    for file in newest(demo, "comment*.json"):
        for item in data(file):
            top = item["snippet"].get("topLevelComment", item)
            for comment in (top, *item.get("replies", {}).get("comments", [])):
                seen[comment["id"]] = comment
    yield from seen.values()


def rows(demo: Path, name: str) -> list[dict[str, str]]:
    with (demo / "register" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def citizens(demo: Path, posts: list[dict[str, Any]]) -> list[str]:
    """The ids of all comments by others than the account, in the newest exports."""
    ids = []
    for post in posts:
        own = post["owner"]["id"] if "owner" in post else post["id"].partition("_")[0]
        ids += [c["id"] for c in said_under(post) if c["from"]["id"] != own]
    for comment in on_video(demo):
        if comment["snippet"]["authorChannelId"]["value"] != comment["snippet"]["channelId"]:
            ids.append(comment["id"])
    return ids


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    def contents(folder: Path, seed: int) -> dict[str, tuple[bytes, float]]:
        write_demo(folder, 150, months=2, seed=seed)
        files = [f for f in sorted(folder.rglob("*")) if f.is_file()]
        return {str(f.relative_to(folder)): (f.read_bytes(), f.stat().st_mtime) for f in files
                if f.suffix != ".txt" and "register" not in f.parts}  # fmt: skip

    first, second = contents(tmp_path / "a", 1), contents(tmp_path / "b", 1)
    assert first == second
    assert first != contents(tmp_path / "c", 2)


def test_there_are_exactly_as_many_comments_as_asked_for(
    demo: Path, posts: list[dict[str, Any]]
) -> None:
    found = citizens(demo, posts)
    assert len(found) == len(set(found))
    # what the newest exports no longer show (at most 1 %) stands in the earlier ones
    files = set((demo / "exports").rglob("posts-with*.json")) - set(newest(demo, "*"))
    before = [post for file in sorted(files) for post in data(file)]
    assert len(set(found) | set(citizens(demo, before))) == COMMENTS
    assert COMMENTS * 0.99 < len(found) < COMMENTS


def test_no_file_holds_more_than_500_posts_or_16_mb(demo: Path) -> None:
    per_account = Counter(file.parent for file in newest(demo, "posts-with*.json"))
    assert per_account[demo / "exports/facebook/fjordvikkommune.demo"] > 1
    for file in (demo / "exports").rglob("*.*"):
        if file.is_file():
            assert file.stat().st_size < 16_000_000
        if file.suffix == ".json":
            assert len(data(file)) <= 500
        elif file.suffix == ".csv":
            with file.open(encoding="utf-8-sig", newline="") as opened:
                assert len(list(csv.reader(opened))) <= 502  # header, and a total from Studio


def test_at_least_70_percent_of_the_texts_are_different(posts: list[dict[str, Any]]) -> None:
    texts = [c["message" if "message" in c else "text"] for p in posts for c in said_under(p)]
    assert len(texts) > COMMENTS
    assert len(set(texts)) > 0.7 * len(texts)
    assert not any("{" in text or "  " in text for text in texts)


def test_the_period_ends_on_the_same_day_whatever_today_is(
    demo: Path, posts: list[dict[str, Any]]
) -> None:
    times = [time_of(one) for post in posts for one in (post, *said_under(post))]
    assert "2026-10-31" <= max(times) < END
    assert min(times) >= "2024-10-31T23:00:00"
    for file in (demo / "exports").rglob("*.*"):
        if file.is_file():
            assert file.stat().st_mtime in (EARLIER, NEWEST)


def test_answers_come_after_what_they_answer(posts: list[dict[str, Any]]) -> None:
    answered = 0
    for post in posts:
        for comment in post.get("comments", {}).get("data", []):
            for reply in said_under({"comments": {"data": [comment]}}):
                assert time_of(reply) >= time_of(comment)
                answered += reply is not comment
    assert answered > COMMENTS / 3


def test_pages_have_two_ids_that_only_the_register_joins(demo: Path) -> None:
    folder = demo / "exports/facebook/fjordbadet.demo"
    graph = {post["id"] for file in folder.glob("*.json") for post in data(file)}
    with next(folder.glob("*.csv")).open(encoding="utf-8-sig", newline="") as file:
        suite = list(csv.DictReader(file))
    page = {one.partition("_")[0] for one in graph}
    assert {row["Post ID"] for row in suite} == {one.partition("_")[2] for one in graph}
    assert {row["Page ID"] for row in suite}.isdisjoint(page)
    account = next(row for row in rows(demo, "accounts.csv") if row["handle"] == "fjordbadet.demo")
    assert account["native_id"] in page
    assert suite[0]["Page ID"] in account["identities"].split("|")


def test_every_special_case_is_there(demo: Path, posts: list[dict[str, Any]]) -> None:
    exported = {f"{f.parent.name}:{f.name}" for f in (demo / "exports").glob("*/*")}
    accounts = {f"{a['platform']}:{a['handle']}": a for a in rows(demo, "accounts.csv")}
    units = {unit["unit_id"]: unit for unit in rows(demo, "units.csv")}
    assert len(exported - accounts.keys()) == 1, "one account that nobody registered"
    assert any(a["unit_id"] == "" for a in accounts.values()), "ownerless"
    assert any(a["comments_field"] == "stengt" for a in accounts.values())
    assert any(a["status"] == "pause" and a["pause_from"] for a in accounts.values())
    assert {a["shows_belonging"] for a in accounts.values()} == {"ja", "nei", "unntak", "ukjent"}
    assert {a["told_on"] for a in accounts.values()} >= {"", "kjent per 2025-08-15"}
    assert {unit["channel_choice"] for unit in units.values()} >= {"", "ingen"}
    assert any(units[a["unit_id"]]["is_sensitive_service"] == "ja"
               for a in accounts.values() if a["unit_id"])  # fmt: skip
    assert any(unit["replaced_by"] for unit in units.values())
    last_post = {p["from"]["name"]: p["created_time"] for p in reversed(posts) if "from" in p}
    assert last_post["Vågholmen oppvekstsenter (demonstrasjon)"] < "2026-08-01", "dormant"
    pages = {account["name"] for account in accounts.values()} | {
        "Fjordvik frivilligsentral (demonstrasjon)"
    }
    assert any(p["from"]["name"] not in pages for p in posts if "from" in p), "visitor posts"
    assert any("message_tags" in c for p in posts for c in said_under(p))
    long = [item for f in newest(demo, "comments-by-parent*.json") for item in data(f)]
    assert Counter(item["snippet"]["parentId"] for item in long).most_common(1)[0][1] > 5


def test_the_municipality_says_that_it_is_invented(demo: Path) -> None:
    names = {row["key"]: row["value"] for row in rows(demo, "municipality.csv")}
    assert names["name"] == "Fjordvik kommune (demonstrasjon)"
    assert all("(demonstrasjon)" in row["name"] for row in rows(demo, "accounts.csv"))
    for row in rows(demo, "administrators.csv"):
        assert row["person_ref"].endswith("@fjordvik.example")


def test_it_never_overwrites_anything_but_itself(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "real.csv").write_text("real")
    with pytest.raises(FileExistsError, match="ikke tom"):
        write_demo(tmp_path, 100, months=1)
    assert (tmp_path / "exports" / "real.csv").read_text() == "real"


@pytest.mark.parametrize(("comments", "months"), [(0, 15), (100, 0), (100, 61)])
def test_senseless_sizes_are_refused(tmp_path: Path, comments: int, months: int) -> None:
    with pytest.raises(ValueError, match="måneder"):
        write_demo(tmp_path, comments, months)


def test_everything_loads_without_a_warning(demo: Path) -> None:
    from etl.pipeline import check

    report = check([demo / "exports"])
    assert {file.status for file in report.files} == {"loaded"}
    assert [file.warnings for file in report.files if file.warnings] == []
    assert sum(file.rejected for file in report.files) == 0
