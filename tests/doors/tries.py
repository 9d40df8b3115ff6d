"""What is tried by everybody at every door, and what came of it.

A try is refused when a closed door says so, and it is broken when a byte came that this person may
not have, when a closed page was shown, or when an own page failed.
"""

from __future__ import annotations

import io
import itertools
import random
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlencode

import pypdf
from streamlit.proto.WidgetStates_pb2 import WidgetState

from svarvakt import access
from tests.doors.ground import ACCOUNT_NAMES, NOTHING, OTHERS, OTHERS_UNIT, OWN, leaks
from tests.doors.visitor import Line, Visitor, trigger

T = TypeVar("T")
PAGES = access.PAGES["kommunikasjon"]
READY, FAILED = b"page-is-ready", (b"page-has-failed", b"Traceback", b"duckdb.")
CLOSED = b"Denne siden har du ikke tilgang til"
GATES = (b"Logg inn med jobbkontoen", "Du har ingen tilgang ennå".encode())
PARAMETERS = ("enhet", "konto", "fra", "til", "kilde", "sprak", "start", "embed", "embed_options")
VALUES = (
    OTHERS_UNIT,
    OTHERS,
    OTHERS.partition(":")[2],
    "kultur",
    OWN,
    "",
    "*",
    "%",
    "None",
    "-1",
    "0",
    "9" * 400,
    "2026-10-01",
    "0001-01-01",
    "9999-12-31",
    "2026-13-45",
    "-2026-01-01",
    "' OR '1'='1",
    f"'; DROP TABLE items; SELECT '{OTHERS_UNIT}",
    "x') UNION SELECT text FROM items --",
    "\"; COPY items TO '/tmp/ut.csv'; --",
    "../../register/access.csv",
    "<script>alert(1)</script>",
    "{{7*7}}${7*7}",
    "\u202e\u0000\ufeffÆØÅ🐚",
    "ku\u0301ltur",
    "\uff4b\uff55\uff4c\uff54\uff55\uff52",
    "KULTUR",
    "a" * 50_000,
)
# Everything that the server answers to, and addresses that are asked of such servers.
ROUTES = (
    *("/", "/start", *(f"/{page}" for page in PAGES), *(f"/{page}/" for page in PAGES)),
    *("/_stcore/health", "/_stcore/host-config", "/_stcore/script-health-check"),
    *("/_stcore/metrics", "/_stcore/metrics?families=session_events", "/_stcore/stream"),
    *("/_stcore/agent", "/_stcore/agent/mcp", "/_stcore/agent/run", "/_stcore/message"),
    *("/_stcore/allowed-message-origins", "/_stcore/bidi-components/x/index.html"),
    *("/_stcore/upload_file/a/b", "/_stcore/upload_file/../../data/secret"),
    *("/component/x/index.html", "/component/../../dashboard.py", "/media/", "/media/x.csv"),
    *("/app/static/svarvakt.svg", "/app/static/../dashboard.py", "/app/static/%2e%2e/dashboard.py"),
    *("/app/static/..%2f..%2fdata%2fsecret", "/app/static//etc/passwd", "/static/../../access.py"),
    *("/static/js/", "/static/index.html", "/manifest.json", "/favicon.png"),
    *("/healthz", "/healthz/", "/nedlasting/", "/nedlasting/x", "/nedlasting/../data/secret"),
    *("/auth/login", "/auth/login?provider=default", "/oauth2callback", "/oauth2callback?code=x"),
    *("/oauth2callback?error=x&error_description=%0d%0aSet-Cookie:%20a=b", "/auth/logout/x"),
    *("/data/exports/zissel-kommentarer.csv", "/.streamlit/secrets.toml", "/data/secret"),
    *("/pages/kontoer/datagrunnlag.py", "/dashboard.py", "/decisions.sqlite", "/.git/config"),
    *(
        "/warehouse/current.json",
        "/register/access.csv",
        "//angriper.example",
        "/%00",
        "/openapi.json",
    ),
)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")


@dataclass
class Tally:
    """Counts by person; `broken` is empty or the door stands open."""

    tried: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def note(
        self, who: str, what: str, told: bytes, *, is_refused: bool, may_hold: Sequence[bytes] = ()
    ) -> None:
        """One try and every byte that came of it, which may hold some words beside the usual."""
        self.tried[who] += 1
        self.refused[who] += is_refused
        given = [word for word in leaks(told, who) if word not in may_hold]
        self.broken += [f"{who}: {what}: {word.decode()}" for word in given]
        self.broken += [f"{who}: {what}: {word.decode()}" for word in FAILED if word in told]

    def expect(self, who: str, what: str, *, holds: bool) -> None:
        if not holds:
            self.broken.append(f"{who}: {what}")


def own_pages(who: str) -> Sequence[str]:
    return next((pages for role, pages in access.PAGES.items() if role == who), ())


def _page(tally: Tally, who: str, page: str, what: str, told: bytes) -> None:
    """A page of one's own is whole; in place of another there stands a sentence."""
    is_closed = CLOSED in told or any(gate in told for gate in GATES)
    tally.note(who, f"{page} {what}", told, is_refused=is_closed)
    is_whole = READY in told and is_closed != (page in own_pages(who))
    tally.expect(who, f"{page} {what}: closed {is_closed}", holds=is_whole)


