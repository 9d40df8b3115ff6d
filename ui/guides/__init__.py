"""Guides to the files, one small record for each platform or tool (formats.md 1–14).

The texts are made when they are asked for, in the reader's language. A new platform is one
function here and its line in `all_guides`.
"""

from __future__ import annotations

from ui.guides import counting, facebook, instagram, open_networks, tools, youtube
from ui.guides.shapes import FileKind, Guide, Way

__all__ = ("FileKind", "Guide", "Way", "all_guides")


def all_guides() -> dict[str, Guide]:
    """Every guide by its address, those that show whether people get answers first in theirs."""
    made = (
        facebook.posts(),
        facebook.comments(),
        instagram.guide(),
        youtube.studio(),
        youtube.comments(),
        counting.linkedin(),
        counting.x(),
        counting.tiktok(),
        open_networks.threads(),
        open_networks.bluesky(),
        open_networks.mastodon(),
        tools.inbox(),
        tools.own_template(),
    )
    return {guide.address: guide for guide in made}
