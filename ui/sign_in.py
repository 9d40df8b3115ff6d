"""Who a signed cookie says somebody is, and for how long (R70, R71). No page in here.

The script run and the download route ask the same questions, and get the same answers.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit.auth_util import get_origin_from_redirect_uri, get_secrets_auth_section
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from svarvakt import access, settings
from svarvakt.access import Viewer
from svarvakt.decisions import current_register
from svarvakt.register import Register

LONGEST = 8 * 3600  # seconds from sign-in; the cookie itself lives for 30 days (R71)
_CLOCKS_DIFFER = 300  # seconds that the sign-in service's clock may be ahead of ours
_NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")

_lock = threading.Lock()
_signed_out: dict[str, float] = {}
_started_with: bool | None = None
_client: str | None = None  # who we are to the sign-in service


def is_configured() -> bool:
    """Whether sign-in is set up. What held when the server started holds until it ends."""
    return bool(get_secrets_auth_section()) if _started_with is None else _started_with


def settle() -> bool:
    """Decides it for the life of this server: a file that goes away later opens nothing.

    Raises ValueError with the mend when the set-up is half done or the file cannot be read.
    """
    global _started_with, _client  # one server, one answer
    file = settings.secrets_file()
    if file.exists():
        _check_readable(file)
    elif os.environ.get("SVARVAKT_SECRETS"):
        raise ValueError("SVARVAKT_SECRETS peker på en fil som ikke finnes.")
    section = get_secrets_auth_section()
    missing = [name for name in _NEEDED if not section.get(name)]
    if section and missing:
        raise ValueError(f"[auth] i secrets.toml mangler {', '.join(missing)}; se docs/sign-in.md.")
    if section and not _is_safe(str(section["redirect_uri"])):
        raise ValueError(
            "redirect_uri i secrets.toml må begynne med https:// og slutte med /oauth2callback."
        )
    _started_with, _client = bool(section), section.get("client_id") if section else None
    return _started_with


def _check_readable(file: Path) -> None:
    try:
        tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError("secrets.toml kan ikke leses: rett filen og start på nytt.") from error


def _is_safe(redirect: str) -> bool:
    parts = urlsplit(redirect)
    is_private = parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1")
    return is_private and parts.path.endswith("/oauth2callback")


def claims_of_cookies(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """What the sign-in service said about whoever sends these cookies; empty when forged."""
    origin = get_origin_from_redirect_uri()
    try:
        raw = starlette_websocket._get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
        known = starlette_websocket._parse_decoded_user_cookie(raw, origin or "") if raw else {}
    except (ValueError, TypeError, KeyError, AttributeError, json.JSONDecodeError):
        return {}
    return known if known.get("is_logged_in") is True else {}


def person(claims: Mapping[str, Any]) -> str:
    """A key of one sign-in, of no use outside this server's memory."""
    told = json.dumps([str(claims.get(name)) for name in ("iss", "sub", "iat")])
    return hashlib.sha256(told.encode()).hexdigest()


def is_fresh(claims: Mapping[str, Any], now: float | None = None) -> bool:
    """Signed in at a known time, less than eight hours ago, and not signed out since."""
    moment = time.time() if now is None else now
    times = [claims.get(name) for name in ("iat", "auth_time") if claims.get(name) is not None]
    began = times[0] if times else None
    if isinstance(began, bool) or not isinstance(began, int | float):
        return False
    is_young = -_CLOCKS_DIFFER <= moment - began < LONGEST
    return is_young and person(claims) not in _signed_out


def is_for_us(claims: Mapping[str, Any]) -> bool:
    """The token was made for Svarvakt: authlib lets another audience pass where `azp` is ours."""
    told = claims.get("aud")
    return _client is not None and _client in (told if isinstance(told, list) else [told])


def forget(claims: Mapping[str, Any]) -> None:
    """Signing out closes every tab and copy of this sign-in, as far as this server knows."""
    now = time.time()
    with _lock:
        for key in [key for key, end in _signed_out.items() if end < now]:
            del _signed_out[key]
        _signed_out[person(claims)] = now + LONGEST


def viewer_of(claims: Mapping[str, Any]) -> Viewer | None:
    """Who this is to us now: read from the access list in force, each time anew."""
    if claims.get("is_logged_in") is not True or not is_fresh(claims) or not is_for_us(claims):
        return None
    return access.viewer_of(access.subjects_of(claims), register())


def register() -> Register:
    """The municipality's own register: the demonstration's gives nobody access."""
    return current_register(settings.data_dir())