def pages(
    tally: Tally, who: str, visitor: Visitor, hashes: dict[str, str], *, is_whole: bool
) -> None:
    """Every page by its key, and by its address, and a part of it alone."""
    with Line(visitor) as line:
        for page in PAGES:
            _page(tally, who, page, "by key", line.run(page_hash=hashes[page]))
            if is_whole:
                _page(tally, who, page, "by address", line.run(page))
                _page(tally, who, page, "by both", line.run("oversikt", page_hash=hashes[page]))
    with Line(visitor) as line:
        line.run(*own_pages(who)[:1])
        for page in PAGES if is_whole else ("datagrunnlag", "logg"):
            line.raw = []
            line.ask(page, page_hash=hashes[page], fragment="a" * 32)
            told = line.quiet(0.05)
            tally.note(who, f"{page} fragment", told, is_refused=READY not in told)


def parameters(
    tally: Tally, who: str, visitor: Visitor, most: int | None, chance: random.Random
) -> None:
    """Every value in every parameter on every own page; twice, in all and oddly named, on one."""
    pages = own_pages(who) or PAGES[:1]
    every = [
        *itertools.product(_alone(), pages),
        *zip(_odd(), itertools.cycle(pages), strict=False),
    ]
    for query, page in _some(every, most, chance):
        with Line(visitor) as line:
            told = line.run(page, query)
        _page(tally, who, page, query[:80], told)
        ids = [each for each in (OTHERS_UNIT, OTHERS.partition(":")[2]) if each not in query]
        is_told = who in ("enhetsleder", "administrator") and any(i.encode() in told for i in ids)
        tally.expect(who, f"{page} {query[:80]}: another's id", holds=not is_told)


def _some(every: Sequence[T], most: int | None, chance: random.Random) -> Sequence[T]:
    return every if most is None or most >= len(every) else chance.sample(every, most)


def _alone() -> Iterator[str]:
    for name, value in itertools.product(PARAMETERS, VALUES):
        yield urlencode({name: value})


def _odd() -> Iterator[str]:
    for value in VALUES:
        yield urlencode(dict.fromkeys(PARAMETERS, value))
        for name in PARAMETERS:
            yield urlencode([(name, "kultur"), (name, value), (name, value)])
            yield urlencode({f"{name}[]": value, name.upper(): value})


def routes(
    tally: Tally, who: str, visitor: Visitor, most: int | None, chance: random.Random
) -> None:
    """Every address with every method: no figure, no file, no fault, and its headers."""
    for route, method in _some(list(itertools.product(ROUTES, METHODS)), most, chance):
        answer = visitor.web.request(method, route)
        told = answer.content + repr(answer.headers.multi_items()).encode()
        tally.note(who, f"{method} {route}", told, is_refused=answer.status_code >= 400)
        # Over plain requests nobody gets anything but the frame, signed in or not.
        given = [word for word in NOTHING if word in told.lower()]
        tally.expect(who, f"{method} {route}: {given}", holds=not given)
        tally.expect(who, f"{method} {route}: 500", holds=answer.status_code < 500)
        is_bare = answer.headers.get("X-Content-Type-Options") != "nosniff"
        tally.expect(who, f"{method} {route}: no headers", holds=not is_bare)


def downloads(tally: Tally, offers: dict[str, set[str]], visitors: dict[str, Visitor]) -> None:
    """Every file by everybody: its owner's alone, and in it nothing that the owner may not know."""
    for owner, who in itertools.product(offers, visitors):
        for address in sorted(offers[owner]):
            answer = visitors[who].web.get(address)
            is_refused = answer.status_code == 404
            told = unpacked(answer.content)
            # The month's workbook has a line per account, by its public name.
            named = ACCOUNT_NAMES if who == owner == "ledelse" else ()
            tally.note(who, f"a file of {owner}", told, is_refused=is_refused, may_hold=named)
            tally.expect(who, f"a file of {owner}: {address}", holds=is_refused == (owner != who))


def offers_of(who: str, visitor: Visitor) -> set[str]:
    found: set[str] = set()
    with Line(visitor) as line:
        for page in own_pages(who):
            line.run(page)
            found |= line.downloads()
    return found


def unpacked(content: bytes) -> bytes:
    """The words of a file: those of an office document and of a PDF are packed."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return b"".join(file.read(name) for name in file.namelist())
    if content.startswith(b"%PDF"):
        pages_of = pypdf.PdfReader(io.BytesIO(content)).pages
        return "".join(page.extract_text() for page in pages_of).encode()
    return content


def widgets(
    tally: Tally,
    who: str,
    visitor: Visitor,
    hashes: dict[str, str],
    forged: Sequence[Sequence[WidgetState]],
) -> None:
    """Clicks on what only others see: on the page where it is, and on an own one."""
    with Line(visitor) as line:
        line.run(*own_pages(who)[:1])
        for each in forged:
            for page in ("datagrunnlag", "kontoregister", "innstillinger", *own_pages(who)[:1]):
                told = line.run(page, page_hash=hashes[page], widgets=each)
                _page(tally, who, page, f"forged {each[0].id[38:]}", told)


def forgeries(
    ids: set[str], value: str, most: int | None, chance: random.Random
) -> list[list[WidgetState]]:
    """A click on each, a value in each, and a click on everything at once."""
    clicks = [[trigger(each)] for each in sorted(ids)]
    values = [[WidgetState(id=each, string_value=value)] for each in sorted(ids)]
    everything = [trigger(each) for each in sorted(ids)]
    return [everything, *_some([*clicks, *values], most, chance)]
