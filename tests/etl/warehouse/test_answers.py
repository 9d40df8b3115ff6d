"""Who a reply reaches (M3), through the real import and build."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.pipeline import load
from svarvakt import settings as places
from svarvakt import warehouse
from tests.support.graph_threads import (
    START,
    Message,
    Thread,
    answered_under,
    comment_id,
    graph_json,
    write,
)

Query = Callable[..., list[Any]]


def rows(data: Path, sql: str, *values: Any) -> list[Any]:
    """What the published warehouse answers."""
    pointer = warehouse.current(data)
    assert pointer is not None
    with duckdb.connect(str(warehouse.warehouse_path(data, pointer)), read_only=True) as con:
        return con.execute(sql, list(values)).fetchall()


def answers_of(data: Path, threads: list[Thread], folder: Path) -> dict[str, datetime | None]:
    """Imports the threads and returns item → answered_at."""
    report = load([write(folder, graph_json(threads))], data=data)
    assert [file.status for file in report.files] == ["loaded"], report.files
    return dict(rows(data, "SELECT item_id, answered_at FROM items"))


def only(data: Path, tmp_path: Path, thread: Thread) -> list[datetime | None]:
    found = answers_of(data, [thread], tmp_path)
    return [found[comment_id(0, n)] for n, m in enumerate(thread) if m.writer is not None]


def test_a_reply_reaches_every_earlier_item_of_the_thread(data_dir: Path, tmp_path: Path) -> None:
    thread = [Message(0, 0), Message(1, 5, 0), Message(None, 9, 0), Message(2, 12, 0)]
    assert only(data_dir, tmp_path, thread) == [thread[2].sent, thread[2].sent, None]


def test_a_reply_that_mentions_a_writer_reaches_only_that_writer(
    data_dir: Path, tmp_path: Path
) -> None:
    thread = [Message(0, 0), Message(1, 5, 0), Message(None, 9, 0, mentions=(1,))]
    assert only(data_dir, tmp_path, thread) == [None, thread[2].sent]


def test_a_name_written_without_a_tag_is_a_mention(data_dir: Path, tmp_path: Path) -> None:
    reply = Message(None, 9, 0, text="Innbygger Bberg, det åpner i mai.")
    assert only(data_dir, tmp_path, [Message(0, 0), Message(1, 5, 0), reply]) == [None, reply.sent]


def test_a_direct_reply_to_a_nested_comment_reaches_that_writer(
    data_dir: Path, tmp_path: Path
) -> None:
    thread = [Message(0, 0), Message(1, 3, 0), Message(2, 5, 0), Message(None, 9, 1)]
    assert only(data_dir, tmp_path, thread) == [None, thread[3].sent, None]


@pytest.mark.parametrize("minutes_early", [0, 1, 24 * 60])
def test_a_direct_reply_by_a_clock_that_runs_wrong_answers_at_once(
    data_dir: Path, tmp_path: Path, minutes_early: int
) -> None:
    thread = [Message(0, 1500), Message(None, 1500 - minutes_early, 0)]
    assert only(data_dir, tmp_path, thread) == [thread[0].sent]
    assert rows(data_dir, "SELECT elapsed_seconds, working_seconds FROM items") == [(0, 0)]
    assert rows(data_dir, "FROM rejected_rows") == []


def test_a_direct_reply_more_than_a_day_too_early_is_told_and_answers_nothing(
    data_dir: Path, tmp_path: Path
) -> None:
    thread = [Message(0, 1500), Message(None, 59, 0)]
    assert only(data_dir, tmp_path, thread) == [None]
    ((line, reason),) = rows(data_dir, "SELECT line, reason FROM rejected_rows")
    assert line == 1
    assert "mer enn et døgn" in reason


def test_a_reply_before_another_item_of_the_thread_does_not_answer_it(
    data_dir: Path, tmp_path: Path
) -> None:
    thread = [Message(0, 0), Message(None, 5, 0), Message(1, 5, 0)]
    assert only(data_dir, tmp_path, thread) == [thread[1].sent, None]


def test_a_new_comment_that_tags_reaches_the_writer_in_every_thread_of_the_post(
    data_dir: Path, tmp_path: Path
) -> None:
    tagging = Message(None, 30, mentions=(0,))
    threads = [[Message(0, 0), Message(1, 2, 0)], [Message(0, 40)], [tagging], [Message(2, 3)]]
    found = answers_of(data_dir, threads, tmp_path)
    assert found == {
        comment_id(0, 0): tagging.sent,
        comment_id(0, 1): None,  # somebody else
        comment_id(1, 0): None,  # later
        comment_id(3, 0): None,
    }


def test_a_name_in_a_new_comment_reaches_its_writer_and_is_masked(
    data_dir: Path, tmp_path: Path
) -> None:
    naming = Message(None, 30, text="Innbygger Aberg: det åpner i mai.")
    found = answers_of(data_dir, [[Message(0, 0)], [naming], [Message(1, 1)]], tmp_path)
    assert list(found.values()).count(naming.sent) == 1
    assert found[comment_id(0, 0)] == naming.sent
    assert "Aberg" not in str(rows(data_dir, "SELECT text FROM replies"))


def test_what_the_municipality_calls_automatic_is_no_answer(data_dir: Path, tmp_path: Path) -> None:
    register = data_dir / "register"
    register.mkdir()
    (register / "municipality.csv").write_text(
        "key;value\nautomatic_replies;Takk for meldingen!  Vi svarer.|Hei, ring 71 11 10 00\n",
        encoding="utf-8",
    )
    bot = Message(None, 1, 0, text="takk for meldingen! Vi svarer.")
    phone = Message(None, 1, 0, text="Hei, ring 71 11 10 00")
    person = Message(None, 20, 0, text="Mandag.")
    found = answers_of(data_dir, [[Message(0, 0), bot], [Message(1, 0), phone, person]], tmp_path)
    assert found == {comment_id(0, 0): None, comment_id(1, 0): person.sent}
    assert rows(data_dir, "SELECT count(*) FROM looks") == [
        (1,)
    ]  # M13: a robot looks after nothing


def test_another_citizen_does_not_answer(data_dir: Path, tmp_path: Path) -> None:
    assert only(data_dir, tmp_path, [Message(0, 0), Message(1, 3, 0)]) == [None, None]


def messages(number: int) -> st.SearchStrategy[Message]:
    return st.builds(
        Message,
        writer=st.sampled_from([0, 1, 2, None, None])
        if number
        else st.sampled_from([0, 1, 1, None]),
        minute=st.one_of(st.integers(0, 60), st.sampled_from([0, 1439, 1440, 1441, 1500])),
        parent=st.integers(0, number - 1) if number else st.none(),
        mentions=st.sets(st.integers(0, 2), max_size=2).map(tuple),
    )


@st.composite
def threads(draw: st.DrawFn) -> Thread:
    size = draw(st.integers(1, 6))
    thread = [draw(messages(number)) for number in range(size)]
    # Only the account's mentions matter, and people mention whom they answer.
    return [
        message
        if message.writer is None
        else Message(message.writer, message.minute, message.parent)
        for message in thread
    ]


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(threads(), min_size=15, max_size=30))
def test_the_build_answers_as_plain_python_does(
    tmp_path_factory: pytest.TempPathFactory, found: list[Thread]
) -> None:
    data = tmp_path_factory.mktemp("answers")
    built = answers_of(data, found, data / "inbox")
    expected = {comment_id(*place): moment for place, moment in answered_under(found).items()}
    assert built == expected


def test_an_export_without_thread_links_leaves_nobody_unanswered(
    data_dir: Path, tmp_path: Path
) -> None:
    content = graph_json([[Message(0, 0)], [Message(1, 4)], [Message(None, 9)]])
    for comment in content["data"][0]["comments"]["data"]:
        del comment["comment_count"]
    load([write(tmp_path, content)], data=data_dir)
    assert rows(data_dir, "SELECT DISTINCT link_state FROM items") == [("cannot_link",)]


def test_an_export_without_authors_leaves_nobody_unanswered(data_dir: Path, tmp_path: Path) -> None:
    text = json.dumps(graph_json([[Message(0, 0), Message(None, 5, 0)], [Message(1, 2)]]))
    content = json.loads(text.replace('"from"', '"somebody"'))
    load([write(tmp_path, content)], data=data_dir)
    assert rows(data_dir, "SELECT DISTINCT link_state FROM items") == [("cannot_link",)]


def test_answered_and_unanswered_of_a_thread_out_of_sight_leave_the_rates_together(
    data_dir: Path, tmp_path: Path
) -> None:
    """M3: what a file does not hold was not drawn by lot; what may wait has a list of its own."""
    thread = [Message(0, 0), Message(None, 5, 0), Message(1, 9, 0)]
    content = graph_json([thread, [Message(1, 2)]])
    content["data"][0]["comments"]["data"][0]["comment_count"] = 3
    load([write(tmp_path, content)], data=data_dir)
    found = rows(
        data_dir,
        "SELECT link_state, answered_at IS NOT NULL, may_be_unanswered FROM items ORDER BY item_id",
    )
    assert found == [("cannot_link", True, False), ("cannot_link", False, True),
                     ("linked", False, False)]  # fmt: skip
    standing = rows(
        data_dir, "SELECT standing, count(*) FROM measured_items GROUP BY ALL ORDER BY 2"
    )
    assert [name for name, _ in standing][-1] == "cannot_link"


def test_an_empty_list_of_comments_says_none_and_a_missing_one_says_nothing(
    data_dir: Path, tmp_path: Path
) -> None:
    content = graph_json([[Message(1, 5)]])
    (post,) = content["data"]
    page = post["id"].partition("_")[0]
    bare = {name: value for name, value in post.items() if name != "comments"}
    content["data"] += [
        bare
        | {"id": f"{page}_91", "created_time": "2026-01-02T10:00:00+0000"}
        | {"comments": {"data": []}},
        bare | {"id": f"{page}_92", "created_time": "2026-02-02T10:00:00+0000"},
    ]
    load([write(tmp_path, content)], data=data_dir)
    found = rows(data_dir, "SELECT month(month), has_comment_data FROM covered_months ORDER BY ALL")
    assert found == [(1, True), (2, False), (3, True)]


def test_a_visitors_post_is_an_item_and_a_comment_below_it_answers(
    data_dir: Path, tmp_path: Path
) -> None:
    content = graph_json([[Message(None, 90)], [Message(1, 95)]])
    content["data"][0]["from"] = {"id": "7000", "name": "Innbygger Aberg"}
    load([write(tmp_path, content)], data=data_dir)
    found = rows(data_dir, "SELECT item_kind, answered_at IS NOT NULL FROM items ORDER BY ALL")
    assert found == [("comment", False), ("visitor_post", True)]
    assert rows(data_dir, "SELECT count(*) FROM posts") == [(0,)]


def test_a_comment_that_a_newer_export_of_the_whole_thread_lacks_has_vanished(
    data_dir: Path, tmp_path: Path
) -> None:
    thread = [Message(0, 0), Message(1, 5, 0), Message(2, 7, 0)]
    for number, messages_left in enumerate((thread, thread[:2])):
        path = write(tmp_path, graph_json([messages_left]), f"{number}.json")
        os.utime(path, (1_780_000_000 + number, 1_780_000_000 + number))
        load([path], data=data_dir)
    found = rows(data_dir, "SELECT item_id FROM items WHERE is_vanished")
    assert found == [(comment_id(0, 2),)]
    kept = rows(data_dir, "SELECT text, writer_key FROM items WHERE is_vanished")
    assert kept == [(None, None)]


def test_an_identity_learned_later_decides_earlier_imports(data_dir: Path, tmp_path: Path) -> None:
    """The page answers under another id than the one in its posts (formats.md 7.1)."""
    content = graph_json([[Message(0, 0), Message(None, 30, 0)]], page="888")
    content["data"][0]["from"] = {"id": "888", "name": "Noe annet"}
    load([write(tmp_path, content)], data=data_dir)
    assert rows(data_dir, "SELECT count(*) FROM items WHERE answered_at IS NULL") == [(2,)]
    register = data_dir / "register"
    register.mkdir()
    (register / "accounts.csv").write_text(
        "account_id;platform;url;kind;identities\n"
        "facebook:888;facebook;https://www.facebook.com/eksempel;unit;501\n",
        encoding="utf-8",
    )
    assert places.data_dir() == data_dir
    load([tmp_path], data=data_dir)
    assert rows(data_dir, "SELECT answered_how FROM items") == [("reply",)]


@pytest.mark.parametrize(
    ("received", "answered", "working_hours", "elapsed_hours", "due"),
    [
        ("2026-04-01 15:00", "2026-04-07 09:00", 1.5, 138, "2026-04-07 15:00"),
        ("2026-10-24 20:00", "2026-10-26 08:10", 1 / 6, 37 + 1 / 6, "2026-10-26 15:30"),
        ("2026-05-13 15:00", "2026-05-15 08:30", 1.0, 41.5, "2026-05-15 15:00"),
        ("2026-03-27 15:20", "2026-03-30 08:20", 0.5, 64, "2026-03-30 15:20"),
    ],
)
def test_the_fixtures_of_m6_hold_from_the_file_to_the_figure(
    data_dir: Path,
    tmp_path: Path,
    received: str,
    answered: str,
    working_hours: float,
    elapsed_hours: float,
    due: str,
) -> None:
    first, reply = (
        datetime.fromisoformat(text).replace(tzinfo=places.ZONE) for text in (received, answered)
    )
    minutes = [round((moment - START).total_seconds() / 60) for moment in (first, reply)]
    load(
        [write(tmp_path, graph_json([[Message(0, minutes[0]), Message(None, minutes[1], 0)]]))],
        data=data_dir,
    )
    found = rows(data_dir, "SELECT working_seconds, elapsed_seconds, due_at FROM items")
    expected_due = datetime.fromisoformat(due).replace(tzinfo=places.ZONE)
    assert found == [(round(3600 * working_hours), round(3600 * elapsed_hours), expected_due)]
