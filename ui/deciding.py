"""Deciding about an item: one click for «answered now», a short form for the rest.

A click only says what is wanted; the page calls `settle` before it asks for its lists, so that
what was decided is gone in the same run. Two people deciding at once both stay in the history.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from svarvakt.decisions import BadDecision
from svarvakt.i18n import _
from svarvakt.metrics import ItemRow
from ui import choices, decided, decision_words, elsewhere, viewer
from ui.data import NotAllowed
from ui.markup import note, paragraph

_WANTED, _SAID, _NEWEST, _OPENED = "wanted", "said", "newest-decision", "opened-item"


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What a reader asked for. `seen` is the newest decision when the page was drawn."""

    kind: str  # "undo": `decision_id` is taken back
    subject: str
    seen: int
    about: str = "item"
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    reason: str | None = None
    decision_id: int = 0


@dataclasses.dataclass(frozen=True)
class Said:
    """What the page says about the last decision. `decision_id` 0 = nothing to take back."""

    lines: Sequence[str]
    decision_id: int = 0


def want(wanted: Wanted) -> None:
    """For `on_click`: carried out by `settle` in the run that follows."""
    st.session_state[_WANTED] = wanted


def settle() -> None:
    """Carries out what was clicked; to be called before a page asks for its lists."""
    wanted: Wanted | None = st.session_state.pop(_WANTED, None)
    if wanted is not None:
        st.session_state[_SAID] = _carry_out(wanted)
    if viewer.current().may_decide:
        st.session_state[_NEWEST] = decided.store().newest_id()


def seen() -> int:
    """The newest decision that this page knows of."""
    return int(st.session_state.get(_NEWEST, 0))


def _carry_out(wanted: Wanted) -> Said:
    try:
        if wanted.kind == "undo":
            return _take_back(wanted.decision_id)
        made = decided.decide(
            wanted.kind,
            wanted.subject,
            about=wanted.about,
            details=wanted.details,
            reason=wanted.reason,
        )
    except BadDecision:
        if wanted.kind == "joined":
            return Said([_("Nothing was registered: choose one of the account's later replies.")])
        return Said([_("Nothing was registered. Write a reason, and no more than 2,000 letters.")])
    except NotAllowed:
        return Said([_("Nothing was registered: this is outside what you have access to.")])
    st.session_state.pop(_OPENED, None)
    one = decided.store().find(made)
    words = decision_words.of(one) if one else wanted.kind
    return Said([_("Registered: {what}.").format(what=words), *_meanwhile(wanted, made)], made)


def _take_back(decision_id: int) -> Said:
    try:
        decided.undo(decision_id)
    except BadDecision:
        return Said([_("Nothing was registered: it was taken back already.")])
    return Said([_("Taken back.")])


def _meanwhile(wanted: Wanted, made: int) -> list[str]:
    """What somebody else decided about the same after the page was drawn."""
    others = [
        decision_words.of(each)
        for each in decided.store().standing({wanted.subject})
        if wanted.seen < each.decision_id < made
    ]
    if not others:
        return []
    text = _(
        "Somebody else decided about the same meanwhile: {what}. Both are kept in the history; "
        "where they speak of the same thing, the newest counts."
    )
    return [text.format(what=", ".join(others))]


def said() -> None:
    """What the last click did, with a way to take it back. Once per page, above its lists."""
    told: Said | None = st.session_state.get(_SAID)
    if told is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="said"):
        note(" ".join(told.lines), "warning" if len(told.lines) > 1 else "done")
        if told.decision_id:
            wanted = Wanted("undo", "", seen(), decision_id=told.decision_id)
            st.button(_("Undo"), key="undo-last", on_click=want, args=(wanted,))
    if decided.in_figures() < seen():
        paragraph(elsewhere.figures_follow(), "sv-muted")


def buttons(item: ItemRow, key_prefix: str) -> None:
    """«Answered now», and what opens the other choices."""
    if not viewer.current().may_decide:
        return
    if item.age_working_days is not None:
        st.button(
            _("Answered now"),
            key=f"{key_prefix}-now-{item.item_id}",
            on_click=want,
            args=(Wanted("answered_now", item.item_id, seen()),),
            width="stretch",
        )
    is_open = st.session_state.get(_OPENED) == item.item_id
    st.button(
        _("Close the choices") if is_open else _("More choices"),
        key=f"{key_prefix}-more-{item.item_id}",
        on_click=_toggle,
        args=(item.item_id,),
        width="stretch",
    )


def _toggle(item_id: str) -> None:
    is_open = st.session_state.get(_OPENED) == item_id
    st.session_state[_OPENED] = None if is_open else item_id


def opened(item: ItemRow, key_prefix: str) -> None:
    """The other choices, drawn for the one item that the reader opened."""
    if st.session_state.get(_OPENED) != item.item_id or not viewer.current().may_decide:
        return
    found = choices.of(item)
    key = f"{key_prefix}-choice-{item.item_id}"
    name = st.selectbox(
        _("What do you want to register?"),
        list(found),
        key=key,
        format_func=lambda each: found[each].words,
    )
    with st.form(f"{key}-{name}", border=False):
        choices.fields(found[name], f"{key}-{name}")
        st.form_submit_button(
            _("Register"),
            type="primary",
            on_click=_collect,
            args=(item.item_id, found[name], f"{key}-{name}", seen()),
        )


def _collect(item_id: str, choice: choices.Choice, key: str, seen_id: int) -> None:
    """Reads the form that was sent."""
    details, reason = choices.read(choice, key)
    want(Wanted(choice.kind, item_id, seen_id, details=details, reason=reason))
