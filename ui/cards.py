"""The row of three or four figures that a page opens with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from svarvakt.i18n import _
from ui.markup import escape

Mood = Literal["good", "warning", "late", "plain"]
# A target's status as a colour; what is not judged has none.
MOODS: dict[str, Mood] = {"kept": "good", "hand": "warning", "not_kept": "late"}
SYMBOLS: dict[Mood, str] = {"good": "✓", "warning": "!", "late": "✕", "plain": ""}


@dataclass(frozen=True)
class State:
    """Symbol, word and colour together, so that the colour never stands alone."""

    words: str
    mood: Mood = "plain"


@dataclass(frozen=True)
class Card:
    """One figure: its value, what it rests on, state, change, margin and what it means."""

    name: str
    value: str
    n: str
    state: State | None = None
    change: str = ""
    meaning: str = ""
    margin: str = ""


def show(cards: Sequence[Card]) -> None:
    """At most four figures side by side, under each other on a narrow screen.

    Raises ValueError for more: a reader who glances takes in four.
    """
    if len(cards) > 4:
        raise ValueError("A page opens with at most four figures.")
    st.html('<div class="sv-figures">' + "".join(_card(card) for card in cards) + "</div>")


def _card(card: Card) -> str:
    parts = [
        f"<h2>{escape(card.name)}</h2>",
        f'<p class="sv-value">{escape(card.value)}</p>',
        f'<p class="sv-n">{escape(card.n)}</p>',
    ]
    if card.state:
        symbol = SYMBOLS[card.state.mood]
        mark = f'<span aria-hidden="true">{symbol}</span> ' if symbol else ""
        parts.append(
            f'<p class="sv-state sv-{card.state.mood}">{mark}{escape(card.state.words)}</p>'
        )
    if card.change:
        parts.append(f'<p class="sv-change">{escape(card.change)}</p>')
    if card.margin:
        parts.append(f'<p class="sv-change">{escape(card.margin)}</p>')
    if card.meaning:
        summary = escape(_("What is this?"))
        parts.append(
            f"<details><summary>{summary}</summary><p>{escape(card.meaning)}</p></details>"
        )
    return '<section class="sv-figure">' + "".join(parts) + "</section>"
