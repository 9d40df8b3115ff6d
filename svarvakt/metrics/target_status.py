"""How a figure stands against what is asked of it: one judgement for pages, lists and report.

The table «A target's status» of the metrics' definitions. A rate of enquiries has a colour only
where nothing is overdue or an adopted target decides, and never of few or of thin data; accounts
are judged however few they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from svarvakt.metrics.rates import THIN, Rate
from svarvakt.metrics.reference_data import Target

Judgement = Literal["kept", "hand", "not_kept", "unknown", "stated"]
NEARLY = 0.9  # of the accounts: what separates «needs a hand» from «not kept» (G3, G4, M14)


class Status(NamedTuple):
    """A judgement; `reason` says why there is no colour: a code, None with a colour."""

    state: Judgement
    reason: str | None = None


def accounts_status(rate: Rate) -> Status:
    """G3, G4, M14: all of them, nearly all, or fewer."""
    if rate.share is None:
        return Status("unknown", "no_account")
    if rate.missing == 0:
        return Status("kept")
    return Status("hand" if rate.share >= NEARLY else "not_kept")


def official_status(rate: Rate) -> Status:
    """G1, M19: all of them, one missing, or several."""
    if rate.share is None:
        return Status("unknown", "no_official")
    if rate.missing == 0:
        return Status("kept")
    return Status("hand" if rate.missing == 1 and rate.numerator else "not_kept")


def enquiries_status(
    rates: Iterable[tuple[Rate, Target | None]],
    *,
    n: int,
    overdue: int,
    negative_overdue: int,
    is_thin: bool,
) -> Status:
    """G6b and M5: each rate against its target in force, `n` the enquiries that they rest on.

    `overdue` are those whose deadline passed without what the rate asks for.
    """
    if n < THIN:
        return Status("unknown", "few")
    if is_thin:
        return Status("unknown", "thin")
    if not overdue:
        return Status("kept")
    reached = [
        (rate.share or 0) >= target.share for rate, target in rates if target and target.is_adopted
    ]
    if not reached:
        return Status("stated", "no_target")
    if not all(reached):
        return Status("not_kept")
    return Status("hand" if negative_overdue else "kept")


def answered_status(answered: Rate, *, is_thin: bool) -> Status:
    """M4, which has no target: kept where nobody is without an answer, else only stated."""
    return enquiries_status(
        [], n=answered.denominator, overdue=answered.missing, negative_overdue=0, is_thin=is_thin
    )


def within_status(
    within: Rate, target: Target | None, *, negative_overdue: int, is_thin: bool
) -> Status:
    """M5, the share answered in time; `negative_overdue` is that of M8, as it is now."""
    return enquiries_status(
        [(within, target)],
        n=within.denominator,
        overdue=within.missing,
        negative_overdue=negative_overdue,
        is_thin=is_thin,
    )


def negative_status(due: int, overdue: int, confirmed_overdue: int, reason: str | None) -> Status:
    """G6c, M8. `due` are the negative ones whose deadline has passed, answered or not.

    `reason` is why nothing can be said of answers at all. Of one to four the count is said,
    uncoloured; of none there is nothing to keep.
    """
    # What certainly waits is said, however thin the rest is.
    if confirmed_overdue:
        return Status("not_kept") if due >= THIN else Status("stated", "few_negative")
    if reason:
        return Status("unknown", reason)
    if not due:
        return Status("stated", "no_negative")
    if due < THIN:
        return Status("stated", "few_negative")
    return Status("hand" if overdue else "kept")
