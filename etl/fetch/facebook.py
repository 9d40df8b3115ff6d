"""Facebook: a page's posts, visitors' posts and whole threads, as sources/facebook_graph.py
reads them (formats.md 7.1).

The comments are asked for as one flat list with `parent` (`filter=stream`): the only list that
holds everything the key may see, and one list to follow instead of one per thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from etl.fetch import graph_lists
from etl.fetch.client import Client, Node, Owner, still_there

TIME = "created_time"
PERMISSIONS = ("pages_read_engagement", "pages_read_user_content", "pages_show_list")
POSTS_AT_A_TIME = 25
COMMENTS_AT_A_TIME = 100

COMMENT = (
    "id", "message", "from", "created_time", "parent{id}", "comment_count", "is_hidden",
    "is_private", "like_count", "permalink_url", "attachment{type}", "message_tags",
)  # fmt: skip
POST = (
    "id", "message", "from", "created_time", "story", "status_type", "permalink_url",
    "message_tags", "shares", "reactions.limit(0).summary(true)",
)  # fmt: skip
NEEDED = {"id", "message", "from", "created_time", "parent", "comments"}
OPTIONAL = {graph_lists.bare(name) for name in (*COMMENT, *POST)} - NEEDED


def owners(client: Client, _name: str | None) -> list[Owner]:
    """The pages that the key opens, each with its own key."""
    return [
        Owner(graph_lists.native_id(page), str(page.get("name", "")), page.get("username"), key)
        for page, key in graph_lists.token_pages(client)
    ]


def posts(client: Client, page: Owner, since: datetime, left_out: set[str]) -> Iterator[Node]:
    """Posts on the page since a moment, the newest first, each with its whole threads."""
    wanted = graph_lists.fields(COMMENT, left_out)
    comments = f"comments.filter(stream).limit({COMMENTS_AT_A_TIME}).summary(true){{{wanted}}}"
    params: dict[str, str | int] = {
        "fields": f"{graph_lists.fields(POST, left_out)},{comments}",
        "limit": POSTS_AT_A_TIME,
    }
    for post in graph_lists.newer(client, f"/{page.native_id}/feed", params, TIME, since):
        if not _is_elsewhere(post, page):
            _complete(client, post, wanted)
            _one_id(post, page)
            yield post


def wrap(posts: list[Node]) -> Node:
    """Posts as the API lists them."""
    return {"data": posts}


def counts(post: Node) -> tuple[int, int]:
    """How many comments a post has, and how many of them name an author."""
    found = post["comments"]["data"]
    return len(found), sum("from" in comment for comment in found)


def _is_elsewhere(post: Node, page: Owner) -> bool:
    """The list also has posts on others' pages that tag this one: those are not its to answer."""
    author = (post.get("from") or {}).get("id")
    return author == _prefix(post) != page.native_id


def _complete(client: Client, post: Node, wanted: str) -> None:
    """Follows the post's comments to the end, and the replies that the flat list lacks."""
    listing = post.get("comments") or {}
    found = graph_lists.listed(listing)
    if step := graph_lists.next_step(listing):
        found = found + _list(client, str(post["id"]), wanted, step)
    for comment in _with_missing_replies(found):
        replies = _list(client, comment["id"], wanted, {})
        found = found + [{"parent": {"id": comment["id"]}} | reply for reply in replies]
    whole = {str(comment.get("id", number)): comment for number, comment in enumerate(found)}
    post["comments"] = {"data": list(whole.values())}
    if "summary" in listing:
        post["comments"]["summary"] = listing["summary"]


def _list(client: Client, of: str, wanted: str, step: dict[str, str]) -> list[Node]:
    params: dict[str, str | int] = {"fields": wanted, "filter": "stream"}
    params |= {"limit": COMMENTS_AT_A_TIME, **step}
    return list(still_there(graph_lists.pages_of(client, f"/{of}/comments", params)))


def _with_missing_replies(found: list[Node]) -> list[Node]:
    """Comments that announce more replies than the list holds under them."""
    parents = {
        str(comment.get("id")): str((comment.get("parent") or {}).get("id", ""))
        for comment in found
    }
    held = Counter(parents.values())
    below = Counter(parents.get(parent, "") for parent in parents.values() if parent)
    return [
        comment
        for comment in found
        if comment.get("id")
        and (comment.get("comment_count") or 0) > held[comment["id"]] + below[comment["id"]]
    ]


def _one_id(post: Node, page: Owner) -> None:
    """A page has two ids (formats.md 7.1): as author it gets the one that its posts begin with."""
    for node in (post, *post["comments"]["data"]):
        author = node.get("from")
        if isinstance(author, dict) and str(author.get("id")) == page.native_id:
            author["id"] = _prefix(post)


def _prefix(post: Node) -> str:
    return str(post.get("id", "")).partition("_")[0]
