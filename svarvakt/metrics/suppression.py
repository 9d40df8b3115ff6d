"""Small figures covered for readers who may not see the items: management, the report (R31).

A line with fewer than five behind a figure is covered, and where it alone is covered a second one
with it, so that nobody finds it from the total. A covered line says «one, nothing known»: its
counts are those of every covered line, so that neither the screen nor a file can tell them apart.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, TypeVar, cast

from svarvakt.metrics.account_activity import Activity
from svarvakt.metrics.rates import THIN
from svarvakt.metrics.response_rate import ResponseFigures

Line = TypeVar("Line", bound=Any)
T = TypeVar("T")

# What a covered line holds: too few for any word but «for få til å vises».
COVERED = 1
_RESPONSE = tuple(field.name for field in dataclasses.fields(ResponseFigures))
_DENOMINATORS = ("received", "all_items", "need_items")


def suppress(answer: T) -> T:
    """The answer as management may read it; what holds no small figure is as it was."""
    if isinstance(answer, ResponseFigures):
        return cast(T, _response(answer)) if _is_small(answer, _DENOMINATORS) else answer
    if isinstance(answer, list) and answer:
        if isinstance(answer[0], ResponseFigures):
            return cast(T, _listed(answer, _DENOMINATORS, _response))
        if isinstance(answer[0], Activity):
            return cast(T, _listed(answer, ("comments_received",), _activity))
    return answer


def _listed(lines: Any, names: tuple[str, ...], cover: Any) -> Any:
    chosen = to_cover(lines, names)
    return [cover(line) if at in chosen else line for at, line in enumerate(lines)]


def to_cover(lines: Sequence[Any], names: tuple[str, ...]) -> set[int]:
    """Which lines to cover: the small ones, and where there is one alone the smallest other."""
    chosen = {at for at, line in enumerate(lines) if _is_small(line, names)}
    others = [at for at, line in enumerate(lines) if at not in chosen and _size(line, names)]
    if len(chosen) == 1 and others:
        chosen.add(min(others, key=lambda at: _size(lines[at], names)))
    return chosen


def _is_small(line: Any, names: tuple[str, ...]) -> bool:
    return any(0 < getattr(line, name) < THIN for name in names)


def _size(line: Any, names: tuple[str, ...]) -> int:
    return max(int(getattr(line, name)) for name in names)


def _response(line: Line) -> Line:
    counts = {name: COVERED if name in _DENOMINATORS else 0 for name in _RESPONSE}
    return dataclasses.replace(line, **counts)


def _activity(line: Line) -> Line:
    return dataclasses.replace(line, comments_received=COVERED)
