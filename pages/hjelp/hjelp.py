"""The guidelines in own words, what is measured and never is, how to (G1–G9, R36, R50)."""

from __future__ import annotations

import streamlit as st

from svarvakt.i18n import _
from ui import frame, guide_link, help_parts, help_rules

PARTS = (
    (_("What is measured, and what never is?"), help_parts.limits),
    (_("How do I do it?"), help_parts.how_to),
    (_("The guidelines"), help_rules.show),
    (_("What do the signs mean?"), help_parts.symbols),
    (_("Whom can I ask?"), help_parts.whom_to_ask),
    (_("How are the figures defined?"), help_parts.definitions),
)

frame.head(
    _("What do the guidelines say, and how is it measured?"),
    _("What the municipality has promised, and what Svarvakt counts of it."),
    "register",
)
help_parts.contents([words for words, _show in PARTS])
guide_link.show()
for number, (words, show) in enumerate(PARTS):
    st.header(words, anchor=f"del-{number + 1}")
    show()
frame.foot([])
