"""Questions that the months do not matter to: what waits now, the register, what is asked by name.

Their answer is the same whatever months a reader chooses, so it is kept from choice to choice. A
test asks every question and looks whether months are among the values of its statements.
"""

from __future__ import annotations

from collections.abc import Iterable

from svarvakt.metrics.populations import POPULATIONS

_QUESTIONS = frozenset(
    {
        "account_choices", "accounts_state", "belonging_suggestions",
        "comments_elsewhere", "error_list", "later_replies", "newest_posts",
        "official_accounts", "ownership", "ownership_accounts", "ownership_by_unit", "picked",
        "places", "posts_at", "replies_by_others", "seen_accounts", "to_read", "told",
        "unanswered_negative", "unanswered_negative_counts", "unit_choices", "units", "waiting",
        "waiting_by_account", "word_effects", "work_counts",
    }
)  # fmt: skip
_OF_A_KIND = frozenset({"items", "item_count"})  # and the kind decides


def is_whenever(question: str, arguments: Iterable[object]) -> bool:
    """Whether the months of the scope may be left out; `arguments` may hold the scope."""
    if question in _OF_A_KIND:
        kinds = {str(kind) for kind, each in POPULATIONS.items() if each.is_now}
        return any(each in kinds for each in arguments if isinstance(each, str))
    return question in _QUESTIONS
