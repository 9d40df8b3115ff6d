"""Action items («tiltak»): what is done about a rule. A role is responsible, no person."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

from svarvakt.decisions.store import Decision, Store, is_used, open_store

KIND = "measure"  # what the stored decisions and their subjects are called


@dataclasses.dataclass(frozen=True, kw_only=True)
class ActionItem:
    """One action item as it stands; `unit_id` "" = the whole municipality."""

    subject: str
    rule: str
    unit_id: str
    text: str
    responsible_role: str
    deadline: date | None
    done_on: date | None


def action_items(store: Store) -> list[ActionItem]:
    """All of them, those under way before those that are done; the earliest deadline first."""
    found = [_action_item(each) for each in store.in_force(about=KIND) if each.kind == KIND]
    return sorted(found, key=_order)


def action_items_of_month(data: Path, unit_id: str | None, month: date) -> list[ActionItem]:
    """What was under way for a unit (None = the municipality) in a month: not done before it."""
    found = action_items(open_store(data)) if is_used(data) else []
    wanted = [
        each
        for each in found
        if each.unit_id == (unit_id or "") and (each.done_on is None or each.done_on >= month)
    ]
    return sorted(wanted, key=lambda each: (each.deadline or date.max, each.text))


def _order(one: ActionItem) -> tuple[bool, date, str]:
    return one.done_on is not None, one.deadline or date.max, one.text


def _action_item(one: Decision) -> ActionItem:
    values = one.details
    return ActionItem(
        subject=one.subject,
        rule=str(values.get("rule", "")),
        unit_id=str(values.get("unit_id") or ""),
        text=str(values.get("text", "")),
        responsible_role=str(values.get("responsible_role", "")),
        deadline=_day(values.get("deadline")),
        done_on=_day(values.get("done_on")),
    )


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
