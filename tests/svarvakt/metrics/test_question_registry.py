"""Which questions the months do not matter to: an answer of theirs is kept for every choice."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, get_args

import duckdb
import pytest

from svarvakt.metrics import Scope
from svarvakt.metrics.populations import POPULATIONS, Kind
from svarvakt.metrics.question_registry import ignores_months, questions
from tests.support.warehouse_factory import make_warehouse

OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 1), unit_ids=("kultur",))
MORE: Mapping[str, tuple[Any, ...]] = {
    "later_replies": ("facebook:c0",),
    "accounts_state": (date(2026, 11, 1),),
    "change": (-1,),
    "data_state": (date(2026, 11, 1),),
    "picked": (7, ()),
    "places": (("facebook:1",),),
    "posts_at": ("https://www.facebook.com/1/posts/1",),
    "rules": (date(2026, 11, 1),),
    "rules_by_account": (date(2026, 11, 1),),
    "rules_by_unit": (date(2026, 11, 1),),
    "rules_with_accounts": (date(2026, 11, 1),),
    "rules_with_units": (date(2026, 11, 1),),
    "to_read": ("facebook:1_1",),
    "typical_wait_until": (datetime(2026, 10, 15),),  # noqa: DTZ001
    "word_effects": (("bra",),),
    "work_counts": ({"waiting": ()},),
}
KINDS: tuple[Kind, ...] = get_args(Kind)


class Watched:
    """A connection that keeps the values of every statement."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        self.values: set[str] = set()

    def execute(self, sql: Any, values: Any = None) -> duckdb.DuckDBPyConnection:
        self.values |= set(values) if isinstance(values, Mapping) else set()
        return self.con.execute(sql, values)


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return make_warehouse()


def _asked() -> Iterator[tuple[str, tuple[Any, ...]]]:
    for name in sorted(questions()):
        if name in ("items", "item_count"):
            yield from ((name, (kind,)) for kind in KINDS)
        elif "scope" in inspect.signature(_question(name)).parameters:
            yield name, MORE.get(name, ())


def _question(name: str) -> Any:
    return questions()[name]


@pytest.mark.parametrize(("name", "more"), list(_asked()))
def test_an_answer_is_kept_for_all_months_just_where_none_is_asked_for(
    con: duckdb.DuckDBPyConnection, name: str, more: tuple[Any, ...]
) -> None:
    watched = Watched(con)
    _question(name)(watched, OCTOBER, *more)
    assert "unit_ids" in watched.values
    asks_for_months = bool(watched.values & {"first_month", "last_month"})
    assert ignores_months(_question(name), more) is not asks_for_months


def test_what_waits_is_listed_whatever_the_months() -> None:
    assert {"waiting", "open"} <= {kind for kind, each in POPULATIONS.items() if each.is_now}
    assert set(POPULATIONS) == set(KINDS)
