"""The working clock once more, minute by minute and without any cleverness, to check the SQL by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from svarvakt.register.opening_hours import CalendarRow

MINUTE = timedelta(minutes=1)
OSLO = ZoneInfo("Europe/Oslo")


@cache
def norwegian_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NO", years=year))


def opener(rows: Sequence[CalendarRow]) -> Callable[[datetime], bool]:
    """Says whether the wall clock in Oslo stands within opening hours; remembers what it said."""
    said: dict[tuple[date, int], bool] = {}

    def is_open(instant: datetime) -> bool:
        local = instant.astimezone(OSLO)
        key = local.date(), local.hour * 60 + local.minute
        if key not in said:
            said[key] = minute_is_open(*key, rows)
        return said[key]

    return is_open


def minute_is_open(day: date, minute: int, rows: Sequence[CalendarRow]) -> bool:
    if day in norwegian_holidays(day.year):
        return False
    for row in rows:
        if row.kind == "stengt" and exception_covers(row, day):
            return False
        if row.kind == "halvdag" and exception_covers(row, day):
            if row.opens is not None and minute < row.opens:
                return False
            if row.closes is not None and minute >= row.closes:
                return False
    summer = newest_lines(rows, "sommertid", day)
    usual = newest_lines(rows, "apningstid", day)
    if summer or usual:
        return any((r.opens or 0) <= minute < (r.closes or 0) for r in summer or usual)
    if any(row.kind == "apningstid" and in_dates(row, day) for row in rows):
        return False
    return day.weekday() < 5 and 480 <= minute < 930


def in_dates(row: CalendarRow, day: date) -> bool:
    if row.date_from is not None and day < row.date_from:
        return False
    return not (row.date_to is not None and day > row.date_to)


def exception_covers(row: CalendarRow, day: date) -> bool:
    if row.weekday:
        return day.isoweekday() in row.weekday and in_dates(row, day)
    if row.date_to is None:
        return row.date_from == day
    return in_dates(row, day)


def newest_lines(rows: Sequence[CalendarRow], kind: str, day: date) -> list[CalendarRow]:
    lines = [
        row
        for row in rows
        if row.kind == kind
        and in_dates(row, day)
        and (day.isoweekday() in row.weekday if row.weekday else day.weekday() < 5)
    ]
    starts = [row.date_from or date(1, 1, 1) for row in lines]
    return [row for row, start in zip(lines, starts, strict=True) if start == max(starts)]


def working_seconds(a: datetime, b: datetime, rows: Sequence[CalendarRow] = ()) -> int:
    """Working seconds from a to b, both cut to whole seconds; 0 when b is not later."""
    a, b = a.replace(microsecond=0), b.replace(microsecond=0)
    is_open, total = opener(rows), timedelta(0)
    minute = a.replace(second=0)
    while minute < b:
        if is_open(minute):
            total += min(b, minute + MINUTE) - max(a, minute)
        minute += MINUTE
    return round(total.total_seconds())


def due_at(a: datetime, target: int, rows: Sequence[CalendarRow] = ()) -> datetime:
    """The first instant at which `target` (> 0) working seconds have passed since a."""
    moment, left, is_open = a.replace(microsecond=0), target, opener(rows)
    while True:
        end = moment.replace(second=0) + MINUTE
        if is_open(moment):
            passed = round((end - moment).total_seconds())
            if passed >= left:
                return moment + timedelta(seconds=left)
            left -= passed
        moment = end
