"""The month for management: what it says, its files, its lock, and the months before it."""

from __future__ import annotations

import streamlit as st

from svarvakt.i18n import _
from ui import frame, report_parts

view = frame.current()
title = st.container()
chosen = report_parts.choose(view)

with title:
    frame.head(_("What do we tell management?"), report_parts.finding(chosen))
if chosen is not None:
    report_parts.preview(chosen)
    report_parts.files(chosen)
    report_parts.sentences(chosen)
    report_parts.lock(chosen)
report_parts.archive(view)
report_parts.side_by_side(view)
frame.foot(["response_rate", "answered_within_target", "response_time", "ownership_coverage"])
