"""What people decide, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from svarvakt.decisions import Decision
from svarvakt.i18n import _


def said(kind: str, details: Mapping[str, Any]) -> str:
    """What was registered, as a short sentence."""
    if kind == "class":
        return _of_class(str(details.get("reply_class", "")))
    if kind in ("tone", "reading_check"):
        return _of_tone(str(details.get("tone", "")))
    if kind == "flag":
        return _of_flag(str(details.get("flag", "")), bool(details.get("value")))
    return {
        "answered_now": _("Answered now; waits for an export that shows it"),
        "answered_elsewhere": _("Answered elsewhere"),
        "dialogue_closed": _("The dialogue is closed"),
        "joined": _("This reply answers the comment"),
        "referred": _("Referred to case handling"),
        "hidden": _("Hidden, with a reason"),
        "error_found": _("Factual error found"),
        "error_corrected": _("Factual error corrected"),
        "not_an_error": _("Not a factual error"),
        "seen": _("Seen, nothing new"),
        "archive_candidate": _("May be for the archive"),
        "archived": _("Is in the archive"),
        "notice": _("Message about the account"),
        "notice_read": _("Message read"),
        "advice": _("Advice about the account"),
        "closing_step": _("A step of closing the account"),
    }.get(kind, kind)


def _of_class(reply_class: str) -> str:
    return {
        "must": _("Needs a reply"),
        "content": _("Needs no reply"),
        "none": _("Only a tag, or spam"),
    }.get(reply_class, reply_class)


def _of_tone(tone: str) -> str:
    return {
        "negative": _("The tone is negative"),
        "positive": _("The tone is positive"),
    }.get(tone, _("The tone is not negative"))


def _of_flag(flag: str, is_on: bool) -> str:
    yes, no = {
        "is_question": (_("Is a question"), _("Is no question")),
        "claims_error": (
            _("Says that something is wrong"),
            _("Does not say that something is wrong"),
        ),
        "is_case_enquiry": (_("Looks like a case"), _("Not a case")),
        "is_sensitive": (_("May be sensitive"), _("Is not sensitive")),
    }.get(flag, (flag, flag))
    return yes if is_on else no


def of(one: Decision) -> str:
    """The same for a stored decision, with its case number."""
    words = said(one.kind, one.details)
    number = one.details.get("case_number")
    return f"{words} ({number})" if number else words


def house_rules() -> dict[str, str]:
    """Why something is hidden; the reader adds own words to the last one."""
    return {
        "abuse": _("Harassment, threats or hate speech"),
        "personal": _("Personal or sensitive information"),
        "spam": _("Advertising or spam"),
        "off_topic": _("Has nothing to do with the matter"),
        "other": _("Another reason"),
    }
