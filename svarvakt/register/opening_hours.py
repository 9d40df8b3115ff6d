"""The working clock: when the municipality is open, as intervals (M5, M6, M7).

Without a calendar Monday to Friday 08:00 to 15:30, Europe/Oslo, less Norwegian
public holidays. `calendar.csv` changes that. For one local day the answer is
found in this order; the first that applies decides:

1. **Public holiday**: closed, whatever the calendar says. 24 and 31 December
   are not public holidays.
2. **`stengt`** that covers the day: closed.
3. **Hours**: the `sommertid` lines for this weekday that are valid on the day;
   else the `apningstid` lines for it; else, when *no* `apningstid` line at all
   is valid on the day, 08:00 to 15:30 Monday to Friday; else closed. Of several
   valid lines for a weekday those with the latest `date_from` count (no
   `date_from` = the earliest); together they give the day's intervals.
   Intervals that touch or overlap are one.
4. **`halvdag`** lines that cover the day cut these hours: nothing before
   `opens`, nothing after `closes`. All of them apply. They never open a day.

Dates include both ends. `apningstid` and `sommertid` without a weekday count
Monday to Friday, `halvdag` and `stengt` without one count on every day; these
two without a weekday and without `date_to` cover `date_from` alone. An empty
date is otherwise open-ended.

Opening hours are wall-clock times: a day may hold 23 or 25 hours. A time
strictly between 02:00 and 03:00 on the two nights of the clock change is read
with the offset from before the change.

Instants are cut to whole seconds before they are compared.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from svarvakt.settings import ZONE

if TYPE_CHECKING:
    import duckdb

WORKDAYS = (1, 2, 3, 4, 5)
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
# Proposed, not adopted by anybody: the usual office hours outside the summer.
DEFAULT_HOURS = ((8 * 60, 15 * 60 + 30),)
REGULAR = ("apningstid", "sommertid")
EXCEPTIONS = ("halvdag", "stengt")

Interval = tuple[int, int]  # minutes since midnight, half-open; 1440 = 24:00


@dataclasses.dataclass(frozen=True)
class CalendarRow:
    """One line of calendar.csv. Weekdays are ISO (1 = Monday), hours minutes since midnight."""

    kind: str  # apningstid, halvdag, stengt, sommertid
    weekday: tuple[int, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    opens: int | None = None
    closes: int | None = None

    def covers(self, day: date) -> bool:
        """Whether the line says something about a local day; both dates are included."""
        is_exception = self.kind in EXCEPTIONS
        weekdays = self.weekday or (EVERY_DAY if is_exception else WORKDAYS)
        return day.isoweekday() in weekdays and self.is_valid(day)

    def is_valid(self, day: date) -> bool:
        """Whether the day lies within the line's dates, whatever its weekday."""
        last = self.date_to
        if self.kind in EXCEPTIONS and not self.weekday:
            if self.date_from is None and last is None:
                return False  # «stengt» and nothing else would close the municipality for ever
            last = last or self.date_from
        return (self.date_from is None or self.date_from <= day) and (last is None or day <= last)


@dataclasses.dataclass(frozen=True)
class OpeningInterval:
    """One opening interval, UTC, half-open, and the working seconds of all spans before it."""

    starts_at: datetime
    ends_at: datetime
    seconds_before: int


def opening_intervals(
    calendar_rows: Sequence[CalendarRow], first: date, last: date, country: str = "NO"
) -> list[OpeningInterval]:
    """The opening intervals of the local days `first` to `last`, both included, in order.

    Take `first` before the oldest item and `last` well after the as-of time
    (the longest target and the longest closing together), or late items get no
    due time.
    """
    holidays = public_holidays(first, last, country)
    found: list[OpeningInterval] = []
    before, free_from = 0, datetime.min.replace(tzinfo=UTC)
    for day in _days(first, last):
        if day in holidays:
            continue
        for opens, closes in opening_hours(calendar_rows, day):
            starts_at = max(_instant(day, opens), free_from)
            ends_at = _instant(day, closes)
            if starts_at < ends_at:
                found.append(OpeningInterval(starts_at, ends_at, before))
                before += round((ends_at - starts_at).total_seconds())
                free_from = ends_at
    return found


