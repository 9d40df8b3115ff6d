"""What people decide, in words."""

from __future__ import annotations

from decisions import Decision
from i18n import _


def said(kind: str, reply_class: str = "", tone: str = "") -> str:
    """What was registered, as a short sentence."""
    if kind == "class":
        return {
            "must": _("Needs a reply"),
            "content": _("Needs no reply"),
            "none": _("Only a tag, or spam"),
        }.get(reply_class, reply_class)
    if kind == "tone":
        return _("The tone is negative") if tone == "negative" else _("The tone is not negative")
    return {
        "answered_now": _("Answered now; waits for an export that shows it"),
        "answered_elsewhere": _("Answered elsewhere"),
        "dialogue_closed": _("The dialogue is closed"),
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


def of(one: Decision) -> str:
    """The same for a stored decision, with its case number."""
    words = said(one.kind, str(one.details.get("reply_class", "")), str(one.details.get("tone")))
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
