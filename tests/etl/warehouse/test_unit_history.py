"""R48: a reorganisation changes no figure of the time before it."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.pipeline import load, rebuild
from svarvakt import metrics, warehouse
from svarvakt.decisions import RegisterEdit, open_store, unit_history
from svarvakt.metrics import Scope
from svarvakt.metrics.scope import resolve
from tests.support.graph_threads import Message, graph_json, write

LAST_YEAR = Scope(date(2025, 1, 1), date(2025, 12, 1))
THIS_YEAR = Scope(date(2026, 1, 1), date(2026, 12, 1))
REORGANISED = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # already 1 July in Norway
HEADER = "unit_id;name;kind;parent_id;valid_from;valid_to"
BEFORE = ["10;Kultur;sektor;;2020-01-01;", "20;Oppvekst;sektor;;2020-01-01;",
          "11;Bibliotek;enhet;10;2020-01-01;", "12;Kino;enhet;10;2020-01-01;"]  # fmt: skip
# The library gets a new name and a new sector, the sector a new name, and one unit is new.
AFTER = ["10;Kultur;sektor;;2020-01-01;2026-06-30", "10;Kultur og fritid;sektor;;2026-07-01;",
         "20;Oppvekst;sektor;;2020-01-01;", "30;Frivillighet;enhet;10;2026-07-01;",
         "11;Bibliotek;enhet;10;2020-01-01;2026-06-30",
         "11;Bibliotek og kino;enhet;20;2026-07-01;",
         "12;Kino;enhet;10;2020-01-01;"]  # fmt: skip
# Every question about months whose answer may name or choose a unit.
QUESTIONS: dict[str, Callable[..., Any]] = {
    name: getattr(metrics, name)
    for name in (
        "activity", "activity_accounts", "activity_by_month", "coverage",
        "follow_up", "moderation", "monitored", "response", "response_by_account",
        "response_by_month", "response_by_unit", "response_time",
    )
}  # fmt: skip


def units_file(data: Path, lines: list[str]) -> None:
    folder = data / "register"
    folder.mkdir(exist_ok=True)
    (folder / "units.csv").write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")


def asked(data: Path, scope: Scope, name: str) -> Any:
    pointer = warehouse.current(data)
    assert pointer
    with duckdb.connect(str(warehouse.warehouse_path(data, pointer)), read_only=True) as con:
        return QUESTIONS[name](con, scope)


def answers(data: Path, scope: Scope) -> str:
    """What every question answers, word for word."""
    return "\n".join(f"{name}: {asked(data, scope, name)}" for name in QUESTIONS)


@pytest.fixture
def data(data_dir: Path, tmp_path: Path) -> Path:
    """The library's account with a question in November 2025 and one in September 2026."""
    units_file(data_dir, BEFORE)
    (data_dir / "register" / "accounts.csv").write_text(
        "account_id;platform;url;kind;unit_id\n"
        "facebook:Fjordvik;facebook;https://www.facebook.com/501;unit;11\n",
        encoding="utf-8",
    )
    content = graph_json([[Message(0, 0)], [Message(1, 0)]])
    (post,) = content["data"]
    post["created_time"] = "2025-11-03T07:00:00+0000"
    old, new = post["comments"]["data"]
    old["created_time"] = "2025-11-03T08:00:00+0000"
    new["created_time"] = "2026-09-01T08:00:00+0000"
    load([write(tmp_path, content)], data=data_dir)
    return data_dir


def move(data: Path, monkeypatch: pytest.MonkeyPatch, unit_id: str) -> None:
    """Somebody gives the account another unit in the app, at the time of the reorganisation."""

    class Clock:
        @staticmethod
        def now(tz: tzinfo) -> datetime:
            return REORGANISED.astimezone(tz)

    cells = {"account_id": "facebook:Fjordvik", "platform": "facebook", "kind": "unit",
             "url": "https://www.facebook.com/501", "unit_id": "11"}  # fmt: skip
    with monkeypatch.context() as patch:
        patch.setattr("svarvakt.decisions.store.datetime", Clock)
        edit = ("accounts", "facebook:fjordvik", cells, cells | {"unit_id": unit_id})
        open_store(data).edit_register("kommunikasjon", [edit])


