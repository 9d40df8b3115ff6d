"""Administrators and deputies of one account: restricted, for those who keep the register.

Also for a unit leader's own accounts; `ui.registering` holds the bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from svarvakt.decisions import edits_between
from svarvakt.i18n import _, short_day
from svarvakt.register import TABLES, tidied
from ui import labels, markup, registering
from ui.register_draft import generation
from ui.register_fields import changed
from ui.register_grid import FIRST_DAY, LAST_DAY
from ui.register_rows import Row
from ui.register_saving import save, show_faults
from ui.register_words import as_day, choice, label

Cells = Mapping[str, str]
_TABLE = next(table for table in TABLES if table.name == "administrators")


def show(row: Row, today: date) -> None:
    """Who administers the account, ways to appoint and to end."""
    st.subheader(_("Administrators and deputies"), anchor=False)
    markup.paragraph(
        _("Only those who keep the register see these lines. No statistics use them."), "sv-muted"
    )
    found = [
        x for x in registering.lines("administrators") if x.get("account_id") == row.account_id
    ]
    if found:
        _listed(found)
    else:
        markup.paragraph(_("No administrator is registered."))
    show_faults(f"people-{row.account_id}")
    valid = [line for line in found if _holds(line, today)]
    if valid:
        _end(row, valid, today)
    with st.expander(_("Appoint an administrator or a deputy")):
        _appoint(row, today)


def _holds(line: Cells, today: date) -> bool:
    last = as_day(line.get("valid_to"))
    return last is None or last >= today


def _listed(found: Sequence[Cells]) -> None:
    markup.table(
        _("Administrators and deputies"),
        [label("person_ref"), label("role"), label("valid_from"), label("valid_to")],
        [
            [
                line.get("person_ref", ""),
                choice("role", line.get("role")),
                *(_day(line.get(name)) for name in ("valid_from", "valid_to")),
            ]
            for line in found
        ],
    )


def _day(cell: str | None) -> str:
    on = as_day(cell)
    return short_day(on) if on else cell or "–"


def _appoint(row: Row, today: date) -> None:
    key = f"appoint-{row.account_id}-{generation()}"
    start = {
        "account_id": row.account_id,
        "role": "administrator",
        "valid_from": today.isoformat(),
    }
    with st.form(key, border=False):
        cells = changed("administrators", ("person_ref", "role", "valid_from"), start, key, {})
        sent = st.form_submit_button(_("Appoint"))
    if sent:
        line = tidied(_TABLE, {**start, **cells})
        made = edits_between("administrators", [], [line])
        save(made, _("The appointment is saved."), f"people-{row.account_id}")
        st.rerun()


def _end(row: Row, valid: Sequence[Cells], today: date) -> None:
    with st.expander(_("End an appointment")):
        key = f"end-{row.account_id}-{generation()}"
        with st.form(key, border=False):
            at = st.selectbox(
                _("Who"),
                range(len(valid)),
                key=f"{key}-who",
                format_func=labels.of(
                    {n: line.get("person_ref", "") for n, line in enumerate(valid)},
                    {n: choice("role", line.get("role", "")) for n, line in enumerate(valid)},
                    {n: line.get("valid_from", "") for n, line in enumerate(valid)},
                ),
            )
            last = st.date_input(
                _("Last day"),
                today,
                key=f"{key}-last",
                format="DD.MM.YYYY",
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
            )
            sent = st.form_submit_button(_("End the appointment"))
        if sent and isinstance(last, date):
            line = valid[at or 0]
            made = edits_between("administrators", [line], [{**line, "valid_to": last.isoformat()}])
            save(made, _("The appointment is saved."), f"people-{row.account_id}")
            st.rerun()
