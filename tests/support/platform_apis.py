"""Facebook's, Instagram's and YouTube's APIs in little, as their documentation describes them.

One local server. It gives only the fields that are asked for, never a whole list at once, and
does what Meta does with keys: quotes them in `paging.next` and in its messages.
"""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

Node = dict[str, Any]
Tree = dict[str, "Tree"]
VERSION = "v26.0"


@dataclasses.dataclass
class Fault:
    """What is answered in place of the truth, so many times, where the path holds `where`."""

    where: str
    answer: Response
    times: int = 1
    seconds: float = 0.0


@dataclasses.dataclass
class Platforms:
    """Everything that one server knows; the tests fill it in."""

    tokens: dict[str, str] = dataclasses.field(default_factory=dict)  # key → page id or "user"
    pages: dict[str, Node] = dataclasses.field(default_factory=dict)
    feed: dict[str, list[Node]] = dataclasses.field(default_factory=dict)  # owner id → posts
    threads: list[Node] = dataclasses.field(default_factory=list)
    replies: dict[str, list[Node]] = dataclasses.field(default_factory=dict)
    channels: dict[str, Node] = dataclasses.field(default_factory=dict)
    faults: list[Fault] = dataclasses.field(default_factory=list)
    unknown: set[str] = dataclasses.field(default_factory=set)
    most: int = 2  # entries of any list at a time
    flat_hides: set[str] = dataclasses.field(default_factory=set)  # left out of the flat list
    asked: list[str] = dataclasses.field(default_factory=list)
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    is_circular: bool = False
    port: int = 0

    def app(self) -> Starlette:
        graph = f"/{VERSION}"
        return Starlette(
            routes=[
                Route(f"{graph}/me", self._guarded(self.me)),
                Route(f"{graph}/me/accounts", self._guarded(self.accounts)),
                Route(f"{graph}/{{of}}/{{edge}}", self._guarded(self.edge)),
                Route("/youtube/v3/channels", self._guarded(self.channel)),
                Route("/youtube/v3/commentThreads", self._guarded(self.comment_threads)),
                Route("/youtube/v3/comments", self._guarded(self.comments)),
            ]
        )

    def _guarded(self, answer: Callable[[Request, str], Node]) -> Callable[[Request], Any]:
        async def guarded(request: Request) -> Response:
            self.asked.append(f"{request.url.path}?{request.url.query}")
            for fault in self.faults:
                if fault.where in request.url.path and fault.times > 0:
                    fault.times -= 1
                    await asyncio.sleep(fault.seconds)
                    return fault.answer
            key = request.headers.get("authorization", "").removeprefix("Bearer ")
            key = key or request.headers.get("x-goog-api-key", "")
            if key not in self.tokens:
                return graph_error(190, f"Malformed access token {key}")
            try:
                return JSONResponse(answer(request, key), headers=self.headers)
            except Unknown as unknown:
                return graph_error(100, str(unknown))

        return guarded

    # --- Meta ------------------------------------------------------------------------------

    def me(self, request: Request, key: str) -> Node:
        wanted = tree(request.query_params["fields"])
        if self.tokens[key] == "user":
            for name in wanted.keys() - {"id", "name"}:
                raise Unknown(name, "User")
        return self._given(self.pages[self.tokens[key]], wanted, key)

    def accounts(self, request: Request, key: str) -> Node:
        wanted = tree(request.query_params["fields"])
        mine = [
            page | {"access_token": token}
            for token, owner in self.tokens.items()
            for page in [self.pages.get(owner, {})]
            if page
        ]
        return self._listing(mine, request, wanted, key, "/me/accounts")

    def edge(self, request: Request, key: str) -> Node:
        of, edge = request.path_params["of"], request.path_params["edge"]
        wanted = tree(request.query_params["fields"])
        if edge in ("feed", "media"):
            since = int(request.query_params.get("since", 0))
            posts = [one for one in self.feed.get(of, []) if stamp(one) >= since]
            return self._listing(posts, request, wanted, key, f"/{of}/{edge}")
        return self._listing(self._under(of, edge), request, wanted, key, f"/{of}/{edge}")

    def _under(self, of: str, edge: str) -> list[Node]:
        for post in (one for posts in self.feed.values() for one in posts):
            comments = post.get("comments", [])
            if post["id"] == of:
                return [one for one in comments if one["id"] not in self.flat_hides]
            for comment in comments:
                if comment["id"] == of:
                    nested: list[Node] = comment.get(edge, [])
                    return nested or [c for c in comments if c.get("parent", {}).get("id") == of]
        return []

    def _listing(
        self, nodes: list[Node], request: Request, wanted: Tree, key: str, path: str
    ) -> Node:
        start = position(request.query_params.get("after"))
        asked = int(request.query_params.get("limit", 25))
        return self._page(nodes, start, min(asked, self.most), wanted, key, path)

    def _page(
        self, nodes: list[Node], start: int, size: int, wanted: Tree, key: str, path: str
    ) -> Node:
        part = nodes[start : start + size]
        listing: Node = {"data": [self._given(node, wanted, key) for node in part]}
        if part:
            after = cursor(0 if self.is_circular else start + len(part))
            listing["paging"] = {"cursors": {"before": cursor(start), "after": after}}
            if self.is_circular or start + len(part) < len(nodes):
                listing["paging"]["next"] = (
                    f"https://graph.facebook.com/{VERSION}{path}?access_token={key}&after={after}"
                )
        return listing

    def _given(self, node: Node, wanted: Tree, key: str) -> Node:
        """The asked fields alone; lists inside it in pages of their own."""
        if bad := wanted.keys() & self.unknown:
            raise Unknown(min(bad), "Comment")
        given: Node = {}
        for name, below in wanted.items():
            value = node.get(name)
            if name in ("comments", "replies"):
                visible = [one for one in value or [] if one["id"] not in self.flat_hides]
                if visible:
                    given[name] = self._page(
                        visible, 0, self.most, below, key, f"/{node['id']}/{name}"
                    )
                    given[name]["summary"] = {"total_count": len(value or [])}
            elif value is not None:
                is_cut = below and isinstance(value, dict) and name != "reactions"
                given[name] = self._given(value, below, key) if is_cut else value
        return given

    # --- Google ----------------------------------------------------------------------------

    def channel(self, request: Request, _key: str) -> Node:
        asked = request.query_params.get("id") or request.query_params.get("forHandle", "")
        found = self.channels.get(asked)
        return {"kind": "youtube#channelListResponse"} | ({"items": [found]} if found else {})

    def comment_threads(self, request: Request, _key: str) -> Node:
        return self._items(request, self.threads, "youtube#commentThreadListResponse")

    def comments(self, request: Request, _key: str) -> Node:
        replies = self.replies[request.query_params["parentId"]]
        return self._items(request, replies, "youtube#commentListResponse")

    def _items(self, request: Request, nodes: list[Node], kind: str) -> Node:
        start = position(request.query_params.get("pageToken"))
        part = nodes[start : start + self.most]
        answer: Node = {"kind": kind, "items": part}
        if self.is_circular or start + len(part) < len(nodes):
            answer["nextPageToken"] = cursor(0 if self.is_circular else start + len(part))
        return answer


