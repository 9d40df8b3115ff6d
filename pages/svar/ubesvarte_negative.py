"""Do negative comments get answers? (G6c; M8)"""

from __future__ import annotations

import streamlit as st

import metrics
from i18n import _, number
from ui import cards, decided, deciding, frame, items, negative_words
from ui.data import ask
from ui.markup import paragraph

PAGE_SIZE = 20
MOST = 500  # read at once; a longer list is not worked through in one sitting

view = frame.current()
scope = view.selection.scope
deciding.settle()
found = ask(metrics.unanswered_negative_counts, scope)
treatment = ask(metrics.equal_treatment, scope)


def _list() -> None:
    without = decided.left_out("unanswered_negative")
    rows = ask(metrics.unanswered_negative, scope, limit=MOST, without=without)
    kinds = {
        "confirmed": [each for each in rows if each.tone_confirmed],
        "suggested": [each for each in rows if not each.tone_confirmed],
    }
    chosen = st.segmented_control(
        _("Show"),
        ["all", *kinds],
        key="negative-kind",
        required=True,
        default="all",
        format_func=negative_words.kind,
    )
    for kind, part in kinds.items():
        if chosen in ("all", kind):
            _part(kind, part)


def _part(kind: str, part: list[metrics.ItemRow]) -> None:
    st.header(f"{negative_words.kind(kind)} ({number(len(part))})", anchor=False)
    shown = st.session_state.get(f"shown-{kind}", PAGE_SIZE)
    name = f"ubesvarte-negative-{kind}"
    items.show(part[:shown], name, with_tone=True, with_decisions=True, whole=lambda: part)
    if not part:
        paragraph(_("None."))
    if len(part) > shown and st.button(_("Show more"), key=f"more-{kind}"):
        st.session_state[f"shown-{kind}"] = shown + PAGE_SIZE
        st.rerun()


frame.head(_("Do negative comments get answers?"), negative_words.finding(view, found))
if not frame.stop_without_figures():
    cards.show(negative_words.figures(view, found, treatment))
    paragraph(
        _(
            "The list does not depend on the period: what waits, waits. The software may be "
            "wrong about the tone; read the comment before you decide."
        ),
        "sv-muted",
    )
    deciding.said()
    _list()
frame.foot(
    ["unanswered_negative", "equal_treatment", "data_coverage"],
    *negative_words.how(view, treatment),
)
