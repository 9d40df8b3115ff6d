"""What people decided, and the register as they edited it. Nothing in here names a person
but the register's own restricted lines."""

from decisions.kinds import KINDS, Kind
from decisions.registry import current_register, edits_between, line_key, register_lines
from decisions.store import (
    AuditEvent,
    BadDecision,
    Decision,
    New,
    RegisterEdit,
    Store,
    open_store,
)

__all__ = [
    "KINDS",
    "AuditEvent",
    "BadDecision",
    "Decision",
    "Kind",
    "New",
    "RegisterEdit",
    "Store",
    "current_register",
    "edits_between",
    "line_key",
    "open_store",
    "register_lines",
]
