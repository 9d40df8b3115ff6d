"""One unit: all of its columns, a new version of it, its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from svarvakt.decisions import edits_between
from svarvakt.i18n import _, short_day
from svarvakt.register import TABLES, tidied
from ui import labels, markup
from ui.register_draft import generation
from ui.register_fields import changed
from ui.register_grid import FIRST_DAY, LAST_DAY
from ui.register_saving import save, show_faults
from ui.register_words import as_day, shown

Cells = Mapping[str, str]
_TABLE = next(table for table in TABLES if table.name == "units")
_ALL = (
    "name", "short_name", "kind", "parent_id", "leader_role", "leader_email", "language_form",
    "org_number", "is_sensitive_service", "channel_choice", "valid_from", "valid_to",
    "replaced_by",
)  # fmt: skip
_VERSIONED = ("name", "short_name", "kind", "parent_id")


def show(lines: Sequence[Cells], standing: Mapping[str, Cells], units: Cells, today: date) -> None:
    """A choice of unit, and what can be done with it."""
    chosen = st.selectbox(
        _("Unit to see or change"),
        ["", *standing],
        key="units-one",
        format_func=labels.of(
            {"": _("Choose a unit"), **{k: line.get("name", k) for k, line in standing.items()}},
            {k: units.get(line.get("parent_id", ""), "") for k, line in standing.items()},
        ),
    )
    if not chosen:
        return
    line = standing[chosen]
    above = {k: name for k, name in units.items() if k != chosen}
    _versions([each for each in lines if each.get("unit_id") == chosen], units)
    show_faults(f"unit-{chosen}")
    with st.expander(_("Correct this unit"), expanded=True):
        _correct(line, above)
    with st.expander(_("New name or another unit above: a new version")):
        markup.paragraph(_("The old version stays in reports of the time before."))
        _new_version(line, above, today)
    with st.expander(_("Close the unit")):
        _close(line, above, today)


def _versions(lines: Sequence[Cells], units: Cells) -> None:
    if len(lines) > 1 or any(line.get("valid_to") for line in lines):
        columns = ("name", "parent_id", "valid_from", "valid_to", "replaced_by")
        markup.table(
            _("Versions of the unit"),
            [_("Name"), _("Unit above"), _("Holds from"), _("Holds to"), _("Replaced by")],
            [[shown(name, line.get(name), units) for name in columns] for line in lines],
        )


def _correct(line: Cells, above: Cells) -> None:
    key = _key("correct", line)
    with st.form(key, border=False):
        left, right = st.columns(2)
        with left:
            cells = changed("units", _ALL[:7], line, key, above)
        with right:
            cells |= changed("units", _ALL[7:], line, key, above)
        sent = st.form_submit_button(_("Save the unit"), type="primary")
    if sent:
        _store(line, [line], [{**line, **cells}])


def _new_version(line: Cells, above: Cells, today: date) -> None:
    key = _key("version", line)
    with st.form(key, border=False):
        cells = changed("units", _VERSIONED, line, key, above)
        first = _day(_("The new version holds from"), key, today)
        sent = st.form_submit_button(_("Save the new version"), type="primary")
    if not (sent and first):
        return
    start = as_day(line.get("valid_from"))
    if start is not None and first <= start:
        said = _("The new version must begin after {day}, when this one begins.")
        markup.note(said.format(day=short_day(start)), "warning")
        return
    old = {**line, "valid_to": (first - timedelta(days=1)).isoformat()}
    new = {**line, **cells, "valid_from": first.isoformat()}
    _store(line, [line], [old, {k: v for k, v in new.items() if k != "valid_to"}])


def _close(line: Cells, above: Cells, today: date) -> None:
    key = _key("close", line)
    with st.form(key, border=False):
        last = _day(_("Last day"), key, today)
        replaced = st.selectbox(
            _("Replaced by"),
            ["", *above],
            key=f"{key}-by",
            format_func=labels.of({"": _("none"), **above}),
        )
        sent = st.form_submit_button(_("Close the unit"))
    if sent and last:
        _store(
            line, [line], [{**line, "valid_to": last.isoformat(), "replaced_by": replaced or ""}]
        )


def _key(what: str, line: Cells) -> str:
    return f"{what}-{line.get('unit_id')}-{line.get('valid_from')}-{generation()}"


def _day(label: str, key: str, start: date) -> date | None:
    chosen: date | None = st.date_input(
        label,
        start,
        key=f"{key}-day",
        format="DD.MM.YYYY",
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
    )
    return chosen


def _store(line: Cells, before: Sequence[Cells], after: Sequence[Cells]) -> None:
    made = edits_between("units", before, [tidied(_TABLE, each) for each in after])
    said = _("{name} is saved.").format(name=line.get("name", ""))
    save(made, said, f"unit-{line.get('unit_id')}")
    st.rerun()
