"""Somebody at the server without a browser: signs in, asks for addresses, speaks to its websocket.

The websocket client says what Streamlit's page says, and also what that page never would: pages of
other roles, widgets that are not shown, fragments, messages of a developer.
"""

from __future__ import annotations

<<<<<<< HEAD
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any
=======
>>>>>>> pages
from urllib.parse import parse_qs, urlsplit

import httpx

from bench.client import Line, Reader, trigger

__all__ = ["Line", "Visitor", "trigger"]


<<<<<<< HEAD
class Visitor:
    """One reader with cookies of their own."""

    def __init__(self, address: str, trusted: ssl.SSLContext | None = None) -> None:
        self.address = address
        self.trusted = trusted
        self.web = httpx.Client(
            base_url=address, timeout=LONGEST, trust_env=False, verify=trusted or True
        )
        self.web.get("/_stcore/health")  # gives the cookie against forged requests

    def close(self) -> None:
        self.web.close()

    @property
    def token(self) -> str:
        """What proves that a request comes from a page of ours."""
        return self.web.cookies.get("_streamlit_xsrf") or ""
=======
class Visitor(Reader):
    """One reader who may sign in and hand in files."""
>>>>>>> pages

    def sign_in(self, who: str) -> httpx.Response:
        """As the button does: out to the provider, a person is picked, and back."""
        with Line(self) as line:
            line.run()
            line.run(widgets=[trigger(line.widget("sign-in"))])
            way = next(m.auth_redirect.url for m in line.heard if m.HasField("auth_redirect"))
        chooser = self.web.get(way).next_request
        assert chooser is not None
        asked = parse_qs(urlsplit(str(chooser.url)).query)
        flat = {name: values[0] for name, values in asked.items()}
        provider = f"{chooser.url.scheme}://{chooser.url.netloc.decode()}"
        back = httpx.get(f"{provider}/picked", params=flat | {"who": who}, trust_env=False)
        return self.web.get(back.headers["location"])

    def upload(self, session: str, content: bytes, name: str = "fil.csv", **headers: str) -> int:
        """Hands in a file as the place to drop files does; the answer's status."""
        sent = {"X-Xsrftoken": self.token} | headers
        answer = self.web.put(
            f"/_stcore/upload_file/{session}/en-fil", files={"file": (name, content)}, headers=sent
        )
        return answer.status_code
<<<<<<< HEAD


class Line:
    """One open page: a websocket and everything it was told."""

    def __init__(self, visitor: Visitor, session: str = "", **headers: str) -> None:
        self.visitor = visitor
        self.heard: list[ForwardMsg] = []
        self.raw: list[bytes] = []
        self._wanted = ["streamlit", visitor.token, *([session] if session else [])]
        self._headers = headers
        self._socket: ClientConnection | None = None
        self._held = ExitStack()

    def __enter__(self) -> Line:
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.visitor.web.cookies.jar)
        opening = connect(
            self.visitor.address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=[Subprotocol(each) for each in self._wanted],
            additional_headers={"Cookie": cookies} | self._headers,
            origin=None if "Origin" in self._headers else self.visitor.address,  # type: ignore[arg-type]
            max_size=None,
            proxy=None,
            ssl=self.visitor.trusted,
        )
        self._socket = self._held.enter_context(opening)
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    @property
    def socket(self) -> ClientConnection:
        assert self._socket is not None
        return self._socket

    def say(self, message: BackMsg) -> None:
        self.socket.send(message.SerializeToString())

    def run(
        self,
        page: str = "",
        query: str = "",
        *,
        widgets: Sequence[WidgetState] = (),
        page_hash: str = "",
    ) -> bytes:
        """Asks for a run of a page; every byte that came until it was done."""
        self.ask(page, query, widgets, page_hash)
        return self.listen()

    def ask(
        self,
        page: str = "",
        query: str = "",
        widgets: Sequence[WidgetState] = (),
        page_hash: str = "",
        fragment: str = "",
    ) -> None:
        """Asks for a run, or for a part of a page alone."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_name = query, page
        asked.page_script_hash, asked.fragment_id = page_hash, fragment
        asked.widget_states.widgets.extend(widgets)
        self.heard, self.raw = [], []
        self.say(message)

    def listen(self) -> bytes:
        """Every byte until a run is done for good, or the server hangs up."""
        while True:
            try:
                data = self.socket.recv(LONGEST)
            except ConnectionClosed:
                return b"".join(self.raw)
            self.raw.append(data if isinstance(data, bytes) else data.encode())
            told = ForwardMsg.FromString(self.raw[-1])
            self.heard.append(told)
            if told.HasField("script_finished") and told.script_finished != AGAIN:
                return b"".join(self.raw)

    def quiet(self, seconds: float = 0.5) -> bytes:
        """What comes until nothing has come for a moment."""
        while True:
            try:
                data = self.socket.recv(seconds)
            except (TimeoutError, ConnectionClosed):
                return b"".join(self.raw)
            self.raw.append(data if isinstance(data, bytes) else data.encode())

    @property
    def session(self) -> str:
        """The id of the session; what an upload is addressed to."""
        return next(
            m.new_session.initialize.session_id for m in self.heard if m.HasField("new_session")
        )

    def widgets(self) -> set[str]:
        """The ids of everything that can be clicked or filled in."""
        return {t for m in self.heard for t in _strings(m) if t.startswith("$$ID-")}

    def widget(self, key: str) -> str:
        return next(each for each in self.widgets() if each.endswith(f"-{key}"))

    def page_hashes(self) -> dict[str, str]:
        """Address → the key by which a page asks for another page."""
        return {
            page.url_pathname: page.page_script_hash
            for m in self.heard
            if m.HasField("navigation")
            for page in m.navigation.app_pages
        }

    def downloads(self) -> set[str]:
        text = b"".join(self.raw).decode("utf-8", "replace")
        return set(re.findall(r"/nedlasting/[\w-]{20,}", text))


def _strings(message: Any) -> Iterator[str]:
    """Every text in a message, however deep."""
    for field, value in message.ListFields():
        values = value if field.is_repeated else [value]
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            continue
        for each in values:
            if hasattr(each, "ListFields"):
                yield from _strings(each)
            elif isinstance(each, str):
                yield each


def trigger(widget: str) -> WidgetState:
    """A click."""
    return WidgetState(id=widget, trigger_value=True)
=======
>>>>>>> pages
