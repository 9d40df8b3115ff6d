"""What the register page says first, and the accounts whose owner must confirm soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from svarvakt.i18n import _, ngettext
from svarvakt.register import Register
from ui import account_steps, markup, owner_words
from ui.register_rows import Row
from ui.register_words import choice, faults
from ui.words import platform


def finding(rows: Sequence[Row], units: Mapping[str, str]) -> str:
    """How many accounts the register has, how many it lacks, how many lack something."""
    if not rows:
        return _("No account is known yet. Paste the units first, then register the accounts.")
    registered = [row for row in rows if row.is_registered]
    said = _("The register has {accounts} and {units}.").format(
        accounts=ngettext("{n} account", "{n} accounts", len(registered)),
        units=ngettext("{n} unit", "{n} units", len(units)),
    )
    unknown = len(rows) - len(registered)
    if unknown:
        said += " " + owner_words.denominator(len(rows), unknown)
    # M14 as on the ownership page, of all known accounts: an address is no requirement.
    lacking = sum(bool(set(row.missing) - {"confirmed", "address"}) for row in rows)
    if lacking:
        said += " " + ngettext("{n} lacks something.", "{n} lack something.", lacking)
    return said


def problems(known: Register) -> None:
    """What in the register cannot be read as it stands, in the words of this page."""
    found = faults(known.problems)
    if found:
        title = ngettext("{n} fault in the register", "{n} faults in the register", len(found))
        with st.expander(title):
            for each in found:
                markup.paragraph(each)


def show(rows: Sequence[Row]) -> None:
    """Who must be asked soon: never confirmed first, then the earliest to expire."""
    st.header(_("To be confirmed soon"), anchor=False)
    due = sorted(
        (row for row in rows if row.is_due),
        key=lambda row: (row.days_confirmed is not None, -(row.days_confirmed or 0)),
    )
    if not due:
        markup.paragraph(_("No account must be confirmed within the next 30 days."))
        return
    markup.paragraph(
        _(
            "Ask the unit whether the line is still right. A confirmation holds for 180 days; "
            "accounts are listed here from day 150."
        )
    )
    markup.table(
        ngettext("{n} account to be confirmed", "{n} accounts to be confirmed", len(due)),
        [
            _("Account"),
            _("Platform"),
            _("Unit"),
            _("Editor (role)"),
            _("Status"),
            _("Confirmation"),
        ],
        [_cells(row) for row in due],
    )


def _cells(row: Row) -> list[markup.Cell]:
    line = row.line
    return [
        markup.Link(row.name, line.get("url")),
        platform(line.get("platform", "")),
        row.unit_name or "–",
        line.get("editor_role") or "–",
        choice("status", line.get("status")),
        account_steps.confirmation(row),
    ]
