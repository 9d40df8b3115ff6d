"""Writing decisions from the pages, and what was decided after the figures were made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import settings
from decisions import Decision, New, Store, open_store
from metrics import context
from ui import refresh, viewer
from ui.data import NotAllowed, ask


def store() -> Store:
    """The decisions of the data that are shown."""
    return open_store(settings.active_data_dir())


def decide(
    kind: str,
    subject: str,
    *,
    about: str = "item",
    details: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> int:
    """Stores one decision in the reader's role and starts a build; returns its id.

    Raises BadDecision, or NotAllowed for a role that may not decide. Pages must only hand in
    subjects that `ask` gave them: the reader's bounds are what `ask` lets through.
    """
    who = viewer.current()
    if not who.may_decide:
        raise NotAllowed(f"{who.role}: {kind}")
    (made,) = store().record(who.role, New(kind, about, subject, details or {}, reason))
    refresh.soon()
    return made


def undo(decision_id: int) -> None:
    """Takes a decision back."""
    who = viewer.current()
    if not who.may_decide:
        raise NotAllowed(f"{who.role}: undo")
    store().undo(who.role, decision_id)
    refresh.soon()


def since_figures() -> dict[str, list[Decision]]:
    """What was decided after the shown figures were made, by subject: lists leave those out."""
    up_to = int(ask(context.build_info).get("decided_up_to") or 0)
    found: dict[str, list[Decision]] = {}
    for each in store().in_force(after=up_to):
        found.setdefault(each.subject, []).append(each)
    return found
