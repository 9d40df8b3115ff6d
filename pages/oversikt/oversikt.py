"""Does the municipality keep its word? (G1–G9) A row per guideline, and what to do now."""

from __future__ import annotations

from svarvakt import metrics
from svarvakt.i18n import _
from ui import assessment, frame, notices, rule_cards, rule_words, viewer
from ui.data import ask
from ui.words import change

view = frame.current()
scope = view.selection.scope
who = viewer.current()
is_whole = view.selection.unit is None and view.selection.account is None
units: list[metrics.UnitRules] = []
accounts: list[metrics.AccountRules] = []
if is_whole:
    states, units = ask(metrics.rules_with_units, scope, view.today)
elif who.may_read("accounts"):
    states, accounts = ask(metrics.rules_with_accounts, scope, view.today)
else:
    states = ask(metrics.rules, scope, view.today)


def _trends() -> dict[str, str]:
    """M18, where the figure has a past, and the margin of what the machine says."""
    margin = assessment.margin(ask(metrics.class_margins, scope).need)
    if not view.reaches_back:
        return {"G6b": margin}
    earlier = ask(metrics.monitored, scope.shifted(-view.selection.months))
    before = ask(metrics.change, scope, -view.selection.months)
    return {
        "G6a": rule_words.gap_before(earlier),
        "G6b": " · ".join(filter(None, (change(before, _("the period before")), margin))),
    }


frame.head(_("Do we keep our word?"), rule_cards.finding(states))
rule_cards.show_hands(
    rule_cards.hands(
        states,
        ask(metrics.ownership, scope),
        view.state,
        ask(metrics.item_count, scope, "claim_lapsed") if who.may_decide else 0,
        len(notices.unread()),
    ),
    is_known=view.state.has_imports,
)
if view.state.state not in ("figure", "closed"):
    frame.offer_months_with_comments()
rule_cards.show(states, view.day_seconds, _trends())
if is_whole:
    rule_cards.units(units)
elif who.may_read("accounts"):
    rule_cards.accounts(accounts)
frame.foot(
    [
        "ownership_coverage",
        "told",
        "official_accounts",
        "agent_replies",
        "monitored",
        "response_rate",
        "unanswered_negative",
        "factual_errors",
        "case_handling",
        "data_coverage",
    ],
    _("What waits, the register, errors and cases are as they are now, whatever the period."),
)
