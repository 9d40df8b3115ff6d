"""«Merk 20»: what the reader has answered so far, and what is stored of it.

A click only says what is wanted; `settle` carries it out in the run that follows.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Mapping
from typing import Any

import streamlit as st

from svarvakt import metrics
from svarvakt.decisions import BadDecision, New
from svarvakt.i18n import _
from svarvakt.metrics import Picked, ToRead
from ui import decided
from ui.data import NotAllowed, ask

_RUN, _WANTED = "labelling", "labelling-wanted"
NEEDS_REPLY = ("is_question", "claims_error", "is_case_enquiry")  # M2: each alone is enough
ENOUGH = ("must", "unclear")


@dataclasses.dataclass
class Answer:
    """What the reader has said of the item that is shown. None: nothing yet."""

    tone: str | None = None
    needs_reply: bool | None = None
    flags: set[str] = dataclasses.field(default_factory=set)

    @property
    def is_whole(self) -> bool:
        return self.tone is not None and self.needs_reply is not None


@dataclasses.dataclass(frozen=True)
class Done:
    """One item that was passed: what was stored of it, nothing where it was skipped."""

    picked: Picked
    tone: str = ""
    tone_found: str = ""
    made: tuple[int, ...] = ()


@dataclasses.dataclass
class Run:
    """One time through 20 comments, in the order they were picked."""

    picks: list[Picked]
    done: list[Done] = dataclasses.field(default_factory=list)
    answer: Answer = dataclasses.field(default_factory=Answer)
    problem: str = ""

    @property
    def current(self) -> Picked | None:
        at = len(self.done)
        return self.picks[at] if at < len(self.picks) else None

    @property
    def labelled(self) -> list[Done]:
        return [one for one in self.done if one.made]


def run() -> Run | None:
    """The run that is under way or just finished; None before the first."""
    found: Run | None = st.session_state.get(_RUN)
    return found


def want(what: str, value: Any = None) -> None:
    """For `on_click`: tone, needs_reply, flag, save, skip, undo, start or stop."""
    st.session_state[_WANTED] = (what, value)


def settle() -> None:
    """Carries out what was clicked; to be called before the page draws anything."""
    what, value = st.session_state.pop(_WANTED, ("", None))
    if what == "start":
        st.session_state[_RUN] = Run(_picks())
    elif what == "stop":
        st.session_state.pop(_RUN, None)
    elif what and (under_way := run()) is not None:
        under_way.problem = ""
        _STEPS[what](under_way, value)


def _picks() -> list[Picked]:
    """20 that nobody has labelled, not even since the figures were made."""
    since = decided.since_figures()
    kinds = ("tone", "reading_check")
    read = sorted(s for s, all_of in since.items() if any(one.kind in kinds for one in all_of))
    return ask(metrics.picked, decided.ANY_TIME, secrets.randbelow(2**31), tuple(read))


def _say_tone(under_way: Run, tone: str) -> None:
    under_way.answer.tone = tone


def _say_need(under_way: Run, needs_reply: bool) -> None:
    under_way.answer.needs_reply = needs_reply


def _turn_flag(under_way: Run, flag: str) -> None:
    under_way.answer.flags ^= {flag}


def _save(under_way: Run, _value: None) -> None:
    pick, answer = under_way.current, under_way.answer
    item = ask(metrics.to_read, decided.ANY_TIME, pick.item_id) if pick else None
    if pick is None or item is None or not answer.is_whole:
        return
    try:
        made = decided.decide_all(*decisions_of(item, pick, answer))
    except (BadDecision, NotAllowed):
        under_way.problem = _("Nothing was registered: this is outside what you have access to.")
        return
    under_way.done.append(Done(pick, answer.tone or "", item.tone_found or "", tuple(made)))
    under_way.answer = Answer()


def _skip(under_way: Run, _value: None) -> None:
    if under_way.current:
        under_way.done.append(Done(under_way.current))
        under_way.answer = Answer()


def _undo(under_way: Run, _value: None) -> None:
    if not under_way.done:
        return
    last = under_way.done.pop()
    under_way.answer = Answer()
    try:
        for decision_id in last.made:
            decided.undo(decision_id)
    except (BadDecision, NotAllowed):
        under_way.problem = _("Nothing was registered: it was taken back already.")


_STEPS: Mapping[str, Any] = {
    "tone": _say_tone,
    "needs_reply": _say_need,
    "flag": _turn_flag,
    "save": _save,
    "skip": _skip,
    "undo": _undo,
}


def decisions_of(item: ToRead, pick: Picked, answer: Answer) -> list[New]:
    """The label as it was given, with the machine's own; and what it overrules.

    The label confirms or changes the tone. A class is decided only where the answers and the
    rules would say otherwise; a negative comment is answered whatever somebody thinks (G6c).
    """
    need_found, found = item.class_found in ENOUGH, set(item.flags_found)
    details = {
        "served_as": pick.served_as,
        "tone": answer.tone,
        "needs_reply": answer.needs_reply,
        "flags": sorted(answer.flags),
        "machine_tone": item.tone_found,
        "machine_needs_reply": need_found,
        "machine_flags": sorted(found),
    }
    made = [New("reading_check", "item", item.item_id, details)]
    made += [
        New("flag", "item", item.item_id, {"flag": flag, "value": flag in answer.flags})
        for flag in sorted(found ^ answer.flags)
    ]
    follows = answer.tone == "negative" or any(flag in answer.flags for flag in NEEDS_REPLY)
    is_missed = answer.needs_reply and not follows
    is_too_much = not answer.needs_reply and (follows or need_found) and answer.tone != "negative"
    if is_missed or is_too_much:
        kept = {"reply_class": "must" if answer.needs_reply else "content"}
        made.append(New("class", "item", item.item_id, kept, _("Said under «Label 20»")))
    return made
