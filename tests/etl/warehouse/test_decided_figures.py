"""What people decide reaches the figures: through the real load and build."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.pipeline import load, rebuild
from svarvakt import metrics, warehouse
from svarvakt.decisions import New, open_store
from svarvakt.metrics import Kind, Scope
from tests.support.graph_threads import PAGE, Message, comment_id, graph_json, write
from tests.support.warehouse_factory import make_warehouse

YEAR = Scope(date(2026, 1, 1), date(2026, 12, 1))
EXPORTED = 1_772_586_400  # 2026-03-04, when the deadline has passed
QUESTION, COMPLAINT = comment_id(0, 0), comment_id(1, 0)
POST = "facebook:900"
Decide = Callable[..., None]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two comments that nobody answered: a question and a complaint about an own case."""
    folder = tmp_path_factory.mktemp("once")
    threads = [
        [Message(0, 0)],
        [Message(1, 5, text="Elendig! Søknaden min om byggetillatelse er ikke behandlet.")],
    ]
    export(folder, threads, EXPORTED)
    return folder


@pytest.fixture
def data(once: Path, data_dir: Path) -> Path:
    shutil.copytree(once, data_dir, dirs_exist_ok=True)
    return data_dir


def export(data: Path, threads: list[list[Message]], at: int) -> None:
    path = write(data / f"exports/facebook/{PAGE}", graph_json(threads), f"{at}.json")
    os.utime(path, (at, at))
    load([path], data=data)


@pytest.fixture
def decide(data: Path) -> Decide:
    """Stores one decision and builds."""

    def run(kind: str, subject: str, about: str = "item", **details: Any) -> None:
        open_store(data).record("kommunikasjon", New(kind, about, subject, details, "grunn"))
        rebuild(data=data)

    return run


def figures(data: Path) -> duckdb.DuckDBPyConnection:
    pointer = warehouse.current(data)
    assert pointer
    con = duckdb.connect(str(warehouse.warehouse_path(data, pointer)), read_only=True)
    con.execute("SET TimeZone = 'UTC'")
    return con


def item(data: Path, item_id: str, columns: str) -> tuple[Any, ...]:
    row = figures(data).execute(f"SELECT {columns} FROM items WHERE item_id = $1", [item_id])
    found: tuple[Any, ...] = row.fetchall()[0]
    return found


def listed(data: Path, kind: Kind) -> set[str]:
    return {row.item_id for row in metrics.items(figures(data), YEAR, kind)}


def test_an_answer_given_elsewhere_counts_and_is_shown_apart(data: Path, decide: Decide) -> None:
    assert metrics.response(figures(data), YEAR).all_rate == metrics.Rate(0, 2)
    decide("answered_elsewhere", QUESTION, answered_on="2026-03-02")
    found = metrics.response(figures(data), YEAR)
    assert (found.all_answered, found.registered_answers) == (1, 1)
    assert found.within_answered == 1  # the end of the day it was asked
    assert item(data, QUESTION, "answered_how, working_seconds, link_state") == (
        "registered",
        6 * 3600 + 1800,  # 09:00 to closing at 15:30
        "linked",
    )
    assert QUESTION not in listed(data, "open")


def test_a_reply_that_came_first_stays_the_answer(data: Path, decide: Decide) -> None:
    export(data, [[Message(0, 0), Message(None, 30)], [Message(1, 5)]], EXPORTED + 60)
    decide("answered_elsewhere", QUESTION)
    assert item(data, QUESTION, "answered_how, elapsed_seconds") == ("reply", 1800)


def test_an_answer_cannot_be_older_than_the_question(data: Path, decide: Decide) -> None:
    decide("answered_elsewhere", QUESTION, answered_on="2026-02-01")
    assert item(data, QUESTION, "elapsed_seconds") == (1,)


def test_answered_now_leaves_the_list_and_counts_in_no_rate(data: Path, decide: Decide) -> None:
    decide("answered_now", QUESTION)
    found = metrics.response(figures(data), YEAR)
    assert (found.claimed, found.all_items) == (1, 1)
    assert QUESTION not in listed(data, "waiting")
    assert listed(data, "claimed") == {QUESTION}


def test_a_claim_that_a_newer_export_does_not_show_comes_back(data: Path, decide: Decide) -> None:
    decide("answered_now", QUESTION)
    export(data, [[Message(0, 0)], [Message(1, 5)]], 2_000_000_000)
    assert item(data, QUESTION, "is_claimed_answered, is_claim_lapsed") == (False, True)
    assert QUESTION in listed(data, "claim_lapsed") & listed(data, "waiting")


