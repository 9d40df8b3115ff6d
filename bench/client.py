"""A reader without a browser: speaks to Streamlit's websocket as Streamlit's own page does."""

from __future__ import annotations

import asyncio
import re
import ssl
import threading
import time
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, TypeVar

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

AGAIN = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_EARLY_FOR_RERUN")
LONGEST = 60.0  # seconds that one run may take
LONGEST_END = 256  # bytes of the message that ends a run: only short ones are looked into at once
FAILED = b"page-has-failed"  # what a page says that could not be made

Said = TypeVar("Said")
_starting = threading.Lock()


class Reader:
    """One reader with cookies of their own; `trusted` says whose certificates are believed."""

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


class Line:
    """One open page: a websocket and everything it was told."""

    def __init__(self, reader: Reader, session: str = "", **headers: str) -> None:
        self.reader = reader
        self.raw: list[bytes] = []
        self._wanted = ["streamlit", reader.token, *([session] if session else [])]
        self._headers = headers
        self._socket: ClientConnection | None = None
        self._page = ("", "")
        self.chosen: dict[str, str] = {}  # in selectboxes, by their keys

    def __enter__(self) -> Line:
        self._socket = _wait(self._opened())
        return self

    async def _opened(self) -> ClientConnection:
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.reader.web.cookies.jar)
        return await connect(
            self.reader.address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=[Subprotocol(each) for each in self._wanted],
            additional_headers={"Cookie": cookies} | self._headers,
            origin=None if "Origin" in self._headers else self.reader.address,  # type: ignore[arg-type]
            max_size=None,
            max_queue=None,  # a browser takes what comes
            proxy=None,
            ssl=self.reader.trusted,
        )

    def __exit__(self, *_: object) -> None:
        _wait(self.socket.close())

    @property
    def socket(self) -> ClientConnection:
        assert self._socket is not None
        return self._socket

    @property
    def heard(self) -> list[ForwardMsg]:
        """The messages of the last run, read when they are asked for: not while it is timed."""
        return [ForwardMsg.FromString(each) for each in self.raw]

    def say(self, message: BackMsg) -> None:
        _wait(self.socket.send(message.SerializeToString()))

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
        self.raw = []
        self.say(message)

    def listen(self) -> bytes:
        """Every byte until a run is done for good, or the server hangs up. Raises TimeoutError."""
        _wait(asyncio.wait_for(self._heard_out(), LONGEST))
        return b"".join(self.raw)

    async def _heard_out(self) -> None:
        while (data := await self._next()) is not None:
            if len(data) < LONGEST_END and _is_end(ForwardMsg.FromString(data)):
                break

    def quiet(self, seconds: float = 0.5) -> bytes:
        """What comes until nothing has come for a moment."""
        with suppress(TimeoutError):
            while _wait(asyncio.wait_for(self._next(), seconds)) is not None:
                pass
        return b"".join(self.raw)

    async def _next(self) -> bytes | None:
        """The next message, kept in `raw`; None where the server hung up."""
        try:
            data = await self.socket.recv()
        except ConnectionClosed:
            return None
        self.raw.append(data if isinstance(data, bytes) else data.encode())
        return self.raw[-1]

    def open(self, page: str = "") -> float:
        """Seconds until a page is whole; raises RuntimeError where it fails."""
        self.chosen = {}
        return self._timed(page, "")

    def choose(self, key: str, option: str) -> float:
        """Chooses in a selectbox of the page; seconds until all of the new page has come.

        All choices made on the line are sent, as a browser does. Raises RuntimeError where
        the page fails.
        """
        boxes = self.selectboxes()
        self.chosen[key] = option
        widgets = [
            WidgetState(id=boxes[each].id, string_value=value)
            for each, value in self.chosen.items()
            if each in boxes
        ]
        return self._timed(*self._page, widgets)

    def _timed(self, page: str, page_hash: str, widgets: Sequence[WidgetState] = ()) -> float:
        started = time.perf_counter()
        self.ask(page, "", widgets, page_hash)
        told = self.listen()
        seconds = time.perf_counter() - started
        last = ForwardMsg.FromString(self.raw[-1]) if self.raw else ForwardMsg()
        if not last.HasField("script_finished") or last.script_finished or FAILED in told:
            raise RuntimeError(f"The page «{page}» failed.")
        if page != self._page[0]:
            self._page = (page, self.page_hashes().get(page, page_hash))
        return seconds

    def selectboxes(self) -> dict[str, Selectbox]:
        """Every selectbox of the last run with a key of its own, by the key."""
        told = (m.delta.new_element for m in self.heard if m.HasField("delta"))
        boxes = (each.selectbox for each in told if each.HasField("selectbox"))
        return {_key(box.id): box for box in boxes}

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


def _wait(saying: Coroutine[Any, Any, Said]) -> Said:
    """What is said on a line, for a reader who waits for it."""
    with _starting:
        loop = _loop()
    return asyncio.run_coroutine_threadsafe(saying, loop).result()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The one thread that reads and writes all lines.

    With TLS 1.3 a thread that writes while another one reads loses what it writes now and then.
    """
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop


def _is_end(told: ForwardMsg) -> bool:
    return told.HasField("script_finished") and told.script_finished != AGAIN


def _key(widget: str) -> str:
    """The key in a widget's id, `$$ID-<32 hexadecimal digits>-<key>`."""
    return widget[38:]


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
