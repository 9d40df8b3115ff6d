"""Is somebody responsible for every account? (G1, G3, G4, G5; M14, M15, M19)"""

from __future__ import annotations

import streamlit as st

from svarvakt import metrics
from svarvakt.i18n import _, number
from svarvakt.metrics import reference_data
from ui import cards, frame, owner_tables, owner_words, viewer
from ui.data import ask
from ui.owner_words import finding
from ui.words import account_rate, basis

view = frame.current()
scope = view.selection.scope
figures = ask(metrics.ownership, scope)
accounts = ask(metrics.ownership_accounts, scope)
official = ask(metrics.official_accounts, scope)


def _cards() -> list[cards.Card]:
    confirmed = metrics.Rate(figures.confirmed_valid, figures.accounts)
    return [
        cards.Card(
            _("Accounts that meet every requirement"),
            account_rate(figures.rate),
            basis(figures.rate),
            owner_words.meets_state(figures),
        ),
        cards.Card(
            _("Accounts nobody has registered"),
            number(figures.unregistered),
            _("seen in exports, in no register"),
            owner_words.unregistered_state(figures),
        ),
        cards.Card(
            _("Official accounts in hand"),
            account_rate(official),
            basis(official),
            owner_words.official_state(official),
        ),
        cards.Card(
            _("Ownership confirmed within 180 days"),
            account_rate(confirmed),
            basis(confirmed),
            owner_words.confirmed_state(figures),
        ),
    ]


def _matrix() -> None:
    st.header(_("Each account against each requirement"), anchor=False)
    owner_tables.matrix(accounts)
    with st.expander(_("Good practice (counts in no requirement)")):
        owner_tables.good_practice(accounts)


def _to_do() -> None:
    st.header(_("What to do next"), anchor=False)
    for title, advice, chosen in owner_words.to_do(accounts):
        owner_tables.to_do(title, advice, chosen)
    if viewer.current().may_keep_register:
        owner_tables.problems(ask(reference_data.register_problems))


frame.head(_("Is somebody responsible for every account?"), finding(figures), "register")
if figures.accounts:
    cards.show(_cards())
    st.header(_("Coverage of each requirement"), anchor=False)
    owner_tables.requirements(figures)
    _matrix()
    st.header(_("Unit by unit"), anchor=False)
    owner_tables.units(ask(metrics.ownership_by_unit, scope))
    _to_do()
frame.foot(
    ["ownership_coverage", "told", "official_accounts"],
    owner_words.told_words(ask(metrics.told, scope)),
    _("Shows the register as it is now; the period does not matter here."),
)
