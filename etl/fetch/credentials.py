"""The municipality's own keys: what they are called, and what each of them is for.

A key is only ever in memory: it comes from the environment or, on the pages, from Streamlit's
secrets, and it is written nowhere.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Mapping

NAMES = {
    "facebook": "SVARVAKT_FACEBOOK_TOKEN",
    "instagram": "SVARVAKT_INSTAGRAM_TOKEN",
    "youtube": "SVARVAKT_YOUTUBE_KEY",
}
CHANNELS = "SVARVAKT_YOUTUBE_CHANNELS"


@dataclasses.dataclass(frozen=True)
class Key:
    """One key by the name it is set under."""

    name: str
    value: str = dataclasses.field(repr=False)


def from_environment() -> dict[str, str]:
    """Every variable that may hold a key or say what to fetch."""
    wanted = (*NAMES.values(), CHANNELS)
    return {name: value for name, value in os.environ.items() if name.startswith(wanted)}


def keys(platform: str, credentials: Mapping[str, str]) -> list[Key]:
    """The keys of a platform: `SVARVAKT_FACEBOOK_TOKEN`, `SVARVAKT_FACEBOOK_TOKEN_<anything>`."""
    form = re.compile(rf"{NAMES[platform]}(_\w+)?")
    return [
        Key(name, value.strip())
        for name, value in sorted(credentials.items())
        if form.fullmatch(name) and value.strip()
    ]


def channels(credentials: Mapping[str, str]) -> list[str]:
    """The YouTube channels that are named beside the key, ids or handles."""
    return [name for name in re.split(r"[,\s]+", credentials.get(CHANNELS, "")) if name]
