"""What an item is taken for: the machine's assessment with its certainty, or a person's word.

A person's word never hides what the machine had said: it stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

from svarvakt.i18n import _, ngettext, number, percent
from svarvakt.metrics import THIN, ItemRow, Margin
from ui import viewer

# In a text these weigh with the model, and tell a reader nothing.
SMALL_WORDS = frozenset(
    [
        "a",
        "all",
        "alle",
        "an",
        "and",
        "are",
        "as",
        "at",
        "av",
        "be",
        "but",
        "da",
        "de",
        "den",
        "der",
        "det",
        "dette",
        "dei",
        "du",
        "eg",
        "ein",
        "eit",
        "en",
        "er",
        "et",
        "for",
        "fra",
        "frå",
        "har",
        "have",
        "i",
        "if",
        "ikke",
        "ikkje",
        "in",
        "is",
        "it",
        "jeg",
        "kan",
        "man",
        "med",
        "men",
        "mer",
        "meir",
        "meg",
        "no",
        "not",
        "nå",
        "no",
        "og",
        "of",
        "om",
        "on",
        "or",
        "oss",
        "på",
        "som",
        "so",
        "så",
        "that",
        "the",
        "this",
        "til",
        "to",
        "var",
        "vi",
        "was",
        "we",
        "with",
        "å",
    ]
)
WIDEST = 25  # percentage points: a wider margin says nothing of the figure beside it
UNSURE_FROM, SURE_FROM = 0.25, 0.6  # between them «negative» is right every second time


def lines(item: ItemRow, with_tone: bool) -> list[str]:
    """What is said of tone, flags and class, the tone first; plain facts are left out."""
    said = [tone(item)] if with_tone and _is_worth_telling(item) else []
    said += [flag(item, name) for name in flag_words() if name in _mentioned(item)]
    if item.class_rule == "person":
        said.append(_decided(class_word(item.reply_class), class_word(item.class_found)))
    return said


def tone(item: ItemRow) -> str:
    """What the tone rests on: a person, or the machine with its certainty and its words."""
    if item.tone_confirmed:
        return _decided(tone_word(item.tone), tone_word(item.tone_found))
    if item.negative_score is None:
        return _("{tone}, by machine assessment").format(tone=tone_word(item.tone))
    return machine(tone_word(item.tone), item.negative_score) + because(item)


def machine(word: str, score: float) -> str:
    """`negativ, maskinell vurdering (82 % sikker)`; the middle band is called unsure."""
    if UNSURE_FROM <= score < SURE_FROM:
        return _("may be negative, by machine assessment ({score} certain), unsure").format(
            score=percent(score)
        )
    return _("{tone}, by machine assessment ({score} certain)").format(
        tone=word, score=percent(score if score >= SURE_FROM else 1 - score)
    )


def because(item: ItemRow) -> str:
    """The words that tipped the tone; empty where none of them says anything to a reader."""
    words = [word for word in (item.tone_words or "").split(", ") if _explains(word)]
    return ", " + _("because of «{words}»").format(words=", ".join(words)) if words else ""


def _explains(word: str) -> bool:
    """Emoji and the small words of the language weigh in the model, but explain nothing."""
    return any(letter.isalpha() for letter in word) and word.strip("*").lower() not in SMALL_WORDS


def flag(item: ItemRow, name: str) -> str:
    """One flag, and who says so."""
    word = flag_words()[name]
    if name not in item.flags_decided:
        return word
    is_on, was_on = name in item.flags, name in item.flags_found
    no = _("not: {what}")
    return _decided(
        word if is_on else no.format(what=word), word if was_on else no.format(what=word)
    )


def _is_worth_telling(item: ItemRow) -> bool:
    return item.tone_confirmed or item.tone == "negative" or is_unsure(item)


def is_unsure(item: ItemRow) -> bool:
    """Whether the machine could not tell if it is negative."""
    return item.tone == "unclear" and item.negative_score is not None


def _mentioned(item: ItemRow) -> set[str]:
    return {*item.flags, *item.flags_decided}


def _decided(word: str, by_machine: str) -> str:
    said = _("{what}, decided by a person").format(what=word)
    if not by_machine:
        return said
    if by_machine == word:
        return said + " " + _("(the machine said the same)")
    return said + " " + _("(the machine said: {what})").format(what=by_machine)


def tone_word(code: str | None) -> str:
    return _tones().get(code or "", "")


def _tones() -> Mapping[str, str]:
    return {
        "negative": _("negative"),
        "neutral": _("neutral"),
        "positive": _("positive"),
        "unclear": _("unsure tone"),
    }


def class_word(code: str | None) -> str:
    """M2 in the reader's words."""
    return {
        "must": _("needs a reply"),
        "content": _("needs no reply"),
        "none": _("only a tag, or spam"),
        "unclear": _("unsure, counts as needing a reply"),
    }.get(code or "", "")


def flag_words() -> Mapping[str, str]:
    """The flags in the order that they are told."""
    return {
        "is_question": _("question"),
        "claims_error": _("says that something is wrong"),
        "is_case_enquiry": _("looks like a case"),
        "is_sensitive": _("may be sensitive"),
    }


def margin(found: Margin) -> str:
    """`± 3 prosentpoeng: maskinell vurdering, 12 av 60 kontrollert`; empty where all is checked."""
    if found.share is None or found.is_settled or found.items < THIN:
        return ""
    points = max(round(found.share * 100), 1)
    if points > WIDEST:
        return _("the machine alone says too little here: check some of them")
    said = ngettext(
        "± {n} percentage point: machine assessment",
        "± {n} percentage points: machine assessment",
        points,
    )
    if not viewer.current().may_read("items"):
        return said
    return (
        said
        + ", "
        + _("{checked} of {items} checked").format(
            checked=number(found.checked), items=number(found.items)
        )
    )
