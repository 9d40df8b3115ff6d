"""Files that readers hand in: from whoever keeps the register, where a page of theirs has a place.

Streamlit itself takes files for every open page, from whoever knows the page's number.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from svarvakt.access import LOCAL, Viewer
from ui import sign_in
from ui.handed_out import NOBODY

ADDRESS = "/_stcore/upload_file/"
MOST = 500_000_000  # bytes that one open page may hold in memory
PAGES = 2000  # open pages that are remembered; the oldest has to be opened again

NOT_YOURS = "Her kan du ikke levere filer."
TOO_MUCH = "Filene er for store til sammen. Les inn det du har valgt, eller åpne siden på nytt."

_lock = threading.Lock()
_expected: OrderedDict[str, str] = OrderedDict()


def expect(owner: str) -> None:
    """This run's page has a place to drop files, for this person alone."""
    run = get_script_run_ctx()
    if run is None:
        return
    with _lock:
        _expected[run.session_id] = owner
        _expected.move_to_end(run.session_id)
        while len(_expected) > PAGES:
            _expected.popitem(last=False)


def refusal(scope: Scope) -> tuple[int, str] | None:
    """Why a request may not hand in or take back a file: status and words; None = it may."""
    session = scope["path"].partition(ADDRESS)[2].partition("/")[0]
    owner, who = _sender(scope)
    if who is None or not who.may_keep_register or _expected.get(session) != owner:
        return 403, NOT_YOURS
    length = Headers(scope=scope).get("content-length", "")
    if scope["method"] != "PUT":
        return None
    if not length.isdecimal() or _held(session) + int(length) > MOST:
        return 413, TOO_MUCH
    return None


def _sender(scope: Scope) -> tuple[str, Viewer | None]:
    if not sign_in.is_configured():
        return NOBODY, LOCAL
    claims = sign_in.claims_of_cookies(HTTPConnection(scope).cookies)
    return sign_in.person(claims), sign_in.viewer_of(claims)


def _held(session: str) -> int:
    """Bytes that lie in memory for an open page."""
    files = get_instance().uploaded_file_mgr
    held = (
        files.file_storage.get(session, {}) if isinstance(files, MemoryUploadedFileManager) else {}
    )
    return sum(len(file.data) for file in list(held.values()))
