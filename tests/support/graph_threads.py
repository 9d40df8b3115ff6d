"""Threads as a test writes them, and M3 and M4 once more in plain Python."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PAGE = "501"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PAGE_NAME = "Eksempel kommune"


@dataclasses.dataclass(frozen=True)
class Message:
    """One message of a thread. `parent` is the index of the message it answers, None = first."""

    writer: int | None  # None = the account itself
    minute: int
    parent: int | None = None
    mentions: tuple[int, ...] = ()
    text: str = "Når åpner badet?"

    @property
    def sent(self) -> datetime:
        return START + timedelta(minutes=self.minute)


Thread = list[Message]


def answered_at(thread: Thread) -> dict[int, datetime | None]:
    """M3 for a post with one thread: message → the first reply that reaches it."""
    return {place: moment for (_, place), moment in answered_under([thread]).items()}


def answered_under(threads: Sequence[Thread]) -> dict[tuple[int, int], datetime | None]:
    """M3, boringly: for every message by somebody else under one post the moment of its answer."""
    found: dict[tuple[int, int], datetime | None] = {}
    for item_at in _places(threads):
        item = threads[item_at[0]][item_at[1]]
        if item.writer is None:
            continue
        moments = []
        for reply_at in _places(threads):
            reply = threads[reply_at[0]][reply_at[1]]
            if reply.writer is None and _reaches(threads, reply_at, item_at):
                moment = _moment(
                    reply.sent, item.sent, _answers_directly(threads, reply_at, item_at)
                )
                moments += [moment] if moment else []
        found[item_at] = min(moments, default=None)
    return found


def _places(threads: Sequence[Thread]) -> list[tuple[int, int]]:
    return [(t, place) for t, thread in enumerate(threads) for place in range(len(thread))]


def _moment(sent: datetime, received: datetime, is_direct: bool) -> datetime | None:
    """When the reply counts: later than the item, or at once where two clocks differ by a day."""
    if sent > received:
        return sent
    return received if is_direct and received - sent <= timedelta(hours=24) else None


def _answers_directly(
    threads: Sequence[Thread], reply_at: tuple[int, int], item_at: tuple[int, int]
) -> bool:
    thread, place = reply_at
    return place > 0 and item_at == (thread, threads[thread][place].parent or 0)


def _reaches(
    threads: Sequence[Thread], reply_at: tuple[int, int], item_at: tuple[int, int]
) -> bool:
    thread = threads[reply_at[0]]
    reply, item = thread[reply_at[1]], threads[item_at[0]][item_at[1]]
    if reply_at[1] == 0:  # a new comment right under the post
        everybody = {message.writer for each in threads for message in each} - {None}
        if tagged := set(reply.mentions) & everybody:
            return item.writer in tagged
    if item_at[0] != reply_at[0]:
        return False
    if mentioned := set(reply.mentions) & ({message.writer for message in thread} - {None}):
        return item.writer in mentioned
    if reply.parent not in (None, 0):
        assert reply.parent is not None
        other = thread[reply.parent].writer
        if other is not None:
            return item_at[1] == reply.parent or item.writer == other
    return True


def graph_json(threads: Sequence[Thread], page: str = PAGE, post: int = 900) -> dict[str, Any]:
    """The threads as the Graph API gives them: one post, every thread a comment under it."""
    return {
        "data": [
            {
                "id": f"{page}_{post}",
                "message": "Nytt fra kommunen",
                "created_time": stamp(START - timedelta(hours=1)),
                "from": {"id": page, "name": PAGE_NAME},
                "permalink_url": f"https://www.facebook.com/{page}/posts/{post}",
                "comments": {
                    "data": [_comment(thread, n, post) for n, thread in enumerate(threads)]
                },
            }
        ]
    }


def _comment(thread: Thread, number: int, post: int) -> dict[str, Any]:
    messages = [_message(thread, number, place, post) for place in range(len(thread))]
    first = messages[0]
    first["comment_count"] = len(messages) - 1
    if messages[1:]:
        first["comments"] = {"data": messages[1:]}
    return first


def _message(thread: Thread, number: int, place: int, post: int) -> dict[str, Any]:
    message = thread[place]
    found: dict[str, Any] = {
        "id": comment_id(number, place, post).partition(":")[2],
        "message": message.text,
        "created_time": stamp(message.sent),
        "from": _person(message.writer),
    }
    if place:
        parent = message.parent or 0
        found["parent"] = {"id": comment_id(number, parent, post).partition(":")[2]}
    if message.mentions:
        names = [_person(writer) for writer in message.mentions]
        found["message"] = " ".join(name["name"] for name in names) + " " + message.text
        found["message_tags"] = [name | {"type": "user"} for name in names]
    return found


def comment_id(thread: int, place: int, post: int = 900) -> str:
    """The item's id in the warehouse."""
    return f"facebook:{post}_{1000 * (thread + 1) + place}"


def _person(writer: int | None) -> dict[str, str]:
    if writer is None:
        return {"id": PAGE, "name": PAGE_NAME}
    return {"id": str(7000 + writer), "name": f"Innbygger {'ABCDEFGH'[writer]}berg"}


def stamp(moment: datetime) -> str:
    """A time as the Graph API writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")


def write(folder: Path, content: Any, name: str = "export.json") -> Path:
    """Writes an export into a folder of its own kind of place."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path
