"""Do people get answers? (G6b; M4 response rate, M5 within target, M6 response time)"""

from __future__ import annotations

import metrics
from i18n import _, number
from ui import answer_charts, answer_words, cards, frame, items, pictures
from ui.data import ask
from ui.words import change, counts, rate, typical_wait

view = frame.current()
scope = view.selection.scope
figures = ask(metrics.response, scope)
times = ask(metrics.response_time, scope)
before = ask(metrics.change, scope, -view.selection.months)


def _cards() -> list[cards.Card]:
    meaning = answer_words.meanings()
    return [
        cards.Card(
            _("Answered, of all"),
            rate(figures.all_rate),
            counts(figures.all_rate),
            answer_words.all_state(view, figures.all_rate),
            meaning=meaning["all"],
        ),
        cards.Card(
            _("Answered, of those that need a reply"),
            rate(figures.need_rate),
            counts(figures.need_rate),
            answer_words.all_state(view, figures.need_rate),
            meaning=meaning["need"],
        ),
        cards.Card(
            _("Answered within the target time"),
            rate(figures.within_rate),
            counts(figures.within_rate),
            answer_words.within_state(view, figures.within_rate),
            change(before, _("the period before")),
            meaning["within"],
        ),
        cards.Card(
            _("Typical wait"),
            typical_wait(times, view.day_seconds),
            _("in working time, {n} enquiries").format(n=number(times.n_all)),
            meaning=meaning["wait"],
        ),
    ]


def _charts() -> None:
    pictures.show(
        answer_charts.rates_over_time(ask(metrics.response_by_month, scope)), "svarandel-per-maned"
    )
    pictures.show(answer_charts.how_long(ask(metrics.time_buckets, scope)), "svartid-per-maned")
    if view.selection.account is None:
        pictures.show(
            answer_charts.units_side_by_side(ask(metrics.response_by_unit, scope)),
            "svarandel-per-enhet",
        )


def _waiting() -> None:
    waiting = ask(metrics.waiting, scope)
    answer_words.waiting_heading(waiting)
    items.show(ask(metrics.items, scope, "waiting", limit=10), "venter-lengst")


frame.head(_("Do people get answers?"), answer_words.finding(view, figures, before))
if not frame.stop_without_figures():
    cards.show(_cards())
    _charts()
    _waiting()
frame.foot(
    [
        "received",
        "response_rate",
        "answered_within_target",
        "response_time",
        "waiting_now",
        "data_coverage",
    ],
    *answer_words.how(view, figures, times),
)
