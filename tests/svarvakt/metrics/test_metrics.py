"""The metric views and the queries over them, on tiny warehouses."""

from __future__ import annotations

import dataclasses
import functools
import random
import re
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, get_args

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svarvakt import metrics
from svarvakt.metrics import Scope
from svarvakt.metrics.views import OVER_VIEWS, TABLES, create_views, metric_files
from svarvakt.settings import ZONE
from tests.support import reference_metrics as twin
from tests.support.warehouse_factory import AS_OF, DAY, fill_items, item, make_warehouse

OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 1))
AUTUMN = Scope(date(2026, 8, 1), date(2026, 10, 1))
TODAY = date(2026, 11, 2)
Rows = list[dict[str, Any]]
PERSON = re.compile(r"person|writer|author|agent_name|email_|administrator_ref|profile")


def test_every_metric_has_a_definition_in_plain_words() -> None:
    definitions = metrics.definitions(make_warehouse())
    assert sorted(definitions) == [path.stem for path in metric_files()]
    for name, text in definitions.items():
        assert len(text) > 60 and text.endswith("."), name
    assert metrics.definition(make_warehouse(), "response_rate").startswith("Svarandel:")


def test_every_view_keeps_its_grain_numerator_and_denominator_and_no_person() -> None:
    con = make_warehouse()
    for path in metric_files():
        described = con.execute(f"DESCRIBE metric_{path.stem}").fetchall()
        types = {row[0]: row[1] for row in described}
        needed = {"account_id", "unit_id", "platform", "month", "numerator", "denominator"}
        assert needed <= set(types), path.stem
        assert types["month"] == "DATE", path.stem
        for column, kind in types.items():
            is_part = column.endswith(("numerator", "denominator"))
            assert not is_part or kind == "BIGINT", (path.stem, column)
            assert not re.search("percent|_rate$|^share$|_share$", column), (path.stem, column)
            assert not PERSON.search(column), (path.stem, column)


def test_the_prepared_tables_hold_no_text_and_no_person() -> None:
    con = make_warehouse()
    for table in (*TABLES[2:], *OVER_VIEWS):
        columns = {row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()}
        assert not columns & {"text", "permalink"}
        assert not any(PERSON.search(column) for column in columns), table


def test_no_view_reads_another_metric() -> None:
    # Views bind when created: the order of the files must not matter.
    for path in metric_files():
        sql = path.read_text(encoding="utf-8")
        assert set(re.findall(r"\bmetric_\w+", sql)) == {f"metric_{path.stem}"}


def test_every_figure_answers_on_an_empty_warehouse() -> None:
    con = make_warehouse(accounts=[])
    assert metrics.response(con, AUTUMN).received == 0
    assert metrics.response(con, AUTUMN).within_rate.share is None
    assert [month.has_data for month in metrics.response_by_month(con, AUTUMN)] == [False] * 3
    assert metrics.response_time(con, AUTUMN).km_median_working_seconds is None
    assert metrics.waiting(con, AUTUMN).count == 0
    assert metrics.ownership(con, AUTUMN).accounts == 0
    assert metrics.activity(con, AUTUMN) == []
    assert metrics.data_state(con, AUTUMN, TODAY).state == "missing"
    assert metrics.data_state(con, AUTUMN, TODAY).coverage.account_months == 0


# --- M4, M5, M6, M7 against the boring twin

AGES = [0, DAY - 1, DAY, 3 * DAY, 6 * DAY, 9 * DAY]
_times = st.one_of(st.none(), st.sampled_from([0, 1, 3600, DAY, DAY + 1, 3 * DAY, 9 * DAY]))


@st.composite
def some_items(draw: st.DrawFn) -> list[dict[str, Any]]:
    rows = []
    for number in range(draw(st.integers(0, 14))):
        given_row: dict[str, Any] = {
            "reply_class": draw(st.sampled_from(["must", "must", "content", "none", "unclear"])),
            "link_state": draw(st.sampled_from(["linked", "linked", "linked", "cannot_link"])),
            "is_mature": draw(st.booleans()),
            "is_claimed_answered": draw(st.sampled_from([False, False, True])),
        }
        seconds = draw(_times) if given_row["link_state"] == "linked" else None
        if seconds is None:
            given_row["waiting_working_seconds"] = draw(st.sampled_from(AGES))
        else:
            given_row |= {"working_seconds": seconds, "is_within_target": seconds <= DAY}
        rows.append(item(number, given_row))
    return rows


@functools.cache
def _one_warehouse() -> duckdb.DuckDBPyConnection:
    return make_warehouse()


