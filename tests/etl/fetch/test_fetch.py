"""Fetching: every page of every list, what goes wrong on the way, and that keys stay secret."""

from __future__ import annotations

import csv
import json
import logging
import shutil
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import JSONResponse

from etl import fetch
from etl.__main__ import main
from etl.fetch import facebook, graph_api, inbox_writer, messages
from etl.fetch.client import Client, Failure
from etl.lake import fetch_state
from etl.pipeline import load_exports
from svarvakt import settings
from tests.support.fetching import (
    CHANNEL,
    CREDENTIALS,
    INSTAGRAM,
    KEY,
    NOW,
    OTHER_ID,
    PAGE,
    TOKEN,
    USER_TOKEN,
    Stand,
    comment,
    insta,
    media,
    page,
    post,
    reply,
    thread,
    thread_of_five,
)  # fmt: skip
from tests.support.lake_contents import everything, rows
from tests.support.platform_apis import (
    Fault,
    Platforms,
    cut_short,
    google_error,
    graph_error,
    served,
)
from tests.support.staged import stage

Node = dict[str, Any]


@pytest.fixture
def stand(free_port: int) -> Iterator[Stand]:
    platforms = Platforms(
        tokens={TOKEN: PAGE, KEY: "google"},
        pages={PAGE: page()},
        feed={PAGE: [post(901, 3), thread_of_five()]},
        channels={"@fjordvik": {"id": CHANNEL, "snippet": {"title": "Fjordvik"}}},
    )
    with served(platforms, free_port) as address:
        yield Stand(platforms, address)


