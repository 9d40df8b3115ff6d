"""One named predicate per population: figures count it, lists list it, the work list says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svarvakt import metrics
from svarvakt.metrics import POPULATIONS, Kind, Scope
from svarvakt.metrics.populations import filled
from svarvakt.metrics.views import FOLDER, create_views
from tests.support.warehouse_factory import DAY, fill_items, item, make_warehouse

AUTUMN = Scope(date(2026, 8, 1), date(2026, 10, 1))
TODAY = date(2026, 11, 2)
CLASSES = ("must", "content", "none", "unclear")
FLAGS = (
    "is_case_enquiry", "is_referred", "is_citizen_told", "is_claim_lapsed", "is_archive_candidate",
    "is_hidden", "is_vanished", "has_hidden_reason", "claims_error", "tone_confirmed",
    "is_claimed_answered", "is_question",
)  # fmt: skip


def _items() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Items of every class, tone and state; each flag on or off."""
    one = st.fixed_dictionaries(
        {
            "reply_class": st.sampled_from(CLASSES),
            "tone": st.sampled_from(("negative", "neutral", "unclear")),
            "negative_score": st.sampled_from((None, 0.4)),
            "link_state": st.sampled_from(("thread", "thread", "cannot_link")),
            "is_mature": st.booleans(),
            "working_seconds": st.sampled_from((None, 60, 9 * DAY)),
            "case_number": st.sampled_from((None, "26/1")),
            **{flag: st.booleans() for flag in FLAGS},
        }
    )
    return st.lists(one, min_size=1, max_size=40)


# The figure that stands on a page for each population that has one.
Figure = Callable[[duckdb.DuckDBPyConnection, Scope], int]
FIGURES: Mapping[Kind, Figure] = {
    "received": lambda con, scope: metrics.response(con, scope).received,
    "class_none": lambda con, scope: metrics.response(con, scope).class_none,
    "cannot_link": lambda con, scope: metrics.response(con, scope).cannot_link,
    "claimed": lambda con, scope: metrics.response(con, scope).claimed,
    "claimed_waiting": lambda con, scope: metrics.waiting(con, scope).claimed,
    "not_due": lambda con, scope: metrics.response(con, scope).not_due,
    "registered": lambda con, scope: metrics.response(con, scope).registered_answers,
    "joined": lambda con, scope: metrics.response(con, scope).joined_answers,
    "all_counted": lambda con, scope: metrics.response(con, scope).all_items,
    "all_answered": lambda con, scope: metrics.response(con, scope).all_answered,
    "all_unanswered": lambda con, scope: metrics.response(con, scope).all_rate.missing,
    "need_counted": lambda con, scope: metrics.response(con, scope).need_items,
    "need_answered": lambda con, scope: metrics.response(con, scope).need_answered,
    "unanswered": lambda con, scope: metrics.response(con, scope).need_rate.missing,
    "within_target": lambda con, scope: metrics.response(con, scope).within_answered,
    "timed": lambda con, scope: metrics.response_time(con, scope).n_all,
    "waiting": lambda con, scope: metrics.waiting(con, scope).count,
    "waiting_overdue": lambda con, scope: metrics.waiting(con, scope).overdue,
    "unanswered_negative": lambda con, scope: metrics.unanswered_negative_counts(con, scope).total,
    "negative_confirmed": lambda con, scope: (
        metrics.unanswered_negative_counts(con, scope).confirmed
    ),
    "negative_suggested": lambda con, scope: (
        metrics.unanswered_negative_counts(con, scope).suggested
    ),
    "negative_overdue": lambda con, scope: metrics.unanswered_negative_counts(con, scope).overdue,
    "negative_confirmed_overdue": lambda con, scope: (
        metrics.unanswered_negative_counts(con, scope).confirmed_overdue
    ),
    "follow_up": lambda con, scope: metrics.follow_up(con, scope).n_all,
    "hidden": lambda con, scope: metrics.moderation(con, scope).hidden,
    "vanished": lambda con, scope: metrics.moderation(con, scope).vanished,
    "moderated": lambda con, scope: metrics.moderation(con, scope).either.numerator,
    "negative_moderated": lambda con, scope: metrics.moderation(con, scope).negative.numerator,
    "hidden_without_reason": lambda con, scope: metrics.moderation(con, scope).without_reason,
    "case": lambda con, _scope: metrics.case_handling(con, AUTUMN.any_time()).found,
    "case_referred": lambda con, _scope: metrics.case_handling(con, AUTUMN.any_time()).referred,
    "case_complete": lambda con, _scope: metrics.case_handling(con, AUTUMN.any_time()).complete,
}


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return make_warehouse()


