"""Medians of times without reading all of them: the step first, then what lies in it (M6, M8, M9).

`time_counts` says how many items of a scope have their time in each step. An order statistic lies
in one step of about a hundred. The Kaplan-Meier median also needs to know who came first, but only
from the first step on in which some were answered and some last seen waiting. The rows of these
steps of `measured_times` are read and no others, and what comes out is exact.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import duckdb
import numpy as np

from svarvakt.metrics._query import prepare
from svarvakt.metrics.scope import Scope

HALF = 0.5 + 1e-9  # a product of fractions that is exactly one half must not land beside it


@dataclasses.dataclass(frozen=True)
class Times:
    """Items of a scope by the step of their time: step -> how many, steps in order."""

    answered: Mapping[int, int]  # working time to the answer
    waiting: Mapping[int, int]  # working time so far
    elapsed: Mapping[int, int]  # of the answered, on the clock

    @property
    def n_answered(self) -> int:
        return sum(self.answered.values())

    @property
    def n_all(self) -> int:
        return self.n_answered + sum(self.waiting.values())


def times(con: duckdb.DuckDBPyConnection, scope: Scope) -> Times:
    """The steps of the scope's items that need a reply."""
    sql = f"""
    SELECT clock, is_answered, step, sum(n)::BIGINT
    FROM time_counts WHERE {scope.where()} GROUP BY ALL ORDER BY step
    """
    return _times(con.execute(prepare(sql), scope.parameters()).fetchall())


def times_by_tone(con: duckdb.DuckDBPyConnection, scope: Scope) -> tuple[Times, Times]:
    """The same of the negative ones, and of the others."""
    sql = f"""
    SELECT is_negative, clock, is_answered, step, sum(n)::BIGINT
    FROM time_counts WHERE clock = 'observed' AND {scope.where()} GROUP BY ALL ORDER BY step
    """
    rows = con.execute(prepare(sql), scope.parameters()).fetchall()
    return _times(row[1:] for row in rows if row[0]), _times(row[1:] for row in rows if not row[0])


def _times(rows: Iterable[tuple[str, bool, int, int]]) -> Times:
    found: dict[tuple[str, bool], dict[int, int]] = {}
    for clock, is_answered, step, n in rows:
        found.setdefault((clock, is_answered), {})[step] = n
    return Times(
        answered=found.get(("observed", True), {}),
        waiting=found.get(("observed", False), {}),
        elapsed=found.get(("elapsed", True), {}),
    )


def quantiles(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    clock: str,
    steps: Mapping[int, int],
    shares: Sequence[float],
    among: str = "true",
) -> list[float]:
    """The quantiles among the answered, in seconds, between two items in proportion.

    `clock` is observed (working time) or elapsed; `steps` what `times` said of it, not empty.
    """
    places = [share * (sum(steps.values()) - 1) for share in shares]
    ranks = sorted({rank for place in places for rank in (math.floor(place), math.ceil(place))})
    read, within = _locate(steps, ranks)
    names = {f"step_{number}": step for number, step in enumerate(read)}
    sql = f"""
    SELECT seconds FROM measured_times
    WHERE clock = $clock AND step IN ({", ".join(f"${name}" for name in names)})
        AND is_answered AND {among} AND {scope.where()}
    """
    asked = {"clock": clock, **names}
    found = con.execute(prepare(sql), scope.parameters() | asked).fetchnumpy()["seconds"]
    seconds = dict(zip(ranks, np.partition(found, within)[within].tolist(), strict=True))
    return [
        seconds[math.floor(place)]
        + (seconds[math.ceil(place)] - seconds[math.floor(place)]) * (place - math.floor(place))
        for place in places
    ]