@pytest.fixture
def wired(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> Stand:
    """The command as it is, but that the APIs are the test's."""
    monkeypatch.setattr(fetch, "fetch", partial(fetch.fetch, wire=stand.wire()))
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    return stand


def written(report: fetch.Report, key: str = "data") -> list[Node]:
    """What the files hold, in their order."""
    found = (json.loads(path.read_text(encoding="utf-8")) for path in report.files)
    return [post for file in found for post in file[key]]


def problem(report: fetch.Report) -> tuple[str, str]:
    (one,) = report.problems
    return one.kind, one.words


# --- Facebook ------------------------------------------------------------------------------


def test_every_page_of_every_list_is_followed(stand: Stand) -> None:
    report = stand.fetch()
    assert not report.problems
    assert (report.posts, report.comments) == (2, 5)
    empty, whole = written(report)
    assert empty["comments"] == {"data": []}
    assert [one["id"] for one in whole["comments"]["data"]] == [f"900_{n}" for n in range(1, 6)]
    assert whole["comments"]["summary"] == {"total_count": 5}


def test_fetched_files_give_items_replies_and_links(stand: Stand, data_dir: Path) -> None:
    stand.fetch()
    loaded = load_exports()
    assert [file.reason for file in loaded.files] == [None]
    assert (
        loaded.as_json()["totals"] | {"posts": 2, "comments": 4, "replies": 1}
        == (loaded.as_json()["totals"])
    )
    found = rows(
        data_dir,
        "SELECT split_part(item_id, '_', 2), thread_id, answered_how, link_state FROM items"
        " ORDER BY 1",
    )
    thread_id = "facebook:900_1"
    assert found == [
        ("1", thread_id, "reply", "linked"),
        ("2", "facebook:900_2", None, "linked"),
        ("4", thread_id, None, "linked"),
        ("5", "facebook:900_5", None, "linked"),
    ]
    assert rows(data_dir, "SELECT parent_id, account_id FROM replies") == [
        ("facebook:900_1", f"facebook:{PAGE}")
    ]


def test_authors_hidden_ones_and_parents_are_asked_for(stand: Stand) -> None:
    stand.fetch()
    asked = next(path for path in stand.platforms.asked if "/feed" in path)
    assert all(name in asked for name in ("from", "is_hidden", "parent", "created_time"))
    assert "filter%28stream%29" in asked


def test_replies_that_the_flat_list_lacks_are_fetched_under_their_comment(stand: Stand) -> None:
    stand.platforms.flat_hides = {"900_3"}
    (_, whole) = written(stand.fetch())
    assert {one["id"] for one in whole["comments"]["data"]} == {f"900_{n}" for n in range(1, 6)}


def test_a_page_with_two_ids_is_one_author(stand: Stand, data_dir: Path) -> None:
    own = {"id": OTHER_ID, "name": "Fjordvik kommune (ny)"}
    stand.platforms.tokens[TOKEN] = OTHER_ID
    stand.platforms.pages = {OTHER_ID: page(OTHER_ID)}
    answered = comment(1, 20, comment_count=1)
    answer = comment(2, 19, own, message="Klokken ti.", parent={"id": "900_1"})
    stand.platforms.feed = {OTHER_ID: [post(900, 21, answered, answer, **{"from": own})]}
    stand.fetch()
    load_exports()
    assert rows(data_dir, "SELECT item_kind, answered_how FROM items") == [("comment", "reply")]


def test_a_visitors_post_is_an_item(stand: Stand, data_dir: Path) -> None:
    visitor = {"id": "7799", "name": "Oppdiktet Gjest"}
    stand.platforms.feed[PAGE] = [post(902, 2, **{"from": visitor}), post(903, 4)]
    stand.fetch()
    load_exports()
    assert rows(data_dir, "SELECT item_kind FROM items") == [("visitor_post",)]


def test_posts_on_other_pages_that_tag_this_one_are_left_out(stand: Stand) -> None:
    neighbour = {"id": "700", "name": "Nabokommunen"}
    stand.platforms.feed[PAGE].append(post(904, 5, id="700_904", **{"from": neighbour}))
    assert {one["id"] for one in written(stand.fetch())} == {"501_901", "501_900"}


def test_a_key_of_a_system_user_opens_all_its_pages(stand: Stand) -> None:
    stand.platforms.tokens = {USER_TOKEN: "user", TOKEN: PAGE, "EAAother": "502", "EAAthird": "503"}
    stand.platforms.pages |= {n: page(n, f"Side {n}", f"side{n}") for n in ("502", "503")}
    report = stand.fetch(credentials={"SVARVAKT_FACEBOOK_TOKEN": USER_TOKEN})
    assert {one.account_id for one in report.accounts} == {
        "facebook:501", "facebook:502", "facebook:503",
    }  # fmt: skip
    only = stand.fetch(credentials={"SVARVAKT_FACEBOOK_TOKEN": USER_TOKEN}, account="side502")
    assert [one.name for one in only.accounts] == ["Side 502"]


def test_several_keys_stand_beside_each_other(stand: Stand) -> None:
    stand.platforms.tokens["EAAother"] = "502"
    stand.platforms.pages["502"] = page("502", "Biblioteket", "bib")
    keys = CREDENTIALS | {
        "SVARVAKT_FACEBOOK_TOKEN_BIB": "EAAother",
        "SVARVAKT_FACEBOOK_TOKEN_GAMMEL": "EAAgone",
    }
    report = stand.fetch(credentials=keys)
    assert [one.name for one in report.accounts] == ["Fjordvik kommune", "Biblioteket"]
    assert [one.where for one in report.problems] == ["SVARVAKT_FACEBOOK_TOKEN_GAMMEL"]
    assert report.exit_code == 1


def test_a_field_that_the_version_does_not_know_is_left_out_with_a_warning(stand: Stand) -> None:
    stand.platforms.unknown = {"is_private"}
    (account,) = stand.fetch().accounts
    assert account.comments == 5
    assert "«is_private»" in account.warnings[0]


def test_a_field_that_is_needed_is_not_left_out(stand: Stand) -> None:
    stand.platforms.unknown = {"parent"}
    report = stand.fetch()
    assert problem(report)[0] == "unknown_field"
    assert "«parent»" in problem(report)[1]


def test_where_nobody_has_an_author_the_key_lacks_a_right(stand: Stand) -> None:
    for one in stand.platforms.feed[PAGE][1]["comments"]:
        one.pop("from")
    (account,) = stand.fetch().accounts
    assert "pages_read_user_content" in account.warnings[0]


def test_a_page_that_is_too_large_is_asked_for_in_smaller_ones(stand: Stand) -> None:
    too_much = graph_error(1, "Please reduce the amount of data you're asking for", 500)
    stand.platforms.faults = [Fault("/feed", too_much, times=2)]
    assert stand.fetch().comments == 5
    assert any("limit=6&" in path for path in stand.platforms.asked)


def test_a_post_that_was_deleted_meanwhile_stops_nothing(stand: Stand) -> None:
    gone = graph_error(100, "Unsupported get request. Object does not exist", error_subcode=33)
    stand.platforms.faults = [Fault("900/comments", gone, times=9)]
    report = stand.fetch()
    assert not report.problems
    assert report.comments == 3  # what came before; the summary says that there are more


# --- Instagram and YouTube -------------------------------------------------------------------


def test_instagram_is_reached_through_the_page(stand: Stand, data_dir: Path) -> None:
    answers = [
        insta(10 + n, 4 - n, who) for n, who in enumerate(("kari", "ola", "fjordvikkommune"))
    ]
    stand.platforms.feed[INSTAGRAM] = [
        media(n, 5 + n, insta(n * 100, 5, "kari", *(answers if n == 2 else []))) for n in (1, 2, 3)
    ]
    report = stand.fetch("instagram")
    assert not report.problems
    assert (report.posts, report.comments) == (3, 6)
    assert [path.parent.name for path in report.files] == ["fjordvikkommune"]
    load_exports()
    assert rows(data_dir, "SELECT count(*), count(answered_at) FROM items") == [(5, 3)]
    assert rows(data_dir, "SELECT account_id FROM replies") == [(f"instagram:{INSTAGRAM}",)]


def test_a_page_without_an_instagram_account_says_so(stand: Stand) -> None:
    stand.platforms.pages[PAGE].pop("instagram_business_account")
    kind, said = problem(stand.fetch("instagram"))
    assert kind == "not_linked"
    assert "koblet" in said


def test_youtube_threads_get_all_their_replies(stand: Stand, data_dir: Path) -> None:
    stand.platforms.threads = [thread(1, 10), thread(2, 20, replies=7), thread(3, 30, replies=2)]
    stand.platforms.replies["Ugx2"] = [reply("Ugx2", n, 20 - n / 10, n == 7) for n in range(1, 8)]
    report = stand.fetch("youtube")
    assert not report.problems
    assert (report.posts, report.comments) == (3, 12)
    assert "bilder.example" not in json.dumps(written(report, "items"))
    load_exports()
    assert rows(data_dir, "SELECT count(*), count(answered_at) FROM items") == [(10, 9)]
    assert rows(data_dir, "SELECT DISTINCT link_state FROM items") == [("linked",)]


def test_youtube_channels_come_from_the_register_when_none_is_named(
    stand: Stand, data_dir: Path
) -> None:
    keys = {name: value for name, value in CREDENTIALS.items() if "CHANNELS" not in name}
    assert problem(stand.fetch("youtube", credentials=keys))[0] == "no_channel"
    folder = data_dir / "register"
    folder.mkdir()
    (folder / "accounts.csv").write_text(
        "account_id;platform;url;kind\n"
        f"youtube:{CHANNEL};youtube;https://www.youtube.com/channel/{CHANNEL};official\n",
        encoding="utf-8",
    )
    stand.platforms.channels[CHANNEL] = stand.platforms.channels["@fjordvik"]
    stand.platforms.threads = [thread(1, 10)]
    assert stand.fetch("youtube", credentials=keys).comments == 1


def test_a_closed_comments_field_is_no_failure(stand: Stand) -> None:
    stand.platforms.faults = [Fault("commentThreads", google_error(403, "commentsDisabled"))]
    report = stand.fetch("youtube")
    assert report.exit_code == 0
    assert "stengt" in report.accounts[0].warnings[0]


# --- What goes wrong -------------------------------------------------------------------------

PASSING = [
    graph_error(4, "Application request limit reached", headers={"retry-after": "7"}),
    graph_error(32, "Page request limit reached"),
    graph_error(17, "User request limit reached"),
    graph_error(613, "Calls to this api have exceeded the rate limit"),
    graph_error(80001, "There have been too many calls to this Page account"),
    graph_error(2, "Service temporarily unavailable", 503),
    JSONResponse({}, status_code=500),
    JSONResponse([], status_code=502),
    cut_short(),
]


@pytest.mark.parametrize("answer", PASSING, ids=range(len(PASSING)))
def test_what_passes_is_waited_for(stand: Stand, answer: Any) -> None:
    stand.platforms.faults = [Fault("/feed", answer)]
    assert stand.fetch().comments == 5
    assert len(stand.waited) == 1


def test_retry_after_is_obeyed(stand: Stand) -> None:
    stand.platforms.faults = [Fault("/feed", PASSING[0])]
    stand.fetch()
    assert stand.waited == [7.0]


def test_a_longer_wait_than_ours_is_told_with_its_minutes(stand: Stand) -> None:
    use = {PAGE: [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 19}]}
    headers = {"x-business-use-case-usage": json.dumps(use)}
    stand.platforms.faults = [Fault("/feed", graph_error(80001, headers=headers), times=9)]
    kind, said = problem(stand.fetch())
    assert kind == "rate_limit"
    assert "om 19 minutter" in said
    assert stand.waited == []


