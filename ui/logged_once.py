"""Audit lines that are written once per sign-in: a page that is opened again is no new event."""

from __future__ import annotations

import threading
from datetime import date

from svarvakt import settings
from ui.decided import store

_lock = threading.Lock()
_seen: dict[date, set[tuple[str, ...]]] = {}


def log(owner: str, role: str, event: str, about: str = "") -> None:
    """One line of the audit log (R72) per owner, event and subject a day.

    `owner` is the key of one sign-in: every tab and every address of it is the same reader.
    """
    if _is_new((str(settings.active_data_dir()), owner, role, event, about)):
        store().log(role, event, about)


def _is_new(key: tuple[str, ...]) -> bool:
    with _lock:
        if settings.today() not in _seen:
            _seen.clear()  # what was seen yesterday
        seen = _seen.setdefault(settings.today(), set())
        is_new = key not in seen
        seen.add(key)
    return is_new
