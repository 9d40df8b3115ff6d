"""What the server hears on a page's open line: what our pages say, and nothing else.

Streamlit's line also takes messages of its developers from anybody, signed in or not: they empty
the caches of all readers, tell about the program's folder, and write files into it.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

HEARD = frozenset({"rerun_script", "stop_script", "file_urls_request", "app_heartbeat"})


class Listener:
    """Drops every message that no page of ours sends."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def heard() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or _is_ours(message.get("bytes")):
                    return message

        await self.app(scope, heard if scope["type"] == "websocket" else receive, send)


def _is_ours(data: bytes | None) -> bool:
    """Also True of what is no message at all: Streamlit hangs up on that."""
    try:
        return not data or BackMsg.FromString(data).WhichOneof("type") in HEARD
    except Exception:  # noqa: BLE001 -- as Streamlit reads it, which then says why
        return True
