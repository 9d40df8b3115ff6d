"""What do the figures rest on? Files in, what they cover, what was rejected, and the way back."""

from __future__ import annotations

import dataclasses
from datetime import date

import streamlit as st

from svarvakt import metrics
from svarvakt.i18n import _
from svarvakt.metrics.import_files import imports
from ui import (
    elsewhere,
    frame,
    import_calendar,
    import_fetch,
    import_list,
    import_new,
    import_wizard,
)
from ui.data import ask

view = frame.current()
last = view.selection.last
scope = dataclasses.replace(view.selection.scope, first_month=date.min, last_month=last)
rows = ask(metrics.coverage, scope)

frame.head(
    _("What do the figures rest on?"),
    import_calendar.finding(rows, len(ask(imports)), view.state.accounts),
)
st.header(_("Read in files"), anchor=False)
if elsewhere.is_copy():
    elsewhere.say()
else:
    import_fetch.show()
    import_new.show()
st.header(_("What is covered?"), anchor=False)
import_calendar.show(rows, last)
st.header(_("What is read in"), anchor=False)
import_list.show()
import_wizard.kept_templates()
frame.foot(["data_coverage"])
