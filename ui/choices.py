"""What one can register about an item, and the fields that each of them has."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from svarvakt import settings
from svarvakt.i18n import _, day_and_time
from svarvakt.metrics import ItemRow, OwnReply
from ui import assessment, decided, decision_words, labels

MOST = 500  # characters of a reason


@dataclasses.dataclass(frozen=True)
class Choice:
    """One kind of decision with what is fixed about it, and which fields it has."""

    kind: str
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    has_reason: bool = False
    day: str = ""  # the detail that a day goes to
    reason: str = ""  # where the choice is its own reason
    joins: str = ""  # the item that one of the account's later replies is joined to

    @property
    def words(self) -> str:
        return self.reason or decision_words.said(self.kind, self.details)


ANSWERED_ELSEWHERE = Choice("answered_elsewhere", has_reason=True, day="answered_on")
TONES = {"not_negative": "neutral", "negative": "negative", "positive": "positive"}
REFERRED = Choice("referred")
HIDDEN = Choice("hidden")


def of(item: ItemRow) -> dict[str, Choice]:
    """The choices that make sense for an item, the most used first."""
    is_negative, is_answered = item.tone == "negative", item.answered_at is not None
    found = {
        "answered_elsewhere": None if is_answered else ANSWERED_ELSEWHERE,
        "joined": None if is_answered else Choice("joined", joins=item.item_id),
        "referred": REFERRED,
        # G6c: a negative comment is answered too; it is not enough to say that it needs none.
        "content": None if is_negative or is_answered else _class("content"),
        "none": _class("none"),
        "not_a_case": _no_case() if "is_case_enquiry" in item.flags else None,
        "must": None if is_answered or item.reply_class == "must" else _class("must"),
        "dialogue_closed": None if is_answered else Choice("dialogue_closed", has_reason=True),
        **{name: _tone(item, tone) for name, tone in TONES.items()},
        **{f"flag_{name}": _flag(item, name) for name in assessment.flag_words()},
        "hidden": HIDDEN,
        "error_found": Choice("error_found", day="found_on"),
        "error_corrected": Choice("error_corrected", day="corrected_on"),
        "not_an_error": Choice("not_an_error") if "claims_error" in item.flags else None,
        "archive_candidate": Choice("archive_candidate"),
        "archived": Choice("archived"),
    }
    return {name: choice for name, choice in found.items() if choice is not None}


def _class(reply_class: str) -> Choice:
    return Choice("class", {"reply_class": reply_class}, has_reason=True)


def _tone(item: ItemRow, tone: str) -> Choice | None:
    """A tone that nobody has said yet; the machine's own can be confirmed."""
    is_said = item.tone == tone and item.tone_confirmed
    return None if is_said else Choice("tone", {"tone": tone})


def _flag(item: ItemRow, name: str) -> Choice | None:
    """Turns a flag around. That a case is none is said by «Not a case» (M12)."""
    is_on = name in item.flags
    if name == "is_case_enquiry" and is_on:
        return None
    return Choice("flag", {"flag": name, "value": not is_on})


def _no_case() -> Choice:
    return Choice("class", {"reply_class": "must"}, reason=_("Not a case"))


def fields(choice: Choice, key: str) -> None:
    """The fields of one choice, inside a form."""
    if choice.day:
        st.date_input(
            _("On which day?"),
            value=settings.today(),
            max_value=settings.today(),
            key=f"{key}-day",
            format="DD.MM.YYYY",
        )
    if choice.joins:
        replies = {each: _reply(one) for each, one in decided.later_replies(choice.joins).items()}
        st.selectbox(
            _("Which of the account's later replies?"),
            list(replies),
            index=None,
            format_func=labels.of(replies),
            placeholder=_("choose a reply")
            if replies
            else _("the account has written nothing later"),
            key=f"{key}-reply",
        )
    if choice == REFERRED:
        st.text_input(_("Case number"), key=f"{key}-case", max_chars=40)
        st.checkbox(_("The citizen is told in the thread"), key=f"{key}-told")
    if choice == HIDDEN:
        rules = decision_words.house_rules()
        st.selectbox(
            _("Which house rule?"),
            list(rules),
            key=f"{key}-rule",
            format_func=lambda each: rules[each],
        )
    if choice.has_reason or choice == HIDDEN:
        label = _("In your own words") if choice == HIDDEN else _("Reason (must be filled in)")
        st.text_input(label, key=f"{key}-reason", max_chars=MOST, placeholder=_("Write no names."))


def _reply(one: OwnReply) -> str:
    """`3. mars 2026 kl. 09.00: Kinoen åpner …`"""
    words = " ".join((one.text or _("no text")).split())
    return f"{day_and_time(one.sent_at)}: {words if len(words) <= 80 else words[:79] + '…'}"


def read(choice: Choice, key: str) -> tuple[dict[str, Any], str | None]:
    """What was filled in: the details and the reason."""
    given = st.session_state
    details = dict(choice.details)
    if choice.day:
        details[choice.day] = iso(given.get(f"{key}-day"))
    if choice.joins:
        details["reply_id"] = str(given.get(f"{key}-reply") or "")
    if choice == REFERRED:
        details["case_number"] = str(given.get(f"{key}-case") or "").strip()
        details["is_citizen_told"] = bool(given.get(f"{key}-told"))
    reason = choice.reason or str(given.get(f"{key}-reason") or "").strip()
    if choice == HIDDEN:
        rule = str(given.get(f"{key}-rule") or "other")
        known = decision_words.house_rules()[rule]
        # «Another reason» alone is none: BadDecision says so.
        reason = reason if rule == "other" else ". ".join(filter(None, (known, reason)))
    return details, reason or None


def iso(value: Any) -> str:
    """The day of a date field as text, "" for none."""
    return value.isoformat() if isinstance(value, date) else ""
