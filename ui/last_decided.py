"""The last decisions about what the reader may see, with a way to take each of them back."""

from __future__ import annotations

import streamlit as st

from svarvakt.decisions import Decision
from svarvakt.i18n import _, day_and_time
from ui import decided, deciding, decision_words
from ui.deciding import Wanted
from ui.markup import escape, paragraph
from ui.settings_parts import role_word
from ui.words import platform

SHOWN = 10


def show() -> None:
    """The last decisions about what the reader may see: what, where, when, which role; undo."""
    st.header(_("Last decided"), anchor=False)
    found = decided.store().recent(SHOWN * 10)
    undone = {each.undoes for each in found}
    about = {each.subject: each for each in decided.places([each.subject for each in found])}
    shown = [
        each
        for each in found
        if each.kind != "undo" and each.decision_id not in undone and each.subject in about
    ][:SHOWN]
    if not shown:
        paragraph(_("Nothing is decided yet."))
    for each in shown:
        place = about[each.subject]
        _line(each, f"{place.account_name} ({platform(place.platform)})")


def _line(one: Decision, where: str) -> None:
    told, way = st.columns([3.6, 1], vertical_alignment="center")
    when = f"{day_and_time(one.made_at)}, {role_word(one.role)}"
    told.html(
        f'<p class="sv-where">{escape(decision_words.of(one))}</p>'
        f'<p class="sv-muted">{escape(f"{where} · {when}")}</p>'
        + (f"<p>{escape(one.reason)}</p>" if one.reason else "")
    )
    wanted = Wanted("undo", "", deciding.seen(), decision_id=one.decision_id)
    way.button(
        _("Undo"),
        key=f"undo-{one.decision_id}",
        on_click=deciding.want,
        args=(wanted,),
        width="stretch",
    )
