"""The municipality's own settings as fields: name, contact, limits (municipality.csv)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from svarvakt import settings
from svarvakt.i18n import _
from svarvakt.register import SETTING_KINDS
from ui import registering
from ui.settings_parts import complain, keep

Cells = Mapping[str, str]
FILE = "municipality"
MUNICIPALITY = (
    "name",
    "name_patterns",
    "contact",
    "accessibility_url",
    "privacy_url",
    "guidelines_url",
    "dpia_ref",
    "dpo_contact",
    "employees_discussed_on",
    "recipients",
    "long_wait_reference",
)
LIMITS = (
    "raw_days",
    "text_months",
    "row_months",
    "fetch_again_days",
    "stale_after_days",
    "min_administrators_for_response_time",
)


def label(key: str) -> str:
    return {
        "name": _("The municipality's name"),
        "name_patterns": _("Words that show that an account is the municipality's, one a line"),
        "contact": _("Whom readers can ask (a shared mailbox)"),
        "accessibility_url": _("Address of the accessibility statement"),
        "privacy_url": _("Address of the privacy page"),
        "guidelines_url": _("Address of the published guidelines"),
        "dpia_ref": _("Where the privacy impact assessment is filed"),
        "dpo_contact": _("The data protection officer's mailbox"),
        "employees_discussed_on": _("Day of discussion with the employees' representatives"),
        "recipients": _("Who gets the monthly report, one mailbox a line"),
        "long_wait_reference": _("What the limit «over a month» rests on, such as a legal rule"),
        "raw_days": _("Days that the export files are kept"),
        "text_months": _("Months that the text of comments is kept"),
        "row_months": _("Months that comments are kept without their text"),
        "fetch_again_days": _("Days back that posts are fetched again"),
        "stale_after_days": _("Days before the figures are called old"),
        "min_administrators_for_response_time": _(
            "Fewest administrators for an account's response time to be shown"
        ),
    }[key]


def help_text(key: str) -> str | None:
    return {
        "name_patterns": _("A suggestion for a person to look at; never the answer itself (G4)."),
        "fetch_again_days": _("Comments arrive on old posts too. 60 days where nothing is set."),
        "long_wait_reference": _("Shown with the words «local target» in Help."),
        "min_administrators_for_response_time": _(
            "Discuss the number with the employees' representatives first: with few administrators "
            "a response time may be read as one person's."
        ),
    }.get(key)


def form(keys: Sequence[str], name: str) -> None:
    """The fields of some settings. An emptied field takes the setting away."""
    before = registering.lines(FILE)
    held = in_force(before, settings.today())
    with st.form(f"settings-{name}", border=False):
        typed, places = {}, {}
        for key in keys:
            typed[key] = _field(key, held.get(key, {}).get("value", ""))
            places[key] = st.empty()
        sent = st.form_submit_button(_("Save"), type="primary")
    place = st.empty()
    if sent and not _complain_of_bad(typed, places):
        keep(FILE, before, changed(before, typed, settings.today()), place)


def in_force(lines: Sequence[Cells], on: date) -> dict[str, Cells]:
    """The line that holds on a day, by key."""
    dated = sorted(lines, key=lambda line: line.get("valid_from", ""))
    return {line["key"]: line for line in dated if line.get("valid_from", "") <= on.isoformat()}


def changed(lines: Sequence[Cells], typed: Mapping[str, str], on: date) -> list[Cells]:
    """The lines with what was typed in the line in force; an emptied key loses all its lines."""
    held = in_force(lines, on)
    kept: list[Cells] = []
    for line in lines:
        value = typed.get(line["key"])
        if value is None or (value and line is not held.get(line["key"])):
            kept.append(dict(line))
        elif value:
            kept.append({**line, "value": value})
    new = [key for key, value in typed.items() if value and key not in held]
    return [*kept, *({"key": key, "value": typed[key]} for key in new)]


def is_good(key: str, value: str) -> bool:
    """Whether the register could read the value; empty is good."""
    kind = SETTING_KINDS[key]
    if kind == "whole":
        return not value or re.fullmatch(r"[0-9]{1,6}", value) is not None
    if kind == "url":
        return not value or _is_address(value)
    return True


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and not re.search(r"\s", value)


def _complain_of_bad(typed: Mapping[str, str], places: Mapping[str, DeltaGenerator]) -> bool:
    bad = [key for key, value in typed.items() if not is_good(key, value)]
    if not typed.get("name", "-"):
        complain(places["name"], _("The municipality must have a name."))
    for key in bad:
        is_number = SETTING_KINDS[key] == "whole"
        complain(
            places[key],
            _("Write a whole number, such as 30.")
            if is_number
            else _("Write a web address that begins with https://."),
        )
    return bool(bad) or not typed.get("name", "-")


def _field(key: str, value: str) -> str:
    """One field with its label; gives the value as the register writes it."""
    kind, mark, words = SETTING_KINDS[key], f"setting-{key}", help_text(key)
    if kind == "list":
        lines = st.text_area(label(key), value.replace("|", "\n"), height=100, key=mark, help=words)
        return "|".join(part.strip() for part in lines.splitlines() if part.strip())
    if kind == "date":
        first = date.fromisoformat(value) if value else None
        chosen = st.date_input(label(key), first, format="DD.MM.YYYY", key=mark)
        return chosen.isoformat() if isinstance(chosen, date) else ""
    return st.text_input(label(key), value, key=mark, help=words).strip()
