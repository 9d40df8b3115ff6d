"""How numbers, dates, rates and files are said (R42, R61, R63)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from svarvakt import access, i18n
from svarvakt.metrics import Change, CoverageFigures, NegativeCounts, Rate, TimeFigures
from ui import download, frame, markup, negative_words, viewer, words

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def _somebody_who_may_see_the_items() -> None:
    viewer.use(access.LOCAL)


@pytest.fixture(autouse=True)
def _bokmal() -> Iterator[None]:
    i18n.use("nb")
    yield
    i18n.use("nb")


def times(**given: float | bool | None) -> TimeFigures:
    empty = dict.fromkeys(
        (
            "median_working_seconds",
            "p90_working_seconds",
            "median_elapsed_seconds",
            "p90_elapsed_seconds",
            "km_median_working_seconds",
            "km_at_least",
        )
    )
    return TimeFigures(**{"n_answered": 0, "n_all": 0, "is_withheld": False, **empty, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "code, said",
    [
        ("nb", f"1{NBSP}234,5 87,3{NBSP}% 7. mai 2026 kl. 08.05 07.05.2026 oktober 2026"),
        ("nn", f"1{NBSP}234,5 87,3{NBSP}% 7. mai 2026 kl. 08.05 07.05.2026 oktober 2026"),
        ("en", "1,234.5 87.3% 7 May 2026 at 08:05 07/05/2026 October 2026"),
    ],
)
def test_numbers_and_dates_follow_the_language(code: str, said: str) -> None:
    i18n.use(code)
    moment = datetime(2026, 5, 7, 6, 5, tzinfo=UTC)
    assert said == " ".join(
        [
            i18n.number(1234.5, 1),
            i18n.percent(0.873, 1),
            i18n.day_and_time(moment),
            i18n.short_day(moment),
            i18n.month(date(2026, 10, 1)),
        ]
    )


def test_a_day_is_cut_in_oslo() -> None:
    assert i18n.short_day(datetime(2026, 10, 31, 23, 30, tzinfo=UTC)) == "01.11.2026"


def test_an_unknown_language_is_bokmal() -> None:
    assert i18n.use("sv") == "nb"


def test_almost_all_is_not_all_and_almost_none_is_not_none() -> None:
    assert i18n.percent(0.9999) == f"99,9{NBSP}%"
    assert i18n.percent(0.0001) == f"0,1{NBSP}%"
    assert i18n.percent(1.0) == f"100{NBSP}%"


def test_nothing_too_few_and_nought_are_three_different_things() -> None:
    assert words.rate(Rate(0, 0)) == "–"
    assert words.rate(Rate(3, 4)) == "3 av 4"
    assert words.rate(Rate(0, 40)) == f"0{NBSP}%"
    assert words.rate(Rate(371, 412)) == f"90,0{NBSP}%"


def test_a_thin_change_is_not_said() -> None:
    assert words.change(Change(Rate(1, 4), Rate(30, 40)), "perioden før") == ""
    assert (
        words.change(Change(Rate(100, 400), Rate(300, 400)), "perioden før")
        == "+50,0 prosentpoeng fra perioden før på de samme kontoene"
    )
    assert "innenfor normal variasjon" in words.change(
        Change(Rate(30, 40), Rate(31, 40)), "perioden før"
    )


def test_the_typical_wait_counts_those_who_still_wait() -> None:
    day = 27_000.0
    assert words.typical_wait(times(km_median_working_seconds=3600.0), day) == "1,0 timer"
    assert words.typical_wait(times(km_median_working_seconds=54_000.0), day) == "2,0 virkedager"
    assert words.typical_wait(times(km_at_least=40_500.0), day) == "over 1,5 virkedager"
    assert words.typical_wait(times(), day) == "–"
    assert words.typical_wait(times(is_withheld=True), day) == "Vises ikke"


def test_a_file_opens_in_norwegian_excel() -> None:
    rows: list[list[download.Value]] = [
        ["Ål", 1.5, None, date(2026, 5, 7), True],
        ["x;y", 2, "", None, False],
    ]
    content = download.csv_file(["Enhet", "Tall", "=Tom", "Dato", "Ja"], rows)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [
        "Enhet;Tall;'=Tom;Dato;Ja",
        "Ål;1,5;;07.05.2026;ja",
        '"x;y";2;;;nei',
    ]


@pytest.mark.parametrize("text", ["=1+1", "+47 71", "-2", "@SUM(A1)", "\t=1", " =1"])
def test_a_cell_never_runs_as_a_formula(text: str) -> None:
    assert download.cell(text) == "'" + text


def test_a_negative_number_stays_a_number() -> None:
    assert download.cell(-1.5) == "-1,5"


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "http://[",
        "file:///x",
    ],
)
def test_only_web_addresses_are_followed(address: str | None) -> None:
    assert markup.link("<b>x</b>", address) == "&lt;b&gt;x&lt;/b&gt;"


def test_a_link_cannot_leave_its_attribute() -> None:
    assert '"onclick' not in markup.link("x", 'https://a.example/"onclick="alert(1)')


def coverage(*, items: int, cannot_link: int, held: int, announced: int) -> CoverageFigures:
    return CoverageFigures(
        items=items,
        cannot_link=cannot_link,
        collected_numerator=held,
        collected_denominator=announced,
        account_months=1,
    )


def test_everything_that_makes_the_data_thin_is_said() -> None:
    said = frame.thin_words(coverage(items=10, cannot_link=9, held=1, announced=100))
    assert f"1{NBSP}%" in said
    assert f"10{NBSP}%" in said
    only_one = frame.thin_words(coverage(items=10, cannot_link=9, held=9, announced=10))
    assert only_one.count("Tynt datagrunnlag") == 1


def test_no_unanswered_negative_is_green_only_where_the_files_show_enough() -> None:
    """G6c: of none that was due there is nothing to keep."""
    none = NegativeCounts(**dict.fromkeys((f.name for f in dataclasses.fields(NegativeCounts)), 0))
    due = dataclasses.replace(none, due=5)
    assert negative_words.confirmed_state(due, is_thin=False).mood == "good"
    for uncoloured in (none, dataclasses.replace(none, due=4)):
        assert negative_words.confirmed_state(uncoloured, is_thin=False).mood == "plain"
    assert negative_words.confirmed_state(due, is_thin=True).mood == "plain"
    late = dataclasses.replace(due, confirmed=1, overdue=1, confirmed_overdue=1)
    assert negative_words.confirmed_state(late, is_thin=True).mood == "late"
