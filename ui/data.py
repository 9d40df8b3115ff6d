"""Reads the published warehouse: one read-only connection per file, answers cached per version.

Every figure and every item passes `ask`, and with it the reader's bounds (R14, R70): no page can
forget them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import duckdb
import streamlit as st

from svarvakt import settings, warehouse
from svarvakt.access import Viewer
from svarvakt.metrics import Scope
from svarvakt.metrics.question_registry import ignores_months, registered
from svarvakt.metrics.scope import resolve
from svarvakt.metrics.suppression import suppress
from ui import viewer

P = ParamSpec("P")
T = TypeVar("T")
Question = Callable[Concatenate[duckdb.DuckDBPyConnection, P], T]


@dataclass(frozen=True)
class Warehouse:
    """The warehouse that is shown. A new build is a new file with a new version."""

    path: Path
    version: str


def current() -> Warehouse | None:
    """What the pointer names; None when nothing has been built yet."""
    data = settings.active_data_dir()
    pointer = warehouse.pointer(data)
    if pointer is None:
        return None
    return Warehouse(warehouse.warehouse_path(data, pointer), pointer["version"])


_held: ContextVar[Warehouse | None] = ContextVar("warehouse", default=None)


def hold() -> Warehouse | None:
    """What the pointer names, kept for the rest of the run: a page's figures are of one build."""
    _held.set(current())
    return _held.get()


@st.cache_resource(max_entries=3, show_spinner=False, on_release=lambda con: con.close())
def _connection(path: str) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(path, read_only=True)
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET enable_progress_bar = false")
    # Sharing so short a question among the cores costs a fifth more than answering it; many readers
    # ask at once, each in a thread of its own.
    con.execute("SET threads = 1")
    return con


@st.cache_data(max_entries=2000, show_spinner=False)
def _answer(
    key: str,  # noqa: ARG001 -- all that the cache looks at: version, question, what is asked of it
    _path: Path,
    _question: Callable[..., Any],
    _arguments: tuple[Any, ...],
    _named: tuple[Any, ...],
) -> Any:
    with _connection(str(_path)).cursor() as cursor:
        reached = [_resolved(cursor, each, _path) for each in _arguments]
        named = {name: _resolved(cursor, each, _path) for name, each in _named}
        return _question(cursor, *reached, **named)


def _resolved(con: duckdb.DuckDBPyConnection, argument: Any, path: Path) -> Any:
    """A scope with its units looked up, once for all questions and every choice of months."""
    if not isinstance(argument, Scope):
        return argument
    whenever = argument.any_time()
    found = _resolve(repr((path, whenever)), con, whenever)
    return dataclasses.replace(
        found, first_month=argument.first_month, last_month=argument.last_month
    )


@st.cache_data(max_entries=2000, show_spinner=False)
def _resolve(
    key: str,  # noqa: ARG001 -- all that the cache looks at
    _con: duckdb.DuckDBPyConnection,
    _scope: Scope,
) -> Scope:
    return resolve(_con, _scope)


def ask(question: Question[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """The answer of a function in `metrics`, cached until the next build.

    The reader's bounds are put on every scope, and small figures are covered for those who may
    not see the items (R31). Raises `NotAllowed` for a question that the
    reader's role does not have.
    """
    who = viewer.current()
    _permit(who, question, (*arguments, *named.values()))
    in_order, by_name = _without_idle_months(question, arguments, named)
    bounded = tuple(_within(each, who) for each in in_order)
    rest = tuple((name, _within(by_name[name], who)) for name in sorted(by_name))
    warehouse = _there_is()
    try:
        answer: T = _asked(warehouse, question, bounded, rest)
    except duckdb.IOException:
        # What was erased takes the older files with it at once: a new one has come just now.
        newer = hold()
        if newer is None or newer == warehouse:
            raise
        answer = _asked(newer, question, bounded, rest)
    return answer if who.may_read("items") else suppress(answer)


def _there_is() -> Warehouse:
    warehouse = _held.get() or current()
    if warehouse is None:
        raise FileNotFoundError("There is no warehouse to ask.")
    return warehouse


def _asked(
    warehouse: Warehouse, question: Callable[..., T], arguments: tuple[Any, ...], rest: Any
) -> T:
    name = f"{question.__module__}.{question.__name__}"
    # One text by its name: Streamlit takes as long for each argument that it has to look at.
    answer: T = _answer(
        key=repr((warehouse, name, arguments, rest)),
        _path=warehouse.path,
        _question=question,
        _arguments=arguments,
        _named=rest,
    )
    return answer


def may_ask(question: Callable[..., Any]) -> bool:
    """Whether the reader's role has this question at all: what a page then leaves out."""
    known = registered(question)
    return known is not None and viewer.current().may_read(known.reads)


class NotAllowed(Exception):
    """The reader's role may not know this."""


def _permit(who: Viewer, question: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Raises NotAllowed unless a question of `metrics` is the role's and can be bounded."""
    known = registered(question)
    if known is None or not who.may_read(known.reads):
        raise NotAllowed(f"{who.role}: {question.__name__}")
    is_bounded_right = known.reads == "common" or who.sees_everything
    if not is_bounded_right and not any(_has_scope(each) for each in arguments):
        raise NotAllowed(f"{who.role}: {question.__name__}")


def _without_idle_months(
    question: Callable[..., Any], arguments: tuple[Any, ...], named: Mapping[str, Any]
) -> tuple[tuple[Any, ...], Mapping[str, Any]]:
    """The arguments and the named ones; where months do not matter, every choice of them is one."""
    if not ignores_months(question, (*arguments, *named.values())):
        return arguments, named
    return tuple(map(_any_time, arguments)), {k: _any_time(v) for k, v in named.items()}


def _any_time(argument: Any) -> Any:
    return argument.any_time() if isinstance(argument, Scope) else argument


def _has_scope(argument: Any) -> bool:
    return isinstance(argument, Scope) or any(_has_scope(each) for each in _inside(argument))


def _inside(argument: Any) -> tuple[Any, ...]:
    """What an argument holds: a scope may lie inside."""
    if dataclasses.is_dataclass(argument) and not isinstance(argument, type):
        return tuple(getattr(argument, each.name) for each in dataclasses.fields(argument))
    if isinstance(argument, Mapping):
        return tuple(argument.values())
    return tuple(argument) if isinstance(argument, list | tuple | set | frozenset) else ()


def _within(argument: Any, who: Viewer) -> Any:
    """The argument with the reader's bounds on every scope in it.

    Raises NotAllowed for a scope that lies where bounds cannot be put on it.
    """
    if isinstance(argument, Scope):
        return argument.within(who.unit_ids, who.account_ids)
    if not _has_scope(argument) or who.sees_everything:
        return argument
    if type(argument) in (list, tuple):
        return type(argument)(_within(each, who) for each in argument)
    if dataclasses.is_dataclass(argument) and not isinstance(argument, type):
        held = {
            f.name: _within(getattr(argument, f.name), who) for f in dataclasses.fields(argument)
        }
        return dataclasses.replace(argument, **held)
    raise NotAllowed(f"{who.role}: a scope in a {type(argument).__name__}")
