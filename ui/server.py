"""Serves the dashboard: `python -m ui.server [port] [--address A]`.

Streamlit's page says `lang="en"` and «Streamlit» whatever is on it (WCAG 3.1.1
and 2.4.2). The middleware puts the address's language and our name there before
the browser sees it; the script of `ui/mend.py` keeps the language right when the reader
changes it without a reload.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import bootstrap
from streamlit.web.server.starlette import starlette_server

from svarvakt import settings
from svarvakt.i18n import DEFAULT, LANGUAGES
from ui import handed_out, health, mend, sign_in
from ui.base_path import base_path
from ui.doors import Doorkeeper, address_problem, kept_private
from ui.listening import Listener
from ui.policy import policy_of

Bind = Callable[[str, int, int], socket.socket]
SCRIPT = Path(__file__).resolve().parent.parent / "dashboard.py"
PARAMETER = "sprak"

# A compressed page cannot be changed, and stayed English; a page that the
# browser remembers (304) kept the language of its first visit.
_UNWANTED = (b"accept-encoding", b"if-none-match", b"if-modified-since")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class PageLanguage:
    """Sets the language and title of the served page, and the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["headers"] = [(k, v) for k, v in scope["headers"] if k not in _UNWANTED]
        await self.app(scope, receive, _rewriting(send, _language(scope)))


def _language(scope: Scope) -> str:
    chosen = parse_qs(scope["query_string"].decode("latin-1")).get(PARAMETER, [DEFAULT])[0]
    return chosen if chosen in LANGUAGES else DEFAULT


def _rewriting(send: Send, language: str) -> Send:
    """A `send` that gathers an HTML answer and passes it on changed."""
    start: Message = {}
    body = bytearray()

    async def rewritten(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            message["headers"] = kept_private(message["headers"])
            headers = MutableHeaders(raw=message["headers"])
            for name, value in _HEADERS.items():
                headers[name] = value
            if headers.get("content-type", "").startswith("text/html"):
                start = message
                return
        elif message["type"] == "http.response.body" and start:
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            text = in_language(body.decode(), language)
            page = text.encode()
            headers = MutableHeaders(raw=start["headers"])
            headers["content-length"] = str(len(page))
            headers["content-security-policy"] = policy_of(text)
            headers["cache-control"] = "no-store"
            await send(start)
            message = {"type": "http.response.body", "body": page}
        await send(message)

    return rewritten


def in_language(page: str, language: str) -> str:
    """Streamlit's index page with our language, name and mending script."""
    page = page.replace('<html lang="en">', f'<html lang="{html.escape(language)}">', 1)
    page = page.replace("<title>Streamlit</title>", "<title>Svarvakt</title>", 1)
    return page.replace("</head>", f"{_where_we_are()}{mend.script(PARAMETER)}</head>", 1)


def _where_we_are() -> str:
    """Tells Streamlit's page where its server is.

    Else it asks below the page's own address first, and waits for a tenth of a second to ask again.
    """
    there = json.dumps(base_path() or "/").replace("</", "<\\/")
    return f"<script>window.__streamlit={{BACKEND_BASE_URL:location.origin+{there}}}</script>"


# What the security of the pages rests on: no file and no variable may loosen it.
_FIXED = {
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.enableAgentApi": False,
    "server.trustedUserHeaders": {},
    "server.scriptHealthCheckEnabled": False,
    "global.developmentMode": False,
    "client.showErrorDetails": "none",
    "client.allowedOrigins": [],
    "browser.gatherUsageStats": False,
}


def at_once(bind: Bind) -> Bind:
    """Binds a socket whose connections send small messages at once.

    Streamlit's wait for the browser to confirm the one before, which it does after 40 ms: as long
    as a whole page takes. On Linux a connection has the option of the socket that it came in by.
    """

    def bound(address: str, port: int, backlog: int) -> socket.socket:
        found = bind(address, port, backlog)
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found

    return bound


def main(port: int = 8501, address: str = "localhost") -> None:
    """Serve until stopped; without sign-in at this machine's own address only.

    Ends at once, with one sentence, at an address that is not allowed or a half set-up sign-in.
    """
    sys.argv = [str(SCRIPT)]  # so that Streamlit looks for settings beside the script
    # Until the frame has run once Streamlit looks for the address among pages/*.py, and says
    # «Page not found» over the right page. This is what st.navigation itself sets.
    PagesManager.uses_pages_directory = False
    middleware = [Middleware(PageLanguage), Middleware(Doorkeeper), Middleware(Listener)]
    options: dict[str, Any] = {"server.port": port, "server.address": address, **_FIXED}
    options["secrets.files"] = [str(settings.secrets_file())]
    bootstrap.load_config_options(options)  # the secrets are read before the server starts
    app = st.App(SCRIPT, middleware=middleware, routes=[handed_out.ROUTE, health.ROUTE])
    try:
        problem = _lone_copy() or address_problem(address, has_sign_in=sign_in.settle())
    except ValueError as error:
        problem = str(error)
    if problem:
        raise SystemExit(problem)
    bind: Any = at_once(starlette_server._bind_socket)
    starlette_server._bind_socket = bind
    app.run(config=options)


def _lone_copy() -> str | None:
    """Decisions beside a copy would lie in a file that no other machine asks."""
    if not settings.is_copy(settings.data_dir()) or os.environ.get(settings.DECISIONS):
        return None
    return (
        f"Tallene her er en kopi, men {settings.DECISIONS} er ikke satt: gi den samme adresse til "
        "PostgreSQL som på maskinen som regner ut tallene, og start på nytt."
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ui.server", add_help=False)
    parser.add_argument("port", type=int, nargs="?", default=8501)
    parser.add_argument("--address", default="localhost")
    return parser.parse_args()


if __name__ == "__main__":
    os.umask(0o077)  # what is made here is for the user that runs Svarvakt alone
    given = _arguments()
    main(given.port, given.address)
