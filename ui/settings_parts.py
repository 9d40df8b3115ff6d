"""What every part of the settings needs: saving through the one door, and what was changed when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from svarvakt.decisions import RegisterEdit
from svarvakt.i18n import _, day
from ui import registering
from ui.decided import store
from ui.markup import note, paragraph, table
from ui.register_reasons import worded
from ui.words import NONE

Cells = Mapping[str, str]
SAVED = "settings-saved"
ROLES = ("kommunikasjon", "enhetsleder", "administrator", "ledelse")
SHOWN = 20  # changes


def role_word(role: str) -> str:
    return {
        "kommunikasjon": _("communications"),
        "enhetsleder": _("unit leader"),
        "administrator": _("administrator"),
        "ledelse": _("management"),
    }.get(role, role)


def keep(name: str, before: Iterable[Cells], after: Iterable[Cells], place: DeltaGenerator) -> None:
    """Saves and shows the page anew, or says in `place` what is wrong; the fields keep their text.

    Raises NotAllowed for all but the keepers of the register.
    """
    problems = registering.save(name, before, after)
    if problems:
        complain(place, *(worded(problem.message) for problem in problems))
        return
    st.session_state[SAVED] = True
    st.rerun()


def complain(place: DeltaGenerator, *messages: str) -> None:
    """What is wrong, beside what it is about."""
    with place.container():
        for message in messages:
            note(f"! {message}", "warning")


def said_after_saving() -> None:
    """One line after a save, once."""
    if st.session_state.pop(SAVED, False):
        note(_("Saved. The figures follow in a moment."), "good")


def history(name: str) -> None:
    """Who changed what in a file, the newest first; to undo, one changes it back."""
    with st.expander(_("What was changed here")):
        made = [each for each in store().register_edits() if each.file == name]
        if not made:
            paragraph(_("Nothing has been changed in Svarvakt. The files hold as they are."))
            return
        table(
            _("Changes, the newest first"),
            [_("Day"), _("Role"), _("What"), _("Before"), _("After")],
            [
                [day(each.made_at), role_word(each.role), about(each), *_both(each)]
                for each in reversed(made[-SHOWN:])
            ],
        )


def about(edit: RegisterEdit) -> str:
    cells = edit.after or edit.before or {}
    return cells.get("key") or cells.get("metric") or cells.get("subject") or cells.get("kind", "")


def _both(edit: RegisterEdit) -> Sequence[str]:
    return [_cells(edit.before), _cells(edit.after)]


def _cells(cells: Cells | None) -> str:
    hidden = ("key", "metric", "subject", "kind")
    return ", ".join(v for k, v in (cells or {}).items() if k not in hidden) or NONE
