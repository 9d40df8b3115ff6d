"""Which unit had an account before: what was edited in the app has a time (R48).

The register's files have none: a unit that is changed in `accounts.csv` by hand holds for all of
the account's past.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

import duckdb

from svarvakt.decisions.store import RegisterEdit, is_used, open_store
from svarvakt.settings import ZONE

# A unit that was chosen here and changed again so soon was a slip, not a reorganisation.
SLIP = timedelta(days=30)
COLUMNS = ("line_key VARCHAR", "unit_id VARCHAR", "ended_on DATE")


class Earlier(NamedTuple):
    """A unit that had an account, and the last day it did. `line_key`: the id in lower case."""

    line_key: str
    unit_id: str | None
    ended_on: date


class _Period(NamedTuple):
    """From when a unit had an account, and when that was first said here; None = not here."""

    starts: datetime | None
    said_at: datetime | None
    unit_id: str | None


def earlier_units(edits: Iterable[RegisterEdit]) -> list[Earlier]:
    """The units that accounts had before, by account and time; `edits` oldest first.

    A change counts from its day in Norway. The first unit that an account gets reaches back over
    the time when nobody had said, and a change within `SLIP` of the one before replaces it.
    """
    of_accounts = (edit for edit in edits if edit.file == "accounts")
    by_account = groupby(sorted(of_accounts, key=_by_account), key=lambda edit: edit.line_key)
    return [earlier for key, made in by_account for earlier in _earlier(key, list(made))]


def load_into(con: duckdb.DuckDBPyConnection, data: Path) -> None:
    """Makes the temporary table `earlier_units` of `COLUMNS`, for the build."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE earlier_units ({', '.join(COLUMNS)})")
    found = earlier_units(open_store(data).register_edits()) if is_used(data) else []
    if found:
        con.executemany("INSERT INTO earlier_units VALUES (?, ?, ?)", [list(row) for row in found])


def _by_account(edit: RegisterEdit) -> tuple[str, int]:
    return edit.line_key, edit.edit_id


def _earlier(line_key: str, edits: Sequence[RegisterEdit]) -> list[Earlier]:
    periods = [_Period(None, None, _unit(edits[0].before))]
    for edit in edits:
        _add(periods, _unit(edit.after), edit.made_at)
    return [
        Earlier(line_key, before.unit_id, _day(after.starts) - timedelta(days=1))
        for before, after in pairwise(periods)
        if after.starts
    ]


def _add(periods: list[_Period], unit_id: str | None, made_at: datetime) -> None:
    """A new unit begins a period, or takes over the newest one."""
    newest = periods[-1]
    if unit_id == newest.unit_id:
        return
    if newest.said_at and made_at - newest.said_at <= SLIP:
        periods[-1] = newest._replace(unit_id=unit_id)
    elif newest.starts is None and newest.unit_id is None:
        periods[-1] = _Period(None, made_at, unit_id)
    else:
        periods.append(_Period(made_at, made_at, unit_id))
    if len(periods) > 1 and periods[-1].unit_id == periods[-2].unit_id:
        del periods[-1]  # changed back: nothing happened


def _unit(cells: object) -> str | None:
    found = cells.get("unit_id", "") if isinstance(cells, dict) else ""
    return str(found).strip() or None


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()