def test_a_nearly_used_up_hour_slows_the_fetch_down(stand: Stand) -> None:
    stand.platforms.headers = {"x-app-usage": '{"call_count":93,"total_time":10,"total_cputime":5}'}
    assert stand.fetch().comments == 5
    assert set(stand.waited) == {5.0}


LASTING = [
    ("facebook", graph_error(190, f"Session has expired for {TOKEN}"), "expired", "utløpt"),
    (
        "facebook",
        graph_error(10, "requires the 'pages_read_engagement' permission", 403),
        "permission",
        "tillatelsen pages_read_engagement. ",
    ),
    ("facebook", graph_error(200, "(#200) Missing"), "permission", "pages_read_user_content"),
    ("facebook", graph_error(803, "Some aliases do not exist"), "not_found", "publisert"),
    ("facebook", graph_error(36003, "New"), "refused", "tjenesten er endret"),
    ("facebook", JSONResponse({}, status_code=302), "refused", "nyere utgave"),
    ("facebook", JSONResponse({"data": ["x"]}), "damaged", "ikke helt"),
    ("youtube", google_error(403, "quotaExceeded"), "quota", "klokken 9"),
    ("youtube", google_error(403, "accessNotConfigured"), "not_enabled", "slått på"),
    ("youtube", google_error(403, "ipRefererBlocked"), "key_limited", "begrenset"),
    ("youtube", google_error(400, "badRequest", "API key not valid."), "bad_key", "API-nøkkel"),
    ("youtube", google_error(404, "channelNotFound"), "not_found", "finner ikke"),
]


