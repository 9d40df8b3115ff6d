"""What each export format is called on the pages."""

from __future__ import annotations

import settings
from etl.own_templates import own_templates
from etl.sources.templates import Template
from i18n import _
from ui.words import NONE


def format_name(code: str | None) -> str:
    """The reader's words for a format; a format without words keeps its own name."""
    own = {} if code in _names() else {one.FORMAT: one.title for one in _own()}
    return _names().get(code or "") or own.get(code or "") or code or NONE


def _own() -> tuple[Template, ...]:
    """What people of the municipality explained; never translated."""
    return own_templates(settings.data_dir())


def _names() -> dict[str, str]:
    return {
        "meta_business_suite_facebook": _("Facebook: posts (Meta Business Suite)"),
        "meta_business_suite_instagram": _("Instagram: posts (Meta Business Suite)"),
        "facebook_graph": _("Facebook: posts and comments (Graph API)"),
        "instagram_graph": _("Instagram: posts and comments (Graph API)"),
        "youtube_studio": _("YouTube: videos (YouTube Studio)"),
        "youtube_api": _("YouTube: comments (Data API)"),
    }
