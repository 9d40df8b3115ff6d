"""Does the machine read people right? (M2, M8) Twenty comments to label, and what they show."""

from __future__ import annotations

from svarvakt.i18n import _
from ui import frame, labelling, labelling_parts, reading_quality, viewer

labelling.settle()
sees_quality = viewer.current().may_keep_register
frame.head(_("Does the machine read people right?"), reading_quality.finding(sees_quality))
if not frame.stop_without_figures() and not labelling_parts.show() and sees_quality:
    reading_quality.show()
frame.foot(
    [],
    _(
        "A machine assessment is never about a person, only about a text. Whatever a person says "
        "of a comment stands above it."
    ),
)
