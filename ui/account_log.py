"""What was advised and done about one account, and how its line has changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from svarvakt.decisions import Decision, RegisterEdit, line_key
from svarvakt.i18n import _, day_and_time, local, short_day
from ui import markup
from ui.decided import decide, store, undo
from ui.register_draft import generation
from ui.register_rows import Row, unit_names
from ui.register_saving import done
from ui.register_words import label, shown
from ui.registering import known
from ui.settings_parts import role_word

_MOST_ADVICE = 2000  # characters, as decisions keep them


def show(row: Row) -> None:
    """Advice, the steps of closing, and the history of the line."""
    made = store().in_force([row.account_id])
    _advice(row, [each for each in made if each.kind == "advice"])
    if row.line.get("status") == "avviklet" or row.line.get("closed_on"):
        _closing(row, [each for each in made if each.kind == "closing_step"])
    with st.expander(_("How the line has changed")):
        _history(row)


def _advice(row: Row, given: Sequence[Decision]) -> None:
    """G5: the communications department is told and gives advice."""
    st.subheader(_("Advice from the communications department"), anchor=False)
    for each in given:
        markup.paragraph(f"{short_day(each.made_at)}: {each.reason or ''}")
    if not given:
        markup.paragraph(_("No advice is written down."))
    key = f"advice-{row.account_id}-{generation()}"
    with st.expander(_("Write down advice")), st.form(key, border=False):
        text = st.text_area(_("Advice given"), key=f"{key}-text", max_chars=_MOST_ADVICE)
        sent = st.form_submit_button(_("Save the advice"))
    if sent and text.strip():
        decide("advice", row.account_id, about="account", reason=text)
        done(_("The advice is saved."))
        st.rerun()


def closing_steps() -> dict[str, str]:
    """What closing an account takes, in order."""
    return {
        "announce": _("Followers are told, with where to turn instead"),
        "archive": _("What must be archived is archived"),
        "download": _("The platform's data are downloaded"),
        "administrators": _("Administrators are removed"),
        "delete": _("The account is closed or deleted on the platform"),
        "website": _("Links on the municipality's website are updated"),
    }


def _closing(row: Row, made: Sequence[Decision]) -> None:
    st.subheader(_("Closing, step by step"), anchor=False)
    taken = {str(each.details.get("step")): each for each in made}
    for step, words in closing_steps().items():
        one = taken.get(step)
        said = f"{words} ({short_day(one.made_at)})" if one else words
        is_done = st.checkbox(said, one is not None, key=f"closing-{step}-{row.account_id}")
        if is_done and one is None:
            decide("closing_step", row.account_id, about="account", details={"step": step})
            st.rerun()
        if not is_done and one is not None:
            undo(one.decision_id)
            st.rerun()


def _history(row: Row) -> None:
    own = line_key("accounts", {"account_id": row.account_id})
    edits = [
        each
        for each in store().register_edits()
        if (each.file == "accounts" and each.line_key == own)
        or (each.file == "administrators" and each.line_key.startswith(f"{own}|"))
    ]
    if not edits:
        markup.paragraph(_("Nobody has changed the line in Svarvakt."))
        return
    units = unit_names(known(), local(edits[-1].made_at).date())
    markup.table(
        _("Changes of the line, the newest first"),
        [_("When"), _("Role"), _("Column"), _("Before"), _("After")],
        [
            [day_and_time(each.made_at), role_word(each.role), *cells]
            for each in reversed(edits)
            for cells in _changes(each, units)
        ],
    )


def _changes(edit: RegisterEdit, units: dict[str, str]) -> list[list[str]]:
    """One row per changed column. Of administrators only that something was changed: no names."""
    if edit.file == "administrators":
        was = _("no line") if edit.before is None else _("a line")
        now = _("no line") if edit.after is None else _("a line")
        return [[_("Administrators and deputies"), was, now]]
    before, after = edit.before or {}, edit.after or {}
    return [
        [label(name), shown(name, before.get(name), units), shown(name, after.get(name), units)]
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    ]
