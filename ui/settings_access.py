"""Who may sign in and see what (access.csv, R14, R70); nobody can lock everybody out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from svarvakt.i18n import _
from svarvakt.metrics import Scope, reference_data
from ui import labels, registering, viewer
from ui.data import ask
from ui.markup import paragraph, table
from ui.settings_parts import ROLES, complain, keep, role_word
from ui.words import NONE

Cells = Mapping[str, str]
FILE = "access"


def show() -> None:
    """The lines of the list, a new one, and ending one."""
    lines = registering.lines(FILE)
    units, accounts = _units(), _accounts()
    if lines:
        table(
            _("Who has access"),
            [_("Who"), _("Role"), _("Unit or account")],
            [
                [line.get("subject", NONE), role_word(line["role"]), _where(line, units, accounts)]
                for line in _ordered(lines)
            ],
        )
    else:
        paragraph(_("Nobody is on the list. With sign-in on, nobody would come in."))
    _add(lines, units, accounts)
    _end(lines, units, accounts)


def locks_out(lines: Sequence[Cells]) -> bool:
    """Whether nobody would be left to keep the list, where people sign in."""
    is_kept = any(line.get("role") == "kommunikasjon" for line in lines)
    return viewer.current().is_signed_in and not is_kept


def _ordered(lines: Sequence[Cells]) -> list[Cells]:
    return sorted(lines, key=lambda line: (line.get("role", ""), line.get("subject", "")))


def _units() -> dict[str, str]:
    return labels.units(ask(reference_data.unit_choices, Scope(date.min, date.max)))


def _accounts() -> dict[str, str]:
    return labels.accounts(ask(reference_data.account_choices, Scope(date.min, date.max)))


def _where(line: Cells, units: Mapping[str, str], accounts: Mapping[str, str]) -> str:
    unit, account = line.get("unit_id", ""), line.get("account_id", "")
    return units.get(unit, unit) or accounts.get(account, account) or NONE


def _add(lines: Sequence[Cells], units: Mapping[str, str], accounts: Mapping[str, str]) -> None:
    role = st.selectbox(_("Role to give"), ROLES, format_func=role_word, key="access-role")
    with st.form(f"settings-access-{role}", border=False):
        subject = st.text_input(_("E-mail, or role: and the role's name in the sign-in service"))
        subject_place = st.empty()
        new = {"subject": subject.strip(), "role": role}
        if role == "enhetsleder":
            new["unit_id"] = _one(_("Unit that the access is for"), units, "access-unit")
        if role == "administrator":
            new["account_id"] = _one(
                _("Account that the access is for"), accounts, "access-account"
            )
        place = st.empty()
        sent = st.form_submit_button(_("Give access"), type="primary")
    if not sent:
        return
    if "@" not in subject and not subject.strip().startswith("role:"):
        complain(subject_place, _("Write an e-mail address, or role: and a name."))
    elif not all(new.values()):
        complain(place, _("Choose what the access is for."))
    else:
        keep(FILE, lines, [*lines, new], place)


def _one(words: str, choices: Mapping[str, str], key: str) -> str:
    chosen = st.selectbox(words, list(choices), format_func=labels.of(choices), key=key)
    return chosen or ""


def _end(lines: Sequence[Cells], units: Mapping[str, str], accounts: Mapping[str, str]) -> None:
    if not lines:
        return
    ordered = _ordered(lines)

    def words(n: int) -> str:
        line = ordered[n]
        where = _where(line, units, accounts)
        return " · ".join((line.get("subject", ""), role_word(line["role"]), where))

    with st.form("settings-access-end", border=False):
        chosen = st.selectbox(
            _("Access to end"),
            range(len(ordered)),
            format_func=labels.of({n: words(n) for n in range(len(ordered))}),
            key="access-end",
        )
        place = st.empty()
        sent = st.form_submit_button(_("End the access"))
    if sent and chosen is not None:
        rest = [line for line in lines if line is not ordered[chosen]]
        if locks_out(rest):
            complain(
                place, _("The last access for communications cannot end: nobody could undo it.")
            )
        else:
            keep(FILE, lines, rest, place)
