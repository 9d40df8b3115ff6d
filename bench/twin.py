"""No speed is bought with a wrong number: the plain-Python twin counts the same items first."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from svarvakt import metrics
from svarvakt.metrics import Scope
from tests.support import reference_metrics as twin

MOST = 2000  # items of a sample: the twin goes through all of them for each of them

# The accounts' months with so few items that the twin gets through; the largest of them.
_SAMPLES = """
SELECT account_id, month FROM items GROUP BY ALL HAVING count(*) BETWEEN 5 AND $most
ORDER BY count(*) DESC, account_id, month LIMIT $samples
"""
_ROWS = """
SELECT reply_class, link_state, is_claimed_answered, is_mature, is_within_target, answered_at,
    answered_how, coalesce(working_seconds, 0) AS working_seconds,
    coalesce(waiting_working_seconds, 0) AS waiting_working_seconds
FROM items WHERE account_id = $account AND month = $month
"""


AT_A_TIME = 100_000  # rows: ten million dictionaries would not fit
_ALL_ROWS = """
SELECT answered_at, answered_how, reply_class, link_state, is_claimed_answered, is_mature,
    is_within_target
FROM items
"""
_RATES = """
SELECT sum(numerator), sum(denominator), sum(needs_reply_numerator), sum(needs_reply_denominator)
FROM metric_response_rate
"""
_KEPT = "SELECT sum(numerator), sum(denominator) FROM metric_answered_within_target"


def connect(data: Path) -> duckdb.DuckDBPyConnection:
    """The published warehouse of a data folder, read-only."""
    folder = data / "warehouse"
    pointer = json.loads((folder / "current.json").read_text(encoding="utf-8"))
    con = duckdb.connect(str(folder / pointer["file"]), read_only=True)
    con.execute("SET TimeZone = 'UTC'")
    return con


def check(data: Path, samples: int = 5) -> int:
    """How many samples (an account's month) were counted twice.

    Ends the program where a figure differs, or where there is nothing to count.
    """
    with connect(data) as con:
        asked = {"most": MOST, "samples": samples}
        found = con.execute(_SAMPLES, asked).fetchall()
        for account, month in found:
            scope = Scope(month, month, account_ids=(account,))
            cursor = con.execute(_ROWS, {"account": account, "month": month})
            names = [column[0] for column in cursor.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            _equal(f"{account} {month}", _ours(con, scope), _twins(rows))
    if not found:
        raise SystemExit("There is no account's month to check the figures by.")
    return len(found)


def check_totals(data: Path) -> None:
    """Ends the program unless M4 and M5 over all items are what plain Python counts."""
    with connect(data) as con:
        ours = [*(con.execute(_RATES).fetchone() or ()), *(con.execute(_KEPT).fetchone() or ())]
        plain = [0] * len(ours)
        cursor = con.execute(_ALL_ROWS)
        names = [column[0] for column in cursor.description or ()]
        while some := cursor.fetchmany(AT_A_TIME):
            rows = [dict(zip(names, row, strict=True)) for row in some]
            counts = (twin.rate_all(rows), twin.rate_needs_reply(rows), twin.within_target(rows))
            plain = [total + n for total, n in zip(plain, sum(counts, ()), strict=True)]
    _equal("all items", {"M4 and M5": ours}, {"M4 and M5": plain})


def _ours(con: duckdb.DuckDBPyConnection, scope: Scope) -> dict[str, Any]:
    figures, times = metrics.response(con, scope), metrics.response_time(con, scope)
    found: dict[str, Any] = {
        "all": (figures.all_answered, figures.all_items),
        "need": (figures.need_answered, figures.need_items),
        "within": (figures.within_answered, figures.within_items),
    }
    if times.is_withheld:  # too few administrators: there is no time to compare
        return found
    return found | {
        "median": times.median_working_seconds,
        "p90": times.p90_working_seconds,
        "km": (times.km_median_working_seconds, times.km_at_least),
    }


def _twins(rows: list[dict[str, Any]]) -> dict[str, Any]:
    times = twin.answer_times(rows)
    return {
        "all": twin.rate_all(rows),
        "need": twin.rate_needs_reply(rows),
        "within": twin.within_target(rows),
        "median": _float(twin.quantile(times, Fraction(1, 2))),
        "p90": _float(twin.quantile(times, Fraction(9, 10))),
        "km": twin.kaplan_meier(rows),
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def is_same(one: Any, other: Any) -> bool:
    """Equal, but for the last digits of what was divided."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12)
    return bool(one == other)


def _equal(what: str, ours: dict[str, Any], plain: dict[str, Any]) -> None:
    wrong = {
        name: (ours[name], plain[name]) for name in ours if not is_same(ours[name], plain[name])
    }
    if wrong:
        raise SystemExit(f"{what}: the figures (ours, plain) differ: {wrong}")
