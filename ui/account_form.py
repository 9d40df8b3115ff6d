"""One account of the register with everything that is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from svarvakt.decisions import edits_between
from svarvakt.i18n import _
from svarvakt.register import TABLES, address_of, tidied
from svarvakt.register.account_identities import names_in_url, platform_of_address
from ui import account_log, account_people, account_steps, labels, markup, registering
from ui.register_draft import generation
from ui.register_fields import changed
from ui.register_rows import Row
from ui.register_saving import save, show_faults

Cells = Mapping[str, str]
_NEW = "new"
_TABLE = next(table for table in TABLES if table.name == "accounts")
_NAMES = ("name", "handle", "native_id", "url", "identities")
_DUTIES = (
    "unit_id", "kind", "editor_role", "purpose", "shows_belonging", "note", "comments_field",
)  # fmt: skip
_LIFE = ("status", "opened_on", "told_on", "pause_from", "pause_to", "closed_on")
_PRACTICE = ("risk_assessed_on", "two_factor", "recovery_email", "confirmed_on")


def show(rows: Sequence[Row], units: Cells, today: date, opened: str) -> None:
    """A choice of account, and all of its fields; `opened` is shown first."""
    known = {row.account_id: row for row in rows}
    options = ["", _NEW, *known]
    words = {"": _("Choose an account"), _NEW: _("A new account")}
    chosen = st.selectbox(
        _("Account to see or change"),
        options,
        index=options.index(opened) if opened in known else 0,
        key=f"register-account-{opened}",
        format_func=labels.of(
            {**words, **{key: row.title for key, row in known.items()}},
            {key: row.line.get("handle", "") for key, row in known.items()},
        ),
    )
    if chosen == _NEW:
        _new(units)
    elif chosen in known:
        _account(known[chosen], units, today)


def _account(row: Row, units: Cells, today: date) -> None:
    if row.is_registered:
        account_steps.show(row, today)
    else:
        markup.paragraph(_("Seen in exports, in no register. Fill in what you know and save."))
    _fields(row, units)
    if row.is_registered:
        account_people.show(row, today)
        account_log.show(row)


def _fields(row: Row, units: Cells) -> None:
    """Every column of the line, in one form."""
    state = _opened(row)
    line, key = state["before"], f"account-{row.account_id}-{generation()}-{state['times']}"
    shown = {**line, **state["typed"]}
    with st.form(key, border=False):
        cells: dict[str, str] = {}
        for title, names in (
            (_("The account"), _NAMES),
            (_("Responsibility"), _DUTIES),
            (_("Life-cycle"), _LIFE),
            (_("Good practice"), _PRACTICE),
        ):
            st.subheader(title, anchor=False)
            left, right = st.columns(2)
            half = (len(names) + 1) // 2
            with left:
                cells |= changed("accounts", names[:half], line, key, units, shown)
            with right:
                cells |= changed("accounts", names[half:], line, key, units, shown)
        show_faults(row.account_id)
        sent = st.form_submit_button(_("Save the account"), type="primary")
    if sent:
        _save(row, state, cells)


def _opened(row: Row) -> dict[str, Any]:
    """The line as it stood when the reader opened it: what others change meanwhile is told."""
    key = f"opened-{row.account_id}"
    state: dict[str, Any] | None = st.session_state.get(key)
    if state is None or state["generation"] != generation():
        state = {"before": dict(row.line), "typed": {}, "times": 0, "generation": generation()}
        st.session_state[key] = state
    return state


def _save(row: Row, state: dict[str, Any], cells: Cells) -> None:
    before = state["before"]
    after = tidied(_TABLE, {**before, **cells})
    made = edits_between("accounts", [before] if row.is_registered else [], [after])
    disputed = registering.conflicts(made)
    is_saved = save(made, _("{name} is saved.").format(name=row.title), row.account_id)
    if not is_saved and disputed:
        # What was typed is laid over what stands now; the next press is meant.
        state |= {"before": dict(row.line), "typed": dict(cells), "times": state["times"] + 1}
    st.rerun()


def _new(units: Cells) -> None:
    """An account that no export has shown, such as a planned one."""
    key = f"account-new-{generation()}"
    start = {"kind": "unit", "status": "planlagt", "platform": "facebook"}
    names = ("platform", "name", "handle", "url", "unit_id", "kind", "editor_role", "status")
    with st.form(key, border=False):
        left, right = st.columns(2)
        with left:
            cells = dict(changed("accounts", names[:4], start, key, units))
        with right:
            cells |= changed("accounts", names[4:], start, key, units)
        show_faults(_NEW)
        sent = st.form_submit_button(_("Register the account"), type="primary")
    if sent:
        line = _with_id({**start, **cells})
        made = edits_between("accounts", [], [tidied(_TABLE, line)])
        save(made, _("{name} is saved.").format(name=line.get("name", line["account_id"])), _NEW)
        st.rerun()


def _with_id(line: dict[str, str]) -> dict[str, str]:
    """The id is made of the user name, else of the address, which decides the platform."""
    platform = platform_of_address(line.get("url", "")) or line["platform"]
    named = line.get("handle") or next(names_in_url(platform, line.get("url", "")), "")
    handle = named.strip().lstrip("@")
    address = line.get("url") or address_of(platform, None, handle) or ""
    known = {"account_id": f"{platform}:{handle}", "platform": platform, "url": address}
    return {**line, **known}
