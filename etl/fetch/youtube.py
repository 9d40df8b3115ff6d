"""YouTube: the comment threads of a channel's videos, as sources/youtube_api.py reads them
(formats.md 9.2 a). Errors as described at developers.google.com/youtube/v3/docs/errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from etl.fetch.client import (
    Client,
    Failure,
    Headers,
    Node,
    Owner,
    Service,
    retry_after,
    still_there,
)

BASE = "https://www.googleapis.com/youtube/v3"
CHANNEL_ID = r"UC[\w-]{22}"
OPTIONAL: set[str] = set()  # nothing is asked for by name
AT_A_TIME = 100
MOST_PAGES = 5_000  # of one list: more is a loop
# Pictures and addresses of people, which nothing reads.
UNWANTED = ("authorProfileImageUrl", "authorChannelUrl")

KINDS = {
    "quotaExceeded": "quota",
    "dailyLimitExceeded": "quota",
    "rateLimitExceeded": "rate_limit",
    "userRateLimitExceeded": "rate_limit",
    "servingLimitExceeded": "rate_limit",
    "commentsDisabled": "comments_disabled",
    "channelNotFound": "not_found",
    "commentNotFound": "not_found",
    "notFound": "not_found",
    "processingFailure": "temporary",
    "backendError": "temporary",
    "internalError": "temporary",
    "keyInvalid": "bad_key",
    "keyExpired": "bad_key",
    "accessNotConfigured": "not_enabled",
    "forbidden": "key_limited",
    "ipRefererBlocked": "key_limited",
}


def service(base: str = BASE) -> Service:
    """The YouTube Data API; another address is for tests alone."""
    return Service(base, lambda key: {"X-Goog-Api-Key": key}, judge, lambda _headers: 0.0)


def judge(status: int, body: Node, headers: Headers) -> Failure | None:
    """What an answer means; None when it is what was asked for."""
    error = body.get("error")
    if not isinstance(error, dict):
        if status < 300:
            return None
        kind = "temporary" if status >= 500 else "refused"
        return Failure("rate_limit" if status == 429 else kind, wait=retry_after(headers))
    kinds = [KINDS[reason] for reason in _reasons(error) if reason in KINDS]
    if kinds:
        return Failure(kinds[0], wait=retry_after(headers))
    if "API key" in str(error.get("message")):
        return Failure("bad_key")
    kind = {404: "not_found", 429: "rate_limit"}.get(status, "refused")
    return Failure("temporary" if status >= 500 else kind, wait=retry_after(headers))


def _reasons(error: Node) -> Iterator[str]:
    for each in error.get("errors") or []:
        if isinstance(each, dict):
            yield str(each.get("reason"))


def owners(client: Client, name: str | None) -> list[Owner]:
    """The channel by its id (`UC…`) or its handle. Raises `Failure` where there is none."""
    by = "id" if re.fullmatch(CHANNEL_ID, name or "") else "forHandle"
    items = _items(client.get("/channels", {"part": "snippet", by: name or ""}))
    if not items:
        raise Failure("not_found")
    snippet = items[0].get("snippet") or {}
    return [Owner(str(items[0].get("id")), str(snippet.get("title", "")), snippet.get("customUrl"))]


def posts(client: Client, channel: Owner, since: datetime, _left_out: set[str]) -> Iterator[Node]:
    """Threads that began since a moment, the newest first, each with all its replies."""
    params: dict[str, str | int] = {
        "part": "snippet,replies",
        "allThreadsRelatedToChannelId": channel.native_id,
        "order": "time",
        "maxResults": AT_A_TIME,
    }
    for items in _pages(client, "/commentThreads", params):
        young = [thread for thread in items if _is_from(thread, since)]
        for thread in young:
            _complete(client, thread)
            yield thread
        if items and not young:
            return


def wrap(threads: list[Node]) -> Node:
    """Threads as the API lists them."""
    return {"kind": "youtube#commentThreadListResponse", "items": threads}


def counts(thread: Node) -> tuple[int, int]:
    """How many comments a thread has, and how many of them name an author."""
    found = _comments(thread)
    return len(found), sum("authorChannelId" in one.get("snippet", {}) for one in found)


def _comments(thread: Node) -> list[Node]:
    replies = (thread.get("replies") or {}).get("comments") or []
    top = thread.get("snippet", {}).get("topLevelComment") or {}
    return [top, *replies]


def _complete(client: Client, thread: Node) -> None:
    """A thread comes with five replies at most; the rest is asked for."""
    announced = thread.get("snippet", {}).get("totalReplyCount") or 0
    if announced > len(_comments(thread)) - 1:
        params = {"part": "snippet", "parentId": thread["id"], "maxResults": AT_A_TIME}
        found = [*_comments(thread)[1:], *still_there(_pages(client, "/comments", params))]
        whole = {str(reply.get("id", number)): reply for number, reply in enumerate(found)}
        thread["replies"] = {"comments": list(whole.values())}
    for comment in _comments(thread):
        for name in UNWANTED:
            comment.get("snippet", {}).pop(name, None)


def _pages(client: Client, path: str, params: Mapping[str, str | int]) -> Iterator[list[Node]]:
    asked, seen = dict(params), set()
    for _ in range(MOST_PAGES):
        body = client.get(path, asked)
        yield _items(body)
        token = body.get("nextPageToken")
        if not token:
            return
        if token in seen:
            break
        seen.add(token)
        asked["pageToken"] = str(token)
    raise Failure("endless")


def _items(body: Node) -> list[Node]:
    items = body.get("items", [])
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise Failure("damaged")
    return items


def _is_from(thread: Node, since: datetime) -> bool:
    told = _comments(thread)[0].get("snippet", {}).get("publishedAt")
    try:
        return datetime.fromisoformat(str(told)) >= since
    except ValueError:
        return True  # the import says what is wrong with it
