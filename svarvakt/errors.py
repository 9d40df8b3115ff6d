"""What a fault of the machine means, and what mends it: one plain Norwegian sentence each."""

from __future__ import annotations

import errno

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
# What the databases say, in their own words, where they do not give the number of the fault.
WORDS = {
    "full": ("no space left", "disk is full", "disk quota exceeded", "file too large"),
    "forbidden": ("permission denied", "read-only file system", "readonly database"),
    "decisions": ("file is not a database", "disk image is malformed", "malformed database"),
    "server": ("psycopg.operationalerror",),
    "memory": ("out of memory",),
}
SENTENCES = {
    "full": (
        "Disken er full, så det siste ble ikke lagret, men det som var lagret før, står: "
        "frigjør plass{where} og prøv igjen."
    ),
    "forbidden": (
        "Svarvakt får ikke lov til å lese eller skrive{where}: gi brukeren som kjører Svarvakt, "
        "lese- og skriverett til hele datamappen og prøv igjen."
    ),
    "decisions": (
        "Databasen med avgjørelser (decisions.sqlite) er skadd: stopp Svarvakt og legg tilbake "
        "den siste sikkerhetskopien med «python -m etl restore FIL --replace»."
    ),
    "server": (
        "Databasen for avgjørelser svarer ikke: sjekk at PostgreSQL kjører og at adressen i "
        "SVARVAKT_DECISIONS er riktig, og prøv igjen."
    ),
    "memory": (
        "Maskinen har for lite ledig minne: lukk andre programmer eller les inn færre filer om "
        "gangen, og prøv igjen."
    ),
}


class UserFacingError(Exception):
    """Something that a person must mend; its text says what it is and what to do."""


def user_message(error: BaseException) -> str | None:
    """The sentence for a fault of disk, rights, memory or a damaged file; None = not one."""
    if isinstance(error, UserFacingError):
        return str(error)
    kind = _kind(error)
    return SENTENCES[kind].format(where=_where(error)) if kind else None


def _kind(error: BaseException) -> str | None:
    number = error.errno if isinstance(error, OSError) else None
    if number in FULL:
        return "full"
    if number in FORBIDDEN:
        return "forbidden"
    if isinstance(error, MemoryError):
        return "memory"
    said = f"{type(error).__module__}.{type(error).__name__} {error}".lower()
    return next((kind for kind, words in WORDS.items() if any(w in said for w in words)), None)


def _where(error: BaseException) -> str:
    name = error.filename if isinstance(error, OSError) else None
    return f" ({name})" if name else ""
