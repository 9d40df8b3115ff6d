"""The unit's figures beside the middle half of the municipality's units; nobody is ranked."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from svarvakt import metrics
from svarvakt.i18n import _, number, percent
from svarvakt.metrics import Band, Rate, Scope, TimeFigures
from ui.data import ask
from ui.frame import View
from ui.markup import escape, paragraph
from ui.words import among_answered, basis, duration, enquiries, rate, typical_wait


@dataclass(frozen=True)
class Figure:
    """One figure of ours and where the units lie; `own` and the band share one scale 0-1."""

    name: str
    value: str
    n: str
    units: str
    own: float | None = None
    low: float | None = None
    high: float | None = None


def show(view: View) -> None:
    """M4, M5 and M6 of the chosen months; of the last twelve where those are thin."""
    scope, is_longer = _months(view)
    st.header(_("Our figures beside the municipality’s units"), anchor=False)
    paragraph(
        _("The last twelve months, because there are few enquiries in the chosen period.")
        if is_longer
        else view.selection.period,
        "sv-muted",
    )
    found = figures(scope, view.day_seconds)
    st.html('<div class="sv-figures">' + "".join(map(_markup, found)) + "</div>")
    paragraph(
        _(
            "The range is where the middle half of the units lies; only units with five enquiries "
            "or more are counted. It is no ranking."
        ),
        "sv-muted",
    )


def _months(view: View) -> tuple[Scope, bool]:
    scope = view.selection.scope
    is_thin = ask(metrics.response, scope).need_rate.is_thin
    if not is_thin or view.selection.months >= 12:
        return scope, False
    return scope.last_twelve_months(), True


def figures(scope: Scope, day_seconds: float) -> list[Figure]:
    """Ours and the units' over the same months."""
    arrived = ask(metrics.response, scope)
    times = ask(metrics.response_time, scope)
    units = ask(metrics.municipality_range, scope.first_month, scope.last_month)
    return [
        _share(_("Answered, of all"), arrived.all_rate, units.response),
        _share(_("Answered within the target time"), arrived.within_rate, units.within),
        _wait(times, units.median_seconds, day_seconds),
    ]


def _share(name: str, value: Rate, band: Band | None) -> Figure:
    if band is None:
        return Figure(name, rate(value), basis(value), _few(), None)
    said = _between(percent(band.low), percent(band.high), band.units)
    own = None if value.is_thin else value.share
    return Figure(name, rate(value), basis(value), said, own, band.low, band.high)


def _wait(times: TimeFigures, band: Band | None, day_seconds: float) -> Figure:
    """M6 as on the response rate page and in the report; the units are compared by the answered."""
    name, own = _("Typical wait, in working time"), times.median_working_seconds
    value = typical_wait(times, day_seconds)
    basis_words = _rests_on(times)
    mine = among_answered(times, day_seconds)
    if band is None:
        return Figure(name, value, basis_words, " · ".join(filter(None, (mine, _few()))))
    low, high = (duration(each, day_seconds) for each in (band.low, band.high))
    said = " · ".join(filter(None, (mine, _between(low, high, band.units))))
    whole = 1.25 * max(band.high, own or 0, 1)
    place = None if own is None else own / whole
    return Figure(name, value, basis_words, said, place, band.low / whole, band.high / whole)


def _rests_on(times: TimeFigures) -> str:
    if times.is_withheld:
        return _("not shown: the account has few administrators")
    return enquiries(times.n_all)


def _few() -> str:
    return _("Too few units with enough enquiries to compare with.")


def _between(low: str, high: str, units: int) -> str:
    said = _("Half of the units: from {low} to {high} ({n} units)")
    return said.format(low=low, high=high, n=number(units))


def _markup(figure: Figure) -> str:
    """The picture repeats what the words say, so it is hidden from who listens."""
    return (
        f'<section class="sv-figure"><h3>{escape(figure.name)}</h3>'
        f'<p class="sv-value">{escape(figure.value)}</p><p class="sv-n">{escape(figure.n)}</p>'
        f"{_strip(figure)}<p>{escape(figure.units)}</p></section>"
    )


def _strip(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    width = max(figure.high - figure.low, 0.01)
    band = f'<i style="left:{figure.low:.1%};width:{width:.1%}"></i>'
    dot = "" if figure.own is None else f'<b style="left:{figure.own:.1%}"></b>'
    return f'<div class="sv-range" aria-hidden="true">{band}{dot}</div>'
