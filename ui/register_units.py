"""The municipality's units: pasted from Excel, edited in the table, new versions, closed ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from svarvakt.decisions import edits_between
from svarvakt.i18n import _, ngettext
from svarvakt.register import Pasted, units_from
from ui import markup, register_draft, register_grid, registering, unit_form
from ui.register_accounts import saving
from ui.register_draft import Grid, generation
from ui.register_grid import FIRST_DAY, LAST_DAY
from ui.register_reasons import worded
from ui.register_rows import alphabetical
from ui.register_saving import save, show_faults
from ui.register_words import as_day, choice, shown

Cells = Mapping[str, str]
GRID = Grid(
    "units",
    (
        "name",
        "kind",
        "parent_id",
        "leader_role",
        "channel_choice",
        "is_sensitive_service",
        "short_name",
        "leader_email",
    ),
)
_PLACE = "units"


def show(units: Cells, today: date) -> None:
    """The whole view."""
    lines = registering.lines("units")
    standing = newest(lines, today)
    with st.expander(_("Paste units from Excel"), expanded=not lines):
        _paste(lines, today)
    if not standing:
        return
    st.header(_("The units as they are now"), anchor=False)
    markup.paragraph(
        _(
            "An empty cell under «Chosen channels» means that nobody knows. Choose «none, by own "
            "choice» when the unit has decided to have no account."
        ),
        "sv-muted",
    )
    _table(standing, units)
    st.header(_("One unit"), anchor=False)
    unit_form.show(lines, standing, units, today)


def newest(lines: Sequence[Cells], today: date) -> dict[str, Cells]:
    """The line of each unit that holds on a day, else its newest; alphabetical, ended ones last."""
    found: dict[str, Cells] = {}
    for line in sorted(lines, key=lambda each: each.get("valid_from", "")):
        start = as_day(line.get("valid_from"))
        unit_id = line.get("unit_id", "")
        if unit_id not in found or (start is not None and start <= today):
            found[unit_id] = line
    named = sorted(found.items(), key=lambda each: alphabetical(each[1].get("name", "")))
    return dict(sorted(named, key=lambda each: has_ended(each[1], today)))


def has_ended(line: Cells, today: date) -> bool:
    last = as_day(line.get("valid_to"))
    return last is not None and last < today


def _table(standing: Mapping[str, Cells], units: Cells) -> None:
    show_faults(_PLACE)
    register_grid.show(GRID, standing, {}, units)
    pending = register_draft.draft(GRID)
    columns = st.columns([1.3, 1, 1.6])
    label = saving(len(pending))
    if columns[0].button(label, key="units-save", type="primary", disabled=not pending):
        _save(standing)
    if columns[1].button(_("Throw away"), key="units-throw", disabled=not pending):
        register_draft.forget(GRID)
        st.rerun()


def _save(standing: Mapping[str, Cells]) -> None:
    pending = register_draft.draft(GRID)
    made = register_draft.edits(GRID, pending)
    disputed = registering.conflicts(made)
    said = ngettext("{n} line is saved.", "{n} lines are saved.", len(pending))
    if save(made, said, _PLACE):
        register_draft.forget(GRID, set(pending))
    elif disputed:
        register_draft.take_over(GRID, standing)
    st.rerun()


def _paste(lines: Sequence[Cells], today: date) -> None:
    markup.paragraph(
        _(
            "One unit on each line. A name is enough; id, type and the unit above may stand in "
            "columns of their own, with or without headings."
        )
    )
    show_faults("paste")
    key = f"paste-{generation()}"
    with st.form(key, border=False):
        text = st.text_area(_("The list"), key=f"{key}-text", height=180)
        on: date | None = st.date_input(
            _("Holds from"),
            date(today.year, 1, 1),
            key=f"{key}-on",
            format="DD.MM.YYYY",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
        )
        sent = st.form_submit_button(_("Look at the list"))
    if sent or st.session_state.get("pasted") == key:
        st.session_state["pasted"] = key
        _preview(units_from(text, lines, on or today), lines)


def _preview(pasted: Pasted, lines: Sequence[Cells]) -> None:
    """What was understood and what was not, before anything is stored."""
    for problem in pasted.problems:
        place = _("Line {n}").format(n=problem.line)
        markup.note(f"{place}: {worded(problem.message)}", "warning")
    if not pasted.lines:
        markup.paragraph(_("The list has no new unit."))
        return
    names = {line.get("unit_id", ""): line.get("name", "") for line in (*lines, *pasted.lines)}
    markup.table(
        _("New units"),
        [_("Name"), _("Type"), _("Unit above"), _("Id")],
        [
            [
                line["name"],
                choice("kind", line["kind"]),
                shown("parent_id", line.get("parent_id"), names),
                line["unit_id"],
            ]
            for line in pasted.lines
        ],
    )
    label = ngettext("Save {n} unit", "Save {n} units", len(pasted.lines))
    if st.button(label, key="paste-save", type="primary"):
        made = edits_between("units", [], pasted.lines)
        said = ngettext("{n} unit is saved.", "{n} units are saved.", len(pasted.lines))
        save(made, said, "paste")
        st.rerun()
