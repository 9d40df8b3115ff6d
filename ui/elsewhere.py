"""A dashboard that only shows what another machine reads in and works out (mirror.py)."""

from __future__ import annotations

from svarvakt import settings
from svarvakt.i18n import _
from ui import markup


def is_copy() -> bool:
    """Whether the municipality's data here are a copy."""
    return settings.is_copy(settings.data_dir())


def say() -> None:
    """Stands where files would be read in."""
    markup.note(
        _(
            "Files are read in on the machine that works out the figures. This machine shows a "
            "copy, and new figures come here within a minute or two."
        )
    )


def figures_follow() -> str:
    """How soon the figures hold what was just decided."""
    if is_copy():
        return _("The figures follow within a minute or two.")
    return _("The figures follow in some seconds.")
