"""The register as the pages read and write it, in the reader's role and within the bounds (R14)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import settings
from decisions import Edit, current_register, edits_between, register_lines
from metrics import Scope, context
from register import Problem, Register
from ui import refresh, viewer
from ui.data import NotAllowed, ask
from ui.decided import store

Cells = Mapping[str, str]
# What a unit leader keeps (G3), for accounts in the leader's own units only.
LEADERS_FILES = ("accounts", "administrators")


def known() -> Register:
    """The whole register as it is in force. Raises NotAllowed for all but its keepers."""
    if not viewer.current().may_keep_register:
        raise NotAllowed("register")
    return current_register(settings.active_data_dir())


def lines(name: str) -> list[dict[str, str]]:
    """The lines of one file that the reader may edit: {column: text}, English column names."""
    return [line for line in register_lines(settings.active_data_dir(), name) if _may(name, line)]


def save(name: str, before: Iterable[Cells], after: Iterable[Cells]) -> list[Problem]:
    """Makes `before` into `after`: all lines or none, logged, and a build is started.

    Returns what is wrong with the new lines; then nothing is stored. Raises NotAllowed for a line
    that the reader may not edit.
    """
    return save_all(edits_between(name, before, after))


def save_all(edits: list[Edit]) -> list[Problem]:
    """The same for edits of several files at once."""
    data, role = settings.active_data_dir(), viewer.current().role
    for edit in edits:
        if not all(_may(edit.file, line) for line in (edit.before, edit.after) if line):
            raise NotAllowed(f"{role}: {edit.file}")
    had = {problem.message for problem in current_register(data).problems}
    new = [p for p in current_register(data, edits).problems if p.message not in had]
    if edits and not new:
        store().edit_register(role, edits)
        for edit in edits:
            # The key of a restricted line holds a person's reference: the log has the account.
            shown = (edit.after or edit.before or {}).get("account_id") or edit.line_key
            store().log(role, "register", edit.file if edit.file == "access" else shown)
        refresh.soon()
    return new


def _may(name: str, line: Cells) -> bool:
    who = viewer.current()
    if who.may_keep_register:
        return True
    if who.role != "enhetsleder" or name not in LEADERS_FILES:
        return False
    owned = ask(context.account_choices, Scope(date.min, date.max))
    return line.get("account_id") in {each.id for each in owned}
