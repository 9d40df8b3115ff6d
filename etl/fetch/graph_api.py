"""Meta's Graph API, for Facebook and Instagram: its address, its errors and its limits.

Codes and headers as described at developers.facebook.com/docs/graph-api: guides/error-handling
and overview/rate-limiting.
"""

from __future__ import annotations

import json
import re

from etl.fetch.client import Failure, Headers, Node, Service, retry_after

VERSION = "v26.0"  # of 29 July 2026; Meta keeps a version for two years
BASE = f"https://graph.facebook.com/{VERSION}"

RATE_LIMITS = {4, 17, 32, 613}
BUSINESS_LIMITS = range(80_000, 80_015)
BAD_KEY = {102, 190, 463, 467}
PERMISSIONS = (
    "pages_read_user_content",
    "pages_read_engagement",
    "pages_show_list",
    "instagram_manage_comments",
    "instagram_basic",
)
BUSY, FULL = 80, 100  # per cent of what may be asked in an hour
BREATH = 5.0  # seconds between requests when that is nearly used up


def service(base: str = BASE) -> Service:
    """The Graph API; another address is for tests alone."""
    return Service(base, lambda key: {"Authorization": f"Bearer {key}"}, judge, pause)


def judge(status: int, body: Node, headers: Headers) -> Failure | None:
    """What an answer means; None when it is what was asked for."""
    error = body.get("error")
    if not isinstance(error, dict):
        return None if status < 300 else _by_status(status, headers)
    code, message = error.get("code"), str(error.get("message", ""))
    if code in RATE_LIMITS or code in BUSINESS_LIMITS or status == 429:
        return Failure("rate_limit", wait=retry_after(headers) or regain(headers))
    if code in BAD_KEY:
        return Failure("expired")
    if code in (3, 10) or (isinstance(code, int) and 200 <= code <= 299):
        return Failure("permission", tuple(name for name in PERMISSIONS if name in message))
    if code == 1 and "reduce the amount" in message.lower():
        return Failure("too_much")
    if code in (1, 2) or error.get("is_transient") or status >= 500:
        return Failure("temporary", wait=retry_after(headers))
    return _about_the_request(code, error.get("error_subcode"), message)


def _by_status(status: int, headers: Headers) -> Failure:
    if status == 429:
        return Failure("rate_limit", wait=retry_after(headers))
    return Failure("temporary" if status >= 500 else "refused", wait=retry_after(headers))


def _about_the_request(code: object, subcode: object, message: str) -> Failure:
    if found := re.search(r"field \((\w+)\)", message):
        return Failure("unknown_field", (found[1],))
    return Failure("not_found" if subcode == 33 or code == 803 else "refused")


def regain(headers: Headers) -> float | None:
    """Seconds until a limit is lifted, from `X-Business-Use-Case-Usage` (which says minutes)."""
    minutes = [use.get("estimated_time_to_regain_access") or 0 for use in _business_use(headers)]
    return max(minutes, default=0) * 60.0 or None


def pause(headers: Headers) -> float:
    """Seconds to wait before the next request: none until most of the hour's share is used."""
    uses = [*_business_use(headers), _parsed(headers.get("x-app-usage"))]
    shares = [
        use[name]
        for use in uses
        for name in ("call_count", "total_time", "total_cputime")
        if isinstance(use.get(name), int | float)
    ]
    used = max(shares, default=0)
    return 0.0 if used < BUSY else BREATH if used < FULL else 4 * BREATH


def _business_use(headers: Headers) -> list[Node]:
    told = _parsed(headers.get("x-business-use-case-usage"))
    lists = [uses for uses in told.values() if isinstance(uses, list)]
    return [use for uses in lists for use in uses if isinstance(use, dict)]


def _parsed(header: str | None) -> Node:
    try:
        value = json.loads(header or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