class Unknown(Exception):
    """A field that the object does not have."""

    def __init__(self, field: str, kind: str) -> None:
        super().__init__(
            f"(#100) Tried accessing nonexisting field ({field}) on node type ({kind})"
        )


def graph_error(code: int, message: str = "", status: int = 400, **more: Any) -> JSONResponse:
    """An error as the Graph API writes it; `headers` are sent along."""
    headers = more.pop("headers", None)
    error = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A1", **more}
    return JSONResponse({"error": error}, status_code=status, headers=headers)


def google_error(status: int, reason: str, message: str = "") -> JSONResponse:
    """An error as YouTube's API writes it."""
    error = {"code": status, "message": message, "errors": [{"reason": reason, "message": message}]}
    return JSONResponse({"error": error}, status_code=status)


def cut_short() -> Response:
    """The first letters of a good answer."""
    return PlainTextResponse('{"data":[{"id":"501_90', media_type="application/json")


def tree(fields: str) -> Tree:
    """`a,b{c},d.limit(2){e}` as nested names."""
    tokens = re.findall(r"[\w]+(?:\.\w+\([^)]*\))*|[{},]", fields)
    root: Tree = {}
    stack, last = [root], root
    for token in tokens:
        if token == "{":
            stack.append(last)
        elif token == "}":
            stack.pop()
        elif token != ",":
            last = stack[-1].setdefault(token.partition(".")[0], {})
    return root


def cursor(place: int) -> str:
    return base64.urlsafe_b64encode(f"at {place}".encode()).decode()


def position(token: str | None) -> int:
    return int(base64.urlsafe_b64decode(token).split()[1]) if token else 0


def stamp(post: Node) -> float:
    return datetime.fromisoformat(post.get("created_time") or post["timestamp"]).timestamp()


@contextmanager
def served(platforms: Platforms, port: int) -> Iterator[str]:
    """Serves until the block ends; gives the address."""
    config = uvicorn.Config(
        platforms.app(), host="127.0.0.1", port=port, log_level="warning", lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
