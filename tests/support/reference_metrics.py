"""The headline figures once more, in boring Python over a list of dicts (M4, M5, M6, M7, M21).

Written from the definitions alone, without looking at the SQL; items are rows
of the table `items`. Fractions, so that one half is one half.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

Item = Mapping[str, Any]


def is_answered(item: Item) -> bool:
    return item.get("answered_at") is not None


def is_counted(item: Item) -> bool:
    """In rates at all: has content, can be linked, is not only claimed to be answered."""
    only_claimed = item["is_claimed_answered"] and not is_answered(item)
    return item["reply_class"] != "none" and item["link_state"] == "linked" and not only_claimed


def needs_reply(item: Item) -> bool:
    return item["reply_class"] in ("must", "unclear")


def rate_all(items: Sequence[Item]) -> tuple[int, int]:
    """M4, all: (answered, items)."""
    mature = [item for item in items if is_counted(item) and item["is_mature"]]
    return sum(map(is_answered, mature)), len(mature)


def registered_answers(items: Sequence[Item]) -> int:
    """M3: of the items in M4, those whose answer a person registered."""
    return sum(
        item["answered_how"] == "registered"
        for item in items
        if is_counted(item) and item["is_mature"]
    )


def rate_needs_reply(items: Sequence[Item]) -> tuple[int, int]:
    """M4, needs a reply."""
    return rate_all([item for item in items if needs_reply(item)])


def within_target(items: Sequence[Item]) -> tuple[int, int]:
    """M5."""
    mature = [
        item for item in items if is_counted(item) and item["is_mature"] and needs_reply(item)
    ]
    kept = [item for item in mature if is_answered(item) and item["is_within_target"]]
    return len(kept), len(mature)


def quantile(values: Sequence[int], share: Fraction) -> Fraction | None:
    """Linear between neighbours, None for fewer than five values."""
    if len(values) < 5:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def answer_times(items: Sequence[Item]) -> list[int]:
    """M6, among answered: working seconds."""
    return [
        item["working_seconds"]
        for item in items
        if is_counted(item) and needs_reply(item) and is_answered(item)
    ]


def kaplan_meier(items: Sequence[Item]) -> tuple[int | None, int | None]:
    """M6, the unanswered still waiting: (median, None) or (None, longest time seen)."""
    counted = [item for item in items if is_counted(item) and needs_reply(item)]
    answered = [item["working_seconds"] for item in counted if is_answered(item)]
    open_ = [item["waiting_working_seconds"] for item in counted if not is_answered(item)]
    still_waiting = Fraction(1)
    for moment in sorted(set(answered)):
        at_risk = sum(seconds >= moment for seconds in answered + open_)
        still_waiting *= 1 - Fraction(answered.count(moment), at_risk)
        if still_waiting <= Fraction(1, 2):
            return (moment if len(answered) >= 5 else None), None
    return None, max(answered + open_) if len(counted) >= 5 else None


def waiting(items: Sequence[Item], day: int) -> tuple[int, int, int, int]:
    """M7: open items by age, [0, 1) [1, 3) [3, 6) [6, ->) working days."""
    ages = [
        Fraction(item["waiting_working_seconds"], day)
        for item in items
        if is_counted(item) and needs_reply(item) and not is_answered(item)
    ]
    limits = (0, 1, 3, 6)
    counts = [sum(age >= limit for age in ages) for limit in limits] + [0]
    return tuple(counts[n] - counts[n + 1] for n in range(4))  # type: ignore[return-value]


def queue_at(
    items: Sequence[Item], as_of: datetime, moment: datetime
) -> tuple[int, int, int, int, int]:
    """M21 of one account just before a moment: (came, answered, open, negative, overdue).

    Came and answered are of all time; nothing happens after the account's as-of time.
    """
    counted = [
        item for item in items if is_counted(item) and min(item["received_at"], as_of) < moment
    ]
    open_ = [
        item
        for item in counted
        if not is_answered(item) or not min(item["answered_at"], as_of) < moment
    ]
    needing = [item for item in open_ if needs_reply(item)]
    came = sum(map(needs_reply, counted))
    return (
        came,
        came - len(needing),
        len(needing),
        sum(item["tone"] == "negative" for item in open_),
        sum(item["due_at"] <= as_of and item["due_at"] < moment for item in needing),
    )
