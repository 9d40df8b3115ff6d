"""What unit leaders have told the communications department of accounts, and what was read (G5)."""

from __future__ import annotations

from svarvakt.decisions import Decision
from ui import viewer
from ui.decided import store


def unread() -> list[Decision]:
    """Messages that nobody has marked as read, oldest first; only for the department itself."""
    if not viewer.current().may_keep_register:
        return []
    return [each for each in store().in_force(about="account") if each.kind == "notice"]
