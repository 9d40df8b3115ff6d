"""Writing decisions from the pages, and what was decided after the figures were made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from etl.pseudonymization.text_masking import mask
from svarvakt import metrics, settings
from svarvakt.decisions import BadDecision, Decision, New, Store, open_store
from svarvakt.metrics import Kind, OwnReply, Place, Scope, reference_data
from ui import refresh, viewer
from ui.data import NotAllowed, ask

ANY_TIME = Scope(date.min, date.max)
FREE_TEXT = ("case_number", "change", "text", "responsible_role")
_CASES: tuple[Kind, ...] = ("to_case", "case_not_referred")
# An answer takes an item out of these.
_WORK: tuple[Kind, ...] = (
    *("open", "waiting", "waiting_overdue", "open_error", "to_case", "may_be_unanswered"),
)
# What is answered is there too, while the case is not handled in full.
_HOLDS_CASES: tuple[Kind, ...] = ("open", "open_error", "to_case", "case_incomplete")


def store() -> Store:
    """The decisions of the data that are shown."""
    return open_store(settings.active_data_dir())


def decide(
    kind: str,
    subject: str,
    *,
    about: str = "item",
    details: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> int:
    """Stores one decision in the reader's role and starts a build; returns its id.

    Free text is masked first. Raises BadDecision, or NotAllowed for a role that may not decide
    and for a subject outside the reader's bounds.
    """
    who = viewer.current()
    permit(about, subject, kind)
    if kind == "joined" and (details or {}).get("reply_id") not in later_replies(subject):
        raise BadDecision("Svaret er ikke et senere svar fra den samme kontoen.")
    new = New(kind, about, subject, masked(details or {}), mask(reason) if reason else None)
    (made,) = store().record(who.role, new)
    refresh.soon()
    return made


def decide_all(*new: New) -> list[int]:
    """Stores several decisions, all or none, as `decide` does one; returns their ids."""
    who = viewer.current()
    for one in new:
        permit(one.about, one.subject, one.kind)
    made = store().record(who.role, *new)
    refresh.soon()
    return made


def undo(decision_id: int) -> None:
    """Takes a decision back. Raises as `decide`."""
    who = viewer.current()
    one = store().find(decision_id) if who.may_decide else None
    if one is None:
        raise NotAllowed(f"{who.role}: undo")
    permit(one.about, one.subject, "undo")
    if decision_id not in {each.decision_id for each in store().standing({one.subject})}:
        raise BadDecision("Avgjørelsen er angret allerede.")
    store().undo(who.role, decision_id)
    refresh.soon()


def permit(about: str, subject: str, what: str) -> None:
    """Raises NotAllowed unless the reader may decide and the subject is in sight (R14)."""
    who = viewer.current()
    if not who.may_decide or not _is_in_sight(about, subject):
        raise NotAllowed(f"{who.role}: {what}")


def _is_in_sight(about: str, subject: str) -> bool:
    if about in ("item", "post", "account"):
        if any(each.about == about for each in places([subject])):
            return True
        # An account that nothing is imported from yet is known to the register alone.
        return about == "account" and viewer.current().sees_everything
    return viewer.current().sees_everything


def places(subjects: list[str]) -> list[Place]:
    """Those of the subjects that lie within the reader's bounds."""
    return ask(metrics.places, ANY_TIME, tuple(sorted(set(subjects)))) if subjects else []


def later_replies(item_id: str) -> dict[str, OwnReply]:
    """The replies of the account that may be joined to an item, by id (M3)."""
    found = ask(metrics.later_replies, ANY_TIME, item_id)
    return {each.reply_id: each for each in found}


def masked(details: Mapping[str, Any]) -> dict[str, Any]:
    """The same with what people write freely masked."""
    return {k: mask(v) if k in FREE_TEXT and v else v for k, v in details.items()}


def in_figures() -> int:
    """The newest decision that the shown figures know of."""
    return int(ask(reference_data.build_info).get("decided_up_to") or 0)


def since_figures() -> dict[str, list[Decision]]:
    """What was decided after the shown figures were made, by subject."""
    found: dict[str, list[Decision]] = {}
    for each in store().in_force(after=in_figures()):
        found.setdefault(each.subject, []).append(each)
    return found


def left_out(kind: Kind) -> tuple[str, ...]:
    """The items that a list shall leave out at once, because of what was just decided."""
    return left_out_of([kind])[kind]


def left_out_of(kinds: Sequence[Kind]) -> dict[Kind, tuple[str, ...]]:
    """The same for several lists, looked up once."""
    since = since_figures()
    found = {each.subject: each for each in places(list(since)) if each.about == "item"}
    return {
        kind: tuple(
            sorted(
                subject
                for subject, place in found.items()
                if any(_leaves(each, kind, place) for each in since[subject])
            )
        )
        for kind in kinds
    }


def _leaves(one: Decision, kind: Kind, place: Place) -> bool:
    """Whether an item with this decision has no place in the list any more."""
    if kind == "archive_candidate" or one.slot == "archive":
        return kind == "archive_candidate" and one.kind == "archived"
    if kind == "hidden_without_reason":
        return one.kind == "hidden"
    if one.kind in ("flag", "tone", "reading_check"):
        return _leaves_when_read(one, kind, place)
    if one.kind == "class" and one.details.get("reply_class") == "must":
        # A person's word about it: no case (M12). What nobody answered still waits.
        return kind in _CASES or (kind in _WORK and place.is_answered)
    if one.kind == "referred":
        is_complete = one.details.get("case_number") and one.details.get("is_citizen_told")
        return bool(is_complete) or kind not in _HOLDS_CASES
    if one.kind in ("answered_elsewhere", "dialogue_closed"):
        return not (place.is_case and kind in _HOLDS_CASES)  # still to be referred, or not a case
    if one.kind in ("answered_now", "joined"):
        return not place.is_answered
    return one.kind in ("class", "hidden")


def _leaves_when_read(one: Decision, kind: Kind, place: Place) -> bool:
    """The same of a person's word about the tone or a flag."""
    if one.kind == "flag":
        is_claim = one.details.get("flag") == "claims_error"
        return kind == "open_error" and is_claim and not one.details.get("value")
    if kind == "unsure_negative":
        return True
    is_left = place.needs_reply_anyway or (place.is_case and kind in _HOLDS_CASES)
    of_tone = kind == "unanswered_negative"
    return one.details.get("tone") != "negative" and (of_tone or not is_left)
