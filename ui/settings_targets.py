"""Targets: a new line from its day, never an overwrite; local until somebody adopts them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from svarvakt import settings
from svarvakt.i18n import _, day, day_and_time, language, local, number
from svarvakt.register import TARGET_METRICS, Register
from svarvakt.register.opening_hours import opening_intervals, working_day_seconds
from ui import registering
from ui.markup import note, paragraph, table
from ui.settings_hours import DAYS, day_word
from ui.settings_parts import complain, keep

Cells = Mapping[str, str]
FILE = "targets"
FAR = 90  # days ahead: longer than any target and closing together


def metric_word(metric: str) -> str:
    return {
        "answer_within": _("Time to the first answer"),
        "answered_within_share": _("Share answered in time"),
        "response_rate": _("Response rate"),
        "longest_gap": _("Longest time without a look at the account"),
        "correction_within": _("Time to correct a factual error"),
    }[metric]


def unit_word(unit: str) -> str:
    return {
        "working_hours": _("working hours"),
        "working_days": _("working days"),
        "hours": _("hours"),
        "days": _("days"),
        "percent": _("per cent"),
    }.get(unit, unit)


def number_of(text: str) -> float | None:
    """«7,5» as a number; None = not a number above 0."""
    try:
        value = float(text.replace(",", ".").removesuffix("%").strip())
    except ValueError:
        return None
    return value if 0 < value < 1_000_000 else None


def show() -> None:
    """Every target with its days, and the form for the next one."""
    lines = registering.lines(FILE)
    if lines:
        table(
            _("Targets, the newest first"),
            [_("What"), _("Target"), _("Holds from"), _("Adopted")],
            [_row(line) for line in sorted(lines, key=_order, reverse=True)],
        )
    else:
        paragraph(_("No target is set. The guidelines set no number of hours or days."))
    _form(lines)


def _order(line: Cells) -> tuple[str, str]:
    return line.get("valid_from", ""), line["metric"]


def _row(line: Cells) -> list[str]:
    unit = line.get("unit") or TARGET_METRICS[line["metric"]][0]
    adopted = _("local target – not adopted")
    if line.get("adopted_on"):
        when = day(date.fromisoformat(line["adopted_on"]))
        adopted = " · ".join(filter(None, (when, line.get("adopted_by_role"))))
    value = float(line["value"].replace(",", "."))
    return [
        metric_word(line["metric"]),
        f"{number(value, 0 if value.is_integer() else 1)} {unit_word(unit)}",
        " – ".join(
            day(date.fromisoformat(each))
            for each in (line["valid_from"], line.get("valid_to"))
            if each
        ),
        adopted,
    ]


def _form(lines: list[dict[str, str]]) -> None:
    metric = st.selectbox(
        _("Target for"), list(TARGET_METRICS), format_func=metric_word, key="target-metric"
    )
    with st.form(f"settings-target-{metric}", border=False):
        value = st.text_input(_("Value"), key=f"target-value-{metric}")
        value_place = st.empty()
        unit = st.selectbox(
            _("Measured in"),
            TARGET_METRICS[metric],
            format_func=unit_word,
            key=f"target-unit-{metric}",
        )
        starts = st.date_input(
            _("Holds from"), settings.today(), format="DD.MM.YYYY", key=f"target-from-{metric}"
        )
        ends = st.date_input(
            _("Holds to (empty = until another target takes its place)"),
            None,
            format="DD.MM.YYYY",
            key=f"target-to-{metric}",
        )
        adopted = st.date_input(
            _("Adopted on (empty = local target, not adopted)"),
            None,
            format="DD.MM.YYYY",
            key=f"target-adopted-{metric}",
        )
        role = st.text_input(_("Adopted by (a role, not a name)"), key=f"target-role-{metric}")
        place = st.empty()
        sent = st.form_submit_button(_("Save the target"), type="primary")
    if not sent:
        return
    read = number_of(value)
    if read is None or (unit == "percent" and read > 100):
        complain(value_place, _("Write a number above 0, such as 7,5; at most 100 per cent."))
    elif bool(role.strip()) != isinstance(adopted, date):
        complain(place, _("Say from when it holds; and both day and role, or neither, if adopted."))
    else:
        new = {
            "metric": metric,
            "value": f"{read:g}",
            "unit": unit,
            "valid_from": f"{starts}",
            "adopted_on": f"{adopted}" if isinstance(adopted, date) else "",
            "adopted_by_role": role.strip(),
            "valid_to": f"{ends}" if isinstance(ends, date) else "",
        }
        keep(FILE, lines, [*(line for line in lines if not _is_same(line, new)), new], place)


def _is_same(line: Cells, new: Cells) -> bool:
    return (line["metric"], line.get("valid_from")) == (new["metric"], new["valid_from"])


def example(register: Register, on: date) -> None:
    """What hours and target mean together: the deadline of something next Friday at three (M5)."""
    friday = on + timedelta(days=(4 - on.weekday()) % 7)
    came = datetime.combine(friday, time(15), settings.ZONE)
    due = due_at(register, came)
    if due:
        said = _("Something that comes on {came} has its deadline on {due}.")
        note(said.format(came=_moment(came), due=_moment(due)))


def _moment(moment: datetime) -> str:
    weekday = day_word(DAYS[local(moment).weekday()])
    return f"{weekday if language() == 'en' else weekday.lower()} {day_and_time(moment)}"


def due_at(register: Register, came: datetime) -> datetime | None:
    """When the target for the first answer has run out on the working clock; None = never open."""
    left = target_seconds(register, came.date())
    moment = came.astimezone(UTC)
    first = came.date()
    for span in opening_intervals(register.calendar, first, first + timedelta(days=FAR)):
        start = max(span.starts_at, moment)
        room = (span.ends_at - start).total_seconds()
        if room >= left:
            return start + timedelta(seconds=left)
        left -= max(room, 0)
    return None


def target_seconds(register: Register, on: date) -> float:
    """The target for the first answer that holds on a day; a working day where none is set."""
    day_seconds = working_day_seconds(register.calendar)
    known = [t for t in register.targets if t.metric == "answer_within" and t.valid_from <= on]
    newest = max(known, key=lambda target: target.valid_from, default=None)
    if newest is None or not newest.is_valid(on):
        return day_seconds
    return newest.value * (day_seconds if newest.unit == "working_days" else 3600)
