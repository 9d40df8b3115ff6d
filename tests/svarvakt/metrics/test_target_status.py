"""One judgement of a figure wherever it stands: the table «A target's status»."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

import reports
from svarvakt.metrics import (
    OwnershipFigures,
    Rate,
    Target,
    accounts_status,
    reference_data,
    within_status,
)
from tests.reports.test_reports import OCTOBER
from tests.support.published_warehouse import publish
from tests.support.warehouse_factory import make_warehouse
from tests.test_pages import visit, words
from ui import owner_words

ADOPTED = Target(90, "percent", is_adopted=True)
LOCAL = Target(90, "percent", is_adopted=False)


@pytest.mark.parametrize(
    ("answered", "n", "target", "negative", "is_thin", "expected"),
    [
        (100, 100, None, 3, False, "kept"),
        (92, 100, ADOPTED, 0, False, "kept"),
        (92, 100, ADOPTED, 1, False, "hand"),
        (89, 100, ADOPTED, 0, False, "not_kept"),
        (2, 100, Target(1, "percent", is_adopted=True), 0, False, "kept"),
        (89, 100, LOCAL, 0, False, "stated"),
        (89, 100, None, 0, False, "stated"),
        (89, 100, ADOPTED, 0, True, "unknown"),
        (4, 4, ADOPTED, 0, False, "unknown"),
    ],
)
def test_answered_in_time_is_judged_by_one_table(
    answered: int, n: int, target: Target | None, negative: int, is_thin: bool, expected: str
) -> None:
    found = within_status(Rate(answered, n), target, negative_overdue=negative, is_thin=is_thin)
    assert found.state == expected


@pytest.mark.parametrize(
    ("met", "of", "expected"),
    [(0, 0, "unknown"), (3, 3, "kept"), (2, 3, "not_kept"), (9, 10, "hand"), (8, 9, "not_kept")],
)
def test_accounts_are_judged_however_few(met: int, of: int, expected: str) -> None:
    assert accounts_status(Rate(met, of)).state == expected


TARGETS = (
    {
        "metric": "answered_within_share",
        "value": 1.0,
        "unit": "percent",
        "valid_from": OCTOBER.replace(year=2025),
        "adopted_on": OCTOBER.replace(year=2025),
    },
)
IN_ORDER = {
    "unit_id": "kultur",
    "editor_role": "Leder",
    "told_on": OCTOBER,
    "told_how": "date",
    "shows_belonging": "ja",
}
IN_TIME = {"working_seconds": 60, "is_within_target": True}


@pytest.mark.parametrize(
    ("late", "symbol", "said"),
    [
        ({}, "✓", "når måltallet på 1\u00a0%"),
        (
            {"tone": "negative"},
            "!",
            "når måltallet på 1\u00a0%, men en negativ har ventet over fristen",
        ),
    ],
)
def test_page_and_report_judge_alike(
    data_dir: Path, late: dict[str, Any], symbol: str, said: str
) -> None:
    """92 of 100 in time and 2 of 3 accounts in order: the same word and symbol everywhere."""
    publish(
        data_dir,
        items=[IN_TIME] * 92 + [late] * 8,
        accounts=[
            IN_ORDER,
            IN_ORDER | {"account_id": "facebook:2"},
            {"account_id": "facebook:3"},
        ],
        units=[{}],
        coverage=[{"items": 100}],
        targets=TARGETS,
    )
    document = reports.report(data_dir, OCTOBER).document("nb")
    rows = [[cell.text for cell in row] for row in document.tables[0].rows]
    assert rows[2][-1] == f"{symbol} {said}"
    owned = rows[-1]
    assert (owned[1], owned[2], owned[-1]) == ("2 av 3", "3 kontoer", "✕ ikke holdt")
    assert said.replace("\u00a0", " ") in words(visit("svarandel"))


def test_two_of_three_accounts_are_red_on_the_page_of_ownership() -> None:
    counts = dict.fromkeys(OwnershipFigures.__dataclass_fields__, 0)
    state = owner_words.meets_state(OwnershipFigures(**counts | {"accounts": 3, "meets_all": 2}))
    assert state is not None
    assert state.mood == "late"


def test_a_target_that_has_ended_is_no_target() -> None:
    september = OCTOBER.replace(month=9)
    con: duckdb.DuckDBPyConnection = make_warehouse(
        targets=[
            dict(TARGETS[0]),
            dict(TARGETS[0]) | {"valid_from": september, "value": 95.0, "valid_to": OCTOBER},
        ],
    )
    assert reference_data.targets(con, september)["answered_within_share"].share == 0.95
    assert reference_data.targets(con, OCTOBER)["answered_within_share"].share == 0.95
    assert reference_data.targets(con, OCTOBER.replace(day=2)) == {}
