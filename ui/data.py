"""Reads the published warehouse: one read-only connection per file, answers cached per version.

Every figure and every item passes `ask`, and with it the reader's bounds (R14, R70): no page can
forget them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import duckdb
import streamlit as st

import settings
from metrics import Scope
from metrics.permission import READS
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
    folder = settings.active_data_dir() / "warehouse"
    try:
        pointer = json.loads((folder / "current.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Warehouse(folder / pointer["file"], pointer["version"])


@st.cache_resource(max_entries=3, show_spinner=False, on_release=lambda con: con.close())
def _connection(path: str) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(path, read_only=True)
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET enable_progress_bar = false")
    return con


@st.cache_data(max_entries=2000, show_spinner=False)
def _answer(
    path: str,
    version: str,  # noqa: ARG001 -- version and name are the cache's key
    name: str,  # noqa: ARG001
    arguments: tuple[Any, ...],
    named: tuple[Any, ...],
    _question: Callable[..., Any],
) -> Any:
    """`_question` is left out of the cache's key; its name stands for it."""
    with _connection(path).cursor() as cursor:
        return _question(cursor, *arguments, **dict(named))


def ask(question: Question[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """The answer of a function in `metrics`, cached until the next build.

    The reader's bounds are put on every scope. Raises `NotAllowed` for a question that the
    reader's role does not have.
    """
    bounded = tuple(_within(each) for each in arguments)
    _permit(question.__name__, arguments)
    warehouse = current()
    if warehouse is None:
        raise FileNotFoundError("There is no warehouse to ask.")
    answer: T = _answer(
        str(warehouse.path),
        warehouse.version,
        f"{question.__module__}.{question.__name__}",
        bounded,
        tuple(sorted(named.items())),
        question,
    )
    return answer


class NotAllowed(Exception):
    """The reader's role may not know this."""


def _permit(name: str, arguments: tuple[Any, ...]) -> None:
    reads = READS.get(name)
    who = viewer.current()
    has_scope = any(isinstance(each, Scope) for each in arguments)
    is_bounded_right = reads == "common" or has_scope or who.sees_everything
    if reads is None or not who.may_read(reads) or not is_bounded_right:
        raise NotAllowed(f"{who.role}: {name}")


def _within(argument: Any) -> Any:
    who = viewer.current()
    return (
        argument.within(who.unit_ids, who.account_ids) if isinstance(argument, Scope) else argument
    )
