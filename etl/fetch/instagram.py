"""Instagram: media with comments and replies, as etl/ingest/sources/instagram_graph.py reads them
(formats.md 8). The account is reached through the Facebook page it is linked to.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from etl.fetch import graph_lists
from etl.fetch.client import Client, Failure, Node, Owner, still_there

TIME = "timestamp"
PERMISSIONS = (
    "instagram_basic", "instagram_manage_comments", "pages_read_engagement", "pages_show_list",
)  # fmt: skip
MEDIA_AT_A_TIME = 25
COMMENTS_AT_A_TIME = 50  # the API's own limit

REPLY = ("id", "text", "timestamp", "username", "from", "like_count", "hidden", "parent_id")
MEDIA = (
    "id", "caption", "media_type", "media_product_type", "permalink", "shortcode", "timestamp",
    "username", "owner{id}", "like_count", "comments_count",
)  # fmt: skip
NEEDED = {"id", "text", "timestamp", "username", "caption", "comments", "replies"}
OPTIONAL = {graph_lists.bare(name) for name in (*REPLY, *MEDIA)} - NEEDED


def owners(client: Client, _name: str | None) -> list[Owner]:
    """The Instagram accounts behind the key's pages, each with its page's key."""
    pages = graph_lists.token_pages(client, ",instagram_business_account{id,username}")
    linked = [(page.get("instagram_business_account"), key) for page, key in pages]
    found = [(account, key) for account, key in linked if account]
    if not found:
        raise Failure("not_linked")
    return [
        Owner(graph_lists.native_id(account), str(handle or ""), handle, key)
        for account, key in found
        for handle in [account.get("username")]
    ]


def posts(client: Client, account: Owner, since: datetime, left_out: set[str]) -> Iterator[Node]:
    """Media since a moment, the newest first, each with its whole threads."""
    reply = graph_lists.fields(REPLY, left_out)
    comment = f"{reply},replies.limit({COMMENTS_AT_A_TIME}){{{reply}}}"
    params: dict[str, str | int] = {
        "fields": f"{graph_lists.fields(MEDIA, left_out)},"
        f"comments.limit({COMMENTS_AT_A_TIME}){{{comment}}}",
        "limit": MEDIA_AT_A_TIME,
    }
    for media in graph_lists.newer(client, f"/{account.native_id}/media", params, TIME, since):
        media["comments"] = _to_the_end(client, media, "comments", comment)
        for each in media["comments"]["data"]:
            each["replies"] = _to_the_end(client, each, "replies", reply)
        yield media


def wrap(posts: list[Node]) -> Node:
    """Media as the API lists them."""
    return {"data": posts}


def counts(media: Node) -> tuple[int, int]:
    """How many comments and replies there are, and how many of them name an author."""
    tops = media["comments"]["data"]
    found = [*tops, *(reply for top in tops for reply in top["replies"]["data"])]
    return len(found), sum("username" in one or "from" in one for one in found)


def _to_the_end(client: Client, node: Node, edge: str, wanted: str) -> Node:
    listing = node.get(edge) or {}
    found = graph_lists.listed(listing)
    if step := graph_lists.next_step(listing):
        params: dict[str, str | int] = {"fields": wanted, "limit": COMMENTS_AT_A_TIME, **step}
        pages = graph_lists.pages_of(client, f"/{node['id']}/{edge}", params)
        found = found + list(still_there(pages))
    whole = {str(one.get("id", number)): one for number, one in enumerate(found)}
    return {"data": list(whole.values())}
