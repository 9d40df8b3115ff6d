"""An invented municipality on the little platforms, and a fetch from them."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

from etl import fetch
from etl.fetch import graph_api, youtube
from etl.fetch.client import RetryPolicy
from etl.fetch.run import Endpoints
from tests.support.platform_apis import VERSION, Platforms

Node = dict[str, Any]
TOKEN = "EAAsentinel0000000000000000000000000000000000001"
USER_TOKEN = "EAAsentinel0000000000000000000000000000000000002"
KEY = "AIzaSentinel000000000000000000000000003"
PAGE = "501"
OTHER_ID = "61550000000501"
INSTAGRAM = "17841400000000501"
CHANNEL = "UCfjordvik00000000000001"
NOW = datetime.now(UTC).replace(microsecond=0)
CREDENTIALS = {
    "SVARVAKT_FACEBOOK_TOKEN": TOKEN,
    "SVARVAKT_INSTAGRAM_TOKEN": TOKEN,
    "SVARVAKT_YOUTUBE_KEY": KEY,
    "SVARVAKT_YOUTUBE_CHANNELS": "@fjordvik",
}


@dataclasses.dataclass
class Stand:
    """The running platforms, their address, and the seconds that the client waited."""

    platforms: Platforms
    address: str
    waited: list[float] = dataclasses.field(default_factory=list)

    def wire(self, **patience: Any) -> Endpoints:
        meta = graph_api.service(f"{self.address}/{VERSION}")
        services = {
            "facebook": meta,
            "instagram": meta,
            "youtube": youtube.service(f"{self.address}/youtube/v3"),
        }
        usual: dict[str, Any] = {"attempts": 3, "timeout": 5.0, "sleep": self._wait}
        return Endpoints(services, RetryPolicy(**usual | patience))

    def _wait(self, seconds: float) -> None:
        if seconds:
            self.waited.append(seconds)

    def fetch(self, platform: str = "facebook", **options: Any) -> fetch.Report:
        wire = options.pop("wire", self.wire())
        credentials = options.pop("credentials", CREDENTIALS)
        return fetch.fetch(platform, credentials, lambda *_: None, wire=wire, **options)


def at(hours: float) -> str:
    """So many hours ago, as Meta writes a time."""
    return (NOW - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S+0000")


def page(native_id: str = PAGE, name: str = "Fjordvik kommune", handle: str = "fjordvik") -> Node:
    account = {"id": INSTAGRAM, "username": "fjordvikkommune"}
    return {
        "id": native_id, "name": name, "username": handle, "category": "Government Organization",
        "instagram_business_account": account,
    }  # fmt: skip


def comment(number: int, hours: float, author: Node | None = None, **more: Any) -> Node:
    """A comment on post 900, by an invented person unless somebody else is named."""
    usual = {"id": f"900_{number}", "message": f"Når åpner badet? {number}"}
    wrote = author or {"id": f"77{number}", "name": "Oppdiktet Person"}
    return {**usual, "created_time": at(hours), "from": wrote, "comment_count": 0, **more}


def post(number: int, hours: float, *comments: Node, **more: Any) -> Node:
    usual: Node = {"id": f"{PAGE}_{number}", "message": "Nytt fra kommunen"}
    usual |= {"created_time": at(hours)}
    author = {"id": PAGE, "name": "Fjordvik kommune"}
    link = f"https://www.facebook.com/{PAGE}/posts/{number}"
    usual |= {"from": author, "permalink_url": link}
    next_page = f"https://graph.facebook.com/{VERSION}/1/reactions?access_token={TOKEN}&after=x"
    reactions = {"data": [], "paging": {"next": next_page}, "summary": {"total_count": 3}}
    return {**usual, "reactions": reactions, "comments": list(comments), **more}


OWN = {"id": PAGE, "name": "Fjordvik kommune"}


def thread_of_five() -> Node:
    """Three people ask, the first gets an answer under her comment, answers that, and so on."""
    return post(
        900,
        30,
        comment(1, 29, comment_count=2),
        comment(2, 28),
        comment(3, 27, OWN, message="Badet åpner klokken ti.", parent={"id": "900_1"}),
        comment(4, 26, message="Takk!", parent={"id": "900_3"}),
        comment(5, 25),
    )


def media(number: int, hours: float, *comments: Node) -> Node:
    return {
        "id": f"1830000000000{number:04}", "caption": "Sommer", "media_type": "IMAGE",
        "timestamp": at(hours), "username": "fjordvikkommune", "owner": {"id": INSTAGRAM},
        "comments_count": len(comments), "comments": list(comments),
    }  # fmt: skip


def insta(number: int, hours: float, who: str, *replies: Node, **more: Any) -> Node:
    return {
        "id": f"1789000000000{number:04}", "text": "Så fint", "timestamp": at(hours),
        "username": who, "from": {"id": f"99{number}", "username": who}, "replies": list(replies),
        **more,
    }  # fmt: skip


def words(author: str, hours: float, **more: Any) -> Node:
    """The snippet of a comment on YouTube."""
    when = (NOW - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "textDisplay": "Når kommer neste?", "authorDisplayName": "@oppdiktet",
        "authorProfileImageUrl": "https://bilder.example/a.jpg", "publishedAt": when,
        "authorChannelUrl": "https://youtube.example/@oppdiktet",
        "authorChannelId": {"value": author}, **more,
    }  # fmt: skip


def thread(number: int, hours: float, replies: int = 0, included: int = 5) -> Node:
    """A thread with so many replies, the last one the channel's own."""
    name = f"Ugx{number}"
    all_replies = [reply(name, n, hours - n / 10, n == replies) for n in range(1, replies + 1)]
    top = {"kind": "youtube#comment", "id": name, "snippet": words(f"UCperson{number}", hours)}
    snippet = {
        "channelId": CHANNEL, "videoId": "FjAbCdEfG01", "topLevelComment": top,
        "totalReplyCount": replies,
    }  # fmt: skip
    one: Node = {"kind": "youtube#commentThread", "id": name, "snippet": snippet}
    return one | ({"replies": {"comments": all_replies[:included]}} if replies else {})


def reply(thread_id: str, number: int, hours: float, is_own: bool) -> Node:
    author = CHANNEL if is_own else "UCperson77"
    snippet = words(author, hours, parentId=thread_id)
    return {"kind": "youtube#comment", "id": f"{thread_id}.r{number}", "snippet": snippet}
