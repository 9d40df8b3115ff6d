"""The register as the pages read and write it, in the reader's role and within the bounds (R14).

Everything here reads the register as it is in force now, not the warehouse: a saved line shows at
once, the figures follow with the next build.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypeGuard

from svarvakt import settings
from svarvakt.decisions import (
    Edit,
    current_register,
    edits_between,
    lines_by_key,
    lines_by_number,
    register_lines,
)
from svarvakt.i18n import _
from svarvakt.register import TABLES, Problem, Register, tidied
from ui import refresh, viewer
from ui.data import NotAllowed
from ui.decided import store

Cells = Mapping[str, str]
_RESTRICTED = {table.name for table in TABLES if table.is_restricted}
_ALIASES = {table.name: {c.name: c.alias for c in table.columns} for table in TABLES}
# Between looking at what is in force and storing over it nobody else may store.
_lock = threading.Lock()


def known() -> Register:
    """The whole register as it is in force. Raises NotAllowed for all but its keepers."""
    if not viewer.current().may_keep_register:
        raise NotAllowed("register")
    return current_register(settings.active_data_dir())


def lines(name: str) -> list[dict[str, str]]:
    """The lines of one file that the reader keeps: {column: text}, English column names.

    A unit leader gets the own units, their accounts and the administrators of those.
    """
    found = register_lines(settings.active_data_dir(), name)
    who = viewer.current()
    if who.may_keep_register:
        return found
    if who.role != "enhetsleder":
        return []
    units, accounts = own_units(), own_accounts()
    return [
        line
        for line in found
        if (name in ("units", "accounts") and line.get("unit_id") in units)
        or (name == "administrators" and line.get("account_id") in accounts)
    ]


def save(name: str, before: Iterable[Cells], after: Iterable[Cells]) -> list[Problem]:
    """Makes `before` into `after`: all lines or none, logged, and a build is started.

    Returns what is wrong with the new lines, or that somebody else changed them in the meantime;
    then nothing is stored. Raises NotAllowed for a line that the reader may not edit.
    """
    table = next(table for table in TABLES if table.name == name)
    return save_all(edits_between(name, before, [tidied(table, line) for line in after]))


def save_all(edits: list[Edit]) -> list[Problem]:
    """The same for edits of several files at once."""
    role = viewer.current().role
    with _lock:
        for edit in edits:
            if not _may(edit):
                raise NotAllowed(f"{role}: {edit.file}")
        found = conflicts(edits) or _problems(edits)
        if not edits or found:
            return found
        store().edit_register(role, edits)
    for edit in edits:
        # The key of a restricted line holds a person's reference: the log has the account.
        shown = (edit.after or edit.before or {}).get("account_id") or edit.line_key
        store().log(role, "register", edit.file if edit.file == "access" else shown)
    refresh.soon()
    return []


def conflicts(edits: Iterable[Edit]) -> list[Problem]:
    """What others changed in these lines since `before` was read: both values, column by column."""
    data = settings.active_data_dir()
    now: dict[str, dict[str, Cells]] = {}
    found = []
    for edit in edits:
        if edit.file not in now:
            now[edit.file] = lines_by_key(data, edit.file)
        stands = now[edit.file].get(edit.line_key)
        if _filled(stands) != _filled(edit.before):
            found += _conflict(edit, stands)
    return found


def numbered(edits: Iterable[Edit], name: str) -> dict[int, Cells]:
    """The lines of a file by the number that problems give them, with these edits in it."""
    return lines_by_number(settings.active_data_dir(), name, list(edits))


def own_units() -> set[str]:
    """A unit leader's units and all below them, as the register is now."""
    return below(viewer.current().unit_ids or ())


def below(unit_ids: Iterable[str]) -> set[str]:
    """These units and all below them, as the register is now."""
    data = settings.active_data_dir()
    under: dict[str, set[str]] = {}
    for unit in register_lines(data, "units"):
        under.setdefault(unit.get("parent_id", ""), set()).add(unit.get("unit_id", ""))
    found: set[str] = set()
    waiting = list(unit_ids)
    while waiting:
        unit_id = waiting.pop()
        if unit_id and unit_id not in found:
            found.add(unit_id)
            waiting.extend(under.get(unit_id, ()))
    return found


