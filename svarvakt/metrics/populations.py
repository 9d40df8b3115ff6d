"""Every population of items, as one named predicate: figures count it and lists list it.

The SQL of `metrics/` counts with the same text: `{{waiting}}` in a file is replaced by the
predicate when the warehouse is made (`filled`). A sentence never takes its parts from two
populations (M7).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Literal

Kind = Literal[
    "received",
    "class_none",
    "cannot_link",
    "claimed",
    "claimed_waiting",
    "not_due",
    "all_counted",
    "all_answered",
    "all_unanswered",
    "need_counted",
    "need_answered",
    "unanswered",
    "within_target",
    "answered_late",
    "registered",
    "joined",
    "may_be_unanswered",
    "timed",
    "waiting",
    "waiting_overdue",
    "negative",
    "negative_due",
    "unanswered_negative",
    "negative_confirmed",
    "negative_suggested",
    "negative_overdue",
    "negative_confirmed_overdue",
    "unsure_negative",
    "follow_up",
    "hidden",
    "vanished",
    "moderated",
    "negative_moderated",
    "hidden_without_reason",
    "claims_error",
    "case_enquiry",
    "case",
    "case_referred",
    "case_complete",
    "case_not_referred",
    "case_incomplete",
    "to_case",
    "claim_lapsed",
    "archive_candidate",
    "open",
    "open_error",
]


@dataclasses.dataclass(frozen=True)
class Population:
    """A set of items: its predicate over `measured_items`, and the measure it belongs to.

    `is_now`: what it holds does not depend on the chosen months. `is_open`: it lies within
    `open_items`, a tenth of the rows.
    """

    predicate: str
    measure: str
    is_now: bool = False
    is_open: bool = False


_MATURE = "standing = 'mature'"
_COUNTED = "standing IN ('mature', 'not_due')"  # in the rates, now or once it is due
_NEED = f"{_MATURE} AND is_needing_reply"
_WAITING = "is_unanswered AND is_needing_reply"
_NEGATIVE = "is_unanswered AND is_negative"
_GONE = "(is_hidden OR is_vanished)"
_TO_CASE = "is_case AND NOT is_case_complete AND standing <> 'claimed'"


def _now(predicate: str, measure: str) -> Population:
    return Population(predicate, measure, is_now=True, is_open=True)


POPULATIONS: Mapping[Kind, Population] = {
    "received": Population("true", "M1"),
    "class_none": Population("standing = 'class_none'", "M2"),
    "cannot_link": Population("standing = 'cannot_link'", "M3"),
    "claimed": Population("standing = 'claimed'", "M3"),
    "claimed_waiting": Population(
        "standing = 'claimed' AND is_needing_reply AND NOT is_answered", "M7", is_now=True
    ),
    "not_due": Population("standing = 'not_due'", "M4"),
    "all_counted": Population(_MATURE, "M4"),
    "all_answered": Population(f"{_MATURE} AND is_answered", "M4"),
    "all_unanswered": Population(f"is_unanswered AND {_MATURE}", "M4", is_open=True),
    "need_counted": Population(_NEED, "M4"),
    "need_answered": Population(f"{_NEED} AND is_answered", "M4"),
    # «Uten svar i perioden»: what M4 misses in the chosen months.
    "unanswered": Population(f"is_unanswered AND {_NEED}", "M4", is_open=True),
    "within_target": Population(f"{_NEED} AND is_within_target", "M5"),
    "answered_late": Population(f"{_NEED} AND is_answered AND NOT is_within_target", "M5"),
    "registered": Population(f"{_MATURE} AND is_registered_answer", "M3"),
    "joined": Population(f"{_MATURE} AND is_joined_answer", "M3"),
    # «Kan være ubesvart»: needs a reply, and its thread holds more than the exports do.
    "may_be_unanswered": _now("may_be_unanswered AND standing = 'cannot_link'", "M3"),
    "timed": Population(f"{_COUNTED} AND is_needing_reply", "M6"),
    # «Venter»: this and nothing else.
    "waiting": _now(_WAITING, "M7"),
    "waiting_overdue": _now(f"{_WAITING} AND {_MATURE}", "M7"),
    "negative": Population(f"{_COUNTED} AND is_negative", "M8"),
    "negative_due": Population(f"{_MATURE} AND is_negative", "M8"),  # answered or not
    "unanswered_negative": _now(_NEGATIVE, "M8"),
    "negative_confirmed": _now(f"{_NEGATIVE} AND is_tone_confirmed", "M8"),
    "negative_suggested": _now(f"{_NEGATIVE} AND NOT is_tone_confirmed", "M8"),
    "negative_overdue": _now(f"{_NEGATIVE} AND {_MATURE}", "M8"),
    "negative_confirmed_overdue": _now(f"{_NEGATIVE} AND {_MATURE} AND is_tone_confirmed", "M8"),
    "unsure_negative": _now("is_unanswered AND is_unsure_negative", "M8"),
    "follow_up": Population(f"is_follow_up AND {_COUNTED} AND is_needing_reply", "M9"),
    "hidden": Population("is_hidden", "M10"),
    "vanished": Population("is_vanished", "M10"),
    "moderated": Population(_GONE, "M10"),
    "negative_moderated": Population(f"{_GONE} AND is_negative", "M10"),
    "hidden_without_reason": Population(f"{_GONE} AND NOT has_hidden_reason", "M10"),
    # What the software suggests, not what is an error.
    "claims_error": Population("is_claiming_error AND standing <> 'class_none'", "M11"),
    "case_enquiry": Population("is_case_enquiry AND standing <> 'class_none'", "M12"),
    "case": _now("is_case", "M12"),
    "case_referred": _now("is_case AND is_referred", "M12"),
    "case_complete": _now("is_case AND is_case_complete", "M12"),
    "case_not_referred": _now("is_case AND NOT is_referred", "M12"),
    "case_incomplete": _now("is_referred AND NOT is_case_complete", "M12"),
    # «Skal til sak»: answered or not, the case-handling system does not have all of it yet.
    "to_case": _now(_TO_CASE, "M12"),
    # «Svart nå», and a newer export shows no reply.
    "claim_lapsed": _now("is_claim_lapsed", "M3"),
    "archive_candidate": _now("is_archive_candidate", "R50"),
    # Everything that a person must still do something about: never called «venter».
    "open": _now(f"({_WAITING}) OR ({_NEGATIVE}) OR ({_TO_CASE})", "M7, M8, M12"),
    "open_error": _now(
        f"is_claiming_error AND (({_WAITING}) OR ({_NEGATIVE}) OR ({_TO_CASE}))", "M11"
    ),
}


def predicate(kind: Kind) -> str:
    """The condition in brackets, over columns of `measured_items`. KeyError for an unknown kind."""
    return f"({POPULATIONS[kind].predicate})"


def filled(sql: str) -> str:
    """A file's SQL with `{{kind}}` replaced by the predicate of that population.

    `{{open_items}}` is whatever lies in one of the open populations. KeyError for an unknown name.
    """
    return re.sub(r"\{\{(\w+)\}\}", lambda found: _named(found[1]), sql)


def _named(name: str) -> str:
    if name == "open_items":
        parts = [f"({each.predicate})" for each in POPULATIONS.values() if each.is_open]
        return "\n    OR ".join(parts)
    found = {str(kind): each.predicate for kind, each in POPULATIONS.items()}
    return f"({found[name]})"
