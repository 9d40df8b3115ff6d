"""The server's doors: where it listens, whom it hears, and that nothing loosens that."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from streamlit.web.server.starlette import starlette_server

from tests.support.paths import ROOT
from ui import doors, server, sign_in


async def _everything(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await PlainTextResponse("inside")(scope, receive, send)
    else:
        await send({"type": "websocket.accept"})


def knock(kind: str = "http", path: str = "/", **headers: str) -> list[dict[str, Any]]:
    """What the doorkeeper sends to somebody with these headers."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": kind, "path": path, "headers": raw, "method": "GET"}
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    asyncio.run(doors.Doorkeeper(_everything)(scope, receive, send))
    return sent


@pytest.mark.parametrize(("base", "path"), [("", "/"), ("/svarvakt/", "/svarvakt")])
def test_the_page_is_told_where_its_server_is(
    monkeypatch: pytest.MonkeyPatch, base: str, path: str
) -> None:
    monkeypatch.setattr(st, "get_option", lambda name: {"server.baseUrlPath": base}[name])
    page = server.in_language("<head></head>", "nb")
    assert f'{{BACKEND_BASE_URL:location.origin+"{path}"}}' in page


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "_started_with", False)


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8501", "127.0.0.1:1", "[::1]:8501", "LOCALHOST"]
)
def test_this_machine_is_heard(host: str) -> None:
    assert knock(host=host)[0]["status"] == 200
    assert knock("websocket", host=host)[0]["type"] == "websocket.accept"


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": ""},
        {"host": "angriper.example:8501"},
        {"host": "localhost.angriper.example"},
        {"host": "localhost@angriper.example"},
        {"host": "angriper.example#localhost"},
        {"host": "localhost:x"},
        {"host": "10.0.0.5:8501"},
        {"host": "localhost", "x_forwarded_for": "203.0.113.9"},
        {"host": "localhost", "forwarded": "for=203.0.113.9"},
    ],
    ids=str,
)
def test_a_foreign_name_for_this_machine_is_not_heard(headers: dict[str, str]) -> None:
    """DNS rebinding, and a proxy that lends its own address to the world."""
    start, body = knock(**headers)
    assert start["status"] == 403
    assert "bare på denne maskinen" in body["body"].decode()
    (closed,) = knock("websocket", **headers)
    assert closed["type"] == "websocket.close"


def test_with_sign_in_strangers_may_not_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "_started_with", True)
    assert knock(host="svarvakt.fjordvik.example")[0]["status"] == 200
    assert knock(path="/_stcore/upload_file/a/b", host="localhost")[0]["status"] == 403


def test_cookies_are_secure_where_readers_come_by_https(monkeypatch: pytest.MonkeyPatch) -> None:
    given = [(b"Set-Cookie", b"a=1; HttpOnly"), (b"set-cookie", b"b=2; Secure"), (b"x", b"y")]
    monkeypatch.setattr(doors, "get_origin_from_redirect_uri", lambda: "https://s.example")
    assert [value.count(b"Secure") for _name, value in doors.kept_private(given)] == [1, 1, 0]
    monkeypatch.setattr(doors, "get_origin_from_redirect_uri", lambda: None)
    assert doors.kept_private(given) == given


def _refused(*arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "ui.server", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("address", ["192.0.2.1", "::", "10.0.0.5", "unix:///tmp/s"])
def test_without_sign_in_it_listens_nowhere_else(address: str) -> None:
    assert "uten innlogging" in _refused("8999", "--address", address)


def test_the_environment_sneaks_no_address_in() -> None:
    told = _refused("8999", STREAMLIT_SERVER_ADDRESS="192.0.2.1")
    assert "--address 192.0.2.1" in told


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[auth]\nclient_id = 'x'\n", "mangler redirect_uri, cookie_secret"),
        ("[auth\n", "kan ikke leses"),
        (None, "ikke finnes"),
        (
            (
                "[auth]\nredirect_uri='http://s.example/oauth2callback'\ncookie_secret='x'\n"
                "client_id='x'\nclient_secret='x'\nserver_metadata_url='x'\n"
            ),
            "https://",
        ),
    ],
)
def test_a_half_made_sign_in_stops_the_start(
    tmp_path: Path, content: str | None, words: str
) -> None:
    file = tmp_path / "secrets.toml"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    assert words in _refused("8999", "--address", "192.0.2.1", SVARVAKT_SECRETS=str(file))


def test_small_messages_go_to_the_browser_at_once() -> None:
    bind = server.at_once(starlette_server._bind_socket)
    with bind("127.0.0.1", 0, 1) as listening:
        listening.setblocking(True)
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        if sys.platform != "linux":
            return
        with socket.create_connection(listening.getsockname()):
            connection, _address = listening.accept()
            with connection:
                assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_server_starts_without_a_word_of_streamlits_own() -> None:
    """Caches are made at import, before Streamlit has a runtime, and it would warn of each."""
    done = subprocess.run(
        [sys.executable, "-c", "import ui.server, ui.data"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stderr == ""