@pytest.mark.parametrize(
    ("platform", "answer", "kind", "said"), LASTING, ids=[said for *_, said in LASTING]
)
def test_what_lasts_is_said_once_with_its_mend(
    stand: Stand, data_dir: Path, platform: str, answer: Any, kind: str, said: str
) -> None:
    where = "/feed" if platform == "facebook" else "commentThreads"
    stand.platforms.faults = [Fault(where, answer, times=99)]
    report = stand.fetch(platform)
    assert problem(report)[0] == kind
    assert said in problem(report)[1]
    assert report.exit_code == 1
    assert stand.waited == []
    assert not [path for path in data_dir.rglob("*") if path.suffix == ".json"]


def test_tries_are_bounded(stand: Stand) -> None:
    stand.platforms.faults = [Fault("/feed", JSONResponse({}, status_code=500), times=99)]
    assert problem(stand.fetch())[0] == "temporary"
    assert len([path for path in stand.platforms.asked if "/feed" in path]) == 3


def test_a_slow_answer_is_given_up(stand: Stand) -> None:
    stand.platforms.faults = [Fault("/feed", JSONResponse({}), times=99, seconds=0.5)]
    kind, said = problem(stand.fetch(wire=stand.wire(timeout=0.1, attempts=2)))
    assert kind == "slow"
    assert "brannmuren" in said


