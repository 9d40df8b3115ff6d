"""The state of a report's figures: symbol and word; coloured by nobody, read by everybody."""

from __future__ import annotations

from i18n import _, percent
from metrics import Rate
from reports.cells import hidden
from reports.figures import Figures


def within_state(figures: Figures) -> str:
    """M5 against the adopted target; without one it is said so."""
    rate = figures.within.now
    if rate.share is None or hidden(rate):
        return ""
    if figures.is_thin:
        return "? " + _("thin data")
    if rate.missing == 0:
        return "✓ " + _("all within the target")
    if figures.within_share is None or not figures.within_share_adopted:
        return _("local target – not adopted")
    goal = figures.within_share / 100
    if rate.share >= goal:
        return "✓ " + _("reaches the target of {share}").format(share=percent(goal))
    return "✗ " + _("below the target of {share}").format(share=percent(goal))


def ownership_state(figures: Figures) -> str:
    """G3: all = kept, at least 90 % = needs a hand, less = not kept."""
    rate = Rate(figures.ownership.meets_all, figures.ownership.accounts)
    if rate.share is None or hidden(rate):
        return ""
    if rate.missing == 0:
        return "✓ " + _("kept")
    return "! " + _("needs a hand") if rate.share >= 0.9 else "✗ " + _("not kept")
