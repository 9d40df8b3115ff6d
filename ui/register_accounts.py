"""All known accounts: found, registered, edited in the table, changed many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from svarvakt.i18n import _, ngettext, number
from svarvakt.register import unit_by_name
from ui import (
    account_form,
    labels,
    markup,
    register_bulk,
    register_draft,
    register_grid,
    registering,
)
from ui.filters import Selection
from ui.register_draft import Change, Grid
from ui.register_rows import Row, what_is_missing, within
from ui.register_saving import save, show_faults
from ui.register_words import choice, plain
from ui.words import platform

GRID = Grid(
    "accounts",
    (
        "name",
        "unit_id",
        "kind",
        "editor_role",
        "told_on",
        "shows_belonging",
        "status",
        "comments_field",
        "opened_on",
        "url",
    ),
    has_choice=True,
)
_PLACE = "accounts"
_MOST_BUTTONS = 4


def show(rows: Sequence[Row], units: dict[str, str], today: date, chosen: Selection) -> None:
    """The whole view; the unit and the account that the sidebar has chosen count here too."""
    shown = _filtered(rows, units, chosen.unit.id if chosen.unit else "")
    opened = chosen.account.id if chosen.account else ""
    _unregistered([row for row in shown if not row.is_registered])
    st.header(_("The register, line by line"), anchor=False)
    if shown:
        _table(rows, shown, units)
        register_bulk.show(GRID, rows, shown, units, today)
    elif rows:
        markup.paragraph(_("No account fits this search."))
    st.header(_("One account"), anchor=False)
    account_form.show(rows, units, today, opened)


def _filtered(rows: Sequence[Row], units: dict[str, str], above: str) -> list[Row]:
    lacks = what_is_missing()
    on = sorted({row.line.get("platform", "") for row in rows})
    columns = st.columns([1.4, 1.2, 1, 1.2])
    search = columns[0].text_input(_("Search"), key="register-search")
    unit = columns[1].selectbox(
        _("Unit"),
        ["", *units],
        key="register-unit",
        format_func=labels.of({"": _("All units"), **units}),
    )
    chosen = columns[2].selectbox(
        _("Platform"),
        ["", *on],
        key="register-platform",
        format_func=lambda each: platform(each) if each else _("All platforms"),
    )
    missing = columns[3].selectbox(
        _("Lacks"),
        ["", *lacks],
        key="register-lacks",
        format_func=lambda each: lacks.get(each, _("All, lacking or not")),
    )
    if above:
        family = registering.below((above,))
        rows = [row for row in rows if row.line.get("unit_id") in family]
    found = within(rows, search, unit or "", chosen or "", missing or "")
    said = _("{part} of {whole} accounts shown.")
    markup.paragraph(said.format(part=number(len(found)), whole=number(len(rows))), "sv-muted")
    return found


def _unregistered(rows: Sequence[Row]) -> None:
    """G5: seen in an export, in no register; one press makes the line of what exports say."""
    if not rows:
        return
    st.header(_("Seen in exports, not registered"), anchor=False)
    show_faults("register-seen")
    ready = [row for row in rows if row.line.get("url")]
    if len(ready) > 1:
        label = ngettext("Register {n} account", "Register all {n} accounts", len(ready))
        if st.button(label, key="register-all", type="primary"):
            _register(ready)
    for row in rows[:_MOST_BUTTONS]:
        label = _("Register {name}").format(name=plain(row.title))
        if st.button(label, key=f"register-{row.account_id}"):
            _register([row])
        markup.paragraph(_address(row), "sv-muted")
    if len(rows) > _MOST_BUTTONS:
        markup.paragraph(
            _("The others stand in the table below: tick them there, or search for one."),
            "sv-muted",
        )


def _address(row: Row) -> str:
    return row.line.get("url") or _("the address is unknown: fill it in below")


def _register(rows: Sequence[Row]) -> None:
    changes = {row.account_id: Change(row.line, {}) for row in rows}
    made = register_draft.edits(GRID, changes, frozenset(changes))
    said = ngettext("{n} account is registered.", "{n} accounts are registered.", len(rows))
    save(made, said, "register-seen")
    st.rerun()


def _table(rows: Sequence[Row], shown: Sequence[Row], units: dict[str, str]) -> None:
    markup.paragraph(
        _(
            "Click a cell to change it; cells can be pasted from Excel. Nothing is stored "
            "before you press «Save»."
        ),
        "sv-muted",
    )
    show_faults(_PLACE)
    codes = what_is_missing()
    notes = {
        _("Platform"): {
            row.account_id: choice("platform", row.line.get("platform")) for row in shown
        },
        _("Lacks"): {
            row.account_id: ", ".join(codes[code] for code in row.missing) for row in shown
        },
    }
    register_grid.show(GRID, {row.account_id: row.line for row in shown}, notes, units)
    pending = register_draft.draft(GRID)
    columns = st.columns([1.3, 1, 1.6])
    label = saving(len(pending))
    if columns[0].button(label, key="register-save", type="primary", disabled=not pending):
        _save(rows)
    if columns[1].button(_("Throw away"), key="register-throw", disabled=not pending):
        register_draft.forget(GRID)
        st.rerun()
    if columns[2].button(_("Suggest units from the names"), key="register-suggest"):
        _suggest(rows, units)


def saving(changes: int) -> str:
    """What the button under a table says."""
    if not changes:
        return _("Save")
    return ngettext("Save {n} changed line", "Save {n} changed lines", changes)


def _save(rows: Sequence[Row]) -> None:
    pending = register_draft.draft(GRID)
    new = frozenset(row.account_id for row in rows if not row.is_registered)
    made = register_draft.edits(GRID, pending, new)
    disputed = registering.conflicts(made)
    said = ngettext("{n} line is saved.", "{n} lines are saved.", len(pending))
    if save(made, said, _PLACE):
        register_draft.forget(GRID, set(pending))
    elif disputed:
        register_draft.take_over(GRID, {row.account_id: row.line for row in rows})
    st.rerun()


def _suggest(rows: Sequence[Row], units: dict[str, str]) -> None:
    """Units whose whole name stands in the account's name, put in the table but not stored."""
    draft = register_draft.draft(GRID)
    found: dict[str, Change] = {}
    for row in rows:
        change = draft.get(row.account_id, Change(row.line, {}))
        unit_id = unit_by_name(row.name, units)
        if unit_id and not change.after.get("unit_id"):
            cells = {**change.cells, "unit_id": unit_id}
            found[row.account_id] = Change(change.before, cells)
    register_draft.suggest(GRID, found)
    st.rerun()
