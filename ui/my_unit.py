"""The unit that the reader leads, or has chosen: who it is, what waits there, its accounts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from svarvakt import metrics
from svarvakt.i18n import _
from svarvakt.metrics import ActivityAccount, ItemRow, OwnershipRow, Scope, WorkCounts
from svarvakt.metrics.reference_data import Choice
from ui import decided, frame, labels, my_unit_words, registering, viewer
from ui.data import ask
from ui.frame import View
from ui.markup import note
from ui.register_reasons import worded
from ui.register_words import as_day
from ui.words import platform

LISTED = 10
_SAID = "my-unit-said"


@dataclasses.dataclass(frozen=True)
class Mine:
    """One account of the unit: its line in the register now, and the newest build's marks."""

    account_id: str
    name: str
    platform: str
    line: Mapping[str, str] | None  # None: in no register that the reader keeps
    marks: OwnershipRow | None  # None: reported after the figures were made
    activity: ActivityAccount | None

    @property
    def confirmed_on(self) -> date | None:
        return as_day((self.line or {}).get("confirmed_on"))

    @property
    def is_closed(self) -> bool:
        return (self.line or {}).get("status") == "avviklet"


def choose() -> View | None:
    """The view of the reader's unit; None while there is none to show.

    The bounds are the reader's, whatever the address or the filter says: `ask` sees to that.
    """
    view = frame.current()
    units = unit_names(Scope(date.min, date.max))
    wanted = view.selection.unit.id if view.selection.unit else _of_account(view)
    chosen = wanted if wanted in units else _selected(units)
    if chosen is None:
        return None
    unit = Choice(chosen, units[chosen], "") if chosen else None
    selection = dataclasses.replace(view.selection, unit=unit, account=None)
    return frame.look_up(selection, view.build)


def has_units() -> bool:
    """Whether the reader has a unit to choose."""
    return bool(unit_names(Scope(date.min, date.max)))


def _of_account(view: View) -> str | None:
    return view.selection.account.unit_id if view.selection.account else None


def _selected(units: Mapping[str, str]) -> str | None:
    """The only unit there is to choose, else what the page's own list says; "" = all of them."""
    who = viewer.current()
    names = (
        dict(units) if who.unit_ids is None else {u: units[u] for u in who.unit_ids if u in units}
    )
    if len(names) <= 1:
        return next(iter(names), None)
    everything = {} if who.sees_everything else {"": _("All my units")}
    names = everything | names
    return st.selectbox(
        _("Which unit?"),
        list(names),
        key="my-unit",
        index=0 if everything else None,
        format_func=labels.of(names),
        placeholder=_("Choose a unit"),
    )


def finding(view: View) -> str:
    """The page's sentence: the last month of the choice, and what waits now."""
    if not ask(metrics.ownership, view.selection.scope).accounts:
        return _("The unit has no account, so nothing waits here.")
    if view.state.state != "figure":
        return ""
    month, gone = _month(view), decided.left_out("waiting")
    oldest = ask(metrics.items, month, "waiting", 1, 0, gone)
    return my_unit_words.finding(
        ask(metrics.response, month),
        month.last_month,
        my_unit_words.Waits(
            ask(metrics.item_count, month, "waiting", gone),
            oldest[0].received_at if oldest else None,
        ),
        view.today,
        is_thin=view.coverage.is_thin,
    )


def beside_thin(view: View) -> str:
    """The last twelve months, where the month has fewer than five."""
    month = _month(view)
    if view.state.state != "figure" or not ask(metrics.response, month).need_rate.is_thin:
        return ""
    return my_unit_words.year(ask(metrics.response, month.last_twelve_months()))


def _month(view: View) -> Scope:
    return dataclasses.replace(view.selection.scope, first_month=view.selection.last)


def unit_names(scope: Scope) -> dict[str, str]:
    """The unit of the scope and those below it: id and name, alphabetical."""
    return labels.units(ask(metrics.units, scope))


def waiting(scope: Scope) -> list[ItemRow]:
    """What waits for an answer (M7), oldest first; what was just decided is gone already."""
    return ask(metrics.items, scope, "waiting", LISTED, 0, decided.left_out("waiting"))


def in_work_list(scope: Scope) -> WorkCounts:
    """What waits for an answer (M7) and what is to be a case (M12), without what was decided."""
    return ask(metrics.work_counts, scope, decided.left_out_of(("waiting", "to_case")))


def accounts(scope: Scope) -> list[Mine]:
    """The unit's accounts, alphabetical; those reported just now stand last."""
    units = set(unit_names(scope))
    lines = {
        line["account_id"]: line
        for line in registering.lines("accounts")
        if line.get("unit_id") in units
    }
    activity = {each.account_id: each for each in ask(metrics.activity_accounts, scope)}
    built = [
        Mine(
            each.account_id,
            lines.get(each.account_id, {}).get("name") or each.account_name,
            each.platform,
            lines.pop(each.account_id, None),
            each,
            activity.get(each.account_id),
        )
        for each in ask(metrics.ownership_accounts, scope)
    ]
    new = [
        Mine(key, line.get("name") or key, line.get("platform", ""), line, None, None)
        for key, line in lines.items()
    ]
    return built + new


def account_labels(known: Mapping[str, Mine]) -> Callable[[str], str]:
    """`format_func` of a list of the unit's accounts, by account id."""
    names = {key: f"{each.name} ({platform(each.platform)})" for key, each in known.items()}
    handles = {key: (each.line or {}).get("handle", "") for key, each in known.items()}
    return labels.of(names, handles)


def save(place: str, name: str, before: Mapping[str, str] | None, after: Mapping[str, str]) -> bool:
    """Stores one line of the register. False: it says at `place` what was wrong."""
    problems = registering.save(name, [before] if before else [], [after])
    if problems:
        say(place, " ".join(worded(problem.message) for problem in problems))
    return not problems


def say(place: str, words: str) -> None:
    """Words that `said` shows at that place in the next run."""
    st.session_state[_SAID] = (place, words)


def said(place: str) -> None:
    """What the last click there led to."""
    where, words = st.session_state.get(_SAID, ("", ""))
    if where == place:
        note(words, "status")
        del st.session_state[_SAID]
