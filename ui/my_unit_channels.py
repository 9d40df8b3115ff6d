"""Which channels a unit has chosen to use: some, none by own choice, or not said yet (G3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from svarvakt import settings
from svarvakt.i18n import _
from svarvakt.platforms import PLATFORMS
from ui import labels, my_unit, registering
from ui.markup import paragraph
from ui.register_words import as_day, choice

NONE = "ingen"
PLACE = "channels"


def show(units: Mapping[str, str]) -> None:
    """What each unit has said, and a list to say it in."""
    versions = current(registering.lines("units"), settings.today())
    kept = {unit_id: name for unit_id, name in units.items() if unit_id in versions}
    if not kept:
        return
    st.header(_("Channels that we have chosen"), anchor=False)
    my_unit.said(PLACE)
    chosen = next(iter(kept))
    if len(kept) > 1:
        chosen = st.selectbox(_("Unit"), list(kept), key="channels-of", format_func=labels.of(kept))
    line = versions[chosen]
    paragraph(said(channels(line)))
    with st.form(f"channels-{chosen}", border=False):
        picked = st.multiselect(
            _("Channels"),
            [*PLATFORMS, NONE],
            channels(line),
            key=f"channels-picked-{chosen}",
            format_func=_name,
            placeholder=_("Choose"),
        )
        if st.form_submit_button(_("Save the choice")):
            _save(line, picked)
            st.rerun()


def current(lines: Sequence[Mapping[str, str]], today: date) -> dict[str, Mapping[str, str]]:
    """The version of each unit that holds today: of several the newest."""
    found: dict[str, Mapping[str, str]] = {}
    for line in sorted(lines, key=lambda each: each.get("valid_from", "")):
        begins = as_day(line.get("valid_from")) or date.min
        ends = as_day(line.get("valid_to")) or date.max
        if begins <= today <= ends:
            found[line["unit_id"]] = line
    return found


def channels(line: Mapping[str, str]) -> list[str]:
    """[] = nobody has said, ["ingen"] = none by own choice."""
    return [each for each in line.get("channel_choice", "").split("|") if each]


def said(chosen: Sequence[str]) -> str:
    """`Facebook og Instagram`, none by choice, or unknown: three different things."""
    if not chosen:
        return _("Nobody has said yet which channels the unit uses.")
    if NONE in chosen:
        return _("None, by own choice.")
    return _("The unit has chosen {names}.").format(names=", ".join(map(_name, chosen)))


def _name(code: str) -> str:
    return choice("channel_choice", code)


def _save(line: Mapping[str, str], picked: Sequence[str]) -> None:
    if NONE in picked and len(picked) > 1:
        my_unit.say(PLACE, _("Choose either channels or none."))
    elif my_unit.save(PLACE, "units", line, {**line, "channel_choice": "|".join(picked)}):
        my_unit.say(PLACE, _("The choice is saved."))