def own_accounts() -> set[str]:
    """The accounts of the reader's own units, as the register is now."""
    units = own_units()
    accounts = register_lines(settings.active_data_dir(), "accounts")
    return {line.get("account_id", "") for line in accounts if line.get("unit_id") in units}


def _problems(edits: list[Edit]) -> list[Problem]:
    """What the edits make wrong; what was wrong before does not stop them."""
    data = settings.active_data_dir()
    had = Counter(problem.message for problem in current_register(data).problems)
    new = []
    for problem in current_register(data, edits).problems:
        if had[problem.message]:
            had[problem.message] -= 1
        else:
            new.append(problem)
    return new


def _conflict(edit: Edit, stands: Cells | None) -> list[Problem]:
    file = f"{edit.file}.csv"
    if stands is None:
        return [
            Problem(file, None, None, _("Somebody else has removed the line. Nothing is stored."))
        ]
    if edit.before is None and edit.after is not None:
        said = _("Somebody else has entered this line already. Nothing is stored.")
        return [Problem(file, None, None, said)]
    before, after = edit.before or {}, edit.after or {}
    changed = [c for c in _ALIASES[edit.file] if stands.get(c, "") != before.get(c, "")]
    return [
        Problem(file, None, _ALIASES[edit.file][c], _both(edit.file, stands.get(c), after.get(c)))
        for c in changed
    ]


def _both(file: str, theirs: str | None, ours: str | None) -> str:
    if file in _RESTRICTED:
        return _("Somebody else has changed this in the meantime. Nothing is stored.")
    return _(
        "Somebody else has changed this in the meantime: it now says «{theirs}», and you have "
        "«{ours}». Nothing is stored."
    ).format(theirs=theirs or "", ours=ours or "")


def _may(edit: Edit) -> bool:
    """Keepers may edit everything, unit leaders what `_LEADERS` says, others nothing."""
    who = viewer.current()
    if who.may_keep_register:
        return True
    bound = _LEADERS.get(edit.file)
    return who.role == "enhetsleder" and bound is not None and bound(edit)


def _leader_may_account(edit: Edit) -> bool:
    """G3, G5: tell of a new account of an own unit; keep the own ones, but never hand them over.

    Official accounts are the communications department's to make (G1).
    """
    units, after = own_units(), edit.after
    if after is None or after.get("unit_id") not in units:
        return False
    if edit.before is None:
        return after.get("status") == "meldt" and after.get("kind") == "unit"
    keeps_kind = after.get("kind") in ("unit", edit.before.get("kind"))
    return edit.before.get("unit_id") in units and keeps_kind


def _leader_may_administrator(edit: Edit) -> bool:
    """G3: a unit leader appoints the administrators of the own accounts."""
    accounts = own_accounts()
    return all(line.get("account_id") in accounts for line in (edit.before, edit.after) if line)


def _leader_may_unit(edit: Edit) -> bool:
    """Only `channel_choice`, and only of own units."""
    if not (_is_there(edit.before) and _is_there(edit.after)):
        return False
    before = {**edit.before, "channel_choice": ""}
    is_alone = _filled(before) == _filled({**edit.after, "channel_choice": ""})
    return is_alone and edit.after.get("unit_id") in own_units()


_LEADERS: Mapping[str, Callable[[Edit], bool]] = {
    "accounts": _leader_may_account,
    "administrators": _leader_may_administrator,
    "units": _leader_may_unit,
}


def _is_there(cells: Cells | None) -> TypeGuard[Cells]:
    return cells is not None


def _filled(cells: Cells | None) -> dict[str, str] | None:
    """Empty cells and those that are not there are the same; None = there is no such line."""
    if cells is None:
        return None
    return {name: text.strip() for name, text in cells.items() if text and text.strip()}
