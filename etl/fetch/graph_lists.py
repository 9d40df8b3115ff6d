"""The Graph API's lists, followed to their end; the fields to ask for; the pages a key opens.

As described at developers.facebook.com/docs/graph-api: results (paging), guides/field-expansion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from etl.fetch.client import Client, Failure, Node

MOST_PAGES = 5_000  # of one list: more is a loop
# What of a `next` address says where to go on. The rest of it (the key) is never used.
STEPS = {"after", "until", "__paging_token", "offset"}

T = TypeVar("T")


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
