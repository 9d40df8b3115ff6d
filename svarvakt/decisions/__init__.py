"""What people decided, and the register as they edited it. Nothing in here names a person
but the register's own restricted lines."""

from svarvakt.decisions.duckdb_tables import load_into
from svarvakt.decisions.kinds import KINDS, STACKABLE_SLOTS, Kind
from svarvakt.decisions.locked_months import (
    Locked,
    ToLock,
    archive,
    forget_sent,
    lock,
    locked,
    remember_sent,
)
from svarvakt.decisions.model_versions import ReadingModel
from svarvakt.decisions.register_edits import (
    Edit,
    current_register,
    edits_between,
    line_key,
    lines_by_key,
    lines_by_number,
    register_lines,
)
from svarvakt.decisions.store import (
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
from svarvakt.decisions.unit_history import load_into as load_history

__all__ = [
    "KINDS",
    "MOST_TEXT",
    "STACKABLE_SLOTS",
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