def refilled(rows: list[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    """One warehouse for every example: making the views takes longer than the figures."""
    fill_items(_one_warehouse(), rows)
    create_views(_one_warehouse())
    return _one_warehouse()


@settings(max_examples=50)
@given(some_items())
def test_headline_figures_equal_the_boring_twin(rows: list[dict[str, Any]]) -> None:
    con = refilled(rows)
    figures = metrics.response(con, OCTOBER)
    time = metrics.response_time(con, OCTOBER)
    now = metrics.waiting(con, OCTOBER)
    buckets = metrics.time_buckets(con, OCTOBER)[0]
    assert (figures.all_answered, figures.all_items) == twin.rate_all(rows)
    assert (figures.need_answered, figures.need_items) == twin.rate_needs_reply(rows)
    assert (figures.within_answered, figures.within_items) == twin.within_target(rows)
    times = twin.answer_times(rows)
    assert time.n_answered == len(times)
    assert time.median_working_seconds == _as_float(twin.quantile(times, Fraction(1, 2)))
    assert time.p90_working_seconds == _as_float(twin.quantile(times, Fraction(9, 10)))
    assert (time.km_median_working_seconds, time.km_at_least) == twin.kaplan_meier(rows)
    by_age = (now.under_one_day, now.one_to_three_days, now.three_to_six_days)
    assert (*by_age, now.six_days_or_more) == twin.waiting(rows, DAY)
    assert sum(twin.waiting(rows, DAY)) == now.count == buckets.waiting
    slow = buckets.within_hour + buckets.within_day + buckets.within_three_days + buckets.later
    assert slow == time.n_answered


def _as_float(value: Fraction | None) -> object:
    return None if value is None else pytest.approx(float(value))


@settings(max_examples=12)
@given(some_items())
def test_what_was_received_is_accounted_for(rows: list[dict[str, Any]]) -> None:
    con = refilled(rows)
    f = metrics.response(con, OCTOBER)
    counts = {kind: metrics.item_count(con, OCTOBER, kind) for kind in get_args(metrics.Kind)}
    late = metrics.waiting(con, OCTOBER).overdue
    parts = f.class_none + f.cannot_link + f.claimed + f.not_due + f.all_items
    assert f.received == len(rows) == parts == counts["received"]
    assert counts["all_counted"] == f.all_items
    assert counts["all_answered"] == f.all_answered
    assert counts["all_unanswered"] == f.all_rate.missing
    assert counts["need_counted"] == f.need_items
    assert counts["need_answered"] == f.need_answered
    assert counts["unanswered"] == f.need_rate.missing == late
    assert counts["within_target"] == f.within_answered
    assert counts["answered_late"] == f.need_answered - f.within_answered
    assert counts["not_due"] == f.not_due and counts["cannot_link"] == f.cannot_link
    assert counts["claimed"] == f.claimed and counts["class_none"] == f.class_none
    assert counts["registered"] == f.registered_answers


def test_ignoring_hard_comments_never_improves_the_time() -> None:
    quick = [{"working_seconds": 60 * n} for n in range(1, 7)]
    ignored = [{"waiting_working_seconds": 20 * DAY}] * 8
    answered = metrics.response_time(make_warehouse(items=quick), OCTOBER)
    both = metrics.response_time(make_warehouse(items=quick + ignored), OCTOBER)
    assert answered.median_working_seconds == both.median_working_seconds == 210
    assert answered.km_median_working_seconds == 180
    assert (both.km_median_working_seconds, both.km_at_least) == (None, 20 * DAY)


def test_kaplan_meier_of_a_large_even_cohort_lands_on_one_half() -> None:
    # 200 factors whose product is exactly 1/2 after the hundredth.
    con = make_warehouse(items=[{"working_seconds": n} for n in range(1, 201)])
    assert metrics.response_time(con, OCTOBER).km_median_working_seconds == 100


@pytest.mark.parametrize("seed", range(6))
def test_kaplan_meier_where_many_leave_and_many_are_answered_at_about_the_same_time(
    seed: int,
) -> None:
    chance = random.Random(seed)
    kinds = ("working_seconds", "working_seconds", "waiting_working_seconds")
    rows = [
        item(number, {chance.choice(kinds): chance.choice((600, 3_600)) + chance.randrange(60)})
        for number in range(400)
    ]
    found = metrics.response_time(refilled(rows), OCTOBER)
    assert (found.km_median_working_seconds, found.km_at_least) == twin.kaplan_meier(rows)


def test_fewer_than_five_answers_have_no_median() -> None:
    con = make_warehouse(items=[{"working_seconds": 60}] * 4)
    figures = metrics.response_time(con, OCTOBER)
    assert (figures.n_answered, figures.median_working_seconds) == (4, None)
    assert metrics.response_time_by_month(con, OCTOBER)[0].median_working_seconds is None
    assert metrics.response(con, OCTOBER).need_rate.is_thin


def test_medians_of_accounts_with_few_administrators_can_be_withheld() -> None:
    rows = [{"working_seconds": 60}] * 6
    asked = {"min_administrators_for_response_time": "2"}
    hidden = metrics.response_time(make_warehouse(items=rows, settings=asked), OCTOBER)
    assert hidden.is_withheld and hidden.median_working_seconds is None
    assert hidden.n_answered == 6  # rates and counts stay (R31)
    two = make_warehouse(items=rows, settings=asked, accounts=[{"administrators": 2}])
    assert metrics.response_time(two, OCTOBER).median_working_seconds == 60


# --- months, units, accounts

TREE = [
    {"unit_id": "oppvekst", "name": "Oppvekst"},
    {"unit_id": "skole", "name": "Åsen skole", "parent_id": "oppvekst"},
    {"unit_id": "sfo", "name": "Øya SFO", "parent_id": "skole"},
    {"unit_id": "aere", "name": "Ære museum"},
]
OWNERS = [
    {"account_id": "facebook:1", "unit_id": "skole"},
    {"account_id": "facebook:2", "unit_id": "sfo", "name": "SFO"},
    {"account_id": "facebook:3", "unit_id": "aere", "name": "Museum"},
    {"account_id": "facebook:4", "name": "Ukjent"},
]


def test_a_unit_answers_for_the_units_below_it() -> None:
    rows = [{"account_id": f"facebook:{n}"} for n in (1, 2, 3, 4)]
    con = make_warehouse(items=rows, accounts=OWNERS, units=TREE)
    assert metrics.response(con, OCTOBER).received == 4
    assert metrics.response(con, OCTOBER.only_unit("oppvekst")).received == 2
    assert metrics.response(con, OCTOBER.only_unit("sfo")).received == 1
    assert metrics.response(con, OCTOBER.only_account("facebook:4")).received == 1
    assert metrics.waiting(con, OCTOBER.only_unit("oppvekst")).count == 2
    assert metrics.ownership(con, OCTOBER.only_unit("oppvekst")).accounts == 2


def test_a_unit_that_points_at_itself_does_not_hang() -> None:
    loop = [{"unit_id": "a", "parent_id": "b"}, {"unit_id": "b", "parent_id": "a"}]
    con = make_warehouse(items=[{}], accounts=[{"unit_id": "a"}], units=loop)
    assert metrics.response(con, OCTOBER.only_unit("b")).received == 1


def test_units_stand_in_norwegian_order_and_those_without_a_unit_last() -> None:
    con = make_warehouse(accounts=OWNERS, units=TREE)
    names = [unit.unit_name for unit in metrics.response_by_unit(con, OCTOBER)]
    assert names == ["Ære museum", "Øya SFO", "Åsen skole", "Uten enhet"]
    assert [unit.unit_name for unit in metrics.ownership_by_unit(con, OCTOBER)] == names


def test_the_newest_version_of_a_unit_gives_its_name() -> None:
    versions = [
        {"unit_id": "skole", "name": "Gammelt navn", "valid_to": date(2024, 12, 31)},
        {"unit_id": "skole", "name": "Nytt navn", "valid_from": date(2025, 1, 1)},
        {"unit_id": "skole", "name": "Neste år", "valid_from": date(2027, 1, 1)},
    ]
    con = make_warehouse(items=[{}], accounts=[{"unit_id": "skole"}], units=versions)
    (unit,) = metrics.response_by_unit(con, OCTOBER)
    assert (unit.unit_name, unit.received, unit.accounts) == ("Nytt navn", 1, 1)


def test_months_without_anything_are_shown_and_say_why() -> None:
    con = make_warehouse(
        items=[{}],
        coverage=[
            {"month": date(2026, 8, 1), "posts": 2, "posts_with_comment_count": 2},
            {"month": date(2026, 10, 1), "items": 1},
        ],
    )
    until_november = dataclasses.replace(AUTUMN, last_month=date(2026, 11, 1))
    august, september, october, november = metrics.response_by_month(con, until_november)
    assert (august.has_data, august.received) == (True, 0)
    assert (september.has_data, september.received) == (False, 0)
    assert (october.has_data, october.received) == (True, 1)
    # The export was made on the last day of October: more may still come.
    assert (august.is_unfinished, october.is_unfinished) == (False, True)
    assert (november.has_data, november.is_unfinished) == (False, True)
    assert [month.month for month in metrics.activity_by_month(con, AUTUMN)] == [
        date(2026, 8, 1),
        date(2026, 9, 1),
        date(2026, 10, 1),
    ]


def test_a_closed_field_no_comments_missing_data_and_a_figure_are_four_things() -> None:
    accounts: Rows = [
        {"account_id": "facebook:1", "name": "A"},
        {"account_id": "facebook:2", "name": "B", "comments_field": "stengt"},
        {"account_id": "facebook:3", "name": "C", "as_of": None, "comments_as_of": None},
        {"account_id": "facebook:4", "name": "D"},
    ]
    con = make_warehouse(
        items=[{}],
        accounts=accounts,
        coverage=[{"account_id": a} for a in ("facebook:1", "facebook:2", "facebook:4")],
    )
    states = [account.state for account in metrics.response_by_account(con, OCTOBER)]
    assert states == ["figure", "closed", "missing", "no_comments"]
    for number, state in enumerate(states, start=1):
        one = OCTOBER.only_account(f"facebook:{number}")
        assert metrics.data_state(con, one, TODAY).state == state


def test_comments_that_the_platform_counts_and_no_file_holds_are_missing_not_absent() -> None:
    con = make_warehouse(
        accounts=[{"account_id": "facebook:1"}, {"account_id": "facebook:2"}],
        coverage=[
            {"account_id": "facebook:1", "posts": 1},
            {"account_id": "facebook:2", "posts": 1, "posts_with_comment_count": 1,
             "announced_comments": 9},
        ],
        posts=[{"account_id": "facebook:2", "comments": 9}],
    )  # fmt: skip
    assert metrics.data_state(con, OCTOBER.only_account("facebook:1"), TODAY).state == "no_comments"
    assert metrics.data_state(con, OCTOBER, TODAY).state == "missing"


@pytest.mark.parametrize(
    ("month", "has_data"),
    [(8, False), (9, True), (10, True), (11, True), (12, False)],
    ids=[
        "before the first comment",
        "comments",
        "none between",
        "comments again",
        "after the last",
    ],
)
def test_comments_speak_for_the_months_from_the_first_to_their_newest(
    month: int, has_data: bool
) -> None:
    con = make_warehouse(
        accounts=[{"comments_as_of": datetime(2026, 11, 20, tzinfo=UTC)}],
        coverage=[
            {"month": date(2026, one, 1), "posts": 3, "items": int(one in (9, 11))}
            for one in range(8, 13)
        ],
    )
    (row,) = metrics.coverage(con, Scope(date(2026, month, 1), date(2026, month, 1)))
    assert row.has_comment_data is has_data


# --- M7, M8


def test_what_waits_now_does_not_care_about_the_period() -> None:
    old = datetime(2026, 9, 30, 12, tzinfo=UTC)
    con = make_warehouse(
        items=[
            {"received_at": old, "waiting_working_seconds": 23 * DAY},
            {"waiting_working_seconds": DAY - 1, "is_mature": False},
            {"waiting_working_seconds": 6 * DAY, "is_claimed_answered": True},
        ]
    )
    now = metrics.waiting(con, OCTOBER)
    assert (now.count, now.overdue, now.over_one_month, now.claimed) == (2, 1, 1, 1)
    assert (now.oldest_received_at, now.oldest_working_seconds) == (old, 23 * DAY)
    (account,) = metrics.waiting_by_account(con, OCTOBER)
    assert (account.account_name, account.count) == ("Fjordvik kommune", 2)
    ages = [row.age_working_days for row in metrics.items(con, OCTOBER, "waiting")]
    assert ages == [23, pytest.approx(1, abs=0.001)]


@pytest.mark.parametrize(
    ("seconds", "buckets"),
    [
        (0, (1, 0, 0, 0)),
        (DAY - 1, (1, 0, 0, 0)),
        (DAY, (0, 1, 0, 0)),
        (3 * DAY - 1, (0, 1, 0, 0)),
        (3 * DAY, (0, 0, 1, 0)),
        (6 * DAY - 1, (0, 0, 1, 0)),
        (6 * DAY, (0, 0, 0, 1)),
    ],
)
def test_waiting_buckets_are_half_open(seconds: int, buckets: tuple[int, ...]) -> None:
    now = metrics.waiting(make_warehouse(items=[{"waiting_working_seconds": seconds}]), OCTOBER)
    young = (now.under_one_day, now.one_to_three_days, now.three_to_six_days)
    assert (*young, now.six_days_or_more) == buckets


def test_one_month_is_a_calendar_month_in_norway() -> None:
    # 30 September 14:00 in Oslo is one month before the as-of time, 31 October 13:00 (winter).
    received = [datetime(2026, 9, 30, 11, tzinfo=UTC), datetime(2026, 10, 1, 12, tzinfo=UTC)]
    con = make_warehouse(items=[{"received_at": when} for when in received])
    assert metrics.waiting(con, OCTOBER).over_one_month == 1


def test_unanswered_negative_are_listed_oldest_first_with_what_one_needs() -> None:
    def negative(hours: int, **more: Any) -> dict[str, Any]:
        return {"tone": "negative", "received_at": AS_OF - timedelta(hours=hours), **more}

    con = make_warehouse(
        items=[
            negative(5, is_mature=False),
            negative(50, tone_confirmed=True, is_question=True, permalink="https://example.org/c"),
            negative(40),
            negative(60, working_seconds=600),  # answered
            negative(70, reply_class="none"),  # somebody said it needs no answer
            negative(80, link_state="cannot_link"),
            {"tone": "positive"},
        ],
        accounts=[{"unit_id": "kultur"}],
        units=[{}],
    )
    counts = metrics.unanswered_negative_counts(con, OCTOBER)
    assert (counts.confirmed, counts.suggested, counts.total) == (1, 2, 3)
    assert (counts.overdue, counts.confirmed_overdue) == (2, 1)
    rows = metrics.unanswered_negative(con, OCTOBER)
    assert [row.age_days for row in rows] == [50 / 24, 40 / 24, 5 / 24]
    first = rows[0]
    assert (first.account_name, first.unit_name) == ("Fjordvik kommune", "Kultur")
    assert first.flags == ("is_question",) and first.permalink and first.tone_confirmed
    assert [row.is_overdue for row in rows] == [True, True, False]
    assert metrics.unanswered_negative(con, OCTOBER, limit=1, offset=1) == [rows[1]]


def test_equal_treatment_compares_negative_with_the_others_that_need_a_reply() -> None:
    rows: Rows = [{"tone": "negative", "working_seconds": 7200}] * 5 + [{"tone": "negative"}] * 5
    rows += [{"working_seconds": 3600}] * 9 + [{}] + [{"reply_class": "content"}] * 9
    figures = metrics.equal_treatment(make_warehouse(items=rows), OCTOBER)
    assert figures.negative == metrics.Rate(5, 10) and figures.other == metrics.Rate(9, 10)
    assert figures.rate_difference == pytest.approx(-0.4)
    assert figures.median_difference_seconds == 3600


# --- M14, M15, M19, M20

WHOLE = {
    "unit_id": "kultur",
    "editor_role": "Enhetsleder",
    "told_how": "date",
    "told_on": date(2026, 3, 11),
    "opened_on": date(2026, 3, 1),
    "shows_belonging": "ja",
}


@pytest.mark.parametrize(
    ("lacks", "mark"),
    [
        ({"unit_id": None}, "unit"),
        ({"editor_role": " "}, "editor"),
        ({"administrators": 0}, "administrator"),
        ({"told_how": None, "told_on": None}, "told"),
        ({"shows_belonging": "nei"}, "belonging"),
    ],
)
def test_ownership_asks_for_every_requirement(lacks: dict[str, Any], mark: str) -> None:
    con = make_warehouse(accounts=[WHOLE, WHOLE | {"account_id": "x:2", "name": "Z"} | lacks])
    assert metrics.ownership(con, OCTOBER).rate == metrics.Rate(1, 2)
    whole, other = metrics.ownership_accounts(con, OCTOBER)
    assert whole.meets_all and not other.meets_all
    assert (getattr(whole, mark), getattr(other, mark)) == ("yes", "no")


def test_declarations_and_exceptions_count_and_are_shown_as_such() -> None:
    con = make_warehouse(
        accounts=[
            WHOLE | {"told_how": "declared"},
            WHOLE | {"account_id": "x:2", "name": "Y", "shows_belonging": "unntak"},
            {"account_id": "x:3", "name": "Z", "is_registered": False, "administrators": 0},
        ]
    )
    figures = metrics.ownership(con, OCTOBER)
    assert (figures.meets_all, figures.accounts, figures.unregistered) == (2, 3, 1)
    assert (figures.is_told, figures.told_declared, figures.belonging_unknown) == (2, 1, 1)
    declared, exception, unknown = metrics.ownership_accounts(con, OCTOBER)
    assert (declared.told, declared.days_to_told) == ("declared", None)
    assert (exception.belonging, exception.days_to_told) == ("exception", 10)
    assert {unknown.unit, unknown.editor, unknown.administrator, unknown.told} == {"unknown"}


def test_told_counts_days_only_where_both_dates_are_known() -> None:
    rows = [WHOLE | {"account_id": f"x:{n}", "told_on": date(2026, 3, n)} for n in range(2, 7)]
    unknown = WHOLE | {"account_id": "x:9", "opened_on": None}
    figures = metrics.told(make_warehouse(accounts=[*rows, unknown]), OCTOBER)
    assert (figures.accounts, figures.dated, figures.median_days) == (6, 5, 3)


def test_official_accounts_need_somebody_from_the_communications_department() -> None:
    con = make_warehouse(
        accounts=[
            {"kind": "official", "communications_administrators": 1},
            {"account_id": "x:2", "kind": "official"},
            {"account_id": "x:3", "kind": "unit", "communications_administrators": 1},
        ]
    )
    assert metrics.official_accounts(con, OCTOBER) == metrics.Rate(1, 2)


def test_replies_count_as_others_only_where_the_export_names_the_agent() -> None:
    answers = [{"is_by_registered_administrator": value} for value in (True, False, None)]
    con = make_warehouse(replies=answers)
    assert metrics.agent_replies(con, OCTOBER) == metrics.Rate(1, 2)
    assert metrics.agent_replies(con, OCTOBER.shifted(-1)) == metrics.Rate(0, 0)


# --- M16, M17


def test_what_the_platform_did_not_say_is_not_zero() -> None:
    con = make_warehouse(posts=[{"reach": 10, "shares": 0}, {"reach": 5}, {}])
    (account,) = metrics.activity_accounts(con, OCTOBER)
    assert (account.reach, account.posts_with_reach, account.posts) == (15, 2, 3)
    assert (account.shares, account.posts_with_shares) == (0, 1)
    assert (account.views, account.posts_with_views) == (None, 0)
    assert account.days_with_posts == 1


def test_posts_near_midnight_belong_to_the_day_in_norway() -> None:
    late = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)  # 1 October, 00:30 in Oslo
    con = make_warehouse(posts=[{"published_at": late}])
    assert [month.posts for month in metrics.activity_by_month(con, AUTUMN)] == [0, 0, 1]


def test_two_accounts_posting_on_the_same_day_is_one_day_for_the_unit() -> None:
    accounts = [{"unit_id": "kultur"}, {"account_id": "x:2", "unit_id": "kultur"}]
    con = make_warehouse(accounts=accounts, units=[{}], posts=[{}, {"account_id": "x:2"}])
    (unit,) = metrics.activity(con, OCTOBER)
    assert (unit.posts, unit.days_with_posts, unit.accounts) == (2, 1, 2)


@pytest.mark.parametrize(
    ("days", "account", "state"),
    [
        (30, {}, "active"),
        (31, {}, "quiet"),
        (90, {}, "quiet"),
        (91, {}, "dormant"),
        (91, {"pause_from": date(2026, 10, 1)}, "paused"),
        (91, {"pause_from": date(2026, 7, 1), "pause_to": date(2026, 8, 15)}, "dormant"),
        (1, {"status": "avviklet"}, "closed"),
        (1, {"closed_on": date(2026, 10, 1)}, "closed"),
        (None, {}, "unknown"),
    ],
)
def test_states_of_activity(days: int | None, account: dict[str, Any], state: str) -> None:
    posts = [] if days is None else [{"published_at": AS_OF - timedelta(days=days)}]
    con = make_warehouse(accounts=[account], posts=posts)
    (row,) = metrics.activity_accounts(con, OCTOBER)
    assert (row.state, row.days_since_last) == (state, days)


def test_units_without_accounts_are_shown_with_their_choice() -> None:
    units: Rows = [
        {"unit_id": "a", "name": "A", "channel_choice": ["ingen"]},
        {"unit_id": "b", "name": "B"},
        {"unit_id": "c", "name": "C", "valid_to": date(2025, 1, 1)},
    ]
    con = make_warehouse(units=units, accounts=[])
    rows = metrics.activity(con, OCTOBER)
    assert [(row.unit_name, row.state) for row in rows] == [
        ("A", "none_by_choice"),
        ("B", "no_account"),
    ]


def test_thin_coverage_is_under_eighty_percent() -> None:
    def with_comments(n: int) -> duckdb.DuckDBPyConnection:
        return make_warehouse(
            posts=[{"comments": 10}, {"comments": None}],
            items=[{"post_id": "p0"}] * n,
            replies=[{"post_id": "p0"}] * 2,
            coverage=[{"items": n, "replies": 2}],
        )

    assert not metrics.data_state(with_comments(6), OCTOBER, TODAY).coverage.is_thin
    thin = metrics.data_state(with_comments(5), OCTOBER, TODAY).coverage
    assert thin.collected == metrics.Rate(7, 10) and thin.is_thin
    con = make_warehouse(coverage=[{"items": 10, "cannot_link": 3}])
    (row,) = metrics.coverage(con, OCTOBER)
    assert row.is_thin and row.collected is None and row.linked == metrics.Rate(7, 10)


@pytest.mark.parametrize(
    ("row", "account", "state"),
    [
        ({"posts": 2}, {"comments_as_of": None}, "missing"),  # only posts were imported
        ({"posts": 2}, {}, "no_comments"),
        ({"posts": 2, "posts_with_comment_count": 2, "announced_comments": 0},
         {"comments_as_of": None}, "no_comments"),
        ({"posts": 2, "posts_with_comment_count": 2, "announced_comments": 7}, {}, "missing"),
        ({"replies": 1}, {}, "no_comments"),
        ({"replies": 1}, {"comments_as_of": None}, "missing"),  # own replies alone (X)
    ],
)  # fmt: skip
def test_posts_alone_do_not_say_that_nobody_commented(
    row: dict[str, Any], account: dict[str, Any], state: str
) -> None:
    con = make_warehouse(accounts=[account], coverage=[row])
    assert metrics.data_state(con, OCTOBER, TODAY).state == state
    assert metrics.response_by_account(con, OCTOBER)[0].state == state
    assert metrics.response_by_month(con, OCTOBER)[0].has_data == (state != "missing")


def test_an_old_export_is_said_and_a_closed_account_never_is() -> None:
    old = AS_OF - timedelta(days=20)
    con = make_warehouse(
        accounts=[
            {},
            {"account_id": "x:2", "name": "Ålen", "as_of": old},
            {"account_id": "x:3", "name": "B", "as_of": old, "status": "avviklet"},
        ]
    )
    state = metrics.data_state(con, OCTOBER, TODAY)
    assert state.stale_accounts == ("Ålen",) and state.is_stale
    assert (state.oldest_as_of, state.newest_as_of, state.stale_days) == (old, AS_OF, 22)
    patient = make_warehouse(settings={"stale_after_days": 30}, accounts=[{"as_of": old}])
    assert not metrics.data_state(patient, OCTOBER, TODAY).is_stale
    assert metrics.data_state(patient, OCTOBER, date(2026, 1, 1)).stale_days == 0
    never = make_warehouse(accounts=[{"as_of": None}])
    assert metrics.data_state(never, OCTOBER, TODAY).stale_days is None


# --- M9, M10, M13


def oslo(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in October 2026 in Norway (summer time until the 25th)."""
    return datetime(2026, 10, day, hour, minute, tzinfo=ZONE)


def test_the_longest_gap_runs_from_the_first_arrival_of_a_week_to_the_next_reply() -> None:
    con = make_warehouse(
        items=[
            {"received_at": oslo(5, 9)},  # Monday
            {"received_at": oslo(7, 9)},
            {"received_at": oslo(16, 15)},  # Friday of the next week but one day
            {"received_at": oslo(26, 9)},  # nobody has looked at it
        ],
        replies=[{"sent_at": oslo(5, 10)}, {"sent_at": oslo(20, 8, 30)}],
    )
    weeks = con.execute(
        "SELECT week, gap_working_seconds, numerator FROM metric_monitored ORDER BY week"
    ).fetchall()
    assert weeks == [
        (date(2026, 10, 5), 3600, 1),
        (date(2026, 10, 12), 1800 + DAY + 1800, 1),
        (date(2026, 10, 26), 5 * DAY - 3600, 0),
    ]
    figures = metrics.monitored(con, OCTOBER)
    assert (figures.weeks, figures.weeks_looked, figures.median_gap_days) == (3, 2, None)
    assert figures.longest_gap_week == date(2026, 10, 26) and figures.longest_gap_is_open
    assert figures.longest_gap_days == pytest.approx(5 - 3600 / DAY)


def test_a_reply_from_another_account_is_nobody_looking() -> None:
    con = make_warehouse(
        items=[{"received_at": oslo(5, 9)}],
        accounts=[{}, {"account_id": "x:2"}],
        replies=[{"account_id": "x:2", "sent_at": oslo(5, 10)}],
    )
    assert metrics.monitored(con, OCTOBER).weeks_looked == 0


def test_a_follow_up_comes_from_the_same_writer_after_our_answer() -> None:
    thread = {"thread_id": "t", "writer_key": "k"}
    con = make_warehouse(
        items=[
            thread | {"received_at": oslo(5, 9), "answered_at": oslo(5, 10)},
            thread | {"received_at": oslo(5, 9, 30)},  # before the answer
            thread | {"received_at": oslo(5, 11), "working_seconds": 60},
            thread | {"received_at": oslo(5, 12), "writer_key": "other"},
            {"thread_id": "u", "writer_key": "k", "received_at": oslo(5, 12)},
            {"thread_id": "t", "writer_key": None, "received_at": oslo(5, 12)},
        ]
    )
    assert [row.received_at for row in metrics.items(con, OCTOBER, "follow_up")] == [oslo(5, 11)]
    figures = metrics.follow_up(con, OCTOBER)
    assert (figures.n_answered, figures.n_all, figures.median_working_seconds) == (1, 1, None)


def test_hiding_a_comment_is_counted_and_improves_no_rate() -> None:
    rows: Rows = [{"tone": "negative", "is_hidden": True}, {"is_vanished": True}, {}]
    con = make_warehouse(items=rows)
    figures = metrics.moderation(con, OCTOBER)
    assert (figures.hidden, figures.vanished) == (1, 1)
    assert (figures.either, figures.negative) == (metrics.Rate(2, 3), metrics.Rate(1, 1))
    assert metrics.response(con, OCTOBER).need_rate == metrics.Rate(0, 3)


# --- figures


def test_wilson_interval_of_nine_of_ten() -> None:
    low, high = metrics.wilson(9, 10)
    assert (round(low, 4), round(high, 4)) == (0.5958, 0.9821)
    assert metrics.wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_interval_holds_the_share(counts: tuple[int, int]) -> None:
    low, high = metrics.wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] + 1e-12 and counts[0] / counts[1] - 1e-12 <= high <= 1


SEPTEMBER = datetime(2026, 9, 8, 8, tzinfo=UTC)
BOTH = [{"month": date(2026, 9, 1)}, {"month": date(2026, 10, 1)}]


def test_change_is_normal_variation_while_the_intervals_overlap() -> None:
    before: dict[str, Any] = {"received_at": SEPTEMBER, "is_within_target": True}
    rows: Rows = [before | {"working_seconds": 60}] * 9 + [before | {"is_within_target": False}]
    rows += [{"working_seconds": 60, "is_within_target": True}] * 8 + [{}] * 2
    change = metrics.change(make_warehouse(items=rows, coverage=BOTH), OCTOBER)
    assert change.points == pytest.approx(-0.1) and change.is_normal_variation
    far = metrics.Change(metrics.Rate(90, 100), metrics.Rate(10, 100))
    assert not far.is_normal_variation


def test_change_compares_the_same_accounts() -> None:
    new = {"account_id": "facebook:2"}
    con = make_warehouse(
        items=[{"received_at": SEPTEMBER}, {}, new, new],
        accounts=[{}, new],
        coverage=[*BOTH, new],
    )
    change = metrics.change(con, OCTOBER)
    assert (change.before, change.after) == (metrics.Rate(0, 1), metrics.Rate(0, 1))


def test_months_are_shifted_over_new_year() -> None:
    assert metrics.add_months(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert metrics.add_months(date(2026, 10, 1), -12) == date(2025, 10, 1)
    assert OCTOBER.last_twelve_months() == Scope(date(2025, 11, 1), date(2026, 10, 1))
    assert metrics.add_months(date(2025, 12, 1), 1) == date(2026, 1, 1)


def test_the_longest_gaps_are_the_weeks_behind_the_figure() -> None:
    accounts = [{"unit_id": "kultur"}, {"account_id": "facebook:2", "name": "Åsen"}]
    items = [{}, {"account_id": "facebook:2", "received_at": datetime(2026, 10, 13, 8, tzinfo=UTC)}]
    looks = [{"account_id": "facebook:1", "looked_at": datetime(2026, 10, 7, 8, tzinfo=UTC)}]
    con = make_warehouse(items, accounts=accounts, units=[{}], looks=looks)
    scope = metrics.Scope(date(2026, 10, 1), date(2026, 10, 1))
    first, second = metrics.longest_gaps(con, scope)
    assert (first.account_name, first.week, first.is_open) == ("Åsen", date(2026, 10, 12), True)
    assert (second.gap_days, second.is_open) == (1.0, False)
    assert first.gap_days == metrics.monitored(con, scope).longest_gap_days
    assert len(metrics.longest_gaps(con, scope.within(("kultur",), ()))) == 1
