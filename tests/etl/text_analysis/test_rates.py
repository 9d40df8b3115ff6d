"""The headline rates from the machine's classes, against the labels, through the real views."""

from __future__ import annotations

import pytest

from tests.etl.text_analysis import rates


@pytest.fixture(scope="module")
def found() -> list[rates.Difference]:
    """`python -m tests.etl.text_analysis.rates`: more towns, and the fitted comments too."""
    return rates.differences(rates.unseen(), 30)


@pytest.mark.parametrize("metric", ["M4", "M5", "M8"])
def test_the_rates_are_near_and_the_margin_holds_what_it_says(
    found: list[rates.Difference], metric: str
) -> None:
    of_metric = [one for one in found if one.metric == metric]
    told = rates.summary(of_metric)
    assert abs(told["mean"]) <= 3
    assert told["covered"] >= 0.9
    for way in rates.WAYS:
        assert abs(rates.summary([one for one in of_metric if one.way == way])["mean"]) <= 5


def test_flawless_reading_gives_the_true_rates() -> None:
    comments = [
        ("must", "negative", "must", "negative"),
        ("must", "neutral", "must", "neutral"),
        ("content", "positive", "content", "positive"),
    ]
    assert {one.off for one in rates.differences(comments, 3)} == {0}
