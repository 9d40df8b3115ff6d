"""Who reads this page. Set by the frame at the start of every run; nothing is shown before."""

from __future__ import annotations

from contextvars import ContextVar

from svarvakt.access import Viewer

_viewer: ContextVar[Viewer] = ContextVar("viewer")


def use(viewer: Viewer) -> None:
    """Sets the reader of this script run."""
    _viewer.set(viewer)


def current() -> Viewer:
    """The reader of this run. Raises LookupError before the frame has decided who it is."""
    return _viewer.get()
