"""Which unit an account's name speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from svarvakt.register.text import fold

_SHORTEST = 3  # letters of a word that says anything


def unit_by_name(account: str, units: Mapping[str, str]) -> str | None:
    """The id of the one unit whose whole name stands in an account's name, else None.

    `units` are names by id. Of several the longest name decides; equally long ones decide nothing.
    """
    words = _words(account)
    found = {
        unit_id: _words(name)
        for unit_id, name in units.items()
        if _words(name) and _words(name) <= words
    }
    longest = max((len("".join(sorted(each))) for each in found.values()), default=0)
    best = [k for k, each in found.items() if len("".join(sorted(each))) == longest]
    return best[0] if len(best) == 1 else None


def _words(name: str) -> set[str]:
    return {word for word in re.split(r"[^a-z0-9]+", fold(name)) if len(word) >= _SHORTEST}
