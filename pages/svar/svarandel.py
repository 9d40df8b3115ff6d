"""Do people get answers? (G6b; M4 response rate, M5 within target, M6 response time)"""

from __future__ import annotations

from svarvakt import metrics
from svarvakt.i18n import _
from ui import answer_charts, answer_words, cards, decided, deciding, frame, items, pictures, viewer
from ui.data import ask
from ui.markup import paragraph

LISTED = 5

view = frame.current()
scope = view.selection.scope
sees_items = viewer.current().may_read("items")
deciding.settle()
figures = ask(metrics.response, scope)
times = ask(metrics.response_time, scope)
months = ask(metrics.response_by_month, scope)
before = ask(metrics.change, scope, -view.selection.months) if view.reaches_back else None


def _charts() -> None:
    pictures.show(answer_charts.rates_over_time(months), "svarandel-per-maned")
    if sees_items:
        with_data = frozenset(each.month for each in months if each.has_data)
        buckets = ask(metrics.time_buckets, scope)
        pictures.show(answer_charts.how_long(buckets, with_data), "svartid-per-maned")
    if view.selection.account is None:
        pictures.show(
            answer_charts.units_side_by_side(ask(metrics.response_by_unit, scope)),
            "svarandel-per-enhet",
        )


def _waiting() -> None:
    answer_words.waiting_heading(ask(metrics.waiting, scope))
    deciding.said()
    without = decided.left_out("waiting")
    rows = ask(metrics.items, scope, "waiting", limit=LISTED, without=without)
    items.show(rows, "venter-lengst", with_decisions=True)


frame.head(_("Do people get answers?"), answer_words.finding(view, figures, before, months))
if not frame.stop_without_figures():
    margins = ask(metrics.class_margins, scope)
    overdue = ask(metrics.unanswered_negative_counts, scope).overdue
    cards.show(answer_words.cards(view, figures, times, before, margins, overdue))
    if figures.within_rate.is_thin:
        paragraph(answer_words.thin_note(view, ask(metrics.response, scope.last_twelve_months())))
    _charts()
    if sees_items:
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