def test_an_unreachable_host_is_named(stand: Stand) -> None:
    gone = Stand(stand.platforms, "http://127.0.0.1:9")
    kind, said = problem(gone.fetch())
    assert kind == "unreachable"
    assert "graph.facebook.com" in said


@pytest.mark.parametrize("platform", ["facebook", "youtube"])
def test_a_circle_of_pages_ends(stand: Stand, data_dir: Path, platform: str) -> None:
    stand.platforms.is_circular = True
    stand.platforms.threads = [thread(1, 2)]
    assert problem(stand.fetch(platform))[0] == "endless"
    assert fetch_state.last_fetches(data_dir, platform) == {}


def test_a_fetch_that_fails_half_way_leaves_nothing(
    stand: Stand, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_writer, "MOST_POSTS", 1)
    stand.platforms.feed[PAGE] = [post(n, n) for n in range(1, 9)]
    stand.platforms.faults = [Fault("/feed", graph_error(190), times=0)]
    whole = stand.fetch()
    assert len(whole.files) == 8
    for path in whole.files:
        path.unlink()
    seen: list[str] = []

    def on_page_three(_fraction: float, said: str) -> None:
        seen.append(said)
        if len(seen) == 5:
            stand.platforms.faults[0].times = 99

    report = fetch.fetch("facebook", CREDENTIALS, on_page_three, wire=stand.wire())
    assert problem(report)[0] == "expired"
    assert not list((data_dir / "exports").rglob("*.json*"))
    assert not list((data_dir / "exports/facebook/fjordvik").iterdir())


def test_what_a_killed_fetch_left_is_cleared_and_never_read(stand: Stand, data_dir: Path) -> None:
    place = data_dir / "exports" / "facebook" / "fjordvik"
    place.mkdir(parents=True)
    (place / f"{inbox_writer.HALF_WRITTEN}x-1.json").write_text(
        '{"data":[{"id":"501_9"', encoding="utf-8"
    )
    assert load_exports().files == []
    report = stand.fetch()
    assert list(place.iterdir()) == report.files


# --- What is kept ------------------------------------------------------------------------------


