"""What an account may be called in an export: ids, handles, and what its address says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

# First path segments that only say what follows: linkedin.com/company/<handle>.
_SIGNPOSTS = {
    "facebook": {"p", "pages", "people", "pg", "groups"},
    "linkedin": {"company", "school", "showcase", "in"},
    "youtube": {"channel", "c", "user"},
    "snapchat": {"add"},
    "bluesky": {"profile"},
}


# Whose address it is, by the end of its host name. Mastodon has no host of its own.
_HOSTS = {
    "facebook.com": "facebook", "fb.com": "facebook", "fb.me": "facebook",
    "instagram.com": "instagram", "linkedin.com": "linkedin",
    "x.com": "x", "twitter.com": "x", "youtube.com": "youtube", "youtu.be": "youtube",
    "tiktok.com": "tiktok", "threads.net": "threads", "threads.com": "threads",
    "snapchat.com": "snapchat", "bsky.app": "bluesky",
}  # fmt: skip


class Identity(NamedTuple):
    """One thing an export may call an account; `kind` says where the register has it from.

    `kind`: account_id, native_id, handle, url or extra. `value` is as written,
    `match_key` what to compare by: see `match_key()`.
    """

    kind: str
    value: str
    match_key: str


def match_key(text: str) -> str:
    """Handles and ids are compared without a leading @ and without regard to case.

    In SQL: lower(ltrim(trim(x), '@')).
    """
    return text.strip().lstrip("@").lower()


def identities_of(
    platform: str,
    account_id: str,
    native_id: str | None,
    handle: str | None,
    url: str,
    extra: tuple[str, ...],
) -> tuple[Identity, ...]:
    """All identities of one account, each match key only once, the surest kind first."""
    named = [
        ("native_id", native_id),
        ("account_id", account_id.partition(":")[2]),
        ("handle", handle),
        *(("url", name) for name in names_in_url(platform, url)),
        *(("extra", name) for name in extra),
    ]
    found: dict[str, Identity] = {}
    for kind, value in named:
        if value and match_key(value):
            found.setdefault(match_key(value), Identity(kind, value, match_key(value)))
    return tuple(found.values())


def platform_of_address(url: str) -> str | None:
    """The platform that a web address leads to, None where its host does not tell."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return None
    parts = host.lower().split(".")
    return _HOSTS.get(".".join(parts[-2:]))


def names_in_url(platform: str, url: str) -> Iterator[str]:
    """The handle or id in an account's address; nothing when it has none we know."""
    parts = urlsplit(url if "//" in url else f"//{url}")
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    if platform == "facebook" and segments[:1] == ["profile.php"]:
        yield from parse_qs(parts.query).get("id", [])[:1]
        return
    is_signpost = bool(segments) and segments[0].lower() in _SIGNPOSTS.get(platform, set())
    names = segments[1:] if is_signpost else segments[:1]
    if platform == "facebook" and is_signpost:
        # /pages/<name>/<id> and /p/<name>-<id>: the name is for show, the number is the page.
        numbers = [match[1] for name in names if (match := re.search(r"(?:^|-)(\d{6,})$", name))]
        names = numbers or names
    if platform == "mastodon" and names and parts.hostname:
        yield f"{names[0].lstrip('@')}@{parts.hostname}"
    yield from names[:1]
