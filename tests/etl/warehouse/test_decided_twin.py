"""Registered answers and claims once more in plain Python: M3, M4 and M6 through the real build."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.pipeline import load
from svarvakt import metrics, warehouse
from svarvakt.decisions import New, open_store
from svarvakt.metrics import Scope
from tests.etl.warehouse.test_answers import threads
from tests.support import reference_metrics as twin
from tests.support.graph_threads import (
    PAGE,
    START,
    Thread,
    answered_under,
    comment_id,
    graph_json,
    write,
)
from tests.support.reference_clock import OSLO, due_at, working_seconds
from tests.support.warehouse_factory import DAY

YEAR = Scope(date(2026, 1, 1), date(2026, 12, 1))
EXPORTED = datetime(2026, 3, 3, 12, tzinfo=UTC)  # the afternoon of the day after: some are not due
HOWS = ("answered_elsewhere", "referred", "dialogue_closed", "answered_now")


@dataclasses.dataclass(frozen=True)
class Decided:
    """One decision about an item, some minutes after the thread began."""

    kind: str
    minute: int
    days_ago: int

    @property
    def made_at(self) -> datetime:
        return START + timedelta(minutes=self.minute)

    @property
    def answered_on(self) -> date:
        return self.made_at.astimezone(OSLO).date() - timedelta(days=self.days_ago)

    @property
    def registered_at(self) -> datetime | None:
        """When it counts from as an answer; None for a claim. An earlier day counts as its end."""
        if self.kind == "answered_now":
            return None
        if self.kind != "answered_elsewhere" or self.days_ago == 0:
            return self.made_at
        end = datetime.combine(self.answered_on, datetime.max.time(), OSLO)
        return end.replace(microsecond=0)


decided = st.none() | st.builds(
    Decided,
    kind=st.sampled_from(HOWS),
    minute=st.integers(0, 60) | st.integers(0, 4000),
    days_ago=st.integers(0, 2),
)


def items_of(found: list[Thread]) -> Iterator[tuple[str, datetime, datetime | None]]:
    """(id, when it came, when the account replied) of every item, thread by thread."""
    for (number, place), reply in answered_under(found).items():
        yield comment_id(number, place), found[number][place].sent, reply


def expected(found: list[Thread], said: list[Decided | None]) -> dict[str, dict[str, Any]]:
    """What M3 says of every item, boringly."""
    rows = {}
    for (item_id, came, reply), one in zip(items_of(found), said, strict=False):
        answers = [(reply, "reply")] if reply else []
        if one and one.registered_at:
            answers.append((max(one.registered_at, came + timedelta(seconds=1)), "registered"))
        when, how = min(answers, key=lambda answer: answer[0], default=(None, None))
        is_claim = bool(one and one.kind == "answered_now" and not when)
        rows[item_id] = {
            "answered_at": when,
            "answered_how": how,
            "is_claimed_answered": is_claim and bool(one and one.made_at >= EXPORTED),
            "is_claim_lapsed": is_claim and bool(one and one.made_at < EXPORTED),
            "is_mature": due_at(came, DAY) <= EXPORTED,
            "working_seconds": when and working_seconds(came, when),
            "waiting_working_seconds": None if when else working_seconds(came, EXPORTED),
            "link_state": "linked",
        }
    return rows


def built(data: Path, found: list[Thread], said: list[Decided | None]) -> duckdb.DuckDBPyConnection:
    """The threads loaded and decided about, each decision at its own time."""
    for (item_id, _, _), one in zip(items_of(found), said, strict=False):
        if one:
            record(data, item_id, one)
    path = write(data / f"exports/facebook/{PAGE}", graph_json(found))
    os.utime(path, (EXPORTED.timestamp(), EXPORTED.timestamp()))
    load([path], data=data)
    pointer = warehouse.current(data)
    assert pointer
    con = duckdb.connect(str(warehouse.warehouse_path(data, pointer)), read_only=True)
    con.execute("SET TimeZone = 'UTC'")
    return con


def record(data: Path, item_id: str, one: Decided) -> None:
    class Clock:
        @staticmethod
        def now(tz: tzinfo) -> datetime:
            return one.made_at.astimezone(tz)

    is_dated = one.kind == "answered_elsewhere"
    details = {"answered_on": one.answered_on.isoformat()} if is_dated else {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("svarvakt.decisions.store.datetime", Clock)
        new = New(one.kind, "item", item_id, details, "grunn")
        open_store(data).record("kommunikasjon", new)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(threads(), min_size=15, max_size=25), st.lists(decided, min_size=150, max_size=150))
def test_what_was_decided_counts_as_plain_python_says(
    tmp_path_factory: pytest.TempPathFactory, found: list[Thread], said: list[Decided | None]
) -> None:
    plain = expected(found, said)
    with built(tmp_path_factory.mktemp("decided"), found, said) as con:
        columns = next(iter(plain.values()))
        listed = con.execute(f"SELECT item_id, {', '.join(columns)} FROM items").fetchall()
        assert {row[0]: dict(zip(columns, row[1:], strict=True)) for row in listed} == plain
        classes = dict(con.execute("SELECT item_id, reply_class FROM items").fetchall())
        rows = [row | {"reply_class": classes[item_id]} for item_id, row in plain.items()]
        figures, time = metrics.response(con, YEAR), metrics.response_time(con, YEAR)
    assert (figures.all_answered, figures.all_items) == twin.rate_all(rows)
    assert (figures.need_answered, figures.need_items) == twin.rate_needs_reply(rows)
    assert figures.registered_answers == twin.registered_answers(rows)
    times = twin.answer_times(rows)
    assert time.n_answered == len(times)
    for share, value in ((50, time.median_working_seconds), (90, time.p90_working_seconds)):
        wanted = twin.quantile(times, Fraction(share, 100))
        assert value == (None if wanted is None else pytest.approx(float(wanted)))
    assert (time.km_median_working_seconds, time.km_at_least) == twin.kaplan_meier(rows)