def test_files_are_bounded_and_their_owners_alone(
    stand: Stand, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_writer, "MOST_BYTES", 400)
    stand.platforms.feed[PAGE] = [post(n, n) for n in range(1, 6)]
    report = stand.fetch()
    assert len(report.files) > 1
    assert {path.parent for path in report.files} == {data_dir / "exports/facebook/fjordvik"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in report.files} == {0o600}
    assert stat.S_IMODE((data_dir / "fetch.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["../../ut", ".skjult", "a/b", "", "CON:x"])
def test_a_strange_name_is_no_folder(tmp_path: Path, name: str) -> None:
    assert inbox_writer.folder(tmp_path, "facebook", (name, PAGE)).name == PAGE


def before_the_last(data_dir: Path, days: int) -> date:
    """The day in Norway so many days before the last fetch began."""
    began = fetch_state.last_fetch(data_dir, f"facebook:{PAGE}")
    assert began is not None
    return (began - timedelta(days=days)).astimezone(settings.ZONE).date()


def test_the_next_fetch_reads_sixty_days_again(stand: Stand, data_dir: Path) -> None:
    first = stand.fetch().accounts[0].since
    assert first == before_the_last(data_dir, 365)
    expected = before_the_last(data_dir, 60)
    assert stand.fetch().accounts[0].since == expected
    (data_dir / "register").mkdir()
    lines = "key;value;valid_from\nfetch_again_days;7;\n"
    (data_dir / "register" / "municipality.csv").write_text(lines, encoding="utf-8")
    expected = before_the_last(data_dir, 7)
    assert stand.fetch().accounts[0].since == expected
    assert stand.fetch(since=date(2020, 1, 1)).accounts[0].since == date(2020, 1, 1)


def test_a_short_period_on_demand_does_not_hide_the_time_before_it(
    stand: Stand, data_dir: Path
) -> None:
    stand.fetch()
    load_exports()
    monday = NOW - timedelta(days=10)
    fetch_state.remember_fetch(data_dir, f"facebook:{PAGE}", monday, [])
    stand.fetch(since=NOW.date())
    assert fetch_state.last_fetch(data_dir, f"facebook:{PAGE}") == monday


def test_only_posts_of_the_period_are_fetched(stand: Stand) -> None:
    stand.platforms.feed[PAGE].append(post(800, 24 * 400))
    assert {one["id"] for one in written(stand.fetch())} == {"501_901", "501_900"}


def test_older_posts_are_left_out_where_the_api_gives_them_all_the_same(stand: Stand) -> None:
    stand.platforms.threads = [thread(n, 24 * 200 * n) for n in range(1, 9)]
    assert stand.fetch("youtube").posts == 1
    assert len([path for path in stand.platforms.asked if "commentThreads" in path]) == 2


def test_fetched_files_go_as_soon_as_they_are_loaded(stand: Stand, data_dir: Path) -> None:
    own = data_dir / "exports" / "facebook" / "fjordvik" / "egen.json"
    report = stand.fetch()
    assert len(report.files) == 1
    own.write_bytes(report.files[0].read_bytes().replace(b"Nytt fra", b"Gammelt fra"))
    load_exports()
    assert [path.exists() for path in report.files] == [False]
    assert own.exists()  # a person's own file stays for raw_days
    stand.fetch()
    load_exports()
    assert list(own.parent.iterdir()) == [own]


def test_what_has_not_changed_is_not_stored_again(stand: Stand, data_dir: Path) -> None:
    assert stand.fetch().accounts[0].changed == 2
    load_exports()
    before = rows(data_dir, "SELECT as_of FROM accounts")
    quiet = stand.fetch()
    assert (quiet.accounts[0].changed, quiet.posts, quiet.comments) == (0, 2, 5)
    assert [one["id"] for one in written(quiet)] == ["501_901"]  # so that the figures are of today
    load_exports()
    assert rows(data_dir, "SELECT as_of FROM accounts") > before
    stand.platforms.feed[PAGE][1]["comments"].append(comment(6, 1))
    busy = stand.fetch()
    assert busy.accounts[0].changed == 1
    load_exports()
    assert rows(data_dir, "SELECT count(*) FROM items") == [(5,)]


def test_a_reply_that_was_deleted_is_seen_to_be_gone(stand: Stand, data_dir: Path) -> None:
    stand.fetch()
    load_exports()
    comments = stand.platforms.feed[PAGE][1]["comments"]
    del comments[3]
    comments[0]["comment_count"] = 1
    stand.fetch()
    load_exports()
    gone = rows(data_dir, "SELECT item_id FROM items WHERE is_vanished")
    assert gone == [("facebook:900_4",)]


def test_after_a_new_beginning_everything_is_fetched_again(stand: Stand, data_dir: Path) -> None:
    stand.fetch()
    load_exports()
    shutil.rmtree(data_dir / "lake")
    again = stand.fetch().accounts[0].since
    assert again == before_the_last(data_dir, 365)


def test_a_file_that_somebody_took_away_is_fetched_again(stand: Stand) -> None:
    load_exports()
    stand.fetch().files[0].unlink()
    again = stand.fetch()
    assert len(written(again)) == 2
    assert len(written(stand.fetch(since=date(2020, 1, 1)))) == 2


def test_a_fetched_file_that_is_not_loaded_yet_stays(stand: Stand, data_dir: Path) -> None:
    load_exports()
    report = stand.fetch()
    assert all(path.exists() for path in report.files)
    assert fetch_state.files(data_dir)


# --- Keys and people ---------------------------------------------------------------------------


def test_no_key_is_written_logged_or_said(
    wired: Stand,
    data_dir: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stand = wired
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("SVARVAKT_FACEBOOK_TOKEN_FEIL", f"{TOKEN}x")
    monkeypatch.setenv("SVARVAKT_FACEBOOK_TOKEN_RAR", f"{TOKEN}\ny")
    stand.platforms.tokens[USER_TOKEN] = "user"
    stand.platforms.feed[INSTAGRAM] = [media(1, 5, insta(1, 4, "kari"))]
    stand.platforms.threads = [thread(1, 10)]
    stand.platforms.faults = [Fault("/feed", graph_error(1, f"{TOKEN}", 500), times=1)]
    said = [repr(stand.fetch(credentials={"SVARVAKT_FACEBOOK_TOKEN": USER_TOKEN}))]
    for platform in fetch.PLATFORMS:
        main(["fetch", platform, "--json", "--no-load"])
    said += [path.read_text(encoding="utf-8") for path in (data_dir / "exports").rglob("*.json")]
    main(["load", str(data_dir / "exports")])
    said += [everything(data_dir), *capfd.readouterr(), caplog.text, *stand.platforms.asked]
    assert len(caplog.text) > 1000
    assert "sentinel" not in "\n".join(said).lower()


def test_a_failure_holds_no_request(stand: Stand) -> None:
    stand.platforms.faults = [Fault("/me", graph_error(190, TOKEN))]
    wire = stand.wire()
    with Client(wire.services["facebook"], TOKEN, wire.patience) as client:
        with pytest.raises(Failure) as caught:
            client.get("/me", {})
        assert "sentinel" not in repr(client).lower()
    assert repr(caught.value) == "Failure('expired')"


def test_people_are_in_the_inbox_only(stand: Stand, data_dir: Path) -> None:
    stand.fetch()
    assert "Oppdiktet Person" in "".join(
        path.read_text(encoding="utf-8") for path in (data_dir / "exports").rglob("*.json")
    )
    load_exports()
    assert "Oppdiktet Person" not in everything(data_dir)
    assert not list((data_dir / "exports").rglob("*.json"))


# --- The command and the page -----------------------------------------------------------------


@pytest.mark.usefixtures("wired")
def test_the_command_fetches_and_loads(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "facebook", "--json"]) == 0
    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert answer["totals"] == {"files": 1, "posts": 2, "comments": 5}
    assert answer["load"]["totals"]["replies"] == 1
    assert "hentet     Fjordvik kommune: 2 innlegg, 5 kommentarer og svar" in err
    assert rows(data_dir, "SELECT count(*) FROM items") == [(4,)]
    assert main(["fetch", "facebook"]) == 0


@pytest.mark.usefixtures("wired")
def test_without_a_load_the_files_wait(data_dir: Path) -> None:
    assert main(["fetch", "facebook", "--no-load", "--since", "2020-01-01"]) == 0
    assert len(list((data_dir / "exports").rglob("*.json"))) == 1
    assert not (data_dir / "lake").exists()


def test_without_a_key_the_command_says_where_to_put_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SVARVAKT_INSTAGRAM_TOKEN", raising=False)
    assert main(["fetch", "instagram"]) == 2
    assert "SVARVAKT_INSTAGRAM_TOKEN" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["tiktok"], ["facebook", "--since", "i fjor"]])
