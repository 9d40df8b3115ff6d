"""What people decided, and the register as they edited it. Nothing in here names a person
but the register's own restricted lines."""

from decisions.history import load_into as load_history
from decisions.kinds import KINDS, PILED_UP, Kind
from decisions.locked import Locked, ToLock, archive, forget_sent, lock, locked, remember_sent
from decisions.reading_models import ReadingModel
from decisions.registry import (
    Edit,
    current_register,
    edits_between,
    line_key,
    lines_by_key,
    lines_by_number,
    register_lines,
)
from decisions.store import (
    MOST_TEXT,
    AuditEvent,
    BadDecision,
    Decision,
    New,
    RegisterEdit,
    Store,
    is_used,
    open_store,
)
from decisions.tables import load_into

__all__ = [
    "KINDS",
    "MOST_TEXT",
    "PILED_UP",
    "AuditEvent",
    "BadDecision",
    "Decision",
    "Edit",
    "Kind",
    "Locked",
    "New",
    "ReadingModel",
    "RegisterEdit",
    "Store",
    "ToLock",
    "archive",
    "current_register",
    "edits_between",
    "forget_sent",
    "is_used",
    "line_key",
    "lines_by_key",
    "lines_by_number",
    "load_history",
    "load_into",
    "lock",
    "locked",
    "open_store",
    "register_lines",
    "remember_sent",
]
