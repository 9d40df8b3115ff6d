"""The lines of a report's tables per unit and per account (M1, M4, M16)."""

from __future__ import annotations

import dataclasses

import duckdb

from svarvakt import metrics
from svarvakt.metrics import Rate, Scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class UnitLine:
    """One unit of the activity table, or one sector.

    Without a unit (`is_without_unit`) there is no sector either: it is a line of its own. The
    sector is "" too for a unit that is in no register.
    """

    name: str
    sector: str
    accounts: int
    state: str
    posts: int
    received: int
    need: Rate
    has_comments: bool = True  # False: no file holds comments, which is not «none» (R42)
    unit_id: str | None = None
    is_without_unit: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountLine:
    """One account of the workbook's appendix; `unit_id` as in the report's month."""

    account_id: str
    name: str
    platform: str
    unit_id: str | None
    unit_name: str
    posts: int
    received: int
    need: Rate
    has_comments: bool


def unit_lines(con: duckdb.DuckDBPyConnection, scope: Scope) -> tuple[UnitLine, ...]:
    """One line per unit, alphabetical; accounts without a unit are the last line."""
    answers = {each.unit_id: each for each in metrics.response_by_unit(con, scope)}
    known = metrics.units_then(con, scope)
    found = metrics.activity(con, scope)
    names = [each.unit_name for each in found]
    lines = []
    for each in found:
        unit, answered = known.get(each.unit_id or ""), answers.get(each.unit_id)
        is_repeated = unit is not None and names.count(each.unit_name) > 1
        lines.append(
            UnitLine(
                name=_below(each.unit_name, unit) if unit and is_repeated else each.unit_name,
                sector=unit.sector if unit else "",
                accounts=each.accounts,
                state=each.state,
                posts=each.posts,
                received=each.comments_received,
                need=answered.need_rate if answered else Rate(0, 0),
                has_comments=answered is None or answered.state != "missing",
                unit_id=each.unit_id,
                is_without_unit=each.unit_id is None,
            )
        )
    return tuple(lines)


def _below(name: str, unit: metrics.UnitThen) -> str:
    """Two units of one name are told from each other by what they lie under, else by their id."""
    return f"{name} ({unit.parent_name or unit.unit_id})"


def account_lines(con: duckdb.DuckDBPyConnection, scope: Scope) -> tuple[AccountLine, ...]:
    """One line per account and unit that had it in the months, alphabetical."""
    posts = {
        (each.account_id, each.unit_id): each for each in metrics.activity_accounts(con, scope)
    }
    answers = metrics.response_by_account(con, scope)
    names = [(each.account_name, each.platform) for each in answers]
    lines = []
    for each in answers:
        published = posts.get((each.account_id, each.unit_id))
        is_repeated = names.count((each.account_name, each.platform)) > 1
        lines.append(
            AccountLine(
                account_id=each.account_id,
                name=f"{each.account_name} ({_handle(each)})" if is_repeated else each.account_name,
                platform=each.platform,
                unit_id=each.unit_id,
                unit_name=each.unit_name,
                posts=published.posts if published else 0,
                received=each.received,
                need=each.need_rate,
                has_comments=each.state != "missing",
            )
        )
    return tuple(lines)


def _handle(account: metrics.AccountFigures) -> str:
    return account.account_id.partition(":")[2]
