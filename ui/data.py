"""Reads the published warehouse: one read-only connection per file, answers cached per version."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import duckdb
import streamlit as st

import settings

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
    """The answer of a function in `metrics`, cached until the next build."""
    warehouse = current()
    if warehouse is None:
        raise FileNotFoundError("There is no warehouse to ask.")
    answer: T = _answer(
        str(warehouse.path),
        warehouse.version,
        f"{question.__module__}.{question.__name__}",
        arguments,
        tuple(sorted(named.items())),
        question,
    )
    return answer
