"""What happened in Svarvakt: for security and audit alone, a role and an object, never a person."""

from __future__ import annotations

from svarvakt.i18n import _
from ui import audit_parts, frame

frame.head(_("What has happened in Svarvakt?"), audit_parts.finding(), "register")
audit_parts.purpose()
audit_parts.events()
audit_parts.edits()
frame.foot([])