@settings(max_examples=8, deadline=None)
@given(rows=_items())
def test_each_population_counts_the_same_in_figure_and_list(
    con: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]
) -> None:
    fill_items(con, [item(number, row) for number, row in enumerate(rows)])
    create_views(con)
    for kind, figure in FIGURES.items():
        listed = metrics.items(con, AUTUMN, kind, 99)
        assert len(listed) == metrics.item_count(con, AUTUMN, kind), kind
        assert len(listed) == figure(con, AUTUMN), kind


@settings(max_examples=3, deadline=None)
@given(rows=_items())
def test_what_is_open_is_all_in_the_table_of_what_is_open(
    con: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]
) -> None:
    fill_items(con, [item(number, row) for number, row in enumerate(rows)])
    create_views(con)
    listed = [kind for kind, each in POPULATIONS.items() if each.is_open]
    for kind in listed:
        of_all = filled(f"SELECT count(*) FROM measured_items WHERE {{{{{kind}}}}}")
        assert con.execute(of_all).fetchone() == (metrics.item_count(con, AUTUMN, kind),), kind
    now = [kind for kind in listed if POPULATIONS[kind].is_now]
    counts = metrics.work_counts(con, AUTUMN, dict.fromkeys(now, ())).count
    assert counts == {kind: metrics.item_count(con, AUTUMN, kind) for kind in now}
    strayed = (
        "FROM open_items AS x JOIN items AS i ON i.rowid = item_row AND i.item_id <> x.item_id"
    )
    assert con.execute(f"SELECT count(*) {strayed}").fetchone() == (0,)


def test_the_parts_of_what_was_received_are_apart_and_whole(
    con: duckdb.DuckDBPyConnection,
) -> None:
    rows = [{"reply_class": CLASSES[n % 4], "is_mature": n % 3 > 0} for n in range(24)]
    fill_items(con, [item(number, row) for number, row in enumerate(rows)])
    create_views(con)
    parts: tuple[Kind, ...] = ("class_none", "cannot_link", "claimed", "not_due", "all_counted")
    counts = {kind: metrics.item_count(con, AUTUMN, kind) for kind in (*parts, "received")}
    assert sum(counts[kind] for kind in parts) == counts["received"] == 24
    waiting = {row.item_id for row in metrics.items(con, AUTUMN, "waiting", 99)}
    overdue = {row.item_id for row in metrics.items(con, AUTUMN, "waiting_overdue", 99)}
    assert overdue and overdue < waiting


def test_the_rules_count_the_same_populations(con: duckdb.DuckDBPyConnection) -> None:
    rows = [
        {"reply_class": CLASSES[n % 4], "tone": ("negative", "neutral")[n % 2]} for n in range(9)
    ]
    fill_items(con, [item(number, row) for number, row in enumerate(rows)])
    create_views(con)
    counts = metrics.rules(con, AUTUMN, TODAY)[0].counts
    for name, kind in (
        ("waiting", "waiting"), ("overdue", "waiting_overdue"), ("cases", "case"),
        ("negative_overdue", "negative_overdue"), ("need_items", "need_counted"),
        ("cases_complete", "case_complete"),
    ):  # fmt: skip
        assert getattr(counts, name) == metrics.item_count(con, AUTUMN, kind), name  # type: ignore[arg-type]


def test_the_work_list_says_what_its_items_say(con: duckdb.DuckDBPyConnection) -> None:
    rows = [item(n, {"waiting_working_seconds": (n + 1) * DAY}) for n in range(4)]
    fill_items(con, rows)
    create_views(con)
    counts = metrics.work_counts(con, AUTUMN, {"waiting": (), "waiting_overdue": ()})
    oldest = metrics.items(con, AUTUMN, "waiting", 1)[0]
    assert counts.count["waiting"] == metrics.item_count(con, AUTUMN, "waiting") == 4
    assert counts.count["waiting_overdue"] == metrics.item_count(con, AUTUMN, "waiting_overdue")
    assert counts.oldest_working_days == oldest.age_working_days
    left_out = metrics.work_counts(con, AUTUMN, {"waiting": (oldest.item_id,)})
    assert left_out.count == {"waiting": 3}
    with pytest.raises(ValueError, match="whatever the months"):
        metrics.work_counts(con, AUTUMN, {"waiting": (), "received": ()})


def test_every_file_of_sql_names_known_populations_and_no_predicate_of_its_own() -> None:
    for path in sorted(FOLDER.rglob("*.sql")):
        text = path.read_text(encoding="utf-8")
        assert "{{" not in filled(text), path.name
        # What an item's standing means is said in one place.
        if path.name != "measured_items.sql":
            assert "standing IN" not in text and "standing =" not in text, path.name


def test_a_population_has_a_measure_and_an_unknown_one_is_an_error() -> None:
    assert all(each.predicate and each.measure for each in POPULATIONS.values())
    assert {field.name for field in fields(metrics.Population)} >= {"predicate", "is_now"}
    with pytest.raises(KeyError):
        filled("{{nobody}}")
