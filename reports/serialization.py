"""Figures as JSON and back: what a locked month keeps. The same figures give the same bytes."""

from __future__ import annotations

import dataclasses
import json
import types
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints


def to_json(record: Any) -> str:
    """A dataclass as one line of JSON, keys in order; times in ISO form."""
    return json.dumps(
        dataclasses.asdict(record), sort_keys=True, ensure_ascii=False, default=_plain
    )


def from_json(kind: type[Any], text: str) -> Any:
    """The dataclass again. Raises KeyError or TypeError for JSON of another shape."""
    return _value(kind, json.loads(text))


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no place in a report")


def _value(kind: Any, found: Any) -> Any:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        # An older program may have kept what this one no longer knows.
        known = {name: value for name, value in found.items() if name in hints}
        return kind(**{name: _value(hints[name], value) for name, value in known.items()})
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if found is None else _value(inner[0], found)
    if origin is tuple:
        kinds = (inner[0],) * len(found) if inner[-1] is Ellipsis else inner
        return tuple(_value(each, value) for each, value in zip(kinds, found, strict=True))
    return kind.fromisoformat(found) if kind in (date, datetime) else found
