"""«Seen, nothing new»: somebody looked at an account this week, and it asked for nothing (M13)."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from svarvakt import metrics, settings
from svarvakt.i18n import _, day, number
from svarvakt.metrics import reference_data
from ui import decided, deciding, labels
from ui.data import ask
from ui.deciding import Wanted
from ui.filters import Selection
from ui.markup import paragraph, table
from ui.words import platform


def this_week() -> date:
    """The Monday of the week it is."""
    today = settings.today()
    return today - timedelta(days=today.weekday())


def show(selection: Selection) -> None:
    """The accounts of the choice that nobody has said this of this week."""
    gaps(selection)
    st.header(_("Seen, nothing new"), anchor=False)
    paragraph(_("Tell that you have looked at an account this week and found nothing to do."))
    accounts = ask(reference_data.account_choices, selection.scope)
    done = _seen({each.id for each in accounts})
    left = labels.accounts(accounts)
    names = [left.pop(each) for each in list(left) if each in done]
    if names:
        paragraph(_("Seen this week: {names}.").format(names=", ".join(names)), "sv-muted")
    if not left:
        return
    chosen, way = st.columns([3.6, 1], vertical_alignment="bottom")
    account = chosen.selectbox(
        _("Account that I have looked at"),
        list(left),
        key="seen-account",
        format_func=labels.of(left),
    )
    wanted = Wanted(
        "seen", account, deciding.seen(), about="account", details={"week": f"{this_week()}"}
    )
    way.button(
        _("Seen, nothing new"),
        key="seen-now",
        on_click=deciding.want,
        args=(wanted,),
        width="stretch",
    )


def gaps(selection: Selection) -> None:
    """The weeks of the period in which it took longest before somebody looked (G6a)."""
    st.header(_("Longest before somebody looked"), anchor=False)
    rows = [
        [
            f"{each.account_name} ({platform(each.platform)})",
            day(each.week),
            number(each.gap_days, 1),
            _("nobody has looked yet") if each.is_open else _("somebody has looked"),
        ]
        for each in ask(metrics.longest_gaps, selection.scope)
    ]
    if not rows:
        paragraph(_("None."))
        return
    headers = [_("Account"), _("Week from"), _("Working days"), _("State")]
    table(_("Longest before somebody looked"), headers, rows, frozenset({2}))


def _seen(accounts: set[str]) -> set[str]:
    """The accounts that somebody has seen this week."""
    made = decided.store().in_force(accounts) if accounts else []
    week = f"{this_week()}"
    return {each.subject for each in made if each.kind == "seen" and each.details["week"] == week}
