"""The way to the guide to the files, from wherever a reader lacks one."""

from __future__ import annotations

from svarvakt.i18n import _
from ui import ways
from ui.filters import GUIDE


def show(guide: str = "") -> None:
    """A link to the page, with one of its guides open; nothing for a role without the page."""
    chosen = {GUIDE: guide} if guide else {}
    ways.to("eksportguide", _("How to get the files, platform by platform"), **chosen)