def test_wrong_use_is_told(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as told:
        main(["fetch", *arguments])
    assert told.value.code == 2


@pytest.mark.usefixtures("wired")
def test_an_account_that_no_key_opens_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "facebook", "--account", "naboen"]) == 2
    assert "naboen" in capsys.readouterr().err


def test_the_page_learns_what_can_be_fetched_and_why_not(stand: Stand, data_dir: Path) -> None:
    keys = {"SVARVAKT_FACEBOOK_TOKEN": TOKEN}
    assert [one.why_not is None for one in fetch.accounts(keys)] == [True, False, False]
    stand.fetch()
    facebook, _, tube = fetch.accounts(keys)
    assert facebook.key_names == ("SVARVAKT_FACEBOOK_TOKEN",)
    assert set(facebook.fetched) == {f"facebook:{PAGE}"}
    assert "SVARVAKT_YOUTUBE_KEY" in str(tube.why_not)
    assert "sentinel" not in repr(fetch.accounts(keys)).lower()


def test_the_progress_runs_forward_to_its_end(stand: Stand) -> None:
    told: list[float] = []
    fetch.fetch("facebook", CREDENTIALS, lambda part, _said: told.append(part), wire=stand.wire())
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize(
    ("name", "fields"), [("1_Innlegg", facebook.POST), ("2_Kommentarer", facebook.COMMENT)]
)
def test_the_shipped_presets_ask_for_what_the_fetching_asks_for(
    root: Path, name: str, fields: tuple[str, ...]
) -> None:
    path = root / "docs" / "facepager" / f"Svarvakt-{name}.fp4.json"
    preset = json.loads(path.read_text(encoding="utf-8"))
    asked = set(preset["options"]["params"]["fields"].split(","))
    # Facepager makes no use of tags and of reactions.
    assert asked == {one for one in fields if not one.startswith(("message_tags", "reactions"))}
    assert preset["options"]["basepath"] == graph_api.BASE


