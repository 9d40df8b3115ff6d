"""Who administers the unit's accounts, from when to when (G3). Names stay in the register."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from svarvakt import settings
from svarvakt.i18n import _
from ui import account_people, my_unit, registering
from ui.markup import paragraph
from ui.my_unit import Mine
from ui.register_rows import Row
from ui.register_saving import show_said
from ui.register_words import as_day

RECOMMENDED = 2  # good practice in M14, so that one can be away


def show(accounts: Sequence[Mine]) -> None:
    """Every appointment of the chosen account, and forms to appoint and to end."""
    kept = {each.account_id: each for each in accounts if each.line and not each.is_closed}
    if not kept:
        return
    st.header(_("Who administers the accounts?"), anchor=False)
    chosen = st.selectbox(
        _("Account"),
        list(kept),
        key="administrators-of",
        format_func=my_unit.account_labels(kept),
    )
    show_said()
    if serving(chosen) < RECOMMENDED:
        paragraph(_("Two administrators are recommended, so that one can be away."))
    line = kept[chosen].line or {}
    account_people.show(Row(chosen, line, True, "", 0, "", None, ()), settings.today())


def serving(account_id: str) -> int:
    """How many persons hold an appointment today, each counted once."""
    today = settings.today()
    return len(
        {
            each.get("person_ref", "").lower()
            for each in registering.lines("administrators")
            if each.get("account_id") == account_id
            and ((ends := as_day(each.get("valid_to"))) is None or ends >= today)
        }
    )
