"""One round of everybody at every door of one server."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from contextlib import ExitStack, closing
from pathlib import Path

from svarvakt.decisions import open_store
from tests.doors import tries
from tests.doors.ground import ROLES, Ground
from tests.doors.tries import Tally
from tests.doors.visitor import Line, Visitor

NOBODY, STRANGER = "nobody", "fremmed"  # not signed in; signed in and in no line of the list
EVERYBODY = (*ROLES, STRANGER, NOBODY)
FRAME = ("sign-out", "sprak", "fra", "til", "enhet", "konto")  # what is there for all


def everybody(ground: Ground, stack: ExitStack) -> dict[str, Visitor]:
    """One visitor per role, one whom nobody knows and one who has not signed in."""
    found = {}
    for who in EVERYBODY:
        found[who] = stack.enter_context(closing(Visitor(ground.address)))
        if who != NOBODY:
            found[who].sign_in(who)
    return found


def go(ground: Ground, most: int | None = None, seed: int = 0) -> Tally:
    """Everything is tried by everybody; with `most` only so many of each kind, by chance."""
    tally, chance = Tally(), random.Random(seed)
    with ExitStack() as stack:
        visitors = everybody(ground, stack)
        hashes, ids = keys_of(visitors["kommunikasjon"])
        offers = {who: tries.offers_of(who, visitors[who]) for who in ROLES}
        tries.downloads(tally, offers, visitors)
        before = contents(ground.data)
        for who, visitor in visitors.items():
            tries.routes(tally, who, visitor, most and most * 3, chance)
            tries.pages(tally, who, visitor, hashes, is_whole=most is None)
            tries.parameters(tally, who, visitor, most, chance)
            if who != "kommunikasjon":
                forged = tries.forgeries(ids, _import_of(ground), most and most // 5, chance)
                tries.widgets(tally, who, visitor, hashes, forged)
        after = contents(ground.data)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    tally.expect("everybody", f"changed {changed}", holds=not changed)
    return tally


def keys_of(keeper: Visitor) -> tuple[dict[str, str], set[str]]:
    """The pages' keys, and the ids of what only a keeper of the register sees."""
    ids: set[str] = set()
    with Line(keeper) as line:
        line.run("oversikt")
        hashes = line.page_hashes()
        for page in ("datagrunnlag", "kontoregister", "innstillinger"):
            line.run(page)
            ids |= line.widgets()
    return hashes, {each for each in ids if _is_telling(each)}


def _is_telling(widget: str) -> bool:
    """What acts: not the frame's own choices, which everybody has, and no link."""
    key = widget[38:]
    return key not in FRAME and not key.startswith(("download-", "page"))


def _import_of(ground: Ground) -> str:
    """Something that there is to take out again."""
    return min(path.name for path in (ground.data / "lake").iterdir())


def contents(data: Path) -> Mapping[str, str]:
    """Every file of the municipality but the log of events, by what is in it."""
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in data.rglob("*")
        if path.is_file() and not path.name.startswith("decisions.sqlite")
    } | {"decisions": f"{open_store(data).newest_id()} {open_store(data).register_edits()}"}
