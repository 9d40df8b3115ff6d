"""When a rule is kept: the table of the guidelines, colour by colour, and sums that add up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from svarvakt import metrics
from svarvakt.metrics import RuleCounts, Scope
from svarvakt.metrics.guideline_rules import RULES, RuleContext
from svarvakt.metrics.reference_data import Target
from svarvakt.metrics.rule_counts import counts_by_account, total
from tests.support.warehouse_factory import make_warehouse

OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 1))
DAY = 27_000
GAP = Target(2, "working_days", True)
READ = {"received": 20, "need_items": 20, "items": 20, "linked": 20, "with_comments": 1}
NEGATIVE = READ | {"negative_due": 5, "negative_overdue": 2}
FEW = NEGATIVE | {"negative_due": 4}

CASES: list[tuple[str, dict[str, int], dict[str, Target], str, str | None]] = [
    ("G1", {}, {}, "unknown", "no_official"),
    ("G1", {"official": 3, "official_in_hand": 3}, {}, "kept", None),
    ("G1", {"official": 3, "official_in_hand": 2}, {}, "hand", None),
    ("G1", {"official": 3, "official_in_hand": 1}, {}, "not_kept", None),
    ("G1", {"official": 1, "official_in_hand": 0}, {}, "not_kept", None),
    ("G2", {}, {}, "unknown", "no_agent"),
    ("G2", {"agent_replies": 9}, {}, "kept", None),
    ("G2", {"agent_replies": 9, "agent_replies_by_others": 1}, {}, "not_kept", None),
    ("G3", {}, {}, "unknown", "no_account"),
    ("G3", {"accounts": 10, "owned": 10}, {}, "kept", None),
    ("G3", {"accounts": 10, "owned": 9}, {}, "hand", None),
    ("G3", {"accounts": 10, "owned": 8}, {}, "not_kept", None),
    ("G4", {"accounts": 2, "belonging_unknown": 2}, {}, "unknown", "not_looked_at"),
    ("G4", {"accounts": 2, "belonging": 2}, {}, "kept", None),
    ("G4", {"accounts": 20, "belonging": 18, "belonging_unknown": 2}, {}, "hand", None),
    ("G4", {"accounts": 2, "belonging": 1}, {}, "not_kept", None),
    ("G5", {"accounts": 4, "told": 4}, {}, "kept", None),
    ("G5", {"accounts": 4, "told": 3}, {}, "hand", None),
    ("G5", {"accounts": 4, "told": 3, "unregistered": 1}, {}, "not_kept", None),
    ("G6a", {}, {"longest_gap": GAP}, "unknown", "missing"),
    ("G6a", {"with_comments": 1}, {"longest_gap": GAP}, "unknown", "nothing_arrived"),
    ("G6a", {"weeks": 1}, {}, "unknown", "no_target"),
    ("G6a", {"weeks": 1, "longest_gap_seconds": 2 * DAY}, {"longest_gap": GAP}, "kept", None),
    (
        "G6a",
        {"weeks": 1, "longest_gap_seconds": 2 * DAY + 1},
        {"longest_gap": GAP},
        "not_kept",
        None,
    ),
    ("G6b", {"accounts": 1, "closed": 1}, {}, "unknown", "closed"),
    ("G6b", {"accounts": 1}, {}, "unknown", "missing"),
    ("G6b", {"accounts": 1, "with_comments": 1}, {}, "unknown", "no_comments"),
    ("G6b", {"accounts": 1, "with_comments": 1, "announced": 3}, {}, "unknown", "missing"),
    ("G6b", READ | {"linked": 15}, {}, "unknown", "thin"),
    ("G6b", READ | {"linked": 16}, {}, "kept", None),
    ("G6b", READ | {"need_items": 4}, {}, "unknown", "few"),
    ("G6b", READ | {"need_items": 4, "waiting": 4, "overdue": 4}, {}, "unknown", "few"),
    ("G6b", READ | {"need_items": 4, "waiting": 1}, {}, "kept", None),
    (
        "G6b",
        READ | {"overdue": 1, "need_answered": 19, "within_answered": 10},
        {
            "response_rate": Target(90, "percent", True),
            "answered_within_share": Target(90, "percent", True),
        },
        "not_kept",
        None,
    ),
    ("G6b", READ | {"need_items": 5}, {}, "kept", None),
    ("G6b", READ | {"overdue": 1, "need_answered": 19}, {}, "stated", "no_target"),
    (
        "G6b",
        READ | {"overdue": 2, "need_answered": 18},
        {"response_rate": Target(90, "percent", True)},
        "kept",
        None,
    ),
    (
        "G6b",
        READ | {"overdue": 2, "need_answered": 18, "negative_overdue": 1},
        {"response_rate": Target(90, "percent", True)},
        "hand",
        None,
    ),
    (
        "G6b",
        READ | {"waiting": 19, "overdue": 19, "need_answered": 1},
        {"response_rate": Target(1, "percent", True)},
        "kept",
        None,
    ),
    (
        "G6b",
        READ | {"overdue": 3, "need_answered": 17},
        {"response_rate": Target(90, "percent", True)},
        "not_kept",
        None,
    ),
    (
        "G6b",
        READ | {"overdue": 3, "need_answered": 17},
        {"response_rate": Target(90, "percent", False)},
        "stated",
        "no_target",
    ),
    ("G6c", READ, {}, "stated", "no_negative"),
    ("G6c", READ | {"negative_due": 4}, {}, "stated", "few_negative"),
    ("G6c", FEW | {"negative_confirmed_overdue": 2}, {}, "stated", "few_negative"),
    ("G6c", READ | {"negative_due": 5}, {}, "kept", None),
    ("G6c", NEGATIVE, {}, "hand", None),
    ("G6c", NEGATIVE | {"negative_confirmed_overdue": 1}, {}, "not_kept", None),
    ("G6c", {"accounts": 1}, {}, "unknown", "missing"),
    (
        "G6c",
        NEGATIVE | {"linked": 1, "negative_confirmed_overdue": 1},
        {},
        "not_kept",
        None,
    ),
    ("G7", {}, {}, "unknown", "no_error"),
    ("G7", {"errors_found": 2, "errors_open": 1}, {}, "kept", None),
    ("G7", {"errors_found": 2, "errors_open": 1, "errors_open_over_day": 1}, {}, "not_kept", None),
    ("G8", {}, {}, "unknown", "missing"),
    ("G8", {"with_comments": 1}, {}, "unknown", "no_case"),
    ("G8", {"received": 1}, {}, "unknown", "no_case"),
    ("G8", {"received": 1, "collected": 1, "announced": 9}, {}, "unknown", "thin"),
    ("G6a", {"waiting": 1, "announced": 9}, {}, "unknown", "thin"),
    ("G8", {"cases": 2, "cases_referred": 2, "cases_complete": 2}, {}, "kept", None),
    ("G8", {"cases": 2, "cases_referred": 2, "cases_complete": 1}, {}, "hand", None),
    ("G8", {"cases": 2, "cases_referred": 1, "cases_complete": 1}, {}, "not_kept", None),
    ("G9", {"shares": 3, "posts_with_shares": 2}, {}, "stated", None),
]


@pytest.mark.parametrize(("rule", "counts", "targets", "state", "reason"), CASES)
def test_the_table_of_the_guidelines(
    rule: str, counts: dict[str, int], targets: dict[str, Target], state: str, reason: str | None
) -> None:
    found = RULES[rule](RuleCounts(**counts), RuleContext(targets, DAY))
    assert found[:2] == (state, reason)


UNITS = (
    {"unit_id": "oppvekst", "name": "Oppvekst"},
    {"unit_id": "skole", "name": "Åsen skole", "parent_id": "oppvekst"},
    {"unit_id": "kultur", "name": "Kultur"},
)
ACCOUNTS: tuple[dict[str, Any], ...] = (
    {"account_id": "facebook:1", "unit_id": "kultur", "editor_role": "Leder"},
    {"account_id": "facebook:2", "unit_id": "skole", "name": "Åsen", "kind": "official"},
    {"account_id": "facebook:3", "name": "Ukjent", "is_registered": False, "administrators": 0},
)
ITEMS: tuple[dict[str, Any], ...] = (
    *({"account_id": "facebook:1", "working_seconds": 60} for _ in range(6)),
    *({"account_id": "facebook:2"} for _ in range(5)),
    {"account_id": "facebook:2", "tone": "negative", "is_case_enquiry": True},
)


def test_all_is_the_sum_of_the_accounts_and_a_unit_counts_those_below() -> None:
    con = make_warehouse(ITEMS, accounts=ACCOUNTS, units=UNITS)
    each = counts_by_account(con, OCTOBER)
    whole = metrics.rules(con, OCTOBER, date(2026, 11, 1))[0].counts
    assert total(each) == whole
    assert (whole.accounts, whole.owned, whole.need_items, whole.overdue) == (3, 1, 12, 6)
    assert (whole.cases, whole.negative_overdue, whole.unregistered) == (1, 1, 1)
    units = metrics.rules_by_unit(con, OCTOBER, date(2026, 11, 1))
    assert [(u.unit_name, u.states[0].counts.need_items) for u in units] == [
        ("Kultur", 6),
        ("Oppvekst", 6),
        ("Åsen skole", 6),
        ("Uten enhet", 0),
    ]
    accounts = metrics.rules_by_account(con, OCTOBER, date(2026, 11, 1))
    assert [a.account_name for a in accounts] == ["Fjordvik kommune", "Ukjent", "Åsen"]


def test_a_reader_of_one_unit_is_told_of_that_unit_alone() -> None:
    con = make_warehouse(ITEMS, accounts=ACCOUNTS, units=UNITS)
    mine = OCTOBER.within(("oppvekst",), ())
    assert metrics.rules(con, mine, date(2026, 11, 1))[0].counts.accounts == 1
    names = [u.unit_name for u in metrics.rules_by_unit(con, mine, date(2026, 11, 1))]
    assert names == ["Oppvekst", "Åsen skole"]
    nothing = metrics.rules(con, OCTOBER.within((), ()), date(2026, 11, 1))
    assert nothing[0].counts == RuleCounts()


def test_the_figures_of_a_rule_are_those_of_its_own_metric() -> None:
    con = make_warehouse(ITEMS, accounts=ACCOUNTS, units=UNITS)
    states = {each.rule: each for each in metrics.rules(con, OCTOBER, date(2026, 11, 1))}
    assert states["G6b"].lead == metrics.response(con, OCTOBER).need_rate
    assert states["G1"].lead == metrics.official_accounts(con, OCTOBER)
    assert states["G8"].lead == metrics.case_handling(con, OCTOBER).rate
    assert states["G6b"].counts.overdue == metrics.waiting(con, OCTOBER).overdue
