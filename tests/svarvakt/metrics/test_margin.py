"""The margin that a machine's classes put on the headline rates until people have checked them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.text_analysis import weights
from svarvakt import metrics
from svarvakt.metrics import Scope
from svarvakt.metrics.misclassification_margin import (
    SHIPPED_NEED,
    SHIPPED_NEGATIVE,
    Errors,
    _Group,
    margin,
)
from tests.support.warehouse_factory import make_warehouse

YEAR = Scope(date(2026, 1, 1), date(2026, 12, 1))
QUALITY = weights.FOLDER / "quality.json"
COUNT = st.integers(0, 500)


def group(items: int, answered: int, checked: int = 0) -> _Group:
    return _Group(items, answered, answered, checked)


def test_the_margin_by_hand() -> None:
    """100 that need a reply, 90 answered; 100 others, 40 answered; one in ten wrong both ways."""
    errors = Errors(10**9, 10**8, 10**9, 10**8)  # so many that the interval is a point
    found = margin(group(100, 90), 90, group(100, 40), 40, errors)
    others_alone = (40 - 10 * 0.9) / 90  # without the ten that were missed
    moved = (0.9 - others_alone) * (10 / 90)
    chance = 1.96 * (10 * 0.9 * 0.1 + 10 * others_alone * (1 - others_alone)) ** 0.5 / 100
    assert found.share == pytest.approx(moved + chance, abs=1e-4)


def test_where_few_belong_more_of_what_is_taken_is_wrong() -> None:
    errors = Errors(100, 10, 100, 10)
    assert errors.moved(20, 180)[0] / 20 > errors.moved(100, 100)[0] / 100
    assert errors.moved(20, 0) <= (20, 0)


def test_nothing_is_in_doubt_when_people_have_checked_all() -> None:
    found = margin(group(20, 15, 20), 15, group(10, 1, 10), 1, SHIPPED_NEED)
    assert found.share == 0
    assert found.is_settled


def test_no_rate_no_margin() -> None:
    assert margin(group(0, 0), 0, group(5, 1), 1, SHIPPED_NEED).share is None


@given(COUNT, COUNT, COUNT, COUNT, COUNT)
def test_checking_more_never_widens_it(
    items: int, hits: int, out: int, others: int, n: int
) -> None:
    hits, others, n = min(hits, items), min(others, out), min(n, items)
    loose = margin(group(items, hits), hits, group(out, others), others, SHIPPED_NEED)
    tight = margin(group(items, hits, n), hits, group(out, others), others, SHIPPED_NEED)
    if items:
        assert loose.share is not None
        assert tight.share is not None
        assert 0 <= tight.share <= loose.share + 1e-12 <= 1 + 1e-12


def items(n: int, **given: Any) -> list[dict[str, Any]]:
    return [dict(given) for _number in range(n)]


ANSWERED: dict[str, Any] = {"working_seconds": 60, "is_within_target": True}


def test_it_is_told_with_how_much_of_the_rate_is_checked() -> None:
    rows = [
        *items(40, **ANSWERED),
        *items(8, tone_confirmed=True),
        *items(12),
        *items(30, reply_class="content"),
    ]
    found = metrics.class_margins(make_warehouse(items=rows), YEAR)
    assert (found.need.checked, found.need.items) == (8, 60)
    assert found.need.share is not None
    assert 0.02 < found.need.share < 0.25
    assert found.negative.share is None


def test_from_thirty_random_labels_on_the_errors_are_the_municipalitys_own() -> None:
    def share(wrong: int, checks: int) -> float:
        checked = {"checked_as": "random", "checked_need_found": True, "tone_confirmed": True}
        rows = [
            *items(100, **ANSWERED),
            *items(100, reply_class="content"),
            *items(checks - wrong, **checked, **ANSWERED),
            *items(wrong, **checked, reply_class="content"),
        ]
        found = metrics.class_margins(make_warehouse(items=rows), YEAR).need.share
        assert found is not None
        return found

    assert share(0, 60) < share(30, 60)
    assert share(0, 29) == pytest.approx(share(0, 28), abs=0.01)  # the shipped ones still
    assert share(14, 29) < share(15, 30)


def test_the_shipped_errors_are_those_of_the_shipped_model() -> None:
    found = json.loads(QUALITY.read_text(encoding="utf-8"))
    assert Errors(**found["need"]) == SHIPPED_NEED
    assert Errors(**found["negative"]) == SHIPPED_NEGATIVE


@given(COUNT, COUNT, COUNT, COUNT, st.floats(0, 1), st.floats(0, 1))
def test_moving_the_items_one_by_one_moves_the_rate_no_further(
    items: int, hits: int, out: int, others: int, taken: float, left: float
) -> None:
    """Plain Python: the wrongly taken leave and the missed come in, each as the others outside."""
    hits, others = min(hits, items), min(others, out)
    if not items:
        return
    errors = Errors(10**9, int(taken * 10**9), 10**9, int(left * 10**9))
    leaving, missed = (items * errors.shares[0], out * errors.shares[1])
    rate, beside = hits / items, others / out if out else hits / items
    if items - leaving < 1:
        return
    true_without = (hits - leaving * beside) / (items - leaving)
    true_with = (hits + missed * beside) / (items + missed)
    found = margin(group(items, hits), hits, group(out, others), others, errors).share
    assert found is not None
    for one in (true_without, true_with):
        assert found >= min(abs(rate - one), 1) - 1e-9
