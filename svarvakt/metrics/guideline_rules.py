"""Is each guideline kept? One judgement per rule, the same for an account, a unit and all.

A colour only where the guideline itself or an adopted target decides; else the figure is stated
(guidelines.md, «When a rule is kept»). Rules about accounts are judged by all of them, however
few; shares of enquiries need five, and coverage of 80 % (M17).
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import duckdb

from svarvakt.metrics.data_coverage import THIN_COVERAGE
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.rates import Rate
from svarvakt.metrics.reference_data import Target, targets
from svarvakt.metrics.rule_counts import AccountCounts, RuleCounts, counts_by_account, total
from svarvakt.metrics.scope import Scope
from svarvakt.metrics.target_status import (
    Judgement,
    accounts_status,
    enquiries_status,
    negative_status,
    official_status,
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class RuleState:
    """How one rule stands. `reason` says why there is no colour: a code, None with a colour.

    `lead` is the rule's figure: what keeps the rule, of all that it is about.
    """

    rule: str
    state: Judgement
    lead: Rate
    counts: RuleCounts
    reason: str | None = None
    target: Target | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class UnitRules:
    """One unit with the units below it; `unit_id` None = accounts without a unit."""

    unit_id: str | None
    unit_name: str
    states: tuple[RuleState, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountRules:
    """One account."""

    account_id: str
    account_name: str
    platform: str
    unit_id: str | None
    states: tuple[RuleState, ...]


@dataclasses.dataclass(frozen=True)
class RuleContext:
    """What the rules are judged by besides the counts."""

    targets: Mapping[str, Target]
    day_seconds: float


Judged = tuple[Judgement, str | None, Rate]


def _official(c: RuleCounts, _known: RuleContext) -> Judged:
    lead = Rate(c.official_in_hand, c.official)
    return *official_status(lead), lead


def _agents(c: RuleCounts, _known: RuleContext) -> Judged:
    lead = Rate(c.agent_replies - c.agent_replies_by_others, c.agent_replies)
    if not c.agent_replies:
        return "unknown", "no_agent", lead
    return ("kept" if lead.missing == 0 else "not_kept"), None, lead


def _owned(c: RuleCounts, _known: RuleContext) -> Judged:
    lead = Rate(c.owned, c.accounts)
    return *accounts_status(lead), lead


def _evident(c: RuleCounts, _known: RuleContext) -> Judged:
    lead = Rate(c.belonging, c.accounts)
    if c.accounts and c.belonging_unknown == c.accounts:
        return "unknown", "not_looked_at", lead
    return *accounts_status(lead), lead


def _told(c: RuleCounts, _known: RuleContext) -> Judged:
    lead = Rate(c.told, c.accounts)
    if not c.accounts:
        return "unknown", "no_account", lead
    if c.unregistered:
        return "not_kept", None, lead
    return ("kept" if lead.missing == 0 else "hand"), None, lead


def _watched(c: RuleCounts, known: RuleContext) -> Judged:
    target = known.targets.get("longest_gap")
    lead = Rate(0, c.weeks)
    if not c.weeks:
        return "unknown", _why_none(c, "nothing_arrived"), lead
    if target is None or not target.is_adopted:
        return "unknown", "no_target", lead
    # «days» on the clock would need nights and weekends; both are read as the calendar's days.
    within = c.longest_gap_seconds <= target.value * known.day_seconds
    return ("kept" if within else "not_kept"), None, lead


def _why_none(c: RuleCounts, reason: str) -> str:
    """The reason for having found none; where the files hold no comments, or few, there may be."""
    why = _no_comments(c)
    return why if why in ("missing", "thin") else reason


def _no_comments(c: RuleCounts) -> str | None:
    """Why nothing can be said of answers; None when something can."""
    if c.accounts and c.closed == c.accounts:
        return "closed"
    if not c.received and not c.waiting:
        return "no_comments" if c.with_comments and c.announced <= c.collected else "missing"
    return "thin" if _is_thin(c) else None


def _is_thin(c: RuleCounts) -> bool:
    shares = (Rate(c.linked, c.items).share, Rate(c.collected, c.announced).share)
    return any(share is not None and share < THIN_COVERAGE for share in shares)


def _answered(c: RuleCounts, known: RuleContext) -> Judged:
    reason = _no_comments(c)
    if reason:
        return "unknown", reason, c.need
    status = enquiries_status(
        (
            (c.need, known.targets.get("response_rate")),
            (c.within, known.targets.get("answered_within_share")),
        ),
        # What waits and is not due yet is in no rate.
        n=c.need_items + c.waiting - c.overdue,
        overdue=c.overdue,
        negative_overdue=c.negative_overdue,
        is_thin=False,
    )
    return *status, c.need


def _negative(c: RuleCounts, _known: RuleContext) -> Judged:
    lead = Rate(c.negative_confirmed_overdue, c.negative_overdue)
    status = negative_status(
        c.negative_due, c.negative_overdue, c.negative_confirmed_overdue, _no_comments(c)
    )
    return *status, lead


def _errors(c: RuleCounts, _known: RuleContext) -> Judged:
    lead = Rate(c.errors_found - c.errors_open, c.errors_found)
    if not c.errors_found:
        return "unknown", "no_error", lead
    return ("not_kept" if c.errors_open_over_day else "kept"), None, lead


def _cases(c: RuleCounts, _known: RuleContext) -> Judged:
    lead = Rate(c.cases_complete, c.cases)
    if not c.cases:
        return "unknown", _why_none(c, "no_case"), lead
    if c.cases_referred < c.cases:
        return "not_kept", None, lead
    return ("kept" if lead.missing == 0 else "hand"), None, lead


def _leisure(c: RuleCounts, _known: RuleContext) -> Judged:
    return "stated", None, Rate(c.shares, c.posts_with_shares)


RULES: Mapping[str, Callable[[RuleCounts, RuleContext], Judged]] = {
    "G1": _official,
    "G2": _agents,
    "G3": _owned,
    "G4": _evident,
    "G5": _told,
    "G6a": _watched,
    "G6b": _answered,
    "G6c": _negative,
    "G7": _errors,
    "G8": _cases,
    "G9": _leisure,
}
TARGETS = {"G6a": ("longest_gap",), "G6b": ("response_rate", "answered_within_share")}


@question("figures")
def rules(con: duckdb.DuckDBPyConnection, scope: Scope, on: date) -> list[RuleState]:
    """Every rule for the whole scope, in the order of the guidelines; targets as of `on`."""
    return _judge(total(counts_by_account(con, scope)), _known(con, on))


@question("accounts")
def rules_with_accounts(
    con: duckdb.DuckDBPyConnection, scope: Scope, on: date
) -> tuple[list[RuleState], list[AccountRules]]:
    """`rules`, and the same per account, alphabetical."""
    known, accounts = _known(con, on), counts_by_account(con, scope)
    return _judge(total(accounts), known), [_account(each, known) for each in accounts]


@question("accounts")
def rules_by_account(con: duckdb.DuckDBPyConnection, scope: Scope, on: date) -> list[AccountRules]:
    """The same per account, alphabetical."""
    return rules_with_accounts(con, scope, on)[1]


@question("units")
def rules_with_units(
    con: duckdb.DuckDBPyConnection, scope: Scope, on: date
) -> tuple[list[RuleState], list[UnitRules]]:
    """`rules`, and the same per unit with accounts, those of the units below it counted in."""
    known, accounts = _known(con, on), counts_by_account(con, scope)
    return _judge(total(accounts), known), _by_unit(con, scope, accounts, known)


@question("units")
def rules_by_unit(con: duckdb.DuckDBPyConnection, scope: Scope, on: date) -> list[UnitRules]:
    """The same per unit with accounts, those of the units below it counted in; alphabetical."""
    return rules_with_units(con, scope, on)[1]


def _account(counts: AccountCounts, known: RuleContext) -> AccountRules:
    return AccountRules(
        account_id=counts.account_id,
        account_name=counts.account_name,
        platform=counts.platform,
        unit_id=counts.unit_id,
        states=tuple(_judge(total([counts]), known)),
    )


def _by_unit(
    con: duckdb.DuckDBPyConnection, scope: Scope, accounts: list[AccountCounts], known: RuleContext
) -> list[UnitRules]:
    found = con.execute(
        "SELECT unit_id, name, parent_id FROM current_units "
        f"WHERE {scope.where(months=False, accounts=False)} ORDER BY name COLLATE nb, unit_id",
        scope.parameters(months=False, accounts=False),
    ).fetchall()
    parents = {unit_id: parent_id for unit_id, _name, parent_id in found}
    lines = [(unit_id, name) for unit_id, name, _parent in found]
    # An account that the reader administers may belong to a unit outside the reader's bounds.
    beyond = {each.unit_id: each.unit_name for each in accounts if each.unit_id not in parents}
    lines += sorted((unit_id, name) for unit_id, name in beyond.items() if unit_id)
    below = _below(accounts, parents)
    judged = [_unit(unit_id, name, below[unit_id], known) for unit_id, name in lines]
    homeless = [each for each in accounts if each.unit_id is None]
    return [each for each in (*judged, _unit(None, "Uten enhet", homeless, known)) if each]


def _unit(
    unit_id: str | None, name: str, accounts: list[AccountCounts], known: RuleContext
) -> UnitRules | None:
    if not accounts:
        return None
    states = _judge(total(accounts), known)
    return UnitRules(unit_id=unit_id, unit_name=name, states=tuple(states))


def _below(
    accounts: Sequence[AccountCounts], parents: Mapping[str, str | None]
) -> Mapping[str | None, list[AccountCounts]]:
    """The accounts of each unit and of the units below it."""
    found = defaultdict[str | None, list[AccountCounts]](list)
    for account in accounts:
        current, seen = account.unit_id, set[str]()
        while current and current not in seen:
            found[current].append(account)
            seen.add(current)
            current = parents.get(current)
    return found


def _known(con: duckdb.DuckDBPyConnection, on: date) -> RuleContext:
    row = con.execute("SELECT working_day_seconds FROM measured_on").fetchone()
    return RuleContext(targets(con, on), float(row[0]) if row else 27_000.0)


def _judge(counts: RuleCounts, known: RuleContext) -> list[RuleState]:
    states = []
    for rule, judge in RULES.items():
        state, reason, lead = judge(counts, known)
        states.append(
            RuleState(
                rule=rule,
                state=state,
                lead=lead,
                counts=counts,
                reason=reason,
                target=_decisive(known.targets, TARGETS.get(rule, ())),
            )
        )
    return states


def _decisive(targets: Mapping[str, Target], names: tuple[str, ...]) -> Target | None:
    """The adopted target among those that a rule looks at, else one that is not adopted."""
    found = [targets[name] for name in names if name in targets]
    return next((each for each in found if each.is_adopted), found[0] if found else None)
