"""Accounts that a person may want to look at for G4: a suggestion, never a judgement."""

from __future__ import annotations

from datetime import date

import streamlit as st

from svarvakt.i18n import _, ngettext
from svarvakt.metrics import Scope
from svarvakt.metrics.name_patterns import belonging_suggestions
from ui.data import ask
from ui.markup import Link, paragraph, table
from ui.words import NONE, platform


def show() -> None:
    """The accounts whose name and address hold none of the words; nothing where all do."""
    found = ask(belonging_suggestions, Scope(date.min, date.max))
    if not found:
        return
    words = ngettext(
        "{n} account holds none of the words", "{n} accounts hold none of the words", len(found)
    )
    with st.expander(words):
        paragraph(
            _(
                "A suggestion to look at. Whether it is evident is registered by a person in the "
                "account register."
            )
        )
        table(
            _("Accounts without the words in name, handle or address"),
            [_("Account"), _("Platform"), _("Registered")],
            [
                [
                    Link(one.account_name, one.url),
                    platform(one.platform),
                    one.shows_belonging or NONE,
                ]
                for one in found
            ],
        )
