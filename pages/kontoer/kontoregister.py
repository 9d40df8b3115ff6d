"""Which accounts has the municipality? The register, kept by communications (G1, G3–G5, M14)."""

from __future__ import annotations

import streamlit as st

from svarvakt.i18n import _
from ui import (
    frame,
    notice_list,
    register_accounts,
    register_due,
    register_exchange,
    register_units,
    registering,
)
from ui.register_rows import gather, unit_names
from ui.register_saving import show_said

view = frame.current()
known = registering.known()
units = unit_names(known, view.today)
rows = gather(view.today, known)

frame.head(_("Which accounts has the municipality?"), register_due.finding(rows, units), "register")
show_said()
notice_list.show(rows)
register_due.problems(known)
parts = {
    "accounts": _("Accounts"),
    "due": _("To be confirmed"),
    "units": _("Units"),
    "exchange": _("Excel and CSV"),
}
part = st.radio(
    _("Show"), list(parts), key="register-part", format_func=lambda k: parts[k], horizontal=True
)
if part == "accounts":
    register_accounts.show(rows, units, view.today, view.selection)
elif part == "due":
    register_due.show(rows)
elif part == "units":
    register_units.show(units, view.today)
else:
    register_exchange.show(units)
frame.foot(
    ["ownership_coverage", "told"],
    _("Shows the register as it is now; the period does not matter here."),
    _("What is saved here shows at once on this page; the figures follow a little later."),
)
