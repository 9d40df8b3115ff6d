"""How others would make the same figures: `python -m bench.peers --data FOLDER`.

Beside plain pandas that holds the rows in memory, and beside a Streamlit page as most people
write one. The figures are compared before anything is timed.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from bench import twin
from bench.client import Line, Reader
from bench.pages import Changes
from bench.samples import Figures, ask, processor, spread
from bench.serving import USUAL, dashboard, script
from svarvakt import metrics
from svarvakt.metrics import Scope, reference_data

# The items' own rows. No text, no id of an item, nobody's name: what the figures are made of.
COLUMNS = """
    account_id, unit_id, month, reply_class, link_state, is_mature, is_claimed_answered,
    answered_at, is_within_target, tone, working_seconds, elapsed_seconds,
    waiting_working_seconds
"""


def measure(data: Path, changes: int = 10) -> Figures:
    """ms per change of ours, of pandas and of the usual page; how many times faster ours is.

    Raises SystemExit where the figures are not the same.
    """
    twin.check(data)
    with tempfile.TemporaryDirectory() as folder, twin.connect(data) as con:
        file = Path(folder) / "items.csv"
        con.execute(f"COPY (SELECT {COLUMNS} FROM items) TO '{file}' (HEADER)")
        found = {"pandas": _beside_pandas(con, file, changes)}
        expected = _said(con, Scope(*_months(con)))
        return found | {"usual_page": _beside_usual(data, file, expected, max(3, changes // 3))}


def _beside_pandas(con: duckdb.DuckDBPyConnection, file: Path, changes: int) -> Figures:
    items = _read(file)
    ours, theirs = [], []
    for scope in _scopes(con, changes):
        mine, mine_took = _timed(lambda scope=scope: figures(con, scope))  # type: ignore[misc]
        plain, plain_took = _timed(lambda scope=scope: pandas_figures(items, scope))  # type: ignore[misc]
        _equal(scope, mine, plain)
        ours.append(mine_took)
        theirs.append(plain_took)
    times = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
    return spread(ours) | spread(theirs, "pandas_") | {"times_faster": round(times, 1)}


def _read(file: Path) -> pd.DataFrame:
    """As somebody would who knows pandas: dates as dates, what repeats as categories."""
    kinds: Any = dict.fromkeys(
        ("account_id", "unit_id", "reply_class", "link_state", "tone"), "category"
    )
    return pd.read_csv(file, parse_dates=["month", "answered_at"], dtype=kinds)


def _months(con: duckdb.DuckDBPyConnection) -> tuple[date, date]:
    """The first and the last month with items."""
    row = con.execute("SELECT min(month), max(month) FROM item_months").fetchone()
    if not row or row[0] is None:
        raise SystemExit("There are no items to measure with.")
    return row


def _scopes(con: duckdb.DuckDBPyConnection, number: int) -> Iterator[Scope]:
    """Periods of the data, every second one of an account alone; the same in every run."""
    first, last = _months(con)
    months = [first]
    while months[-1] < last:
        months.append(metrics.add_months(months[-1], 1))
    accounts = [each.id for each in reference_data.account_choices(con, Scope(first, last))]
    chance = random.Random(1)
    for place in range(number):
        start, end = sorted(chance.choices(months, k=2))
        yield Scope(start, end, None, (chance.choice(accounts),) if place % 2 else None)


def figures(con: duckdb.DuckDBPyConnection, scope: Scope) -> Figures:
    """The headline figures as Svarvakt makes them."""
    total, times = metrics.response(con, scope), metrics.response_time(con, scope)
    return {
        "all": (total.all_answered, total.all_items),
        "need": (total.need_answered, total.need_items),
        "within": total.within_answered,
        "negative": metrics.unanswered_negative_counts(con, scope).total,
        "months": {
            each.month: (each.need_answered, each.need_items)
            for each in metrics.response_by_month(con, scope)
            if each.need_items
        },
        "units": {
            each.unit_id: (each.need_answered, each.need_items)
            for each in metrics.response_by_unit(con, scope)
            if each.need_items
        },
        "times": (
            times.median_working_seconds,
            times.p90_working_seconds,
            times.median_elapsed_seconds,
            times.p90_elapsed_seconds,
            times.km_median_working_seconds,
        ),
        "withheld": times.is_withheld,
    }


def pandas_figures(items: pd.DataFrame, scope: Scope) -> Figures:
    """The same in pandas."""
    if scope.account_ids:
        items = items[items["account_id"].isin(scope.account_ids)]
    is_answered = items["answered_at"].notna()
    is_counted = (
        (items["reply_class"] != "none")
        & (items["link_state"] != "cannot_link")
        & ~(items["is_claimed_answered"] & ~is_answered)
    )
    items = items.assign(
        is_answered=is_answered,
        is_needing_reply=items["reply_class"].isin(["must", "unclear"]),
        is_negative=items["tone"] == "negative",
    )[is_counted]
    months = items["month"].between(pd.Timestamp(scope.first_month), pd.Timestamp(scope.last_month))
    chosen = items[months]
    due = chosen[chosen["is_mature"]]
    need = due[due["is_needing_reply"]]
    open_now = items[~items["is_answered"]]
    asked = chosen[chosen["is_needing_reply"]]
    by_month = need.groupby("month")["is_answered"].agg(["sum", "count"])
    by_unit = need.groupby("unit_id", observed=True, dropna=False)["is_answered"].agg(
        ["sum", "count"]
    )
    return {
        "all": (int(due["is_answered"].sum()), len(due)),
        "need": (int(need["is_answered"].sum()), len(need)),
        "within": int((need["is_answered"] & need["is_within_target"].eq(True)).sum()),
        "negative": int(open_now["is_negative"].sum()),
        "months": {month.date(): (int(a), int(n)) for month, a, n in by_month.itertuples()},
        "units": {
            None if pd.isna(unit) else unit: (int(a), int(n)) for unit, a, n in by_unit.itertuples()
        },
        "times": _times(asked),
    }


def _times(asked: pd.DataFrame) -> tuple[float | None, ...]:
    """Median and 90th percentile in working time and on the clock, and the median of Kaplan and
    Meier; None under five answered, as M6 has it."""
    answered = asked[asked["is_answered"]]
    if len(answered) < metrics.THIN:
        return (None,) * 5
    seconds = asked["working_seconds"].fillna(asked["waiting_working_seconds"]).fillna(0)
    moments = asked["is_answered"].groupby(seconds).agg(["size", "sum"])
    at_risk = moments["size"][::-1].cumsum()[::-1]
    waiting = (1 - moments["sum"] / at_risk).cumprod()
    over = waiting[waiting <= 0.5 + 1e-9]
    return (
        *answered["working_seconds"].quantile([0.5, 0.9]).tolist(),
        *answered["elapsed_seconds"].quantile([0.5, 0.9]).tolist(),
        float(over.index[0]) if len(over) else None,
    )


def _equal(scope: Scope, ours: Figures, plain: Figures) -> None:
    names = [name for name in plain if name != "times" or not ours["withheld"]]
    wrong = {n: (ours[n], plain[n]) for n in names if not twin.is_same(ours[n], plain[n])}
    if wrong:
        raise SystemExit(f"{scope}: the figures (ours, pandas') differ: {wrong}")


def _said(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[bytes]:
    """The figures as the usual page writes them."""
    mine = figures(con, scope)
    rates = [f"{answered} of {items}" for answered, items in (mine["all"], mine["need"])]
    return [each.encode() for each in (*rates, f"{mine['negative']} unanswered")]


def _beside_usual(data: Path, file: Path, expected: list[bytes], changes: int) -> Figures:
    found: Figures = {}
    with (
        dashboard(data) as ours,
        script(USUAL, BENCH_ITEMS=str(file)) as usual,
        closing(Reader(ours.address)) as reader,
        closing(Reader(usual.address)) as other,
        Line(reader) as mine,
        Line(other) as theirs,
    ):
        mine.open("svarandel")
        theirs.open()
        _check_said(b"".join(theirs.raw), expected)
        made, their_change = Changes(mine), Changes(theirs)
        with (
            processor(ours, changes, found),
            processor(usual, changes, found, "usual_cpu_ms"),
        ):
            pairs = [(made.change(), their_change.change()) for _change in range(changes)]
    times = statistics.median(slow / fast for fast, slow in pairs)
    found |= spread([fast for fast, _slow in pairs])
    found |= spread([slow for _fast, slow in pairs], "usual_")
    return found | {"times_faster": round(times, 1)}


def _check_said(page: bytes, expected: list[bytes]) -> None:
    missing = [each.decode() for each in expected if each not in page]
    if missing:
        raise SystemExit(f"The usual page does not say {missing}.")


def _timed(do: Callable[[], Figures]) -> tuple[Figures, float]:
    started = time.perf_counter()
    found = do()
    return found, time.perf_counter() - started


def main() -> None:
    ask("peers", measure, changes=10)


if __name__ == "__main__":
    main()
