"""What is done about a rule: entered from any rule, worked on in the work list, in the report."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from svarvakt import settings
from svarvakt.decisions import New
from svarvakt.decisions.action_items import KIND, ActionItem, action_items
from svarvakt.i18n import _, day
from svarvakt.metrics import Scope, reference_data
from ui import labels, refresh, viewer
from ui.data import NotAllowed, ask
from ui.decided import masked, store
from ui.markup import paragraph, table
from ui.words import NONE

RULES = ("G1", "G2", "G3", "G4", "G5", "G6a", "G6b", "G6c", "G7", "G8")


def _state(one: ActionItem) -> str:
    if one.done_on:
        return _("done {day}").format(day=day(one.done_on))
    if one.deadline and one.deadline < settings.today():
        return _("past its deadline")
    return _("under way")


def in_scope() -> list[ActionItem]:
    """The action items that the reader may see: open ones first, the earliest deadline first."""
    found = action_items(store())
    if viewer.current().sees_everything:
        return found
    mine = _own_units()
    return [each for each in found if each.unit_id in mine]


def save(subject: str, values: dict[str, str]) -> None:
    """Stores an action item as it now is, free text masked.

    Raises NotAllowed for a unit that is not the reader's: neither the item's own (what is
    stored of it) nor the one it is to have.
    """
    who = viewer.current()
    stored = [each.unit_id for each in action_items(store()) if each.subject == subject]
    if not who.may_decide or not all(map(_is_mine, (values["unit_id"], *stored))):
        raise NotAllowed(f"{who.role}: {KIND}")
    store().record(who.role, New(KIND, KIND, subject, masked(values)))
    refresh.soon()


def _is_mine(unit_id: str) -> bool:
    return viewer.current().sees_everything or unit_id in _own_units()


def button(rule: str, found: Sequence[ActionItem], units: Mapping[str, str]) -> None:
    """On a rule's row: opens the form, and says how many of `found` are under way.

    `units` is what `units()` says; nothing is shown to a reader without any. The form is drawn
    where it is open: ten of them took a third of the page's time.
    """
    if rule not in RULES or not units:
        return
    open_ones = sum(each.rule == rule and each.done_on is None for each in found)
    label = _("Measures ({n})").format(n=open_ones) if open_ones else _("Add a measure")
    opened = st.popover(label, width="stretch", key=f"measures-{rule}", on_change="rerun")
    if opened.open:
        with opened:
            _form(units, rule)


def form(rule: str = "", unit_id: str = "") -> None:
    """What shall be done, by which role, by when. Nothing for a reader without units."""
    if known := units():
        _form(known, rule, unit_id)


def _form(units: Mapping[str, str], rule: str = "", unit_id: str = "") -> None:
    key = f"measure-{rule}-{unit_id}"
    with st.form(key, clear_on_submit=True, border=False):
        chosen = rule or st.selectbox(_("Guideline"), RULES, key=f"{key}-rule")
        unit = unit_id or st.selectbox(
            _("Unit"), list(units), key=f"{key}-unit", format_func=labels.of(units)
        )
        text = st.text_area(_("What shall be done?"), key=f"{key}-text", max_chars=500)
        role = st.text_input(_("Responsible role (not a name)"), key=f"{key}-role", max_chars=120)
        deadline = st.date_input(
            _("Deadline"), key=f"{key}-deadline", value=None, format="DD.MM.YYYY"
        )
        sent = st.form_submit_button(_("Save the measure"), type="primary")
    if sent and text.strip() and role.strip():
        values = {
            "rule": chosen,
            "unit_id": unit,
            "text": text.strip(),
            "responsible_role": role.strip(),
            "deadline": deadline.isoformat() if isinstance(deadline, date) else "",
            "done_on": "",
        }
        save(f"measure:{uuid.uuid4().hex}", values)
        paragraph(_("The measure is saved."))
    elif sent:
        paragraph(_("Write what shall be done and which role is responsible."))


def show() -> None:
    """All action items in sight as a table, and a way to mark one as done."""
    known = units()
    if not known:
        return
    st.header(_("Measures"), anchor=False)
    found = in_scope()
    if found:
        table(
            _("What is being done"),
            [
                _("Guideline"),
                _("Unit"),
                _("Measure"),
                _("Responsible role"),
                _("Deadline"),
                _("State"),
            ],
            [
                [
                    each.rule,
                    known.get(each.unit_id, each.unit_id),
                    each.text,
                    each.responsible_role,
                    day(each.deadline) if each.deadline else NONE,
                    _state(each),
                ]
                for each in found
            ],
        )
        _mark_done([each for each in found if each.done_on is None])
    else:
        paragraph(_("No measures are registered."))
    opened = st.expander(_("Add a measure"), key="measures-add", on_change="rerun")
    if opened.open:
        with opened:
            _form(known)


def _mark_done(open_ones: list[ActionItem]) -> None:
    if not open_ones:
        return
    names = {each.subject: f"{each.rule}: {each.text}" for each in open_ones}
    known = units()
    owners = {each.subject: known.get(each.unit_id, each.unit_id) for each in open_ones}
    chosen, way = st.columns([4, 1.1], vertical_alignment="bottom")
    subject = chosen.selectbox(
        _("Mark as done"), list(names), key="measure-done", format_func=labels.of(names, owners)
    )
    if way.button(_("Done"), key="measure-done-now"):
        one = next(each for each in open_ones if each.subject == subject)
        values: dict[str, Any] = dataclasses.asdict(one) | {"done_on": f"{settings.today()}"}
        values.pop("subject")
        values["deadline"] = f"{one.deadline}" if one.deadline else ""
        save(one.subject, values)
        st.rerun()


def units() -> dict[str, str]:
    """Id and name of what the reader may make action items for: units, "" = the municipality."""
    return _unit_names() if viewer.current().may_decide else {}


def _unit_names() -> dict[str, str]:
    if not viewer.current().may_read("units"):
        return {}
    whole = {"": _("The whole municipality")} if viewer.current().sees_everything else {}
    choices = ask(reference_data.unit_choices, Scope(date.min, date.max))
    return whole | labels.units(choices)


def _own_units() -> set[str]:
    return {each for each in _unit_names() if each}
