"""The words that tip the tone: the municipality's own, and the shipped list to search in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from etl.text_analysis import lexicon, result_cache
from etl.text_analysis.lexicon import BadWord, Word
from svarvakt import metrics, settings
from svarvakt.i18n import _, number
from svarvakt.metrics import WordEffect
from ui import decided, elsewhere, refresh, viewer
from ui.data import NotAllowed, ask
from ui.markup import escape, note, paragraph, table
from ui.settings_parts import SAVED, complain

SHOWN = 20  # hits of a search


def show() -> None:
    """What the list is, the own words with a way to remove each, a new one, and the search."""
    paragraph(
        _(
            "These words help the machine to read the tone of a comment. What you add here lies "
            "over the list that comes with the program. Write no names."
        )
    )
    own = lexicon.own(_path())
    _own(own)
    if elsewhere.is_copy():
        paragraph(_("Words are added and removed on the machine that works out the figures."))
    else:
        _new()
    _search({word.stem for word in own})


def weights() -> dict[float, str]:
    """How much a word can weigh, in words."""
    return {
        -3: _("very negative"),
        -2: _("clearly negative"),
        -1: _("a little negative"),
        0: _("counts for nothing"),
        1: _("a little positive"),
        2: _("clearly positive"),
        3: _("very positive"),
    }


def _path() -> Path:
    return result_cache.own_words(settings.active_data_dir())


def _own(own: Sequence[Word]) -> None:
    st.subheader(_("The municipality's own words"), anchor=False)
    if not own:
        paragraph(_("None. The list that comes with the program holds as it is."))
    effects = _effects(own)
    for word in own:
        told, way = st.columns([3.6, 1], vertical_alignment="center")
        effect = _told(effects.get(word.shown))
        told.html(
            f'<p class="sv-where">{escape(word.shown)}</p>'
            f'<p class="sv-muted">{escape(f"{_weight(word)} · {effect}")}</p>'
        )
        if not elsewhere.is_copy() and way.button(
            _("Remove"), key=f"word-remove-{word.stem}", width="stretch"
        ):
            _permit()
            lexicon.remove(_path(), word.stem)
            _saved(word.stem)


def _new() -> None:
    with st.form("word-new", border=False, clear_on_submit=False):
        stem = st.text_input(
            _("A word or expression"),
            key="word-stem",
            max_chars=lexicon.LONGEST,
            help=_("A star at the end says that more letters may follow: «elendig*»."),
        )
        choices = weights()
        weight = st.selectbox(
            _("How it is meant"),
            list(choices),
            key="word-weight",
            format_func=lambda each: choices[each],
        )
        sent = st.form_submit_button(_("Save the word"), type="primary")
    place = st.empty()
    if not sent:
        return
    _permit()
    try:
        word = lexicon.put(_path(), stem, weight)
    except BadWord:
        complain(place, _("Write letters and numbers only, and a star at an end if you need one."))
        return
    _saved(word.stem)


def _permit() -> None:
    """Raises NotAllowed for all but the communications department; beside a copy for them too."""
    who = viewer.current()
    if not who.may_keep_register or elsewhere.is_copy():
        raise NotAllowed(f"{who.role}: own words")


def _saved(stem: str) -> None:
    """Logged, a build started, and the page shown anew."""
    decided.store().log(viewer.current().role, "own_words", stem)
    refresh.soon()
    st.session_state[SAVED] = True
    st.rerun()


def _search(own: set[str]) -> None:
    st.subheader(_("The list that comes with the program"), anchor=False)
    every = lexicon.shipped()
    wanted = st.text_input(
        _("Search among {n} words and expressions").format(n=number(len(every))), key="word-search"
    )
    asked = wanted.strip().lower().strip("*")
    if not asked:
        return
    found = {w.shown: w for w in every if asked in w.stem and w.stem not in own}  # each once
    hits = list(found.values())[:SHOWN]
    if not hits:
        note(_("No such word in the list. You can add it above."))
        return
    effects = _effects(hits)
    table(
        _("At most {n} hits").format(n=SHOWN),
        [_("Word"), _("How it is meant"), _("Helped to tip")],
        [[word.shown, _weight(word), _told(effects.get(word.shown))] for word in hits],
    )


def _weight(word: Word) -> str:
    return weights().get(max(-3, min(3, round(word.weight))), "")


def _effects(words: Sequence[Word]) -> dict[str, WordEffect]:
    shown = tuple(sorted({word.shown for word in words}))
    found = ask(metrics.word_effects, decided.ANY_TIME, shown) if shown else []
    return {each.word: each for each in found}


def _told(effect: WordEffect | None) -> str:
    """How many comments the word helped to tip, and which way."""
    if effect is None:
        return _("no comment so far")
    return _("{negative} to negative, {positive} to positive, {neutral} stayed neutral").format(
        negative=number(effect.negative),
        positive=number(effect.positive),
        neutral=number(effect.neutral),
    )
