"""Threads as a test writes them, and M3 and M4 once more in plain Python."""

from __future__ import annotations

import dataclasses
import json
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
    """M3, boringly: for every message by somebody else the first reply that reaches it."""
    found: dict[int, datetime | None] = {}
    for number, item in enumerate(thread):
        if item.writer is None:
            continue
        replies = [
            reply.sent
            for reply in thread
            if reply.writer is None and reply.sent > item.sent and _reaches(thread, reply, number)
        ]
        found[number] = min(replies, default=None)
    return found


def _reaches(thread: Thread, reply: Message, number: int) -> bool:
    item = thread[number]
    writers = {message.writer for message in thread} - {None}
    mentioned = set(reply.mentions) & writers
    if mentioned:
        return item.writer in mentioned
    if reply.parent not in (None, 0):
        assert reply.parent is not None
        other = thread[reply.parent].writer
        if other is not None:
            return number == reply.parent or item.writer == other
    return True


def graph_json(threads: list[Thread], page: str = PAGE) -> dict[str, Any]:
    """The threads as the Graph API gives them: one post, every thread a comment under it."""
    post = {
        "id": f"{page}_900",
        "message": "Nytt fra kommunen",
        "created_time": stamp(START - timedelta(hours=1)),
        "from": {"id": page, "name": PAGE_NAME},
        "permalink_url": f"https://www.facebook.com/{page}/posts/900",
        "comments": {"data": [_comment(thread, number) for number, thread in enumerate(threads)]},
    }
    return {"data": [post]}


def _comment(thread: Thread, number: int) -> dict[str, Any]:
    messages = [_message(thread, number, place) for place in range(len(thread))]
    first = messages[0]
    first["comment_count"] = len(messages) - 1
    if messages[1:]:
        first["comments"] = {"data": messages[1:]}
    return first


def _message(thread: Thread, number: int, place: int) -> dict[str, Any]:
    message = thread[place]
    found: dict[str, Any] = {
        "id": comment_id(number, place).partition(":")[2],
        "message": message.text,
        "created_time": stamp(message.sent),
        "from": _person(message.writer),
    }
    if place:
        parent = message.parent or 0
        found["parent"] = {"id": comment_id(number, parent).partition(":")[2]}
    if message.mentions:
        names = [_person(writer) for writer in message.mentions]
        found["message"] = " ".join(name["name"] for name in names) + " " + message.text
        found["message_tags"] = [name | {"type": "user"} for name in names]
    return found


def comment_id(thread: int, place: int) -> str:
    """The item's id in the warehouse."""
    return f"facebook:900_{1000 * (thread + 1) + place}"


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
