"""The key of all pseudonyms."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from svarvakt.errors import UserFacingError

SECRET = re.compile(r"[0-9a-f]{64}")


def secret(data: Path) -> str:
    """The key of all pseudonyms (64 hex digits), made on first use, outside the lake, mode 0600.

    Raises UserFacingError when it is gone or damaged and something was imported with it: with
    another key no reply would find its thread, and figures would be wrong without a word.
    """
    path = data / "secret"
    found = path.read_text(encoding="ascii", errors="replace").strip() if path.exists() else ""
    if SECRET.fullmatch(found):
        return found
    if any((data / "lake").glob("[0-9a-f]*/import.json")):
        raise UserFacingError(
            f"Nøkkelen {path} mangler eller er skadd, og det som er lest inn, er låst til den: "
            "legg tilbake «secret» fra sikkerhetskopien; finnes ingen kopi, flytt mappen «lake» "
            "bort og les inn eksportene på nytt."
        )
    return _new_secret(path)


def _new_secret(path: Path) -> str:
    """Written aside and put in place whole: a stop half way leaves no half key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".secret-{os.getpid()}-{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return path.read_text(encoding="ascii").strip()
