"""The queue of negative comments: confirmed, suggested and unsure apart, oldest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from svarvakt import metrics
from svarvakt.i18n import _, number
from svarvakt.metrics import Kind, Scope
from ui import assessment, decided, items, negative_words
from ui.data import ask
from ui.markup import paragraph

PAGE_SIZE = 10
MOST = 5000  # in the file
# Who says that it is negative: a person, the machine, or the machine with doubt. With each the kind
# of list that a decision takes an item out of.
KINDS: Mapping[str, tuple[Kind, Kind]] = {
    "confirmed": ("negative_confirmed", "unanswered_negative"),
    "suggested": ("negative_suggested", "unanswered_negative"),
    "unsure": ("unsure_negative", "unsure_negative"),
}


def show(scope: Scope) -> None:
    """The rule of the queue, the filters, and the parts that are chosen."""
    st.header(_("The queue"), anchor=False)
    for line in negative_words.queue_rule():
        paragraph(line, "sv-muted")
    chosen = st.segmented_control(
        _("Show"),
        ["all", *KINDS],
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
    for kind in KINDS:
        if chosen in ("all", kind):
            _part(scope, kind, tuple(flags))


def _part(scope: Scope, kind: str, flags: Sequence[str]) -> None:
    listed, leaves = KINDS[kind]
    without = decided.left_out(leaves)
    count = ask(metrics.item_count, scope, listed, without, flags)
    st.subheader(f"{negative_words.kind(kind)} ({number(count)})", anchor=False)
    shown = st.session_state.get(f"shown-{kind}", PAGE_SIZE)
    items.show(
        ask(metrics.items, scope, listed, shown, 0, without, flags) if count else (),
        f"ubesvarte-negative-{kind}",
        with_tone=True,
        with_decisions=True,
        whole=lambda: ask(metrics.items, scope, listed, MOST, 0, without, flags),
    )
    if not count:
        paragraph(_("None."))
    if count > shown and st.button(_("Show more"), key=f"more-{kind}"):
        st.session_state[f"shown-{kind}"] = shown + PAGE_SIZE
        st.rerun()
