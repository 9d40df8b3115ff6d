"""Files that readers fetch: each one for the person it was offered to, and for nobody else.

Streamlit's own download addresses are served without sign-in to whoever has them.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from svarvakt import i18n, settings
from svarvakt.access import LOCAL, Viewer
from svarvakt.decisions import open_store
from ui import sign_in, viewer

ADDRESS = "/nedlasting"
MOST = 5000  # offers in memory; the oldest is forgotten, and its page offers a new one
NOBODY = "this machine"

_lock = threading.Lock()
_offers: OrderedDict[str, Offer] = OrderedDict()


@dataclass(frozen=True)
class Offer:
    """One file on offer. `make` gives its bytes when somebody asks."""

    owner: str
    reader: Viewer
    language: str
    file_name: str
    mime: str
    make: Callable[[], bytes]
    expires: float


def offer(
    token: str | None, owner: str, file_name: str, mime: str, make: Callable[[], bytes]
) -> str:
    """Keeps a file ready for its owner; returns the token of its address.

    The token of an earlier offer is used again, so that a page keeps its links.
    """
    known = token or secrets.token_urlsafe(32)
    expires = time.time() + sign_in.LONGEST
    made = Offer(owner, viewer.current(), i18n.language(), file_name, mime, make, expires)
    with _lock:
        _offers[known] = made
        _offers.move_to_end(known)
        while len(_offers) > MOST:
            _offers.popitem(last=False)
    return known


async def _serve(request: Request) -> Response:
    """The file; 404 in the same words for what is not there, not yours, or no longer yours."""
    found = _offers.get(request.path_params["token"])
    if found is None or found.expires < time.time() or not _is_for(request, found):
        text = "Filen finnes ikke, eller den er ikke din. Åpne siden på nytt og prøv igjen."
        return PlainTextResponse(text, status_code=404, headers=_HEADERS)
    content = await run_in_threadpool(Context().run, _made, found)
    headers = _HEADERS | {"Content-Disposition": disposition(found.file_name)}
    return Response(content, media_type=found.mime, headers=headers)


_HEADERS = {"Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"}


def _is_for(request: Request, found: Offer) -> bool:
    if not sign_in.is_configured():
        return found.owner == NOBODY and found.reader == LOCAL
    claims = sign_in.claims_of_cookies(request.cookies)
    is_same = secrets.compare_digest(found.owner, sign_in.person(claims))
    return is_same and sign_in.viewer_of(claims) == found.reader


def _made(found: Offer) -> bytes:
    """The bytes, made with the eyes and in the language of the reader; and logged (R72)."""
    viewer.use(found.reader)
    i18n.use(found.language)
    content = found.make()
    open_store(settings.active_data_dir()).log(found.reader.role, "export", found.file_name)
    return content


def disposition(file_name: str) -> str:
    """A header that saves the file under its name, whatever the name holds."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", file_name) or "fil"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"


ROUTE = Route(f"{ADDRESS}/{{token:str}}", _serve, methods=["GET"])
