"""Saving from the register page: what is wrong is said beside the form, and nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from svarvakt.decisions import Edit
from svarvakt.register import Problem
from ui import markup, registering
from ui.register_draft import renew
from ui.register_words import faults, plain

_SAID, _FAULTS = "register-said", "register-faults"


def save(edits: Sequence[Edit], said: str, place: str) -> bool:
    """Stores the edits; True when it was done. `place` is where faults are told."""
    problems = registering.save_all(list(edits))
    if problems:
        tell(place, problems, edits)
        return False
    done(said)
    return True


def done(said: str) -> None:
    """Said at the top of the page in the next run; forms start again from what is stored."""
    st.session_state[_SAID] = said
    st.session_state.pop(_FAULTS, None)
    renew()


def tell(place: str, problems: Sequence[Problem], edits: Sequence[Edit] = ()) -> None:
    """Keeps what is wrong for the next run of that place."""
    st.session_state[_FAULTS] = (place, faults(problems, edits))


def show_said() -> None:
    """The result of the last press, once: on the page, and in sight of who has scrolled down."""
    said = st.session_state.pop(_SAID, "")
    if said:
        markup.note(said, "done")
        st.toast(plain(said))


def show_faults(place: str) -> None:
    """What stopped the last save here; stays until something is saved."""
    where, found = st.session_state.get(_FAULTS, ("", []))
    if where == place:
        for each in found:
            markup.note(each, "warning")