def medians_by_unit(
    con: duckdb.DuckDBPyConnection, first_month: date, last_month: date, least: int
) -> dict[str, float]:
    """The median working time of each unit's own accounts with `least` answered, in seconds."""
    months = {"first_month": first_month, "last_month": last_month}
    counted: dict[str, dict[int, int]] = {}
    for unit, step, n in con.execute(prepare(_BY_UNIT), months).fetchall():
        counted.setdefault(unit, {})[step] = n
    asked = []  # (unit, step to read, where the middle stands among the rows of the unit's steps)
    for unit, steps in counted.items():
        if (n := sum(steps.values())) >= least:
            read, within = _locate(steps, sorted({(n - 1) // 2, n // 2}))
            from_one = [place + 1 for place in within]  # as lists of DuckDB are counted
            asked += [(unit, step, from_one) for step in read]
    if not asked:
        return {}
    units, read_steps, places = zip(*asked, strict=True)
    middle = {"units": list(units), "steps": list(read_steps), "places": list(places)}
    return dict(con.execute(prepare(_MIDDLE), months | middle).fetchall())


_BY_UNIT = """
SELECT unit_id, step, sum(n)::BIGINT
FROM time_counts
WHERE clock = 'observed' AND is_answered AND unit_id IS NOT NULL
    AND month BETWEEN $first_month AND $last_month
GROUP BY unit_id, step ORDER BY step
"""
_MIDDLE = """
SELECT unit_id, list_avg(list_select(list_sort(list(seconds)), any_value(places)))
FROM measured_times
JOIN (
    SELECT unnest($units) AS unit_id, unnest($steps)::SMALLINT AS step, unnest($places) AS places
) AS wanted USING (unit_id, step)
WHERE clock = 'observed' AND is_answered AND month BETWEEN $first_month AND $last_month
GROUP BY unit_id
"""


def _locate(steps: Mapping[int, int], ranks: Sequence[int]) -> tuple[list[int], list[int]]:
    """The steps that hold the ranks, and where the ranks stand among what these steps hold."""
    read: list[int] = []
    within: list[int] = []
    before = skipped = 0
    for step, n in steps.items():
        here = [rank for rank in ranks if before <= rank < before + n]
        within += [rank - skipped for rank in here]
        before += n
        if here:
            read.append(step)
        else:
            skipped += n
    return read, within


def kaplan_meier(
    con: duckdb.DuckDBPyConnection, scope: Scope, found: Times
) -> tuple[float | None, float | None]:
    """(median, None), or (None, the longest time observed) where fewer than half are answered.

    At each time the share of those still waiting that was not answered then; who is last seen
    waiting at the same second is still at risk there.
    """
    reach = _reach(found)
    median = _median(con, scope, reach) if reach else None
    if median is not None:
        return median, None
    sql = f"""
    SELECT max(seconds)::DOUBLE FROM measured_times
    WHERE clock = 'observed' AND {scope.where()}
    """
    ((longest,),) = con.execute(prepare(sql), scope.parameters()).fetchall()
    return None, longest


@dataclasses.dataclass(frozen=True)
class _Reach:
    """The steps to read for the Kaplan-Meier median, and how things stand when they begin."""

    first: int
    last: int
    at_risk: int  # items not answered, and not last seen waiting, before the first
    share: float  # that still waits then


def _reach(found: Times) -> _Reach | None:
    """None where half cannot have been answered.

    Nobody knows here who came first inside a step. Where some were answered and some last seen
    waiting, the share that remains lies between all the waiting leaving before the answers, and
    after them; until there the order is all the same.
    """
    at_risk, least, most = found.n_all, 1.0, 1.0
    begun: tuple[int, int, float] | None = None
    for step in sorted({*found.answered, *found.waiting}):
        answered, waiting = found.answered.get(step, 0), found.waiting.get(step, 0)
        before = (step, at_risk, most)
        if answered:
            least *= (at_risk - waiting - answered) / (at_risk - waiting)
            most *= (at_risk - answered) / at_risk
        at_risk -= answered + waiting
        if begun is None and (least <= HALF or (answered and waiting)):
            begun = before
        if most <= HALF - 2e-9:  # half are answered by now, however the products are rounded
            break
    if begun is None or least > HALF:
        return None
    first, at_risk_then, share = begun
    return _Reach(first=first, last=step, at_risk=at_risk_then, share=share)


def _median(con: duckdb.DuckDBPyConnection, scope: Scope, reach: _Reach) -> float | None:
    sql = f"""
    SELECT seconds, count(*) AS n, count(*) FILTER (is_answered) AS answered
    FROM measured_times
    WHERE clock = 'observed' AND step BETWEEN $first AND $last AND {scope.where()}
    GROUP BY seconds ORDER BY seconds
    """
    steps = {"first": reach.first, "last": reach.last}
    moments = con.execute(prepare(sql), scope.parameters() | steps).fetchnumpy()
    at_risk = reach.at_risk - (moments["n"].cumsum() - moments["n"])
    waiting = reach.share * (1 - moments["answered"] / at_risk).cumprod()
    over = moments["seconds"][waiting <= HALF]
    return float(over[0]) if len(over) else None
