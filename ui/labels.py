"""Labels of choices, made unique: of two equal ones Streamlit takes the last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from svarvakt.metrics.reference_data import Choice
from ui.words import platform

K = TypeVar("K")


def unique(names: Mapping[K, str], *hints: Mapping[K, str]) -> dict[K, str]:
    """The same keys in the same order, no two labels equal.

    Equal ones get the first hint that tells them apart, in brackets: a unit its parent, an account
    its handle, a file its folder. Where none does, they get their own key.
    """
    found = dict(names)
    for hint in hints:
        count = Counter(found.values())
        for key, label in names.items():
            if count[found[key]] > 1 and found[key] == label and hint.get(key):
                found[key] = f"{label} ({hint[key]})"
        twins = Counter(found.values())
        found = {key: names[key] if twins[label] > 1 else label for key, label in found.items()}
    count = Counter(found.values())
    keyed = {k: label if count[label] == 1 else f"{label} ({k})" for k, label in found.items()}
    return _numbered(keyed)


def _numbered(labels: Mapping[K, str]) -> dict[K, str]:
    """The last resort: a label that is another's with its key gets a number."""
    taken: set[str] = set()
    found: dict[K, str] = {}
    for key, label in labels.items():
        free, number = label, 2
        while free in taken:
            free, number = f"{label} ({number})", number + 1
        taken.add(free)
        found[key] = free
    return found


def of(names: Mapping[K, str], *hints: Mapping[K, str]) -> Callable[[K], str]:
    """`format_func` of a list of choices: `unique`, and the key itself for what is not named."""
    labels = unique(names, *hints)
    return lambda key: labels.get(key, str(key))


def accounts(choices: Sequence[Choice]) -> dict[str, str]:
    """Account id and label: name and platform, and the handle where those are not enough."""
    names = {each.id: f"{each.name} ({platform(each.note)})" for each in choices}
    return unique(names, {each.id: each.handle for each in choices})


def units(choices: Sequence[Choice]) -> dict[str, str]:
    """Unit id and label: the name, and the sector where two share it."""
    names = {each.id: each.name for each in choices}
    return unique(names, {each.id: each.note for each in choices})
