"""Small figures cannot be found by readers who may not see the items (R31)."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from svarvakt import metrics
from svarvakt.metrics import ResponseFigures, UnitFigures
from svarvakt.metrics.suppression import COVERED, suppress, to_cover
from tests.support.warehouse_factory import make_warehouse

COUNTS = [field.name for field in dataclasses.fields(ResponseFigures)]


def line(name: str, need: int) -> UnitFigures:
    counts: dict[str, Any] = dict.fromkeys(COUNTS, 0)
    counts |= {"received": need, "all_items": need, "need_items": need, "need_answered": need}
    return UnitFigures(unit_id=name, unit_name=name, accounts=1, state="figure", **counts)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_nobody_finds_a_small_figure_from_the_total(sizes: list[int]) -> None:
    shown = suppress([line(f"u{at}", size) for at, size in enumerate(sizes)])
    covered = [size for size, each in zip(sizes, shown, strict=True) if each.need_answered != size]
    small = {size for size in sizes if 0 < size < 5}
    assert small <= set(covered)
    assert all(each.need_items in (0, COVERED) or each.need_items >= 5 for each in shown)
    # The total less what is shown is the sum of at least two lines, wherever there are two.
    if covered and sum(size > 0 for size in sizes) > 1:
        assert len(covered) >= 2


def test_the_smallest_other_line_goes_with_a_small_one() -> None:
    lines = [line("a", 3), line("b", 20), line("c", 9), line("d", 0)]
    assert to_cover(lines, ("need_items",)) == {0, 2}
    assert [each.need_items for each in suppress(lines)] == [COVERED, 20, COVERED, 0]


def test_two_small_lines_hide_each_other() -> None:
    assert to_cover([line("a", 3), line("b", 4), line("c", 9)], ("need_items",)) == {0, 1}


def test_what_holds_no_small_figure_is_as_it_was() -> None:
    lines = [line("a", 5), line("b", 0)]
    assert suppress(lines) == lines
    assert suppress({"a": 3}) == {"a": 3}
    con = make_warehouse(items=[{}, {}, {}])
    found = metrics.response(con, metrics.Scope(date(2026, 10, 1), date(2026, 10, 1)))
    assert (found.need_items, suppress(found).need_items) == (3, COVERED)
