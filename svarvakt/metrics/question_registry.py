"""Questions: which function may be asked by whom, and whether the months matter to its answer.

Both are said where the function stands, by `@question`. One that is not marked is answered to
nobody (R14, R70); a test looks for functions of this package that lack the mark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from svarvakt.metrics.populations import POPULATIONS

# What an answer gives away; svarvakt.access says which role may read what.
#   common    the same for every reader: no unit, account or item is named
#   figures   sums over the scope
#   units     a line per unit
#   accounts  a line per account
#   register  the register itself, for those who keep it
#   items     single items, with their texts
Reads = Literal["common", "figures", "units", "accounts", "register", "items"]
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Question:
    """How a question may be asked. All but `common` take a `Scope`, which is bounded by the role.

    `months` False: the answer is the same whatever months a reader chooses (what waits now, the
    register, what is asked by name), so one answer serves every choice. None: the population
    among the arguments decides.
    """

    reads: Reads
    months: bool | None


_QUESTIONS: dict[Callable[..., Any], Question] = {}


def question(reads: Reads, *, months: bool | None = True) -> Callable[[F], F]:
    """Marks a function whose first argument is a connection as a question."""

    def register(function: F) -> F:
        _QUESTIONS[function] = Question(reads, months)
        return function

    return register


def registered(function: Callable[..., Any]) -> Question | None:
    """How a function may be asked; None = not at all."""
    return _QUESTIONS.get(function)


def questions() -> dict[str, Callable[..., Any]]:
    """Every question by its name."""
    return {function.__name__: function for function in _QUESTIONS}


def ignores_months(function: Callable[..., Any], arguments: Iterable[object]) -> bool:
    """Whether the months of the scope may be left out; `arguments` may hold the scope."""
    asked = _QUESTIONS.get(function)
    if asked is None or asked.months:
        return False
    if asked.months is None:
        now = {str(kind) for kind, each in POPULATIONS.items() if each.is_now}
        return any(each in now for each in arguments if isinstance(each, str))
    return True
