"""What the accounts publish and what comes back: M16. No ranking on volume."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Literal

import duckdb

from metrics.scope import Scope

# 'none_by_choice': a unit without accounts that chose so; 'no_account': without, and unknown why;
# 'unknown': no posts imported.
ActivityState = Literal[
    "active", "quiet", "dormant", "paused", "closed", "none_by_choice", "no_account", "unknown"
]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Activity:
    """M16 in the scope's months. A total is None when no post had the figure (never 0).

    `posts_with_…` says how many of the posts the total rests on.
    """

    posts: int
    days_with_posts: int  # Oslo days
    comments_received: int  # M1
    reactions: int | None
    comments: int | None  # as the platform counts them
    shares: int | None
    reach: int | None  # summed per post: people may be counted more than once
    views: int | None
    posts_with_reactions: int
    posts_with_comments: int
    posts_with_shares: int
    posts_with_reach: int
    posts_with_views: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ActivityUnit(Activity):
    """One unit's own accounts; units without accounts are there too."""

    unit_id: str | None
    unit_name: str
    accounts: int
    last_post_on: date | None  # whenever it was, up to the as-of time
    days_since_last: int | None
    state: ActivityState  # of the liveliest account


@dataclasses.dataclass(frozen=True, kw_only=True)
class ActivityAccount(Activity):
    """One account."""

    account_id: str
    account_name: str
    platform: str
    unit_id: str | None
    unit_name: str
    last_post_on: date | None
    days_since_last: int | None  # at the account's as-of time
    state: ActivityState


@dataclasses.dataclass(frozen=True, kw_only=True)
class ActivityMonth(Activity):
    """One month of the scope, all its accounts together."""

    month: date
    has_data: bool


def activity(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[ActivityUnit]:
    """M16 per unit, alphabetical, «Uten enhet» last."""
    raise NotImplementedError


def activity_accounts(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[ActivityAccount]:
    """M16 per account, alphabetical; accounts without posts are there too."""
    raise NotImplementedError


def activity_by_month(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[ActivityMonth]:
    """M16 per month, every month of the scope in order."""
    raise NotImplementedError
