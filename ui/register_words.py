"""The register's columns and the words in them, as people read them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from svarvakt.decisions import Edit
from svarvakt.i18n import _, short_day
from svarvakt.register import TABLES, Problem
from ui import registering
from ui.register_reasons import worded
from ui.words import platform

Cells = Mapping[str, str]


def label(column: str) -> str:
    """What a column is called in the pages; an unknown one keeps its name."""
    return _labels().get(column, column)


def _labels() -> dict[str, str]:
    return {
        "account_id": _("Account id"),
        "platform": _("Platform"),
        "handle": _("User name"),
        "native_id": _("The platform's own id"),
        "url": _("Address"),
        "name": _("Name"),
        "identities": _("Other names and ids in exports"),
        "unit_id": _("Unit"),
        "kind": _("Type"),
        "editor_role": _("Editor (role)"),
        "purpose": _("Purpose"),
        "opened_on": _("Opened"),
        "told_on": _("Told"),
        "closed_on": _("Closed down"),
        "shows_belonging": _("Shows that it is the municipality's"),
        "comments_field": _("Comment field"),
        "status": _("Status"),
        "pause_from": _("Pause from"),
        "pause_to": _("Pause to"),
        "risk_assessed_on": _("Risk assessed"),
        "two_factor": _("Two-factor"),
        "recovery_email": _("Municipal recovery e-mail"),
        "confirmed_on": _("Confirmed"),
        "note": _("Exception and why"),
        "short_name": _("Short name"),
        "parent_id": _("Unit above"),
        "leader_role": _("Leader (role)"),
        "leader_email": _("Leader's mailbox"),
        "language_form": _("Form of Norwegian"),
        "org_number": _("Organisation number"),
        "is_sensitive_service": _("Sensitive service"),
        "valid_from": _("Holds from"),
        "valid_to": _("Holds to"),
        "replaced_by": _("Replaced by"),
        "channel_choice": _("Chosen channels"),
        "person_ref": _("E-mail or staff number"),
        "role": _("Role"),
    }


def choice(column: str, word: str | None) -> str:
    """What a stored word is called; an empty one is said as what it means."""
    if not word:
        return _("unknown") if column != "role" else _("administrator")
    if column == "platform":
        return platform(word)
    return _choices().get(word, platform(word) if column == "channel_choice" else word)


def _choices() -> dict[str, str]:
    return {
        "official": _("official"),
        "unit": _("unit account"),
        "ja": _("yes"),
        "nei": _("no"),
        "unntak": _("exception"),
        "ukjent": _("not looked at"),
        "apent": _("open for comments"),
        "begrenset": _("limited comments"),
        "stengt": _("closed for comments"),
        "planlagt": _("planned"),
        "meldt": _("reported"),
        "aktiv": _("active"),
        "pause": _("paused"),
        "avviklet": _("closed"),
        "sektor": _("sector"),
        "fagavdeling": _("department"),
        "enhet": _("unit"),
        "avdeling": _("section"),
        "KF": _("municipal enterprise"),
        "samarbeid": _("cooperation"),
        "ekstern": _("external"),
        "bokmal": "bokmål",
        "nynorsk": "nynorsk",
        "noytral": _("neutral"),
        "ingen": _("none, by own choice"),
        "administrator": _("administrator"),
        "reserve": _("deputy"),
        "kommunikasjon": _("communications"),
    }


def shown(column: str, cell: str | None, units: Mapping[str, str]) -> str:
    """A stored cell as people read it: names of units, Norwegian dates, words."""
    if not cell:
        return "–"
    if column in ("unit_id", "parent_id", "replaced_by"):
        return units.get(cell, cell)
    if column == "told_on" and cell.startswith("kjent per "):
        on = as_day(cell.removeprefix("kjent per "))
        return _("known per {day}").format(day=short_day(on)) if on else cell
    on = as_day(cell)
    if on:
        return short_day(on)
    if column == "channel_choice":
        return ", ".join(choice(column, word) for word in cell.split("|"))
    return _choices().get(cell, cell) if column not in _FREE else cell


_FREE = {"name", "short_name", "handle", "purpose", "note", "editor_role", "leader_role"}


def as_day(cell: str | None) -> date | None:
    """The day in a cell; None where there is none that can be read."""
    text = (cell or "").strip()
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 a date has no zone
        except ValueError:
            continue
    return None


def told_text(cell: str) -> str:
    """`kjent per 15.08.2025`: as the register accepts it back, in the form people write."""
    on = as_day(cell.removeprefix("kjent per "))
    if on is None:
        return cell
    return ("kjent per " if cell.startswith("kjent per ") else "") + on.strftime("%d.%m.%Y")


def plain(text: str) -> str:
    """Text from data in a label, which would else be read as Markdown."""
    return re.sub(r"([\\`*_{}\[\]()<>#+.!|~$:-])", r"\\\1", text)


def faults(problems: Sequence[Problem], edits: Sequence[Edit] = ()) -> list[str]:
    """Problems with the line named by its account or unit, and the column as the page calls it."""
    lines = {name: registering.numbered(edits, name) for name in _files(problems)}
    return list(dict.fromkeys(_fault(problem, lines) for problem in problems))


def _files(problems: Sequence[Problem]) -> set[str]:
    return {_table(problem.file) for problem in problems} - {""}


def _table(file: str) -> str:
    """`accounts` of accounts.csv, or of a sheet in the workbook."""
    word = re.split(r"[ .]", file)[-1] if ", ark " in file else file.partition(".")[0]
    return word if word in {table.name for table in TABLES} else ""


def _fault(problem: Problem, lines: Mapping[str, Mapping[int, Cells]]) -> str:
    table = _table(problem.file)
    cells = lines.get(table, {}).get(problem.line or 0, {})
    name = cells.get("name") or cells.get("account_id") or cells.get("unit_id") or ""
    where = [part for part in (name, _column(table, problem.column)) if part]
    said = worded(problem.message)
    return f"{', '.join(where)}: {said}" if where else said


def _column(table: str, header: str | None) -> str:
    """The page's word for a header, whichever way the file writes it."""
    for column in (c for each in TABLES if each.name == table for c in each.columns):
        if header in (column.name, column.alias):
            return label(column.name)
    return header or ""
