"""The platforms: their codes in exports, register and warehouse, and their own names."""

from __future__ import annotations

from collections.abc import Mapping

# Their own names, the same in every language.
NAMES: Mapping[str, str] = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "x": "X",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "threads": "Threads",
    "snapchat": "Snapchat",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
}
OTHER = "other"  # any other platform; pages word it
PLATFORMS = (*NAMES, OTHER)
