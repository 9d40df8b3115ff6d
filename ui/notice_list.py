"""Messages from unit leaders about accounts, until somebody has read them (G5)."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from svarvakt.decisions import Decision
from svarvakt.i18n import _, day
from ui import decided, notices
from ui.markup import paragraph
from ui.register_rows import Row


def show(rows: Sequence[Row]) -> None:
    """What nobody has read yet, oldest first; nothing where everything is read."""
    unread = notices.unread()
    if not unread:
        return
    st.header(_("From the unit leaders"), anchor=False)
    names = {row.account_id: row.title for row in rows}
    for each in unread:
        with st.container(border=True):
            said, way = st.columns([3.6, 1], vertical_alignment="center")
            with said:
                paragraph(words(each, names.get(each.subject, each.subject)))
                paragraph(each.reason or "", "sv-muted")
            if way.button(_("Mark as read"), key=f"read-{each.decision_id}", width="stretch"):
                decided.decide("notice_read", each.subject, about="account")
                st.rerun()


def words(notice: Decision, name: str) -> str:
    """`Ny konto: Biblioteket (Facebook), meldt 7. mai 2026.`"""
    what = {
        "new": _("New account: {name}, reported {day}."),
        "changed": _("Changed account: {name}, reported {day}."),
        "closed": _("Closed account: {name}, reported {day}."),
    }
    said = what.get(str(notice.details.get("change")), _("Message about {name}, {day}."))
    return said.replace("{day}", day(notice.made_at)).replace("{name}", name)
