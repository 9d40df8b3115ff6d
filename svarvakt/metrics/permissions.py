"""What each question gives away, so that a reader's role can be held against it (R14, R70).

A question that is not here is not answered to anybody; a test holds this list against the
public functions. Everything but «common» takes a `Scope`, which the reader's bounds are put on.
"""

from __future__ import annotations

from collections.abc import Mapping

READS: Mapping[str, str] = {
    # The same for every reader: no unit, account or item is named.
    "build_info": "common",
    "definition": "common",
    "definitions": "common",
    "municipality": "common",
    "municipality_range": "common",  # five units or more, none named
    "measured_day": "common",
    "months_with_data": "common",
    "targets": "common",
    # Sums over the scope.
    "accounts_state": "figures",
    "activity_by_month": "figures",
    "agent_replies": "figures",
    "case_handling": "figures",
    "change": "figures",
    "class_margins": "figures",
    "comments_elsewhere": "figures",
    "data_state": "figures",
    "equal_treatment": "figures",
    "factual_errors": "figures",
    "follow_up": "figures",
    "like_for_like": "figures",
    "moderation": "figures",
    "monitored": "figures",
    "months_state": "figures",
    "official_accounts": "figures",
    "ownership": "figures",
    "queue_at_end": "figures",
    "queue_weeks": "figures",
    "response": "figures",
    "rules": "figures",
    "response_by_month": "figures",
    "response_time": "figures",
    "response_time_by_month": "figures",
    "time_buckets": "accounts",  # its parts of a month may be of one or two
    "told": "figures",
    "typical_wait_until": "figures",
    "unanswered_negative_counts": "figures",
    "waiting": "figures",
    # A line per unit.
    "activity": "units",
    "ownership_by_unit": "units",
    "response_by_unit": "units",
    "rules_by_unit": "units",
    "rules_with_units": "units",
    "unit_choices": "units",
    "units": "units",
    "units_then": "units",
    # A line per account.
    "account_choices": "accounts",
    "activity_accounts": "accounts",
    "coverage": "accounts",
    "day_figures": "accounts",
    "longest_gaps": "accounts",
    "ownership_accounts": "accounts",
    "response_by_account": "accounts",
    "rules_by_account": "accounts",
    "rules_with_accounts": "accounts",
    "waiting_by_account": "accounts",
    # The register itself, for those who keep it.
    "belonging_suggestions": "register",
    "imports": "register",
    "rejected_reasons": "register",
    "rejected_rows": "register",
    "register_problems": "register",
    "seen_accounts": "register",
    # Single items, with their texts.
    "error_list": "items",
    "item_count": "items",
    "items": "items",
    "newest_posts": "items",
    "picked": "items",
    "places": "items",
    "posts_at": "items",
    "later_replies": "items",
    "replies_by_others": "items",
    "to_read": "items",
    "unanswered_negative": "items",
    "work_counts": "items",
    "word_effects": "items",  # with the words of texts
}
