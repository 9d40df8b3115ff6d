"""The same change for every account that is ticked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from svarvakt.i18n import _, ngettext
from ui import markup, register_draft
from ui.register_draft import Change, Grid
from ui.register_fields import column
from ui.register_grid import FIRST_DAY
from ui.register_rows import Row
from ui.register_saving import save, show_faults
from ui.register_words import choice

_PLACE = "bulk"


def show(
    grid: Grid, rows: Sequence[Row], shown: Sequence[Row], units: Mapping[str, str], today: date
) -> None:
    """Ways to tick, and the form for what is ticked."""
    ticked = register_draft.chosen(grid) & {row.account_id for row in rows}
    label = ngettext("Change {n} ticked account", "Change {n} ticked accounts", len(ticked))
    with st.expander(label if ticked else _("Change several at once"), expanded=bool(ticked)):
        show_faults(_PLACE)
        _ways_to_tick(grid, shown)
        if ticked:
            cells = _form(units, today)
            if cells is not None:
                _save(grid, [row for row in rows if row.account_id in ticked], cells)
        else:
            markup.paragraph(_("Tick accounts in the first column of the table."))


def _ways_to_tick(grid: Grid, shown: Sequence[Row]) -> None:
    every, none = st.columns(2)
    label = ngettext("Tick {n} account shown", "Tick all {n} accounts shown", len(shown))
    if every.button(label, key="tick-all"):
        register_draft.choose(grid, {row.account_id for row in shown})
        st.rerun()
    if none.button(_("Tick none"), key="tick-none"):
        register_draft.choose(grid, set())
        st.rerun()


def _form(units: Mapping[str, str], today: date) -> dict[str, str] | None:
    """The cells to set in every ticked line; None before the button is pressed."""
    with st.form(f"bulk-{register_draft.generation()}", border=False):
        left, right = st.columns(2)
        with left:
            cells = {
                "unit_id": _choice("unit_id", _("Unit"), dict(units)),
                "kind": _choice("kind", _("Type"), _words("kind")),
                "editor_role": st.text_input(
                    _("Editor (role)"), key=f"bulk-editor-{register_draft.generation()}"
                ).strip(),
            }
        with right:
            cells |= {
                "shows_belonging": _choice(
                    "belonging", _("Shows that it is the municipality's"), _words("shows_belonging")
                ),
                "status": _choice("status", _("Status"), _words("status")),
            }
            day = st.date_input(
                _("Known to the communications department as of"),
                None,
                key=f"bulk-told-{register_draft.generation()}",
                format="DD.MM.YYYY",
                min_value=FIRST_DAY,
                max_value=today,
            )
            is_right = st.checkbox(
                _("Confirm that the lines are right today"),
                key=f"bulk-right-{register_draft.generation()}",
            )
        sent = st.form_submit_button(_("Save for the ticked accounts"), type="primary")
    if not sent:
        return None
    cells["told_on"] = f"kjent per {day.isoformat()}" if isinstance(day, date) else ""
    cells["confirmed_on"] = today.isoformat() if is_right else ""
    return {name: text for name, text in cells.items() if text}


def _words(name: str) -> dict[str, str]:
    return {word: choice(name, word) for word in column("accounts", name).choices}


def _choice(key: str, label: str, words: Mapping[str, str]) -> str:
    chosen = st.selectbox(
        label,
        ["", *words],
        key=f"bulk-{key}-{register_draft.generation()}",
        format_func=lambda each: words.get(each, _("as it is")),
    )
    return chosen or ""


def _save(grid: Grid, rows: Sequence[Row], cells: Mapping[str, str]) -> None:
    """Registers those that were not; one without an address is left for its own form."""
    draft = register_draft.draft(grid)
    changes = {
        row.account_id: _over(draft.get(row.account_id, Change(row.line, {})), cells)
        for row in rows
    }
    ready = {k: change for k, change in changes.items() if change.after.get("url")}
    new = frozenset(row.account_id for row in rows if not row.is_registered)
    said = ngettext("{n} account is saved.", "{n} accounts are saved.", len(ready))
    if len(ready) < len(changes):
        said += " " + ngettext(
            "{n} lacks an address: fill it in the table.",
            "{n} lack an address: fill it in the table.",
            len(changes) - len(ready),
        )
    if save(register_draft.edits(grid, ready, new), said, _PLACE):
        register_draft.forget(grid, set(ready))
        register_draft.choose(grid, set(changes) - set(ready))
    st.rerun()


def _over(change: Change, cells: Mapping[str, str]) -> Change:
    """A date of being told that is known is never replaced by «known as of»."""
    kept = dict(cells)
    if change.after.get("told_on"):
        kept.pop("told_on", None)
    return Change(change.before, {**change.cells, **kept})