def public_holidays(first: date, last: date, country: str = "NO") -> frozenset[date]:
    """The public holidays of the years touched, Sundays among them."""
    import holidays  # half a second: only a build pays it

    years = range(first.year, last.year + 1)
    return frozenset(holidays.country_holidays(country, years=years))


def opening_hours(calendar_rows: Sequence[CalendarRow], day: date) -> list[Interval]:
    """Rules 2 to 4 of the module's text for one local day that is no public holiday."""
    covering = [row for row in calendar_rows if row.covers(day)]
    if any(row.kind == "stengt" for row in covering):
        return []
    cuts = [row for row in covering if row.kind == "halvdag"]
    earliest = max((row.opens or 0 for row in cuts), default=0)
    latest = min((1440 if row.closes is None else row.closes for row in cuts), default=1440)
    hours = [
        (max(opens, earliest), min(closes, latest))
        for opens, closes in _regular_hours(calendar_rows, covering, day)
    ]
    return [(opens, closes) for opens, closes in hours if opens < closes]


def _regular_hours(
    calendar_rows: Sequence[CalendarRow], covering: Sequence[CalendarRow], day: date
) -> list[Interval]:
    for kind in ("sommertid", "apningstid"):
        lines = [row for row in covering if row.kind == kind]
        if lines:
            newest = max(row.date_from or date.min for row in lines)
            return _merged(
                (row.opens, row.closes)
                for row in lines
                if (row.date_from or date.min) == newest
                and row.opens is not None
                and row.closes is not None
            )
    own_week = any(row.kind == "apningstid" and row.is_valid(day) for row in calendar_rows)
    return list(DEFAULT_HOURS) if not own_week and day.isoweekday() in WORKDAYS else []


def working_day_seconds(calendar_rows: Sequence[CalendarRow]) -> int:
    """The usual length of a working day: the commonest day of the newest `apningstid` week.

    Of equally common lengths the longest. Summer hours, half days and closing
    days do not count. 27000 (7.5 h) without any.
    """
    regular = [row for row in calendar_rows if row.kind == "apningstid"]
    newest = max((row.date_from or date.min for row in regular), default=date.min)
    lengths = [
        60 * sum(closes - opens for opens, closes in opening_hours(regular, day))
        for day in _days(newest, newest + timedelta(days=6))
    ]
    common = Counter(seconds for seconds in lengths if seconds)
    return max(common, key=lambda seconds: (common[seconds], seconds), default=27000)


def load_spans(con: duckdb.DuckDBPyConnection, found: Sequence[OpeningInterval]) -> None:
    """Makes the table working_spans(starts_at, ends_at, seconds_before) that 00_clock.sql reads."""
    con.execute(
        "CREATE OR REPLACE TABLE working_spans"
        " (starts_at TIMESTAMPTZ, ends_at TIMESTAMPTZ, seconds_before BIGINT)"
    )
    # Whole columns at once: a row at a time took 1 s for ten years.
    con.execute(
        "INSERT INTO working_spans SELECT make_timestamptz(1000000 * unnest($1::BIGINT[])),"
        " make_timestamptz(1000000 * unnest($2::BIGINT[])), unnest($3::BIGINT[])",
        [
            [int(span.starts_at.timestamp()) for span in found],
            [int(span.ends_at.timestamp()) for span in found],
            [span.seconds_before for span in found],
        ],
    )


def _merged(intervals: Iterable[Interval]) -> list[Interval]:
    merged: list[Interval] = []
    for opens, closes in sorted(intervals):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(closes, merged[-1][1]))
        else:
            merged.append((opens, closes))
    return merged


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _instant(day: date, minute: int) -> datetime:
    midnight = datetime.combine(day, time.min)
    return (midnight + timedelta(minutes=minute)).replace(tzinfo=ZONE).astimezone(UTC)
