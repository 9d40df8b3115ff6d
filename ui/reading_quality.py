"""How well the machine reads: measured on what people labelled, told of the random ones alone.

Never a figure per person: neither of who wrote nor of who labelled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from etl.text_analysis.training import local_model
from etl.text_analysis.training.local_model import Label
from svarvakt import settings
from svarvakt.i18n import _, ngettext, number, percent
from svarvakt.metrics import Rate
from ui import assessment, cards, data, decided, reading_models
from ui.cards import Card, State
from ui.markup import note, paragraph, table
from ui.words import NONE, basis, rate

SHORT = 5  # words
Bounds = tuple[float, float, float]  # value, low, high


def finding(sees_quality: bool) -> str:
    """How often the machine was right, for those who see it; else what the page is for."""
    if not sees_quality:
        return _("Label 20 comments, and the machine reads the next ones better.")
    right = _right(_known())
    if not right.denominator:
        return _("Nobody has labelled comments drawn at random yet, so we do not know it here.")
    said = _("In {n} of {total} comments drawn at random the machine had the right tone")
    text = said.format(n=number(right.numerator), total=number(right.denominator))
    return text + (f", {rate(right)}." if not right.is_thin else ".")


def show() -> None:
    """The figures, what the machine is weak at, and the model with its earlier versions."""
    st.header(_("How well does the machine read?"), anchor=False)
    known, quality = _known(), _quality()
    if known:
        cards.show(_cards(known, quality))
    missing = local_model.ENOUGH_CHECKED - len(known)
    if missing > 0:
        text = ngettext(
            "{n} more comment drawn at random must be labelled before the figures are safe.",
            "{n} more comments drawn at random must be labelled before the figures are safe.",
            missing,
        )
        note(text)
    if quality["tone"]:
        _tones(quality["tone"])
    _weak(known, quality["shipped_weak"])
    reading_models.show()


@st.cache_data(max_entries=8, show_spinner=False)
def _measured(folder: str, version: str, newest: int) -> tuple[list[Label], dict[str, Any]]:
    """Cached by the figures and the newest decision: the intervals take a second to draw."""
    del folder, version, newest
    where = settings.active_data_dir()
    return local_model.labels(where), local_model.quality(where)


def _all() -> tuple[list[Label], dict[str, Any]]:
    shown = data.current()
    where = str(settings.active_data_dir())
    found: tuple[list[Label], dict[str, Any]] = _measured(
        where, shown.version if shown else "", decided.store().newest_id()
    )
    return found


def _known() -> list[Label]:
    """Those drawn at random: people correct the hard ones by themselves."""
    return [one for one in _all()[0] if one.served_as == "random"]


def _quality() -> Mapping[str, Any]:
    return _all()[1]


def _right(known: Sequence[Label]) -> Rate:
    return Rate(sum(one.tone == one.tone_found for one in known), len(known))


def _cards(known: Sequence[Label], quality: Mapping[str, Any]) -> list[Card]:
    right = _right(known)
    low, high = right.interval
    span = _("between {low} and {high}").format(low=percent(low), high=percent(high))
    shown = [
        Card(_("Right tone"), rate(right), basis(right), State(span)),
        Card(
            _("Labelled in all"),
            number(len(_all()[0])),
            _("{n} of them drawn at random").format(n=number(len(known))),
        ),
    ]
    over, of = quality["overruled_last_month"]
    if of:
        last = Rate(over, of)
        shown.append(
            Card(
                _("Overruled in the last month"),
                rate(last),
                basis(last),
                meaning=_(
                    "Of the comments of the last month that a person has said the tone of: how "
                    "many got another tone than the machine's. People look at the hard ones "
                    "first, so this is no measure of how often it is wrong."
                ),
            )
        )
    return shown


def _tones(found: Mapping[str, Mapping[str, Bounds | None]]) -> None:
    """Precision, recall and F1 per tone, each with its 95 % interval."""
    measures = {
        "precision": _("Right when it says so"),
        "recall": _("Found of those there are"),
        "f1": _("Both together (F1)"),
    }
    table(
        _("Comments drawn at random; in brackets where the figure lies with 95 % certainty"),
        [_("Tone"), *measures.values()],
        [
            [
                assessment.tone_word(tone).capitalize(),
                *(_interval(found[tone][name]) for name in measures),
            ]
            for tone in found
        ],
        frozenset({1, 2, 3}),
    )


def _interval(value: Bounds | None) -> str:
    if value is None:
        return NONE
    # A hair below 1 is 1: else a flawless reading would be said to end at 99.9 %.
    share, low, high = (percent(round(one, 4)) for one in value)
    return f"{share} ({low}–{high})"


def _weak(known: Sequence[Label], shipped: Mapping[str, Mapping[str, Any]]) -> None:
    """Where it is wrong most often: by language and length, and what is known beforehand."""
    st.subheader(_("What is it weak at?"), anchor=False)
    paragraph(
        _(
            "Dry irony, dialect, English and very short comments are the hardest. It can not see "
            "pictures, and does not know what was said elsewhere."
        )
    )
    _shipped(shipped)
    groups: dict[str, Callable[[Label], bool]] = {
        _("In Bokmål"): lambda one: one.language == "nb",
        _("In Nynorsk"): lambda one: one.language == "nn",
        _("In English"): lambda one: one.language == "en",
        _("Another language, or none"): lambda one: one.language == "other",
        _("Five words or fewer"): lambda one: len(one.text.split()) <= SHORT,
        _("Longer"): lambda one: len(one.text.split()) > SHORT,
    }
    if known:
        rates = {name: _right([one for one in known if fits(one)]) for name, fits in groups.items()}
        table(
            _("Right tone, comments drawn at random"),
            [_("Comments"), _("Right tone"), _("Number")],
            [
                [name, rate(found) if found.denominator else NONE, basis(found)]
                for name, found in rates.items()
            ],
            frozenset({1}),
        )


def _shipped(found: Mapping[str, Mapping[str, Any]]) -> None:
    """By kind, as the program came: each comment read by a model that had not seen it."""
    kinds = {
        "sarcasm": _("Irony"),
        "rhetorical": _("Rhetorical questions"),
        "report": _("Calm reports of something that fails"),
        "negation": _("With a negation"),
        "emoji": _("Emoji only"),
        "short": _("Very short"),
        "nb": _("In Bokmål"),
        "nn": _("In Nynorsk"),
        "dia": _("In dialect"),
        "en": _("In English"),
    }
    rates = {
        words: Rate(round(found[kind]["right"][0] * found[kind]["n"]), found[kind]["n"])
        for kind, words in kinds.items()
        if kind in found
    }
    table(
        _("Right tone, in the invented comments that come with the program"),
        [_("Comments"), _("Right tone"), _("Number")],
        [[words, rate(one), basis(one)] for words, one in rates.items()],
        frozenset({1}),
    )
