"""How far a headline rate may be off because a machine says what needs a reply (M4, M5, M8).

A rate counts a group (needs a reply; is negative) that the machine has drawn. Some of the group do
not belong there, and some outside do. If those are answered as the others outside are, the rate
moves by so much; and by chance a little more. What a person has checked is not in doubt.
"""

from __future__ import annotations

import dataclasses
import math

import duckdb

from svarvakt.metrics._query import prepare, totals
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.rates import Z95, wilson
from svarvakt.metrics.scope import Scope

ENOUGH_CHECKED = 30  # labelled at random here before the municipality's own errors are used


@dataclasses.dataclass(frozen=True)
class Errors:
    """How often the machine is wrong: in what it takes in, and in what it leaves out."""

    taken: int
    wrongly_taken: int
    left: int
    wrongly_left: int

    @property
    def shares(self) -> tuple[float, float]:
        """The upper ends of both 95 % intervals, 0-1: a margin must not promise too much."""
        return (
            wilson(self.wrongly_taken, self.taken)[1],
            wilson(self.wrongly_left, self.left)[1],
        )

    def moved(self, items: int, outside: int) -> tuple[float, float]:
        """How many of `items` are wrongly taken and of `outside` wrongly left.

        Where few belong in the group, more of what is taken is wrong: the machine errs as often in
        each of those that do not belong. Never fewer than the shares above say.
        """
        shares = self.shares
        belong = self.taken - self.wrongly_taken + self.wrongly_left
        others = self.left - self.wrongly_left + self.wrongly_taken
        wrong, missed = items * shares[0], outside * shares[1]
        if belong and others:
            taking, leaving = self.wrongly_taken / others, self.wrongly_left / belong
            if taking + leaving < 1:
                strange = ((items + outside) * (1 - leaving) - items) / (1 - taking - leaving)
                strange = min(max(strange, 0.0), items + outside)
                wrong = max(wrong, taking * strange)
                missed = max(missed, leaving * (items + outside - strange))
        return min(wrong, items), min(missed, outside)


# The 1,012 comments that come with the program (without those written to be hard to tell), each
# read by a model that had not seen it: the same numbers as in models/quality.json, which is made
# when the model is.
SHIPPED_NEED = Errors(668, 25, 344, 71)
SHIPPED_NEGATIVE = Errors(301, 15, 367, 60)


@dataclasses.dataclass(frozen=True)
class Margin:
    """A rate's margin as a share (0.03 = three percentage points); None without a rate."""

    share: float | None
    checked: int  # of the group, by a person
    items: int  # the group: the rate's denominator

    @property
    def is_settled(self) -> bool:
        """Nothing is in doubt: people have checked all of it, or there is nothing."""
        return self.share is None or self.checked == self.items


@dataclasses.dataclass(frozen=True)
class ClassMargins:
    """Beside M4 needs a reply, M5, and the negative part of M8."""

    need: Margin
    within: Margin
    negative: Margin


@dataclasses.dataclass(frozen=True)
class _Group:
    items: int = 0
    answered: int = 0
    within: int = 0
    checked: int = 0

    def __add__(self, other: _Group) -> _Group:
        pairs = zip(dataclasses.astuple(self), dataclasses.astuple(other), strict=True)
        return _Group(*(mine + theirs for mine, theirs in pairs))


# Labelled at random, whatever the scope: an error is the machine's, not a unit's.
_ERRORS = """
struct_pack(
    taken := count(*) FILTER ({among} AND {found}),
    wrongly_taken := count(*) FILTER ({among} AND {found} AND NOT {is_so}),
    "left" := count(*) FILTER ({among} AND NOT {found}),
    wrongly_left := count(*) FILTER ({among} AND NOT {found} AND {is_so})
)
"""


@question("figures")
def class_margins(con: duckdb.DuckDBPyConnection, scope: Scope) -> ClassMargins:
    """The margins of the scope's rates, from what people checked and how often they disagreed."""
    content, negative, other = _groups(con, scope)
    needing = negative + other
    need, tone = _errors(con)
    return ClassMargins(
        margin(needing, needing.answered, content, content.answered, need),
        margin(needing, needing.within, content, content.within, need),
        # What is wrongly called negative may need a reply or not: the wider of the two.
        max(
            margin(negative, negative.answered, other, other.answered, tone),
            margin(negative, negative.answered, content, content.answered, tone),
            key=lambda one: one.share or 0,
        ),
    )


def margin(group: _Group, hits: int, outside: _Group, others: int, errors: Errors) -> Margin:
    """The margin of hits / group.items, when `others` of those outside are hits too."""
    if not group.items:
        return Margin(None, 0, 0)
    rate = hits / group.items
    beside = others / outside.items if outside.items else rate
    wrong, missed = errors.moved(group.items, outside.items)
    wrong *= 1 - group.checked / group.items
    missed *= 1 - outside.checked / outside.items if outside.items else 0
    if outside.items > missed:  # the missed are among those outside: without them
        others_alone = min(max((others - missed * rate) / (outside.items - missed), 0.0), 1.0)
        beside = max(beside, others_alone, key=lambda one: abs(rate - one))
    kept = max(group.items - wrong, 1)
    moved = abs(rate - beside) * max(wrong / kept, missed / (group.items + missed))
    spread = wrong * rate * (1 - rate) + missed * beside * (1 - beside)
    share = min(moved + Z95 * math.sqrt(spread) / group.items, 1.0)
    return Margin(share, group.checked, group.items)


def _groups(con: duckdb.DuckDBPyConnection, scope: Scope) -> tuple[_Group, _Group, _Group]:
    """What needs no reply; of what does, the negative ones and the others."""
    sql = f"""
    SELECT class, {totals("items", "answered", "in_time", "checked")}
    FROM margin_months WHERE {scope.where()} GROUP BY class
    """
    found = {
        name: _Group(*counts)
        for name, *counts in con.execute(prepare(sql), scope.parameters()).fetchall()
    }
    content, negative, other = (
        found.get(name, _Group()) for name in ("content", "negative", "other")
    )
    return content, negative, other


def _errors(con: duckdb.DuckDBPyConnection) -> tuple[Errors, Errors]:
    """Of what needs a reply, and of what is negative among it: the shipped ones until enough."""
    need = _ERRORS.format(among="true", found="need_found", is_so="needs")
    tone = _ERRORS.format(among="needs", found="negative_found", is_so="is_negative")
    ((own_need, own_tone),) = con.execute(f"SELECT {need}, {tone} FROM random_checks").fetchall()
    return _enough(Errors(**own_need), SHIPPED_NEED), _enough(Errors(**own_tone), SHIPPED_NEGATIVE)


def _enough(own: Errors, shipped: Errors) -> Errors:
    return own if own.taken + own.left >= ENOUGH_CHECKED else shipped
