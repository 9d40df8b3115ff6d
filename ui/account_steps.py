"""Where an account stands in its life, and the next step as a button."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from svarvakt.decisions import edits_between
from svarvakt.i18n import _, ngettext, short_day
from ui import markup
from ui.register_draft import generation
from ui.register_grid import FIRST_DAY, LAST_DAY
from ui.register_rows import Row, expires_in
from ui.register_saving import save, show_faults
from ui.register_words import as_day, choice

_REMIND_FROM = 30  # days before the confirmation expires


def show(row: Row, today: date) -> None:
    """Status with its dates, the state of the confirmation, the steps that make sense now."""
    markup.paragraph(_where(row.line))
    markup.paragraph(confirmation(row))
    show_faults(f"step-{row.account_id}")
    status = row.line.get("status", "")
    steps = st.container(horizontal=True)
    with steps:
        if status != "avviklet":
            _step(row, "confirm", _("Still right today"), {"confirmed_on": today.isoformat()})
        if status in ("planlagt", ""):
            told = row.line.get("told_on") or today.isoformat()
            _step(row, "report", _("Mark as reported"), {"status": "meldt", "told_on": told})
        if status in ("planlagt", "meldt", ""):
            opened = row.line.get("opened_on") or today.isoformat()
            _step(row, "start", _("Mark as in use"), {"status": "aktiv", "opened_on": opened})
        if status == "pause":
            _step(
                row,
                "resume",
                _("End the pause"),
                {"status": "aktiv", "pause_to": today.isoformat()},
            )
        if status == "avviklet":
            _step(row, "reopen", _("Open again"), {"status": "aktiv", "closed_on": ""})
        else:
            _pause(row, today)
            _close(row, today)


def confirmation(row: Row) -> str:
    """M14: never, expired or valid, with the days that are left."""
    left = expires_in(row)
    if left is None:
        return _("Ownership has never been confirmed.")
    on = as_day(row.line.get("confirmed_on"))
    day = short_day(on) if on else ""
    if left < 0:
        return _("The confirmation of {day} has expired.").format(day=day)
    said = _("Confirmed {day}.").format(day=day)
    if left <= _REMIND_FROM:
        said += " " + ngettext("It expires in {n} day.", "It expires in {n} days.", left)
    return said


def _where(line: Mapping[str, str]) -> str:
    parts = [_("Status: {status}").format(status=choice("status", line.get("status")))]
    is_declared = line.get("told_on", "").startswith("kjent per ")
    for name, words in (
        ("opened_on", _("opened {day}")),
        ("told_on", _("known per {day}") if is_declared else _("told {day}")),
        ("pause_from", _("pause from {day}")),
        ("pause_to", _("pause to {day}")),
        ("closed_on", _("closed {day}")),
    ):
        on = as_day(line.get(name, "").removeprefix("kjent per "))
        if on:
            parts.append(words.format(day=short_day(on)))
    return " · ".join(parts)


def _step(row: Row, name: str, label: str, cells: Mapping[str, str]) -> None:
    if st.button(label, key=f"step-{name}-{row.account_id}"):
        _take(row, cells)


def _take(row: Row, cells: Mapping[str, str]) -> None:
    made = edits_between("accounts", [row.line], [{**row.line, **cells}])
    save(made, _("{name} is saved.").format(name=row.title), f"step-{row.account_id}")
    st.rerun()


def _pause(row: Row, today: date) -> None:
    with st.popover(_("Pause …")), st.form(f"pause-{row.account_id}-{generation()}", border=False):
        first = _day(_("Pause from"), f"pause-from-{row.account_id}", today)
        last = _day(_("Pause to"), f"pause-to-{row.account_id}", None)
        sent = st.form_submit_button(_("Save the pause"))
    if sent and first:
        is_now = first <= today and (last is None or today <= last)
        cells = {"pause_from": first.isoformat(), "pause_to": last.isoformat() if last else ""}
        _take(row, cells | ({"status": "pause"} if is_now else {}))


def _close(row: Row, today: date) -> None:
    with st.popover(_("Close …")), st.form(f"close-{row.account_id}-{generation()}", border=False):
        on = _day(_("Closed down"), f"close-on-{row.account_id}", today)
        sent = st.form_submit_button(_("Mark as closed"))
    if sent and on:
        _take(row, {"status": "avviklet", "closed_on": on.isoformat()})


def _day(label: str, key: str, start: date | None) -> date | None:
    chosen = st.date_input(
        label, start, key=key, format="DD.MM.YYYY", min_value=FIRST_DAY, max_value=LAST_DAY
    )
    return chosen if isinstance(chosen, date) else None
