"""The unit's accounts: what is met, what is missing with the next step, one click to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from svarvakt import settings
from svarvakt.decisions import Decision
from svarvakt.i18n import _, day
from ui import my_unit, my_unit_words
from ui.cards import SYMBOLS, State
from ui.decided import store
from ui.markup import escape, link
from ui.my_unit import Mine
from ui.words import platform


def show(accounts: Sequence[Mine]) -> None:
    """One framed account under another."""
    st.header(_("Our accounts"), anchor=False)
    my_unit.said("accounts")
    advice = _advice([each.account_id for each in accounts])
    today = settings.today()
    for each in accounts:
        with st.container(border=True):
            said, way = st.columns([3.6, 1], vertical_alignment="center")
            said.html(_markup(each, advice.get(each.account_id, []), today))
            with way:
                _confirm(each, today)


def _markup(mine: Mine, advice: Sequence[Decision], today: date) -> str:
    address = (mine.line or {}).get("url") or (mine.marks.url if mine.marks else None)
    name = link(f"{mine.name} ({platform(mine.platform)})", address)
    lines = [_state(each) for each in states(mine, today)]
    lines += [
        _state(State(words, "warning"), step)
        for words, step in (my_unit_words.missing(mine.marks) if mine.marks else ())
        if not mine.is_closed
    ]
    lines += [_advised(each) for each in advice]
    return f'<div class="sv-item"><h3>{name}</h3>{"".join(lines)}</div>'


def states(mine: Mine, today: date) -> list[State]:
    """How lively it is, whether everything is in place, and whether somebody confirmed it."""
    if mine.is_closed:
        return [State(_("closed"))]
    activity = mine.activity
    found = [my_unit_words.state(*(activity.state, activity.state_on) if activity else (None,))]
    if mine.marks and mine.marks.meets_all:
        found.append(State(_("Every requirement is met"), "good"))
    if mine.line:
        found.append(my_unit_words.confirmation(mine.confirmed_on, today))
    return found


def _state(state: State, step: str = "") -> str:
    symbol = SYMBOLS[state.mood] or "·"
    more = f' <span class="sv-muted">{escape(step)}</span>' if step else ""
    return (
        f'<p class="sv-state sv-{state.mood}"><span aria-hidden="true">{symbol}</span> '
        f"{escape(state.words)}{'.' if step else ''}{more}</p>"
    )


def _advised(advice: Decision) -> str:
    said = _("Advice from communications, {day}:").format(day=day(advice.made_at))
    return (
        f'<p class="sv-muted">{escape(said)}</p><blockquote>{escape(advice.reason or "")}'
        "</blockquote>"
    )


def _advice(accounts: Sequence[str]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for each in store().in_force(accounts):
        if each.kind == "advice":
            found.setdefault(each.subject, []).append(each)
    return found


def _confirm(mine: Mine, today: date) -> None:
    """«Fortsatt riktig»: somebody has looked through the line and it holds."""
    if mine.line is None or mine.is_closed or mine.confirmed_on == today:
        return
    pressed = st.button(
        _("Still right"),
        key=f"confirm-{mine.account_id}",
        icon=":material/check:",
        width="stretch",
        help=_("Unit, editor and administrators are as the register says."),
    )
    if pressed:
        after = {**mine.line, "confirmed_on": f"{today}"}
        if my_unit.save("accounts", "accounts", mine.line, after):
            my_unit.say("accounts", _("Confirmed. Thank you."))
        st.rerun()
