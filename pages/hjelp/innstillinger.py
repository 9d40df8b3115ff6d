"""What is decided by the municipality itself: name, hours, targets, limits, access (R06, R20)."""

from __future__ import annotations

import streamlit as st

from svarvakt.i18n import _
from ui import (
    belonging,
    frame,
    registering,
    settings_access,
    settings_hours,
    settings_parts,
    settings_targets,
    settings_values,
    settings_words,
)

register = registering.known()
frame.head(
    _("What has the municipality decided?"),
    _("What you save here holds at once. Nothing is lost: every change is kept below its part."),
    "register",
)
settings_parts.said_after_saving()

st.header(_("The municipality"), anchor=False)
settings_values.form(settings_values.MUNICIPALITY, "municipality")
belonging.show()

st.header(_("Opening hours"), anchor=False)
settings_targets.example(register, frame.current().today)
settings_hours.week_form()
st.subheader(_("Summer hours, half days and closed days"), anchor=False)
settings_hours.special_form()
settings_parts.history("calendar")

st.header(_("Targets"), anchor=False)
settings_targets.show()
settings_parts.history("targets")

st.header(_("How long things are kept"), anchor=False)
settings_values.form(settings_values.LIMITS, "limits")
settings_parts.history("municipality")

st.header(_("Words that tip the tone"), anchor=False)
settings_words.show()

st.header(_("Access"), anchor=False)
settings_access.show()
settings_parts.history("access")
frame.foot([])
