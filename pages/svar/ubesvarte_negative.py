"""Do negative comments get answers? (G6c; M8, M9)"""

from __future__ import annotations

import streamlit as st

from svarvakt import metrics
from svarvakt.i18n import _
from ui import cards, deciding, frame, negative_list, negative_words, pictures, ways
from ui.data import ask
from ui.markup import paragraph

view = frame.current()
scope = view.selection.scope
deciding.settle()
found = ask(metrics.unanswered_negative_counts, scope)
unsure = ask(metrics.item_count, scope, "unsure_negative")
treatment = ask(metrics.equal_treatment, scope)
followed = ask(metrics.follow_up, scope)
margin = ask(metrics.class_margins, scope).negative


def _equal_treatment() -> None:
    st.header(_("Are they treated alike?"), anchor=False)
    pictures.show(negative_words.picture(treatment, followed), "likebehandling")
    paragraph(negative_words.medians(view, treatment, followed))


def _taken_away() -> None:
    """M10 of the chosen months."""
    st.header(_("Hidden or gone"), anchor=False)
    paragraph(negative_words.moderation(ask(metrics.moderation, scope)))
    ways.to("arbeidsliste", _("Those without a reason are in the work list"))


frame.head(_("Do negative comments get answers?"), negative_words.finding(view, found))
has_figures = not frame.stop_without_figures()
if found.total or unsure or has_figures:  # what waits is there, whatever the chosen months hold
    cards.show(negative_words.figures(view, found, unsure, treatment, margin))
    if has_figures:
        _equal_treatment()
    deciding.said()
    negative_list.show(scope)
    if has_figures:
        _taken_away()
frame.foot(
    ["unanswered_negative", "equal_treatment", "follow_up", "moderation", "data_coverage"],
    *negative_words.how(),
)
