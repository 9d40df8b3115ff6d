"""The queue of negative comments: confirmed, suggested and unsure apart, oldest first."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

import metrics
from i18n import _, number
from metrics import ItemRow, Kind, Scope
from ui import assessment, decided, items, negative_words
from ui.data import ask
from ui.markup import paragraph

PAGE_SIZE = 20
MOST = 500  # read at once; a longer list is not worked through in one sitting
_NEGATIVE: Kind = "unanswered_negative"
_UNSURE: Kind = "unsure_negative"


def show(scope: Scope) -> None:
    """The rule of the queue, the filters, and the parts that are chosen."""
    st.header(_("The queue"), anchor=False)
    for line in negative_words.queue_rule():
        paragraph(line, "sv-muted")
    kinds = _kinds(scope)
    chosen = st.segmented_control(
        _("Show"),
        ["all", *kinds],
        key="negative-kind",
        required=True,
        default="all",
        format_func=negative_words.kind,
    )
    words = assessment.flag_words()
    flags = st.pills(
        _("Only those that are"),
        list(words),
        selection_mode="multi",
        key="negative-flags",
        format_func=lambda flag: words[flag],
    )
    for kind, part in kinds.items():
        if chosen in ("all", kind):
            _part(kind, [each for each in part if set(flags) <= set(each.flags)])


def _kinds(scope: Scope) -> Mapping[str, list[ItemRow]]:
    """Who says that it is negative: a person, the machine, or the machine with doubt."""
    rows = ask(metrics.unanswered_negative, scope, limit=MOST, without=decided.left_out(_NEGATIVE))
    unsure = ask(metrics.items, scope, _UNSURE, MOST, 0, decided.left_out(_UNSURE))
    return {
        "confirmed": [each for each in rows if each.tone_confirmed],
        "suggested": [each for each in rows if not each.tone_confirmed],
        "unsure": unsure,
    }


def _part(kind: str, part: list[ItemRow]) -> None:
    st.subheader(f"{negative_words.kind(kind)} ({number(len(part))})", anchor=False)
    shown = st.session_state.get(f"shown-{kind}", PAGE_SIZE)
    name = f"ubesvarte-negative-{kind}"
    items.show(part[:shown], name, with_tone=True, with_decisions=True, whole=lambda: part)
    if not part:
        paragraph(_("None."))
    if len(part) > shown and st.button(_("Show more"), key=f"more-{kind}"):
        st.session_state[f"shown-{kind}"] = shown + PAGE_SIZE
        st.rerun()