def test_what_the_shipped_presets_export_is_read_with_its_threads(
    root: Path, tmp_path: Path
) -> None:
    preset = root / "docs" / "facepager" / "Svarvakt-2_Kommentarer.fp4.json"
    columns = json.loads(preset.read_text(encoding="utf-8"))["columns"]
    query = "2026-03-03 10:00:00"
    nodes: list[Node] = [
        {"level": 0, "id": 1, "object_id": PAGE, "object_type": "seed"},
        {"level": 1, "id": 2, "parent_id": 1, "object_id": f"{PAGE}_900", "from.id": PAGE},
        {"level": 2, "id": 3, "parent_id": 2, "object_id": "900_1", "from.id": "77"},
        {"level": 2, "id": 4, "parent_id": 2, "object_id": "900_2", "from.id": PAGE}
        | {"parent.id": "900_1"},
    ]
    said = {"created_time": "2026-03-01T12:00:00+0000", "message": "Hei", "query_time": query}
    node = ("level", "id", "parent_id", "object_id", "object_type", "query_time", "query_type")
    path = tmp_path / "facepager.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*node, *columns], "None", delimiter=";", quoting=1)
        writer.writeheader()
        for each in nodes:
            kind = {"query_type": "Facebook:/<post-id>/comments"} if each["level"] == 2 else {}
            writer.writerow({"object_type": "data", **said, **kind, **each})
    staged = stage(path)
    assert len(staged.posts) == 1
    found = ("comment_native", "root_native", "author_id")
    threads = [tuple(one[name] for name in found) for one in staged.comments]
    assert threads == [("900_1", "900_1", "77"), ("900_2", "900_1", PAGE)]


def test_every_kind_of_failure_has_words() -> None:
    known = {*messages.WORDS, "permission", "rate_limit", "unknown_field"}
    for kind in known:
        for platform in fetch.PLATFORMS:
            said = messages.problem(Failure(kind, ("x",)), platform, "NAVN")
            assert said.endswith(".")
            assert "{" not in said


def test_a_lost_note_costs_a_longer_fetch_only(data_dir: Path, stand: Stand) -> None:
    (data_dir / "fetch.json").write_text("{", encoding="utf-8")
    assert stand.fetch().comments == 5
