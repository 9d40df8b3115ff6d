"""The front page's rows: one per guideline, what needs a hand, and units against rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from svarvakt.i18n import _, ngettext
from svarvakt.metrics import (
    AccountRules,
    DataState,
    OwnershipFigures,
    RuleCounts,
    RuleState,
    UnitRules,
)
from ui import action_items, download, rule_words, viewer, ways
from ui.cards import SYMBOLS
from ui.markup import beside, escape, paragraph, table
from ui.words import is_withheld, platform, unit

# Where the items or accounts behind a rule are.
BEHIND = {
    "G1": "kontoeierskap",
    "G2": "arbeidsliste",
    "G3": "kontoeierskap",
    "G4": "kontoeierskap",
    "G5": "kontoeierskap",
    "G6a": "arbeidsliste",
    "G6b": "svarandel",
    "G6c": "ubesvarte-negative",
    "G7": "arbeidsliste",
    "G8": "arbeidsliste",
    "G9": "aktivitet",
}

WIDTH_BESIDE = 160  # pixels


@dataclass(frozen=True)
class Hand:
    """One thing to do now: what it is, and the page where it is done."""

    said: str
    address: str
    next_step: str


def show(states: Sequence[RuleState], day_seconds: float, trends: dict[str, str]) -> None:
    """One framed row per rule: its state first, then the sentence, then the way on."""
    under_way, units = action_items.in_scope(), action_items.units()
    for state in states:
        with (
            st.container(border=True, key=f"rule-{state.rule}"),
            beside(_row(state, day_seconds, trends.get(state.rule, "")), WIDTH_BESIDE),
        ):
            if viewer.current().may_decide:
                ways.to(BEHIND[state.rule], _("See what is behind"))
            action_items.button(state.rule, under_way, units)


def _row(state: RuleState, day_seconds: float, trend: str) -> str:
    badge = rule_words.badge(state)
    symbol = SYMBOLS[badge.mood] or rule_words.SYMBOLS[state.state]
    lines = [rule_words.lead(state), trend]
    return (
        f'<div class="sv-rule"><p class="sv-state sv-{badge.mood}">'
        f'<span aria-hidden="true">{symbol}</span> {escape(badge.words)}</p>'
        f"<h2>{escape(rule_words.title(state.rule))}</h2>"
        f"<p>{escape(rule_words.sentence(state, day_seconds))}</p>"
        f'<p class="sv-muted">{escape(" · ".join(filter(None, lines)))}</p></div>'
    )


def finding(states: Sequence[RuleState]) -> str:
    """How many rules are kept, and how many are not."""
    count = {name: sum(each.state == name for each in states) for name in rule_words.SYMBOLS}
    judged = count["kept"] + count["hand"] + count["not_kept"]
    if not judged:
        return _("There is not enough to judge any of the guidelines by yet.")
    said = _("{kept} of {judged} guidelines that can be judged are kept").format(
        kept=count["kept"], judged=judged
    )
    parts = []
    if count["not_kept"]:
        parts.append(ngettext("{n} is not kept", "{n} are not kept", count["not_kept"]))
    if count["hand"]:
        parts.append(ngettext("{n} needs a hand", "{n} need a hand", count["hand"]))
    return said + ("; " + ", ".join(parts) if parts else "") + "."


# How many, what is said of them, the page where they are, and the next step there.
Line = tuple[int, str, str, str]


def hands(
    states: Sequence[RuleState],
    owned: OwnershipFigures,
    data: DataState,
    lapsed: int,
    notices: int,
) -> list[Hand]:
    """What a person should do today, the most pressing first."""
    counts = states[0].counts
    people = _people_wait(counts, lapsed)
    lines = (*people, *_accounts_need(counts, owned, data, notices))
    about_people = {said for n, said, *_rest in people if is_withheld(n)}
    hidden = _("Something waits too long; how much is not shown")
    return [
        Hand(hidden if said in about_people else said, address, step)
        for n, said, address, step in lines
        if n
    ]


def _people_wait(counts: RuleCounts, lapsed: int) -> tuple[Line, ...]:
    return (
        (
            counts.negative_overdue,
            ngettext(
                "{n} negative comment is unanswered past the deadline",
                "{n} negative comments are unanswered past the deadline",
                counts.negative_overdue,
            ),
            "ubesvarte-negative",
            _("Answer the oldest"),
        ),
        (
            counts.overdue,
            ngettext(
                "{n} enquiry waits past the deadline",
                "{n} enquiries wait past the deadline",
                counts.overdue,
            ),
            "arbeidsliste",
            _("Open the work list"),
        ),
        (
            lapsed,
            ngettext(
                "{n} answer was reported and is not seen in the newest file",
                "{n} answers were reported and are not seen in the newest file",
                lapsed,
            ),
            "arbeidsliste",
            _("Look again"),
        ),
        (
            counts.errors_open_over_day,
            ngettext(
                "{n} factual error has been open for more than a day",
                "{n} factual errors have been open for more than a day",
                counts.errors_open_over_day,
            ),
            "arbeidsliste",
            _("Correct it"),
        ),
    )


def _accounts_need(
    counts: RuleCounts, owned: OwnershipFigures, data: DataState, notices: int
) -> tuple[Line, ...]:
    return (
        (
            notices,
            ngettext(
                "{n} message about an account from a unit leader",
                "{n} messages about accounts from unit leaders",
                notices,
            ),
            "kontoregister",
            _("Read"),
        ),
        (
            counts.unregistered,
            ngettext(
                "{n} account is in no register",
                "{n} accounts are in no register",
                counts.unregistered,
            ),
            _register(),
            _("Register"),
        ),
        (
            owned.accounts - owned.has_administrator,
            ngettext(
                "{n} account has no administrator",
                "{n} accounts have no administrator",
                owned.accounts - owned.has_administrator,
            ),
            "kontoeierskap",
            _("See which"),
        ),
        (
            owned.confirmed_expired,
            ngettext(
                "{n} confirmation of ownership has expired",
                "{n} confirmations of ownership have expired",
                owned.confirmed_expired,
            ),
            "kontoeierskap",
            _("See which"),
        ),
        (
            len(data.stale_accounts),
            ngettext(
                "{n} account has old data", "{n} accounts have old data", len(data.stale_accounts)
            ),
            "aktivitet",
            _("See which"),
        ),
    )


def _register() -> str:
    """Where the reader keeps accounts."""
    return "kontoregister" if viewer.current().may_keep_register else "min-enhet"


def show_hands(found: Sequence[Hand], *, is_known: bool) -> None:
    """The list of what needs a hand today; without data nobody knows."""
    st.header(_("This needs a hand today"), anchor=False)
    if not found:
        nothing = _("Nothing waits, and every account is in order.")
        paragraph(nothing if is_known else _("There are no data to tell by yet."))
    for hand in found:
        with beside(f"<p>{escape(hand.said)}.</p>", WIDTH_BESIDE):
            ways.to(hand.address, hand.next_step)


def units(lines: Sequence[UnitRules]) -> None:
    """Units against rules, alphabetical; symbols with their words."""
    st.header(_("Unit by unit"), anchor=False)
    _matrix(
        _("Units against guidelines, in alphabetical order"),
        _("Unit"),
        [(unit(each.unit_name), each.states) for each in lines],
        "retningslinjer-per-enhet",
    )


def accounts(lines: Sequence[AccountRules]) -> None:
    """The same for the accounts of the choice."""
    st.header(_("Account by account"), anchor=False)
    _matrix(
        _("Accounts against guidelines, in alphabetical order"),
        _("Account"),
        [(f"{each.account_name} ({platform(each.platform)})", each.states) for each in lines],
        "retningslinjer-per-konto",
    )


def _matrix(
    caption: str, first: str, lines: Sequence[tuple[str, Sequence[RuleState]]], name: str
) -> None:
    if not lines:
        paragraph(_("None."))
        return
    rules = [state for state in lines[0][1] if state.rule != "G9"]
    headers = [first, *(rule_words.short(state.rule) for state in rules)]
    rows = [
        [who, *(rule_words.mark(state) for state in states if state.rule != "G9")]
        for who, states in lines
    ]
    with st.expander(_("Show table"), expanded=len(lines) <= 60):
        table(caption, headers, rows)
        download.button(name, headers, lambda: rows)
