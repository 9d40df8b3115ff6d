"""Replies by others than registered administrators, for the communications department (G2, M20)."""

from __future__ import annotations

import streamlit as st

from svarvakt import metrics
from svarvakt.i18n import _, day_and_time
from svarvakt.metrics import Scope
from ui import viewer
from ui.data import ask
from ui.markup import Cell, Link, paragraph, table
from ui.words import NONE, platform

MOST = 50


def show(scope: Scope) -> None:
    """Account, time and the post; never who. Nothing for other readers."""
    if not viewer.current().may_keep_register:
        return
    st.header(_("Replies by others than administrators"), anchor=False)
    found = ask(metrics.replies_by_others, scope, MOST)
    if not found:
        paragraph(_("None that the exports show. Most exports do not tell who replied."))
        return
    rows: list[list[Cell]] = [
        [
            f"{each.account_name} ({platform(each.platform)})",
            day_and_time(each.sent_at),
            Link(_("See the post"), each.permalink) if each.permalink else NONE,
        ]
        for each in found
    ]
    table(
        _("The newest ones; who it was is never stored"), [_("Account"), _("Time"), _("Post")], rows
    )