def test_a_claim_is_confirmed_by_the_export_that_shows_the_reply(
    data: Path, decide: Decide
) -> None:
    decide("answered_now", QUESTION)
    export(data, [[Message(0, 0), Message(None, 30)], [Message(1, 5)]], 2_000_000_000)
    assert item(data, QUESTION, "is_claimed_answered, is_claim_lapsed, answered_how") == (
        False,
        False,
        "reply",
    )


@pytest.mark.parametrize(
    ("kind", "details", "expected"),
    [
        ("class", {"reply_class": "content"}, ("content", "person")),
        ("class", {"reply_class": "none"}, ("none", "person")),
        ("hidden", {}, ("none", "hidden_with_reason")),
    ],
)
def test_a_person_stands_above_the_rules(
    data: Path, decide: Decide, kind: str, details: dict[str, str], expected: tuple[str, str]
) -> None:
    decide(kind, QUESTION, **details)
    assert item(data, QUESTION, "reply_class, class_rule") == expected


def test_a_tone_that_a_person_set_is_confirmed_and_decides_the_class(
    data: Path, decide: Decide
) -> None:
    decide("tone", QUESTION, tone="negative")
    assert item(data, QUESTION, "tone, tone_confirmed") == ("negative", True)
    assert metrics.unanswered_negative_counts(figures(data), YEAR).confirmed == 1


def test_a_case_is_handled_with_a_number_and_when_the_citizen_knows(
    data: Path, decide: Decide
) -> None:
    assert listed(data, "case_not_referred") == {COMPLAINT}
    decide("referred", COMPLAINT, case_number="26/118", is_citizen_told=False)
    assert listed(data, "case_incomplete") == {COMPLAINT} <= listed(data, "open")
    decide("referred", COMPLAINT, case_number="26/118", is_citizen_told=True)
    found = metrics.case_handling(figures(data), YEAR)
    assert (found.found, found.referred, found.complete, found.not_referred) == (1, 1, 1, 0)
    assert COMPLAINT not in listed(data, "open")


def test_what_a_person_says_is_no_case_is_none(data: Path, decide: Decide) -> None:
    decide("class", COMPLAINT, reply_class="must")
    assert metrics.case_handling(figures(data), YEAR).found == 0


def test_a_factual_error_is_open_until_it_is_corrected(data: Path, decide: Decide) -> None:
    decide("error_found", POST, about="post", found_on="2026-03-04")
    found = metrics.factual_errors(figures(data), YEAR)
    assert (found.found, found.open, found.open_over_day) == (1, 1, 1)
    decide("error_corrected", POST, about="post", corrected_on="2026-03-06")
    found = metrics.factual_errors(figures(data), YEAR)
    assert (found.found, found.corrected, found.open, found.open_over_day) == (1, 1, 0, 0)
    (row,) = metrics.error_list(figures(data), YEAR)
    assert row.corrected_at
    assert (row.corrected_at - row.found_at).days == 2


def test_an_error_found_today_is_not_yet_over_a_day(data: Path, decide: Decide) -> None:
    decide("error_found", QUESTION)
    (row,) = metrics.error_list(figures(data), YEAR)
    assert not row.is_open_over_day
    decide("not_an_error", QUESTION)
    assert metrics.error_list(figures(data), YEAR) == []


def test_a_decision_or_a_look_ends_the_gap(data: Path, decide: Decide) -> None:
    assert metrics.monitored(figures(data), YEAR).weeks_looked == 0
    decide("seen", f"facebook:{PAGE}", about="account", week="2026-03-02")
    assert metrics.monitored(figures(data), YEAR).weeks_looked == 1


def test_a_closed_dialogue_is_no_follow_up(data: Path, decide: Decide) -> None:
    thread = [Message(0, 0), Message(None, 30), Message(0, 60, 0, text="Når da?")]
    export(data, [thread], EXPORTED + 60)
    assert metrics.follow_up(figures(data), YEAR).n_all == 1
    decide("dialogue_closed", comment_id(0, 2))
    assert metrics.follow_up(figures(data), YEAR).n_all == 0


def test_undo_brings_the_figure_back(data: Path, decide: Decide) -> None:
    decide("answered_elsewhere", QUESTION)
    store = open_store(data)
    store.undo("kommunikasjon", store.newest_id())
    rebuild(data=data)
    assert metrics.response(figures(data), YEAR).all_answered == 0
    assert QUESTION in listed(data, "open")


def test_hiding_without_a_reason_is_counted() -> None:
    rows = [{"is_hidden": True}, {"is_vanished": True, "has_hidden_reason": True}, {}]
    found = metrics.moderation(make_warehouse(items=rows), YEAR)
    assert (found.either, found.without_reason) == (metrics.Rate(2, 3), 1)
