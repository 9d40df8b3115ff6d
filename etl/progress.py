"""How long work says how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float, str], None]  # how much is done, 0 to 1, and what is being done (bokmål)


def silent(_fraction: float, _what: str) -> None:
    """For whoever does not want to know."""
