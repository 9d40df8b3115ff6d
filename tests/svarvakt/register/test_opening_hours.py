"""The working clock (M5, M6, M7): fixtures of M6 to the second, in SQL and in the twin."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.warehouse import build
from svarvakt.register import opening_hours
from svarvakt.register.opening_hours import (
    CalendarRow,
    OpeningInterval,
    load_spans,
    opening_intervals,
    working_day_seconds,
)
from tests.support import reference_clock

OSLO = ZoneInfo("Europe/Oslo")
CLOCK_SQL = (build.STEPS / "00_clock.sql").read_text("utf-8")
HALF_CHRISTMAS_EVE = [CalendarRow("halvdag", (), date(2026, 12, 24), None, None, 720)]
CLOSED_CHRISTMAS_EVE = [CalendarRow("stengt", (), date(2026, 12, 24))]
HALF_WEDNESDAY = [CalendarRow("halvdag", (), date(2026, 4, 1), None, None, 720)]

# comment, reply, calendar, working seconds, elapsed seconds
FIXTURES: list[tuple[str, str, list[CalendarRow], int, int]] = [
    ("2026-04-01 15:00", "2026-04-07 09:00", [], 5400, 138 * 3600),
    ("2026-04-01 15:00", "2026-04-07 09:00", HALF_WEDNESDAY, 3600, 138 * 3600),
    ("2026-10-24 20:00", "2026-10-26 08:10", [], 600, 37 * 3600 + 600),
    ("2026-05-13 15:00", "2026-05-15 08:30", [], 3600, 41 * 3600 + 1800),
    ("2026-12-23 14:30", "2026-12-28 09:00", [], 34200, 114 * 3600 + 1800),
    ("2026-12-23 14:30", "2026-12-28 09:00", HALF_CHRISTMAS_EVE, 21600, 114 * 3600 + 1800),
    ("2026-12-23 14:30", "2026-12-28 09:00", CLOSED_CHRISTMAS_EVE, 7200, 114 * 3600 + 1800),
    ("2027-05-14 15:00", "2027-05-18 08:30", [], 3600, 89 * 3600 + 1800),
    ("2026-03-27 15:20", "2026-03-30 08:20", [], 1800, 64 * 3600),
]


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


def sql_clock(
    a: datetime, b: datetime | None, rows: list[CalendarRow], target: int = 27000
) -> tuple[int | None, datetime | None]:
    """(working seconds from a to b, due time of a) as the build computes them."""
    margin = timedelta(days=25)
    with duckdb.connect(config={"threads": 1}) as con:
        load_spans(con, opening_intervals(rows, (a - margin).date(), ((b or a) + margin).date()))
        con.execute("SET TimeZone = 'UTC'")
        con.execute(CLOCK_SQL)
        row = con.execute(
            "WITH i AS (SELECT $1::TIMESTAMPTZ AS received, $2::TIMESTAMPTZ AS answered)"
            " SELECT clock_reads(answered, a) - clock_reads(received, r),"
            " epoch_us(due_reads(clock_reads(received, r) + $3, d)) // 1000000 FROM i"
            " LEFT JOIN clock_steps AS r ON clock_finds(received, r)"
            " LEFT JOIN clock_steps AS a ON clock_finds(answered, a)"
            " LEFT JOIN clock_turns AS d ON due_finds(clock_reads(received, r) + $3, d)",
            [a, b, target],
        ).fetchall()
    assert len(row) == 1, "the clock's joins may never multiply an item"
    seconds, due = row[0]
    return seconds, None if due is None else datetime.fromtimestamp(due, UTC)


@pytest.mark.parametrize("received, answered, rows, working, elapsed", FIXTURES)
def test_the_fixtures_of_m6_hold_to_the_second(
    received: str, answered: str, rows: list[CalendarRow], working: int, elapsed: int
) -> None:
    a, b = oslo(received), oslo(answered)
    assert (b - a).total_seconds() == elapsed
    assert reference_clock.working_seconds(a, b, rows) == working
    assert sql_clock(a, b, rows)[0] == working


def test_default_week_is_office_hours_less_public_holidays() -> None:
    found = opening_intervals(
        [], date(2026, 5, 11), date(2026, 5, 17)
    )  # Ascension Day is Thursday the 14th
    assert [span.starts_at for span in found] == [
        oslo(f"2026-05-{day} 08:00") for day in (11, 12, 13, 15)
    ]
    assert found[-1] == OpeningInterval(
        oslo("2026-05-15 08:00"), oslo("2026-05-15 15:30"), 3 * 27000
    )


@pytest.mark.parametrize("year, workdays", [(2026, 253), (2027, 255)])
def test_the_year_has_as_many_working_days_as_the_calendar_says(year: int, workdays: int) -> None:
    assert len(opening_intervals([], date(year, 1, 1), date(year, 12, 31))) == workdays


def test_the_public_holidays_of_2026_that_fall_on_weekdays() -> None:
    days = opening_hours.public_holidays(date(2026, 1, 1), date(2026, 12, 31))
    on_weekdays = sorted((day.month, day.day) for day in days if day.isoweekday() <= 5)
    assert on_weekdays == [(1, 1), (4, 2), (4, 3), (4, 6), (5, 1), (5, 14), (5, 25), (12, 25)]


def test_another_country_has_its_own_public_holidays() -> None:
    days = opening_hours.public_holidays(date(2026, 1, 1), date(2026, 12, 31), "SE")
    assert date(2026, 6, 6) in days
    assert date(2026, 5, 17) not in days


def test_an_item_without_an_answer_has_no_working_time() -> None:
    assert sql_clock(oslo("2026-05-13 15:00"), None, [])[0] is None


def test_an_answer_in_closed_hours_has_no_further_working_time() -> None:
    at_closing = sql_clock(oslo("2026-05-11 15:00"), oslo("2026-05-11 15:30"), [])[0]
    assert at_closing == 1800
    assert sql_clock(oslo("2026-05-11 15:00"), oslo("2026-05-12 07:59"), [])[0] == at_closing
    assert sql_clock(oslo("2026-05-09 10:00"), oslo("2026-05-10 23:00"), [])[0] == 0


@pytest.mark.parametrize(
    "received, due",
    [
        ("2026-05-11 08:00", "2026-05-11 15:30"),  # used up at closing time: not next morning
        ("2026-05-11 08:01", "2026-05-12 08:01"),
        ("2026-05-09 12:00", "2026-05-11 15:30"),  # a Saturday
        ("2026-05-13 15:00", "2026-05-15 15:00"),  # over Ascension Day
        ("2026-05-13 15:30", "2026-05-15 15:30"),  # at closing time
    ],
)
def test_one_working_day_is_due_at_the_end_of_an_interval(received: str, due: str) -> None:
    assert sql_clock(oslo(received), None, [])[1] == oslo(due)


def test_time_outside_the_spans_is_unknown_and_never_wrong() -> None:
    far = oslo("2020-01-01 12:00")
    with duckdb.connect() as con:
        load_spans(con, opening_intervals([], date(2026, 1, 1), date(2026, 1, 31)))
        con.execute(CLOCK_SQL)
        found = con.execute(
            "SELECT clock_reads(t, s) FROM (SELECT $1::TIMESTAMPTZ AS t)"
            " LEFT JOIN clock_steps AS s ON clock_finds(t, s)",
            [far],
        ).fetchall()
    assert found == [(None,)]


def test_no_opening_hours_at_all_gives_an_empty_clock() -> None:
    with duckdb.connect() as con:
        load_spans(con, [])
        con.execute(CLOCK_SQL)
        assert con.execute("SELECT count(*) FROM clock_steps").fetchall() == [(0,)]


def hours(rows: list[CalendarRow], day: str) -> list[tuple[int, int]]:
    return opening_hours.opening_hours(rows, date.fromisoformat(day))


def test_own_opening_hours_replace_the_whole_default_week() -> None:
    rows = [CalendarRow("apningstid", (1,), opens=600, closes=720)]
    assert hours(rows, "2026-05-11") == [(600, 720)]
    assert hours(rows, "2026-05-12") == []


def test_opening_hours_that_have_run_out_leave_the_default() -> None:
    rows = [CalendarRow("apningstid", (1,), None, date(2026, 4, 30), 600, 720)]
    assert hours(rows, "2026-05-12") == [(480, 930)]


def test_the_newest_opening_hours_of_a_weekday_win() -> None:
    rows = [
        CalendarRow("apningstid", opens=480, closes=930),
        CalendarRow("apningstid", (1,), date(2026, 5, 1), None, 480, 720),
        CalendarRow("apningstid", (1,), date(2026, 5, 1), None, 780, 1080),
    ]
    assert hours(rows, "2026-04-27") == [(480, 930)]
    assert hours(rows, "2026-05-11") == [(480, 720), (780, 1080)]
    assert hours(rows, "2026-05-12") == [(480, 930)]


def test_overlapping_lines_are_one_interval() -> None:
    rows = [
        CalendarRow("apningstid", (1,), opens=480, closes=720),
        CalendarRow("apningstid", (1,), opens=660, closes=900),
    ]
    assert hours(rows, "2026-05-11") == [(480, 900)]


def test_summer_hours_go_before_opening_hours_on_the_weekdays_they_name() -> None:
    rows = [
        CalendarRow("apningstid", (1, 2, 3, 4, 5, 6), opens=480, closes=930),
        CalendarRow("sommertid", (), date(2026, 5, 15), date(2026, 9, 14), 480, 900),
    ]
    assert hours(rows, "2026-05-18") == [(480, 900)]
    assert hours(rows, "2026-05-23") == [(480, 930)]  # a Saturday: the summer line names none
    assert hours(rows, "2026-09-15") == [(480, 930)]


def test_half_days_cut_and_never_open() -> None:
    rows = [CalendarRow("halvdag", (), date(2026, 5, 9), date(2026, 5, 12), 540, 720)]
    assert hours(rows, "2026-05-09") == []
    assert hours(rows, "2026-05-11") == [(540, 720)]
    assert hours(rows, "2026-05-13") == [(480, 930)]


def test_a_closing_line_with_a_weekday_repeats_until_its_end() -> None:
    rows = [CalendarRow("stengt", (5,), date(2026, 5, 1))]
    assert hours(rows, "2026-05-22") == []
    assert hours(rows, "2026-05-21") == [(480, 930)]


def test_a_closing_line_without_day_and_date_closes_nothing() -> None:
    assert hours([CalendarRow("stengt")], "2026-05-22") == [(480, 930)]


def test_round_the_clock_opening_follows_the_clock_change() -> None:
    rows = [CalendarRow("apningstid", (1, 2, 3, 4, 5, 6, 7), opens=0, closes=1440)]
    short, long = oslo("2026-03-29 00:00"), oslo("2026-10-25 00:00")
    day = timedelta(hours=25)
    assert sql_clock(short, short + day, rows)[0] == 25 * 3600
    for midnight, seconds in ((short, 23 * 3600), (long, 25 * 3600)):
        local = midnight.astimezone(OSLO).date()
        found = opening_intervals(rows, local, local)
        assert [(s.ends_at - s.starts_at).total_seconds() for s in found] == [seconds]


def test_hours_within_the_skipped_hour_never_overlap() -> None:
    rows = [
        CalendarRow("apningstid", (7,), opens=120, closes=165),
        CalendarRow("apningstid", (7,), opens=180, closes=240),
        CalendarRow("apningstid", (7,), opens=250, closes=260),
    ]
    found = opening_intervals(rows, date(2026, 3, 29), date(2026, 3, 29))
    assert all(a.ends_at <= b.starts_at for a, b in pairwise(found))
    assert sum((s.ends_at - s.starts_at).total_seconds() for s in found) == 70 * 60


@pytest.mark.parametrize(
    "rows, seconds",
    [
        ([], 27000),
        ([CalendarRow("sommertid", opens=480, closes=900)], 27000),
        ([CalendarRow("apningstid", opens=480, closes=960)], 28800),
        (
            [
                CalendarRow("apningstid", (1, 2), opens=480, closes=960),
                CalendarRow("apningstid", (3, 4), opens=480, closes=720),
            ],
            28800,
        ),
        (
            [
                CalendarRow("apningstid", opens=480, closes=960),
                CalendarRow("apningstid", (), date(2026, 1, 1), None, 480, 900),
            ],
            25200,
        ),
    ],
)
def test_the_usual_working_day(rows: list[CalendarRow], seconds: int) -> None:
    assert working_day_seconds(rows) == seconds


# Weeks with something odd in them: both clock changes, Easter, May, Christmas, an ordinary one.
ODD_DAYS = ("2026-03-26", "2026-10-22", "2027-03-24", "2026-05-12", "2026-12-22", "2026-02-10")
START = st.sampled_from([date.fromisoformat(day) for day in ODD_DAYS])
# Times in the hour that the clock skips or repeats have a rule of their own, tested above.
MINUTES = st.integers(0, 1440).filter(lambda minute: not 120 < minute < 180)


@st.composite
def calendars(draw: st.DrawFn, start: date) -> list[CalendarRow]:
    def a_date() -> date | None:
        offset = draw(st.none() | st.integers(-2, 10))
        return None if offset is None else start + timedelta(days=offset)

    def row() -> CalendarRow:
        kind = draw(st.sampled_from(["apningstid", "apningstid", "sommertid", "halvdag", "stengt"]))
        opens, closes = sorted([draw(MINUTES), draw(MINUTES)])
        weekday = tuple(sorted(draw(st.sets(st.integers(1, 7)))))
        return CalendarRow(kind, weekday, a_date(), a_date(), opens, closes)

    return [row() for _ in range(draw(st.integers(0, 5)))]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_sql_and_the_twin_agree_on_any_calendar(data: st.DataObject) -> None:
    start = data.draw(START)
    rows = data.draw(calendars(start))
    midnight = datetime.combine(start, datetime.min.time(), OSLO).astimezone(UTC)
    second = st.integers(0, 8 * 86400 * 10).map(lambda tenth: timedelta(seconds=tenth / 10))
    a, b = sorted([midnight + data.draw(second), midnight + data.draw(second)])
    expected = reference_clock.working_seconds(a, b, rows)
    target = data.draw(st.integers(1, max(expected, 1)))
    seconds, due = sql_clock(a, b, rows, target)
    opening = opening_intervals(rows, start - timedelta(days=25), start + timedelta(days=33))
    assert seconds == (expected if opening else None)
    if 0 < target <= expected:
        assert due == reference_clock.due_at(a, target, rows)
