"""The state of a report's figures: symbol and word; coloured by nobody, read by everybody."""

from __future__ import annotations

from reports.figures import Figures
from svarvakt.i18n import _, percent
from svarvakt.metrics import Judgement, Rate, Status, Target, accounts_status, within_status

SYMBOLS: dict[Judgement, str] = {
    "kept": "✓",
    "hand": "!",
    "not_kept": "✕",
    "unknown": "?",
    "stated": "",
}


def within_state(figures: Figures) -> str:
    """M5 against the adopted target; without one it is said so."""
    rate, goal = figures.within.now, figures.within_share
    if rate.share is None:
        return ""
    target = None if goal is None else Target(goal, "percent", figures.within_share_adopted)
    status = within_status(
        rate, target, negative_overdue=figures.negative_overdue, is_thin=figures.is_thin
    )
    return _with_symbol(status, within_words(status, rate, target))


def within_words(status: Status, rate: Rate, target: Target | None) -> str:
    """What the status of M5 is called, on the page and in the report."""
    if status.reason:
        return {
            "few": _("too few to judge"),
            "thin": _("thin data"),
            "no_target": _("local target – not adopted"),
        }[status.reason]
    if rate.missing == 0 or target is None:
        return _("all within the target")
    goal = percent(target.share)
    if status.state == "not_kept":
        return _("below the target of {share}").format(share=goal)
    if status.state == "hand":
        return _(
            "reaches the target of {share}, but a negative one has waited past the deadline"
        ).format(share=goal)
    return _("reaches the target of {share}").format(share=goal)


def ownership_state(figures: Figures) -> str:
    """M14: however few the accounts are."""
    status = accounts_status(Rate(figures.ownership.meets_all, figures.ownership.accounts))
    words = {"kept": _("kept"), "hand": _("needs a hand"), "not_kept": _("not kept")}
    return _with_symbol(status, words[status.state]) if status.state in words else ""


def _with_symbol(status: Status, words: str) -> str:
    return f"{SYMBOLS[status.state]} {words}".strip()
