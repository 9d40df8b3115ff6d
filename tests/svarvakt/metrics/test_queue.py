"""M21: the queue over time, against a boring twin over generated accounts, M7 and M8."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb
import pytest

from svarvakt import metrics
from svarvakt.metrics import Scope
from svarvakt.settings import ZONE
from tests.support.reference_metrics import queue_at
from tests.support.warehouse_factory import AS_OF, make_warehouse

EVER = Scope(date.min, date.max)
FIRST = datetime(2026, 6, 1, tzinfo=UTC)
UNITS = ({"unit_id": "kultur", "name": "Kultur"}, {"unit_id": "skole", "name": "Åsen skole"})
Item = dict[str, Any]


def generated(seed: int) -> tuple[list[Item], list[dict[str, Any]]]:
    """Items of forty accounts: some with older files, answers registered later, every standing."""
    chance = random.Random(seed)
    accounts, items = [], []
    for number in range(40):
        as_of = AS_OF - timedelta(hours=chance.choice((0, 0, 5, 300, 2000)))
        account_id = f"facebook:{number}"
        accounts.append(
            {
                "account_id": account_id,
                "unit_id": chance.choice(("kultur", "skole", None)),
                "as_of": as_of,
                "comments_as_of": as_of,
            }
        )
        items += [_item(chance, account_id, as_of) for _ in range(chance.randrange(15))]
    return items, accounts


def _item(chance: random.Random, account_id: str, as_of: datetime) -> Item:
    received = FIRST + (as_of - FIRST) * chance.random()
    due = received + timedelta(hours=chance.choice((0, 7, 30, 200)))
    answered = received + timedelta(hours=chance.choice((1, 20, 150, 3000)))
    reply_class = chance.choice(("must", "must", "unclear", "content", "none"))
    item: Item = {
        "account_id": account_id,
        "received_at": received,
        "due_at": due,
        "is_mature": due <= as_of,
        "reply_class": reply_class,
        "tone": chance.choice(("negative", "neutral")),
        "link_state": chance.choice(("linked", "linked", "linked", "cannot_link")),
        "is_claimed_answered": chance.random() < 0.1,
        "answered_at": answered if chance.random() < 0.6 else None,
    }
    item["is_within_target"] = item["answered_at"] is not None and answered <= due
    return item


def ends_of_weeks() -> list[datetime]:
    """The Mondays 00:00 in Norway that end the weeks; the newest ends at the as-of time."""
    monday = date(2026, 6, 8)
    ends = []
    while monday <= AS_OF.date():
        ends.append(datetime(monday.year, monday.month, monday.day, tzinfo=ZONE))
        monday += timedelta(days=7)
    return [*ends, datetime(2099, 1, 1, tzinfo=UTC)]


@pytest.mark.parametrize("seed", [1, 2])
def test_every_week_equals_the_boring_twin(seed: int) -> None:
    items, accounts = generated(seed)
    con = make_warehouse(items, accounts=accounts, units=UNITS)
    found = con.execute(
        "SELECT account_id, week, came, answered, open, open_negative, open_overdue "
        "FROM queue_weeks ORDER BY account_id, week"
    ).fetchall()
    for account in accounts:
        own = [item for item in items if item["account_id"] == account["account_id"]]
        rows = [row[1:] for row in found if row[0] == account["account_id"]]
        before = (0, 0)
        for end in ends_of_weeks():
            came, answered, *stock = queue_at(own, account["as_of"], end)
            week = (end - timedelta(days=7)).date() if end.year < 2099 else date(2026, 10, 26)
            row = next((row for row in rows if row[0] == week), None)
            if row is None:  # before the first item that is kept
                assert (came, answered, *stock) == (0, 0, 0, 0, 0)
                continue
            assert row[1:] == (came - before[0], answered - before[1], *stock)
            before = (came, answered)


def stock(queue: metrics.Queue) -> tuple[int, int, int]:
    return queue.open, queue.open_negative, queue.open_overdue


def now(con: duckdb.DuckDBPyConnection, scope: Scope) -> tuple[int, int, int]:
    """M7 and M8 of the scope."""
    waiting = metrics.waiting(con, scope)
    return waiting.count, metrics.unanswered_negative_counts(con, scope).total, waiting.overdue


@pytest.mark.parametrize("unit_ids", [None, ("kultur",), ("skole",)])
def test_the_last_point_is_what_waits_now(unit_ids: tuple[str, ...] | None) -> None:
    items, accounts = generated(3)
    con = make_warehouse(items, accounts=accounts, units=UNITS)
    october = Scope(date(2026, 10, 1), date(2026, 10, 1), unit_ids)
    everything = Scope(date(2026, 1, 1), date(2026, 10, 1), unit_ids)
    assert stock(metrics.queue_weeks(con, everything)[-1]) == now(con, october)
    assert stock(metrics.queue_at_end(con, october)) == now(con, october)
    for account in accounts[:8]:
        one = october.only_account(str(account["account_id"]))
        assert stock(metrics.queue_at_end(con, one)) == now(con, one)


def test_the_end_of_a_month_is_its_own_and_an_old_file_carries_its_last_value() -> None:
    """Two came in September; one was answered in October; the other account's file is old."""
    september, october = date(2026, 9, 1), date(2026, 10, 1)
    old = datetime(2026, 9, 20, 12, tzinfo=UTC)
    came = datetime(2026, 9, 10, 8, tzinfo=UTC)
    con = make_warehouse(
        [
            {"received_at": came, "answered_at": datetime(2026, 10, 2, 8, tzinfo=UTC)},
            {"received_at": came, "account_id": "facebook:2", "due_at": came + timedelta(days=1)},
        ],
        accounts=[{}, {"account_id": "facebook:2", "as_of": old, "comments_as_of": old}],
    )
    before = metrics.queue_at_end(con, Scope(september, september))
    after = metrics.queue_at_end(con, Scope(october, october))
    assert (before.open, before.open_overdue, before.carried) == (2, 1, 0)
    assert (after.open, after.open_overdue, after.carried) == (1, 1, 1)
    weeks = metrics.queue_weeks(con, Scope(september, october))
    assert [each.week for each in weeks[:2]] == [date(2026, 9, 7), date(2026, 9, 14)]
    assert [(each.open, each.carried) for each in weeks[-2:]] == [(1, 1), (1, 1)]
    assert sum(each.came for each in weeks) == 2


def test_accounts_without_comments_have_no_queue() -> None:
    con = make_warehouse(accounts=[{"comments_as_of": None}])
    assert metrics.queue_weeks(con, EVER.last_twelve_months()) == []
    assert metrics.queue_at_end(con, Scope(date(2026, 10, 1), date(2026, 10, 1))).accounts == 0
