"""Measures: what is done about a rule, as people entered them. A role is responsible, no person."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

from svarvakt.decisions import Decision, is_used, open_store


@dataclasses.dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure; `unit_id` None = the whole municipality."""

    rule: str
    unit_id: str | None
    text: str
    responsible_role: str
    deadline: date | None
    done_on: date | None


def measures(data: Path, unit_id: str | None, month: date) -> list[Measure]:
    """What was under way in a month: not done before it. The earliest deadline first."""
    decided = open_store(data).in_force(about="measure") if is_used(data) else []
    found = [_measure(each) for each in decided if each.kind == "measure"]
    wanted = [
        each
        for each in found
        if each.unit_id == unit_id and (each.done_on is None or each.done_on >= month)
    ]
    return sorted(wanted, key=lambda each: (each.deadline or date.max, each.text))


def _measure(one: Decision) -> Measure:
    values = one.details
    return Measure(
        rule=str(values.get("rule", "")),
        unit_id=values.get("unit_id") or None,
        text=str(values.get("text", "")),
        responsible_role=str(values.get("responsible_role", "")),
        deadline=_day(values.get("deadline")),
        done_on=_day(values.get("done_on")),
    )


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
