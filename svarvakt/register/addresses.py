"""The address of an account, made of what a platform calls it; only where it is certain."""

from __future__ import annotations

import re

_BY_HANDLE = {
    "facebook": "https://www.facebook.com/{}",
    "instagram": "https://www.instagram.com/{}/",
    "x": "https://x.com/{}",
    "youtube": "https://www.youtube.com/@{}",
    "tiktok": "https://www.tiktok.com/@{}",
    "threads": "https://www.threads.net/@{}",
    "snapchat": "https://www.snapchat.com/add/{}",
    "bluesky": "https://bsky.app/profile/{}",
    "linkedin": "https://www.linkedin.com/company/{}",
}
# What an id must look like for the platform to find the account by it.
_BY_ID = {
    "facebook": (re.compile(r"\d{6,}"), "https://www.facebook.com/{}"),
    "youtube": (re.compile(r"UC[\w-]{22}"), "https://www.youtube.com/channel/{}"),
    "linkedin": (re.compile(r"\d{4,}"), "https://www.linkedin.com/company/{}"),
}


def address_of(platform: str, native_id: str | None, handle: str | None) -> str | None:
    """The account's web address, or None where it can only be guessed (Mastodon, no handle …)."""
    pattern, by_id = _BY_ID.get(platform, (None, ""))
    if pattern and native_id and pattern.fullmatch(native_id):
        return by_id.format(native_id)
    name = (handle or "").strip().lstrip("@")
    if platform in _BY_HANDLE and re.fullmatch(r"[\w.-]+", name, re.ASCII):
        return _BY_HANDLE[platform].format(name)
    return None
