"""Opening hours: the ordinary week, summer hours, half and closed days (calendar.csv, M5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from svarvakt import settings
from svarvakt.i18n import _, day
from ui import labels, registering
from ui.markup import paragraph, table
from ui.settings_parts import complain, keep
from ui.words import NONE

Cells = Mapping[str, str]
Hours = list[tuple[str, str]]
FILE = "calendar"
DAYS = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
_INTERVAL = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*[-–]\s*(\d{1,2})(?:[:.](\d\d))?")


def day_word(code: str) -> str:
    return {
        "man": _("Monday"),
        "tir": _("Tuesday"),
        "ons": _("Wednesday"),
        "tor": _("Thursday"),
        "fre": _("Friday"),
        "lør": _("Saturday"),
        "søn": _("Sunday"),
    }[code]


def kind_word(kind: str) -> str:
    return {
        "sommertid": _("Summer hours"),
        "halvdag": _("Half day"),
        "stengt": _("Closed"),
        "apningstid": _("Ordinary week"),
    }.get(kind, kind)


def hours_of(text: str) -> Hours | None:
    """«08.00–11.30, 12–15.30» as opening and closing times; [] = closed, None = cannot be read."""
    found: Hours = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        match = _INTERVAL.fullmatch(part)
        if not match:
            return None
        start, start_minute, end, end_minute = match.groups()
        opens, closes = f"{start:0>2}:{start_minute or '00'}", f"{end:0>2}:{end_minute or '00'}"
        if opens >= closes or closes > "24:00" or max(opens[3:], closes[3:]) > "59":
            return None
        found.append((opens, closes))
    return found


def written(lines: Sequence[Cells]) -> str:
    """The other way round, as the field shows it."""
    times = sorted({(line.get("opens", ""), line.get("closes", "")) for line in lines})
    return ", ".join(f"{opens}–{closes}" for opens, closes in times)


def days_of(line: Cells) -> list[str]:
    return line["weekday"].split("|") if line.get("weekday") else list(DAYS[:5])


def week_now(lines: Sequence[Cells], on: date) -> list[Cells]:
    """The lines of the ordinary week that hold on a day."""
    today = on.isoformat()
    valid = [
        line
        for line in lines
        if line["kind"] == "apningstid"
        and line.get("date_from", "") <= today <= line.get("date_to", "9999")
    ]
    newest = max((line.get("date_from", "") for line in valid), default="")
    return [line for line in valid if line.get("date_from", "") == newest]


def new_week(
    lines: Sequence[Cells], week: Mapping[str, Hours], starts: date | None, on: date
) -> list[Cells]:
    """The calendar with another ordinary week. One from a later day ends the one before it.

    A week with the same first day replaces it, which changes earlier response times too.
    """
    now = week_now(lines, on)
    first = starts.isoformat() if starts else ""
    is_same = not now or now[0].get("date_from", "") == first
    others = [dict(line) for line in lines if line not in now]
    ended = (
        []
        if is_same or not starts
        else [{**line, "date_to": (starts - timedelta(days=1)).isoformat()} for line in now]
    )
    made = [
        {"kind": "apningstid", "weekday": name, "opens": opens, "closes": closes}
        | ({"date_from": first} if first else {})
        for name, hours in week.items()
        for opens, closes in hours
    ]
    return [*others, *ended, *made]


def week_form() -> None:
    """A field per weekday; several intervals a day are divided by a comma."""
    lines = registering.lines(FILE)
    now = week_now(lines, settings.today())
    first = now[0].get("date_from") if now else None
    paragraph(
        _(
            "Write 08:00–15:30, or 08:00–11:30, 12:00–15:30. An empty day is closed. Public "
            "holidays are closed without being written."
        )
    )
    with st.form("settings-week", border=False):
        typed, places = {}, {}
        for name in DAYS:
            own = [line for line in now if name in days_of(line)]
            usual = "08:00–15:30" if not now and name in DAYS[:5] else ""
            typed[name] = st.text_input(day_word(name), written(own) or usual, key=f"week-{name}")
            places[name] = st.empty()
        starts = st.date_input(
            _("Holds from (a new day keeps the earlier hours for earlier enquiries)"),
            date.fromisoformat(first) if first else None,
            format="DD.MM.YYYY",
            key="week-from",
        )
        sent = st.form_submit_button(_("Save the week"), type="primary")
    place = st.empty()
    if not sent:
        return
    read = {name: hours_of(text) for name, text in typed.items()}
    for name in (name for name, hours in read.items() if hours is None):
        complain(places[name], _("Write the time as 08:00–15:30."))
    week = {name: hours for name, hours in read.items() if hours is not None}
    if not any(week.values()):
        complain(place, _("At least one day must be open."))
    elif len(week) == len(read):
        chosen = starts if isinstance(starts, date) else None
        keep(FILE, lines, new_week(lines, week, chosen, settings.today()), place)


def special_form() -> None:
    """Summer hours, half days and closed days: what is known, a new one, taking one away."""
    lines = registering.lines(FILE)
    _table_of(lines)
    _take_away(lines)
    with st.form("settings-special", border=False):
        kind = st.selectbox(
            _("Kind"), ["sommertid", "halvdag", "stengt"], format_func=kind_word, key="special-kind"
        )
        first = st.date_input(_("From day"), None, format="DD.MM.YYYY", key="special-from")
        last = st.date_input(_("To day, included"), None, format="DD.MM.YYYY", key="special-to")
        typed = st.text_input(_("Open, such as 08:00–12:00 (not for closed days)"), key="special-h")
        place = st.empty()
        sent = st.form_submit_button(_("Add"))
    if not sent:
        return
    hours = [] if kind == "stengt" else hours_of(typed)
    if not isinstance(first, date) or (isinstance(last, date) and last < first):
        complain(place, _("Choose the first day, and no last day before it."))
    elif hours is None or (kind != "stengt" and not hours):
        complain(place, _("Write the time as 08:00–15:30."))
    else:
        until = last if isinstance(last, date) else first
        dates = {"kind": kind, "date_from": f"{first}", "date_to": f"{until}"}
        new = [dates | {"opens": opens, "closes": closes} for opens, closes in hours] or [dates]
        keep(FILE, lines, [*lines, *new], place)


def _grouped(lines: Sequence[Cells]) -> dict[tuple[str, str, str], list[Cells]]:
    found: dict[tuple[str, str, str], list[Cells]] = {}
    for line in lines:
        if line["kind"] != "apningstid":
            key = (line.get("date_from", ""), line.get("date_to", ""), line["kind"])
            found.setdefault(key, []).append(line)
    return dict(sorted(found.items()))


def _dates(key: tuple[str, str, str]) -> str:
    said = [day(date.fromisoformat(each)) for each in dict.fromkeys(key[:2]) if each]
    return "–".join(said) or NONE


def _table_of(lines: Sequence[Cells]) -> None:
    found = _grouped(lines)
    if not found:
        paragraph(_("No summer hours, half days or closed days are written."))
        return
    table(
        _("Days with other hours"),
        [_("Days"), _("Kind"), _("Opening hours")],
        [
            [_dates(key), kind_word(key[2]), NONE if key[2] == "stengt" else written(rows)]
            for key, rows in found.items()
        ],
    )


def _take_away(lines: Sequence[Cells]) -> None:
    found = _grouped(lines)
    if not found:
        return
    keys = list(found)
    with st.form("settings-special-away", border=False):
        chosen = st.selectbox(
            _("Take away"),
            range(len(keys)),
            format_func=labels.of(
                {n: f"{kind_word(key[2])} {_dates(key)}" for n, key in enumerate(keys)}
            ),
            key="special-away",
        )
        place = st.empty()
        sent = st.form_submit_button(_("Take away these hours"))
    if sent and chosen is not None:
        gone = found[keys[chosen]]
        keep(FILE, lines, [line for line in lines if line not in gone], place)
