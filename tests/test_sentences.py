"""What pages say in words: each sentence is about one population, and hides nothing."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from svarvakt import access, metrics
from svarvakt.access import Viewer
from svarvakt.charts.plotly_renderer import draw
from svarvakt.decisions import open_store
from svarvakt.metrics import Margin, Rate, RuleCounts, RuleState, Scope
from tests.support.warehouse_factory import make_warehouse
from ui import (
    activity_parts,
    answer_charts,
    assessment,
    items,
    logged_once,
    negative_words,
    owner_words,
    rule_words,
    viewer,
    words,
)

Rows = list[dict[str, Any]]
OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 1))


def _rule(rule: str, state: str, lead: Rate, **counts: int) -> RuleState:
    return RuleState(rule=rule, state=state, lead=lead, counts=RuleCounts(**counts))  # type: ignore[arg-type]


def test_what_came_and_what_waits_have_a_sentence_each() -> None:
    asked = {"need_items": 331, "need_answered": 312, "waiting": 188, "overdue": 176}
    said = rule_words.sentence(_rule("G6b", "stated", Rate(312, 331), **asked), 27_000)
    assert said == (
        "Av 331 henvendelser fra perioden som trengte svar, har 312 fått det, og 19 er uten svar. "
        "188 venter nå, uansett når de kom, 176 over fristen."
    )
    nothing = rule_words.sentence(_rule("G6b", "kept", Rate(0, 0)), 27_000)
    assert nothing.endswith("Ingen venter nå.")


def test_what_nobody_has_looked_at_is_not_nought() -> None:
    state = dataclasses.replace(_rule("G4", "unknown", Rate(0, 27)), reason="not_looked_at")
    assert rule_words.lead(state) == ""
    assert rule_words.lead(_rule("G4", "not_kept", Rate(0, 27))) != ""


MANAGEMENT = Viewer("ledelse", is_signed_in=True)


@pytest.fixture(autouse=True)
def _reader() -> Iterator[None]:
    viewer.use(access.LOCAL)
    yield
    viewer.use(access.LOCAL)


@pytest.fixture
def management() -> None:
    viewer.use(MANAGEMENT)


@pytest.mark.usefixtures("management")
def test_what_is_withheld_has_no_number_and_no_range() -> None:
    few = Rate(3, 4)
    assert (words.rate(few), words.count(3), words.count_value(4)) == ("vises ikke",) * 3
    assert words.basis(few) == "så ingen kan kjennes igjen"
    asked = {"need_items": 4, "need_answered": 3, "waiting": 9, "overdue": 9}
    rule = _rule("G6b", "stated", few, **asked)
    grey = dataclasses.replace(rule, state="unknown", reason="few")
    said = rule_words.sentence(rule, 27_000) + rule_words.lead(rule)
    said += rule_words.sentence(grey, 27_000) + rule_words.mark(grey)
    assert not re.search(r"\d|færre|for få", said)


def test_who_sees_the_items_sees_the_counts() -> None:
    assert words.rate(Rate(3, 4)) == "3 av 4" and words.count(3) == "3"


def test_a_margin_that_says_nothing_is_no_number() -> None:
    assert "±" not in assessment.margin(Margin(1.0, 0, 10))
    assert assessment.margin(Margin(0.02, 0, 100)).startswith("± 2 prosentpoeng")


def test_small_words_and_emoji_are_no_reasons() -> None:
    con = make_warehouse([{"tone": "negative", "tone_words": "for, 😡, elendig*, på"}])
    (item,) = metrics.items(con, OCTOBER, "received")
    assert assessment.because(item) == ", på grunn av «elendig*»"
    assert assessment.because(dataclasses.replace(item, tone_words="for, 😡")) == ""


def test_one_month_is_one_month() -> None:
    con = make_warehouse(posts=[{}], coverage=[{"posts": 1}])
    chart = activity_parts.posts_over_time(metrics.activity_by_month(con, OCTOBER))
    assert chart.finding == "1 innlegg i 1 måned med data"


def test_a_month_without_files_is_a_grey_tile_and_no_zero() -> None:
    con = make_warehouse(posts=[{}], coverage=[{"posts": 1}])
    scope = Scope(date(2026, 9, 1), date(2026, 12, 1))
    months = metrics.activity_by_month(con, scope)
    assert [each.has_data for each in months] == [False, True, False, False]
    layout = draw(activity_parts.posts_over_time(months))["layout"]
    assert [each["text"] for each in layout["annotations"] if each.get("textangle")] == [
        "mangler data"
    ] * 3
    buckets = metrics.time_buckets(con, scope)
    chart = answer_charts.how_long(buckets, frozenset({date(2026, 10, 1)}))
    assert chart.series[0].values == (None, 0.0, None, None)


def test_a_state_has_its_day_and_an_old_file_says_nothing_of_now() -> None:
    old = datetime(2026, 9, 1, 12, tzinfo=UTC)
    accounts: Rows = [{}, {"account_id": "facebook:2", "name": "Ålen", "as_of": old}]
    posts: Rows = [{}, {"account_id": "facebook:2", "published_at": old}]
    con = make_warehouse(accounts=accounts, posts=posts)
    found = metrics.activity_accounts(con, OCTOBER)
    assert [(each.state, each.state_on) for each in found] == [
        ("active", date(2026, 10, 31)),
        ("outdated", date(2026, 9, 1)),
    ]
    said = activity_parts.finding(found, [])
    assert said.startswith("1 av 2 kontoer var aktive per 31. oktober 2026; for 1 er det ukjent")
    assert activity_parts.state("outdated", date(2026, 9, 1)).endswith("siden 01.09.2026")
    (unit,) = metrics.activity(con, OCTOBER)
    assert (unit.state, unit.state_on) == ("active", date(2026, 10, 31))


def test_the_band_is_the_middle_half() -> None:
    assert answer_charts.middle_half([0.0, 0.5, 0.6, 0.7, 1.0]) == (0.5, 0.7)
    assert answer_charts.middle_half([0.0, 0.5, 0.6, 1.0]) is None


def test_the_lists_of_ownership_are_as_long_as_its_figures_say() -> None:
    accounts = [
        {"account_id": f"facebook:{n}", "is_registered": n > 0, "unit_id": None} for n in range(6)
    ]
    con = make_warehouse(accounts=accounts)
    figures = metrics.ownership(con, OCTOBER)
    found = owner_words.to_do(metrics.ownership_accounts(con, OCTOBER))
    long = {title: len(rows) for title, _advice, rows in found}
    assert long["Eierskap aldri bekreftet"] == figures.confirmed_never == 6
    assert long["Ikke meldt til kommunikasjonsavdelingen"] == 6 - figures.is_told
    assert owner_words.finding(figures).endswith("6 = 5 registrerte + 1 sett i eksporter.")
    told = owner_words.told_words(metrics.told(con, OCTOBER))
    assert "6 ikke meldt, 1 av dem ikke registrert" in told


def test_closed_and_paused_accounts_lack_no_data() -> None:
    none = {"as_of": None, "comments_as_of": None}
    accounts: Rows = [
        {"account_id": "facebook:1", **none},
        {"account_id": "facebook:2", "status": "avviklet", **none},
        {"account_id": "facebook:3", "pause_from": date(2026, 10, 1), **none},
        {"account_id": "facebook:4", "status": "planlagt", **none},
    ]
    con = make_warehouse(accounts=accounts, coverage=[{"account_id": "facebook:2"}])
    assert metrics.accounts_state(con, OCTOBER, date(2026, 11, 2)).accounts_without_imports == 1
    (row,) = metrics.coverage(con, OCTOBER)
    assert row.is_idle


def test_an_empty_period_knows_where_the_comments_are() -> None:
    con = make_warehouse([{}] * 3)
    later = Scope(date(2027, 1, 1), date(2027, 3, 1))
    month = date(2026, 10, 1)
    assert metrics.comments_elsewhere(con, later) == metrics.CommentsElsewhere(month, month, 3)
    assert metrics.comments_elsewhere(make_warehouse(), later) is None


def test_moderation_is_said() -> None:
    hidden: Rows = [{"is_hidden": True, "tone": "negative"}, {"is_vanished": True}]
    con = make_warehouse([*hidden, *[{}] * 8])
    assert negative_words.moderation(metrics.moderation(con, OCTOBER)) == (
        "Av 10 kommentarer fra perioden er 1 skjult og 1 borte i en nyere fil. "
        "Uten registrert begrunnelse: 2. Blant de negative: 1 av 1."
    )
    nothing = negative_words.moderation(metrics.moderation(make_warehouse([{}]), OCTOBER))
    assert nothing.startswith("Filene viser ingen")


def test_a_file_of_a_list_holds_no_text_of_citizens() -> None:
    con = make_warehouse([{"text": "SENTINEL"}])
    (item,) = metrics.items(con, OCTOBER, "received")
    cells = items._without_text(items._values(item))
    assert "SENTINEL" in items._values(item) and "SENTINEL" not in cells
    assert len(cells) == len(items._without_text(items._headers()))
    assert "Tekst" not in items._without_text(items._headers())


def test_one_sign_in_is_one_event(data_dir: Path) -> None:
    for owner in ("a", "a", "b"):
        logged_once.log(owner, "kommunikasjon", "signed_in")
        logged_once.log(owner, "kommunikasjon", "texts_read", "arbeidsliste")
    events = [each.event for each in open_store(data_dir).audit()]
    assert (events.count("signed_in"), events.count("texts_read")) == (2, 2)


def test_a_chart_names_the_range_of_every_month_that_it_draws() -> None:
    """An unfinished month is drawn as a ring: it is in the range, and said to be preliminary."""

    def items(month: int, answered: int) -> Rows:
        came = datetime(2026, month, 5, 7, tzinfo=UTC)
        done = {"answered_at": came, "working_seconds": 3600, "is_within_target": True}
        return [{"received_at": came, **(done if n < answered else {})} for n in range(10)]

    ends = {"as_of": datetime(2026, 10, 15, 10, tzinfo=UTC)}
    months = [date(2026, month, 1) for month in (8, 9, 10)]
    con = make_warehouse(
        items=[*items(8, 8), *items(9, 6), *items(10, 2)],
        coverage=[{"month": month, "items": 10, **ends} for month in months],
    )
    figures = metrics.response_by_month(con, Scope(months[0], months[-1]))
    assert [each.is_unfinished for each in figures] == [False, False, True]
    said = answer_charts.rates_over_time(figures).finding.replace("\u00a0", " ")
    assert said == (
        "I september 2026 fikk 60,0 % av dem som trengte svar, svar; månedene ligger mellom "
        "20,0 % og 80,0 %, 1 av dem er foreløpig"
    )
    finished = answer_charts.rates_over_time(figures[:2]).finding
    assert "foreløpig" not in finished


def test_no_account_sleeps_only_where_that_is_known_of_all() -> None:
    def mood(*accounts: dict[str, Any]) -> str | None:
        con = make_warehouse(accounts=accounts, posts=[{}])
        cards = activity_parts.figures(
            metrics.activity_accounts(con, OCTOBER), [], has_comments=True
        )
        return cards[1].state.mood if cards[1].state else None

    assert mood({}) == "good"
    assert mood({}, {"account_id": "facebook:2", "name": "Ålen"}) == "plain"
