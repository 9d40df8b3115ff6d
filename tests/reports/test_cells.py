"""How a report's cell says a figure."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.cells import compared
from svarvakt import i18n
from svarvakt.metrics import Rate

COUNTS = st.tuples(st.integers(0, 400), st.integers(5, 400))


def _number(text: str) -> float:
    return float(text.replace(",", ".").replace("\u2212", "-").replace("+", ""))


@given(COUNTS, COUNTS)
def test_a_change_is_the_difference_of_the_two_shares_as_they_are_printed(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    i18n.use("nb")
    then, now = (Rate(min(answered, of), of) for answered, of in (before, after))
    printed = compared((then, now), Rate(0, 0))
    first, second, change = (
        _number(each) for each in re.findall(r"[+\u2212]?\d+(?:,\d)?", printed)
    )
    assert change == pytest.approx(second - first)


def test_an_answer_more_never_reads_as_a_hundred_per_cent() -> None:
    i18n.use("nb")
    all_but_one = Rate(9_999, 10_000)
    assert compared((Rate(5_000, 10_000), all_but_one), Rate(0, 0)).endswith("99,9\u00a0% (+49,9)")
