"""Which addresses the server listens at, and which requests it hears at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import get_origin_from_redirect_uri

from ui import handed_in, sign_in

HERE = ("localhost", "127.0.0.1", "::1")
_ENVIRONMENT = "STREAMLIT_SERVER_ADDRESS"
# A proxy on this machine would lend its own address to the whole world.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")

FORBIDDEN = (
    "Svarvakt er ikke satt opp med innlogging, og svarer derfor bare på denne maskinen. "
    "Åpne http://localhost i stedet, eller sett opp innlogging (docs/sign-in.md)."
)
NOT_HERE = "Finnes ikke."
# Addresses of Streamlit that no page of ours uses: measurements of the server, an interface for
# programs, and components that we do not have.
_CLOSED = (
    "/_stcore/metrics",
    "/_stcore/agent",
    "/_stcore/script-health-check",
    "/_stcore/bidi-components/",
    "/component/",
)


def address_problem(address: str, *, has_sign_in: bool) -> str:
    """Why the server may not listen at an address, in one sentence; empty = it may."""
    told = os.environ.get(_ENVIRONMENT, address)
    if told != address:
        return f"{_ENVIRONMENT} brukes ikke: fjern den, og angi adressen med --address {told}."
    if has_sign_in or address in HERE:
        return ""
    return (
        f"Svarvakt kan ikke lytte på {address} uten innlogging: sett opp [auth] i "
        ".streamlit/secrets.toml (se docs/sign-in.md), eller start uten --address."
    )


def is_here(host: str | None) -> bool:
    """Whether a Host header names this machine itself: a foreign name that points here does not."""
    try:
        parts = urlsplit(f"//{host or ''}")
        _ = parts.port
    except ValueError:
        return False
    is_bare = not (parts.username or parts.password or parts.path or parts.query or parts.fragment)
    return is_bare and (parts.hostname or "") in HERE


class Doorkeeper:
    """Without sign-in only this machine is heard; files come from those who may hand them in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = _refusal(scope) if scope["type"] in ("http", "websocket") else None
        if refused is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "403"})
        else:
            status, words = refused
            await PlainTextResponse(words, status_code=status)(scope, receive, send)


def _refusal(scope: Scope) -> tuple[int, str] | None:
    """Why a request is not heard: status and words; None = it is."""
    headers = Headers(scope=scope)
    if not sign_in.is_configured():
        is_direct = not any(name in headers for name in _FORWARDED)
        if not (is_direct and len(headers.getlist("host")) == 1 and is_here(headers["host"])):
            return 403, FORBIDDEN
    if any(part in scope["path"] for part in _CLOSED):
        return 404, NOT_HERE
    return handed_in.refusal(scope) if handed_in.ADDRESS in scope["path"] else None


def kept_private(headers: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, cookies marked Secure where readers come by https.

    Streamlit leaves that to the proxy; one that forgets it would lend the cookie to http.
    """
    is_https = (get_origin_from_redirect_uri() or "").startswith("https:")
    return [
        (name, value + b"; Secure")
        if is_https and name.lower() == b"set-cookie" and b"; secure" not in value.lower()
        else (name, value)
        for name, value in headers
    ]
