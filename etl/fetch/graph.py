"""What Facebook and Instagram share: Meta's Graph API, its pages of lists, its errors.

Codes and headers as described at developers.facebook.com/docs/graph-api: guides/error-handling,
overview/rate-limiting, results (paging).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from etl.fetch.client import Client, Failure, Headers, Node, Service, retry_after

VERSION = "v26.0"  # of 29 July 2026; Meta keeps a version for two years
BASE = f"https://graph.facebook.com/{VERSION}"
MOST_PAGES = 5_000  # of one list: more is a loop
# What of a `next` address says where to go on. The rest of it (the key) is never used.
STEPS = {"after", "until", "__paging_token", "offset"}

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

T = TypeVar("T")


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


def listed(listing: Node) -> list[Node]:
    """The objects of a list as the API gives it. Raises `Failure` for another shape."""
    data = listing.get("data", [])
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise Failure("damaged")
    return data


def next_step(listing: Node) -> dict[str, str]:
    """The parameters that lead to the next page of a list; empty at its end."""
    paging = listing.get("paging") or {}
    if not paging.get("next"):
        return {}
    told = dict(parse_qsl(urlsplit(str(paging["next"])).query))
    step = {name: value for name, value in told.items() if name in STEPS}
    after = (paging.get("cursors") or {}).get("after")
    step |= {"after": str(after)} if after else {}
    if not step:
        raise Failure("damaged")  # there is more, and no way to it
    return step


def pages_of(client: Client, path: str, params: Mapping[str, str | int]) -> Iterator[list[Node]]:
    """A list page by page to its end; smaller pages where the API finds them too large.

    Raises `Failure` «endless» when the API leads in a circle.
    """
    asked, seen = dict(params), set()
    for _ in range(MOST_PAGES):
        body = _asked_for_less(client, path, asked)
        yield listed(body)
        step = next_step(body)
        if not step:
            return
        if (mark := frozenset(step.items())) in seen:
            break
        seen.add(mark)
        asked |= step
    raise Failure("endless")


def _asked_for_less(client: Client, path: str, asked: dict[str, str | int]) -> Node:
    while True:
        try:
            return client.get(path, asked)
        except Failure as failure:
            limit = int(asked.get("limit", 1))
            if failure.kind != "too_much" or limit < 2:
                raise
            asked["limit"] = limit // 2


def newer(
    client: Client, path: str, params: Mapping[str, str | int], time_field: str, since: datetime
) -> Iterator[Node]:
    """Posts from a moment on, newest first; older ones (a pinned post) are left out."""
    params = {**params, "since": int(since.timestamp())}
    for posts in pages_of(client, path, params):
        young = [post for post in posts if _is_from(post.get(time_field), since)]
        yield from young
        if posts and not young:
            return


def _is_from(told: object, since: datetime) -> bool:
    try:
        return datetime.fromisoformat(str(told)) >= since
    except ValueError:
        return True  # the import says what is wrong with it


def without_unknown(optional: set[str], read: Callable[[set[str]], T]) -> tuple[T, set[str]]:
    """Reads, and once more without each field that this version of the API does not know.

    Returns what was read and the fields that were left out. `Failure` for what we cannot do
    without.
    """
    left_out: set[str] = set()
    while True:
        try:
            return read(left_out), left_out
        except Failure as failure:
            new = set(failure.names) & (optional - left_out)
            if failure.kind != "unknown_field" or not new:
                raise
            left_out |= new


def fields(names: tuple[str, ...], left_out: set[str]) -> str:
    """The fields to ask for; `parent{id}` is the field `parent`."""
    return ",".join(name for name in names if bare(name) not in left_out)


def bare(name: str) -> str:
    """A field without its own fields and limits."""
    return re.split(r"[{.]", name)[0]


def native_id(node: Node) -> str:
    """The id that the node is asked for by: digits, as it becomes part of an address."""
    told = str(node.get("id", ""))
    if not told.isdecimal():
        raise Failure("damaged")
    return told


def token_pages(client: Client, extra: str = "") -> list[tuple[Node, str | None]]:
    """The pages that a key opens, each with its own key: None = the key itself is the page's.

    A page's key knows one page. A user's or system user's knows all that it was given.
    """
    wanted = "id,name,username" + extra
    if _is_of_a_page(client):
        return [(client.get("/me", {"fields": wanted}), None)]
    params: dict[str, str | int] = {"fields": f"{wanted},access_token", "limit": 100}
    found = [page for pages in pages_of(client, "/me/accounts", params) for page in pages]
    if not found:
        raise Failure("permission", ("pages_show_list",))
    return [(page, page.pop("access_token", None)) for page in found]


def _is_of_a_page(client: Client) -> bool:
    """Only a page has a category; users' own fields are not asked for, some of them are refused."""
    try:
        client.get("/me", {"fields": "category"})
    except Failure as failure:
        if failure.kind != "unknown_field":
            raise
        return False
    return True
