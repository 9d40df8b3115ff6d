"""What the reader has chosen: language, months, unit, account; kept in the address.

Streamlit's own binding writes an option's *label* in the address; ours are in
three languages and need not be unique, so the address carries ids instead.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from svarvakt import i18n
from svarvakt.i18n import _
from svarvakt.metrics import Scope, add_months, newest_full_month
from svarvakt.metrics.reference_data import Choice
from ui import labels
from ui.words import period, platform

LANGUAGE, FIRST, LAST, UNIT, ACCOUNT = "sprak", "fra", "til", "enhet", "konto"
GUIDE = "kilde"  # which guide to the files is open; the page itself keeps it
SUGGESTED = "suggested_period"
MONTHS_SHOWN = 12


@dataclasses.dataclass(frozen=True)
class Selection:
    """The choice that every figure on the page answers for."""

    first: date
    last: date
    unit: Choice | None = None
    account: Choice | None = None

    @property
    def scope(self) -> Scope:
        """As the metrics want it."""
        return Scope(
            self.first,
            self.last,
            (self.unit.id,) if self.unit else None,
            (self.account.id,) if self.account else None,
        )

    @property
    def months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def period(self) -> str:
        return period(self.first, self.last)

    @property
    def who(self) -> str:
        """The account or unit chosen, or that nobody is left out."""
        if self.account:
            return f"{self.account.name} ({platform(self.account.note)})"
        return self.unit.name if self.unit else _("All units and accounts")

    @property
    def words(self) -> str:
        return f"{self.period} · {self.who}"


def choose_language() -> str:
    """The language of this run, chosen in the sidebar or by the address."""
    code = _kept(LANGUAGE, list(i18n.LANGUAGES), i18n.DEFAULT)
    i18n.use(code)
    with st.sidebar:
        chosen = st.selectbox(
            "Språk / Language",
            list(i18n.LANGUAGES),
            key=LANGUAGE,
            format_func=lambda each: i18n.LANGUAGES[each],
        )
    return i18n.use(_remember(LANGUAGE, chosen))


def choose(
    filled: tuple[date, date], as_of: date, units: Sequence[Choice], accounts: Sequence[Choice]
) -> Selection:
    """Months from the first with data to the as-of month; the last twelve full ones at first.

    `filled` is the first and the last month with data. Where the last twelve hold nothing (old
    files), the twelve up to the last with data are shown.
    """
    first, newest = filled
    last = as_of.replace(day=1)
    months = [add_months(first, n) for n in range(_between(first, last) + 1)]
    full = max(first, newest_full_month(as_of))
    if newest <= add_months(full, -MONTHS_SHOWN):
        full = newest
    default = max(first, add_months(full, 1 - MONTHS_SHOWN))
    _follow_new_data({FIRST: f"{default}", LAST: f"{full}"})
    with st.sidebar:
        st.caption(_("Choose"))
        start = date.fromisoformat(
            _pick(_("From month"), FIRST, [f"{m}" for m in reversed(months)], f"{default}", _month)
        )
        rest = [m for m in reversed(months) if m >= start]
        end = date.fromisoformat(
            _pick(_("To month"), LAST, [f"{m}" for m in rest], f"{full}", _month)
        )
        unit = _pick_one(_("Unit"), UNIT, units, _("All units"), labels.units(units))
        account = _pick_one(
            _("Account"),
            ACCOUNT,
            accounts,
            _("All accounts"),
            labels.accounts(accounts),
        )
    defaults = {LANGUAGE: i18n.DEFAULT, FIRST: f"{default}", LAST: f"{full}", UNIT: "", ACCOUNT: ""}
    _write_address(defaults)
    return Selection(start, end, unit, account)


def go_to(first: date, last: date) -> None:
    """Chooses these months, as a callback of a button does: before the lists are drawn."""
    for key, chosen in ((FIRST, first), (LAST, last)):
        st.session_state[key] = st.session_state[f"kept_{key}"] = f"{chosen}"


def _follow_new_data(defaults: dict[str, str]) -> None:
    """New data move a period that nobody chose: one that still is what was suggested before."""
    before: dict[str, str] = st.session_state.get(SUGGESTED, defaults)
    for key, default in defaults.items():
        if default != before[key] == st.session_state.get(f"kept_{key}"):
            st.session_state.pop(key, None)
            st.session_state.pop(f"kept_{key}")
    st.session_state[SUGGESTED] = defaults


def _between(first: date, last: date) -> int:
    return max(0, (last.year - first.year) * 12 + last.month - first.month)


def _month(iso: str) -> str:
    return i18n.month(date.fromisoformat(iso))


def _pick_one(
    label: str, key: str, choices: Sequence[Choice], everything: str, names: Mapping[str, str]
) -> Choice | None:
    known = {each.id: each for each in choices}
    chosen = _pick(label, key, ["", *known], "", labels.of({"": everything, **names}))
    return known.get(chosen)


def _pick(
    label: str, key: str, options: list[str], default: str, name: Callable[[str], str]
) -> str:
    _kept(key, options, default)
    return _remember(key, st.selectbox(label, options, key=key, format_func=name))


def _kept(key: str, options: list[str], default: str) -> str:
    """Puts the reader's earlier choice, else the address's, else the default in the widget.

    Done before every run of the widget: a label in another language would
    otherwise make a new widget, and the choice would be lost.
    """
    for value in (
        st.session_state.get(key),
        st.session_state.get(f"kept_{key}"),
        st.query_params.get(key),
    ):
        if value in options:
            st.session_state[key] = value
            return str(value)
    st.session_state[key] = default if default in options else options[0]
    return str(st.session_state[key])


def _remember(key: str, value: str | None) -> str:
    st.session_state[f"kept_{key}"] = value
    return value or ""


def _write_address(defaults: dict[str, str]) -> None:
    """The address carries what differs from the defaults, so that a bookmark shows the same."""
    wanted = {
        key: str(st.session_state[key])
        for key, default in defaults.items()
        if st.session_state.get(key) not in (None, default)
    }
    if GUIDE in st.query_params:
        wanted[GUIDE] = st.query_params[GUIDE]
    if wanted != st.query_params.to_dict():
        st.query_params.from_dict(wanted)
