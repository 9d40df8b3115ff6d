"""Which units use their accounts? (M16) Nobody is ranked on volume."""

from __future__ import annotations

import streamlit as st

from svarvakt import metrics
from svarvakt.i18n import _
from svarvakt.metrics.account_statistics import day_figures as metrics_of_days
from ui import activity_parts as parts
from ui import cards, day_figures, frame, pictures, viewer
from ui.data import ask

view = frame.current()
scope = view.selection.scope
units = ask(metrics.activity, scope)
sees_accounts = viewer.current().may_read("accounts")
accounts = ask(metrics.activity_accounts, scope) if sees_accounts else []
months = ask(metrics.activity_by_month, scope)

found = parts.finding(accounts, units) if sees_accounts else ""
frame.head(_("Which units use their accounts?"), found, "files")
has_comments = view.state.state != "missing"
if not has_comments and not view.state.has_imports:
    frame.stop_without_figures()
else:
    if sees_accounts:
        cards.show(parts.figures(accounts, months, has_comments=has_comments))
    if not has_comments:
        frame.offer_months_with_comments()
    pictures.show(parts.posts_over_time(months), "innlegg-per-maned")
    st.header(_("Unit by unit, in alphabetical order"), anchor=False)
    parts.unit_table(units, has_comments=has_comments)
    if sees_accounts:
        st.header(_("Accounts that have gone quiet"), anchor=False)
        parts.quiet(accounts)
        day_figures.show(ask(metrics_of_days, scope))
frame.foot(["activity", "received", "data_coverage"], parts.how())