def test_figures_of_last_year_are_the_same_after_a_reorganisation(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scopes = [LAST_YEAR, *(LAST_YEAR.only_unit(unit) for unit in ("10", "11", "12", "20"))]
    before = [answers(data, scope) for scope in scopes]
    units_file(data, AFTER)
    move(data, monkeypatch, "12")
    rebuild(data=data)
    assert [answers(data, scope) for scope in scopes] == before


def test_figures_of_this_year_follow_the_reorganisation(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units_file(data, AFTER)
    move(data, monkeypatch, "30")
    rebuild(data=data)
    rows = [
        [(row.unit_name, row.received) for row in asked(data, scope, "response_by_unit")]
        for scope in (LAST_YEAR, THIS_YEAR)
    ]
    assert rows == [[("Bibliotek", 1)], [("Frivillighet", 1)]]
    culture = [
        asked(data, scope.only_unit("10"), "response").received for scope in (LAST_YEAR, THIS_YEAR)
    ]
    assert culture == [1, 1]
    school = [
        asked(data, scope.only_unit("20"), "response").received for scope in (LAST_YEAR, THIS_YEAR)
    ]
    assert school == [0, 0]


def test_a_unit_that_gave_its_account_away_is_there_with_what_it_received_alone(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = graph_json([])
    (post,) = content["data"]
    post |= {"id": "501_777", "created_time": "2026-03-02T07:00:00+0000"}
    load([write(tmp_path, content, "spring.json")], data=data)
    units_file(data, AFTER)
    move(data, monkeypatch, "30")
    rebuild(data=data)
    spring = Scope(date(2026, 3, 1), date(2026, 3, 1))
    rows = [
        [(row.unit_name, row.state) for row in asked(data, scope, "response_by_unit")]
        for scope in (spring, THIS_YEAR)
    ]
    assert rows == [[("Bibliotek", "no_comments")], [("Frivillighet", "figure")]]


def test_a_unit_lies_where_it_lay_in_the_period(data: Path) -> None:
    units_file(data, AFTER)
    rebuild(data=data)
    received = {
        (scope.last_month.year, unit): asked(data, scope.only_unit(unit), "response").received
        for scope in (LAST_YEAR, THIS_YEAR)
        for unit in ("10", "20")
    }
    assert received == {(2025, "10"): 1, (2025, "20"): 0, (2026, "10"): 0, (2026, "20"): 1}


def test_who_has_an_account_now_sees_what_was_asked_before(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units_file(data, AFTER)
    move(data, monkeypatch, "30")
    rebuild(data=data)
    seen = {
        unit: asked(data, LAST_YEAR.within((unit,), ()), "response").received
        for unit in ("11", "12", "30")
    }
    assert seen == {"11": 1, "12": 0, "30": 1}


def edits(*changes: tuple[int, str, str]) -> list[RegisterEdit]:
    """(day, unit before, unit after) of one account; '' = none."""
    return [
        RegisterEdit(
            edit_id=number,
            made_at=datetime(2026, 1, 1, 23, 30, tzinfo=UTC) + timedelta(days=day),
            role="kommunikasjon",
            file="accounts",
            line_key="facebook:1",
            before={"unit_id": before} if before else None,
            after={"unit_id": after} if after else {},
        )
        for number, (day, before, after) in enumerate(changes)
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param([(0, "", "a")], [], id="the first unit reaches back"),
        pytest.param([(0, "a", "b")], [("a", "2026-01-01")], id="the day begins in Norway"),
        pytest.param([(0, "a", "a")], [], id="another cell was edited"),
        pytest.param([(0, "", "a"), (3, "a", "b")], [], id="a slip is no reorganisation"),
        pytest.param([(0, "", "a"), (40, "a", "b")], [("a", "2026-02-10")], id="later it is"),
        pytest.param([(0, "a", "b"), (2, "b", "c")], [("a", "2026-01-01")], id="slip after a move"),
        pytest.param([(0, "a", "b"), (2, "b", "a")], [], id="changed back"),
        pytest.param(
            [(0, "a", "b"), (90, "b", "a")],
            [("a", "2026-01-01"), ("b", "2026-04-01")],
            id="back after a while",
        ),
        pytest.param([(0, "a", "")], [("a", "2026-01-01")], id="no unit any more"),
    ],
)
def test_earlier_units(
    changes: list[tuple[int, str, str]], expected: list[tuple[str, str]]
) -> None:
    found = unit_history.earlier_units(edits(*changes))
    assert [(each.unit_id, each.ended_on.isoformat()) for each in found] == expected


@pytest.mark.parametrize("lines", [BEFORE, AFTER], ids=["as it always was", "reorganised"])
def test_units_that_are_looked_up_beforehand_change_no_answer(data: Path, lines: list[str]) -> None:
    units_file(data, lines)
    rebuild(data=data)
    pointer = warehouse.current(data)
    assert pointer
    chosen = [None, ("10",), ("20",), ("11", "12"), ("nowhere",)]
    bounds = [(None, None), (("10",), None), (None, ("facebook:501",)), (("20",), ())]
    looked_up = set()
    with duckdb.connect(str(warehouse.warehouse_path(data, pointer)), read_only=True) as con:
        for units, (within, accounts) in itertools.product(chosen, bounds):
            scope = dataclasses.replace(THIS_YEAR, unit_ids=units).within(within, accounts)
            resolved = resolve(con, scope)
            if resolved.is_resolved:
                looked_up.add(units)
            for name, months in itertools.product(("activity", "response"), (0, -12)):
                expected = QUESTIONS[name](con, scope.shifted(months))
                assert QUESTIONS[name](con, resolved.shifted(months)) == expected, (name, scope)
    moved = {("10",), ("20",)} if lines is AFTER else set()
    assert looked_up == {*chosen} - moved


REPLACED = "unit_id;name;kind;parent_id;valid_from;valid_to;replaced_by"


def _owners(data: Path) -> list[tuple[str, str]]:
    """Month and unit of each question."""
    pointer = warehouse.current(data)
    assert pointer
    with duckdb.connect(str(warehouse.warehouse_path(data, pointer)), read_only=True) as con:
        found = con.execute("SELECT month::VARCHAR, unit_id FROM items ORDER BY month").fetchall()
    return [(row[0], row[1]) for row in found]


def _units(data: Path, *lines: str) -> None:
    path = data / "register" / "units.csv"
    path.write_text("\n".join([REPLACED, *lines]) + "\n", encoding="utf-8")


CLOSED = "11;Bibliotek;enhet;;2020-01-01;2026-06-30;40"


def test_a_unit_that_was_closed_and_replaced_in_the_file_keeps_its_past(data: Path) -> None:
    """The account still stands with the closed unit: the new one has it from then on."""
    _units(data, CLOSED, "40;Kultur og bibliotek;enhet;;2020-01-01;;")
    rebuild(data=data)
    assert _owners(data) == [("2025-11-01", "11"), ("2026-09-01", "40")]


def test_an_account_that_was_moved_in_the_file_leaves_its_past_with_the_closed_unit(
    data: Path,
) -> None:
    accounts = data / "register" / "accounts.csv"
    accounts.write_text(accounts.read_text(encoding="utf-8").replace(";unit;11", ";unit;40"))
    _units(data, CLOSED, "40;Kultur og bibliotek;enhet;;2026-07-01;;")
    rebuild(data=data)
    assert _owners(data) == [("2025-11-01", "11"), ("2026-09-01", "40")]


def test_a_chain_of_replaced_units_and_one_that_was_there_all_along(data: Path) -> None:
    _units(
        data,
        "11;Bibliotek;enhet;;2020-01-01;2025-12-31;40",
        "40;Kultur;enhet;;2026-01-01;2026-06-30;50",
        "50;Kultur og fritid;enhet;;2026-07-01;;",
    )
    rebuild(data=data)
    assert _owners(data) == [("2025-11-01", "11"), ("2026-09-01", "50")]


def test_a_unit_that_ended_before_its_turn_never_had_the_account(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Moved in the app on 1 July to a unit that the file had closed, and replaced, before that."""
    _units(
        data,
        "11;Bibliotek;enhet;;2020-01-01;;",
        "40;Kultur;enhet;;2020-01-01;2026-03-31;50",
        "50;Kultur og fritid;enhet;;2020-01-01;;",
    )
    move(data, monkeypatch, "40")
    rebuild(data=data)
    assert _owners(data) == [("2025-11-01", "11"), ("2026-09-01", "50")]


def test_two_units_that_end_on_one_day_leave_the_past_with_the_first(data: Path) -> None:
    _units(
        data,
        CLOSED,
        "40;Kultur;enhet;;2020-01-01;2026-06-30;50",
        "50;Kultur og fritid;enhet;;2020-01-01;;",
    )
    rebuild(data=data)
    assert _owners(data) == [("2025-11-01", "11"), ("2026-09-01", "50")]
