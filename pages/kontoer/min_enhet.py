"""What waits for our unit, and are our accounts in order? (G3, G5, G6b, G6c; M4–M7, M14)"""

from __future__ import annotations

import streamlit as st

from svarvakt.i18n import _
from ui import (
    deciding,
    frame,
    items,
    my_unit,
    my_unit_accounts,
    my_unit_administrators,
    my_unit_channels,
    my_unit_range,
    my_unit_report,
    my_unit_words,
    ways,
)
from ui.frame import View
from ui.markup import paragraph


def _show(view: View) -> None:
    scope = view.selection.scope
    accounts, units = my_unit.accounts(scope), my_unit.unit_names(scope)
    deciding.said()
    if accounts and not frame.stop_without_figures():
        listed = my_unit.waiting(scope)
        if listed:
            st.header(_("This is what waits"), anchor=False)
            items.show(listed, "min-enhet", with_decisions=True)
        more = my_unit_words.in_work_list(my_unit.in_work_list(scope), len(listed))
        if more:
            ways.to("arbeidsliste", more)
        my_unit_range.show(view)
    if accounts:
        my_unit_accounts.show(accounts)
        my_unit_administrators.show(accounts)
    my_unit_report.show(accounts, units)
    my_unit_channels.show(units)


deciding.settle()
top = st.container()
chosen = my_unit.choose()
with top:
    if chosen:
        frame.head(_("What waits for us?"), my_unit.finding(chosen))
        paragraph(my_unit.beside_thin(chosen))
    elif my_unit.has_units():
        frame.head(_("What waits for us?"), _("Choose the unit that you want to see."), "register")
    else:
        frame.head(_("What waits for us?"), _("The register has no unit yet."), "register")
        ways.to("kontoregister", _("Add the units in the register"))
if chosen:
    _show(chosen)
frame.foot(["waiting_now", "response_rate", "answered_within_target", "ownership_coverage"])
