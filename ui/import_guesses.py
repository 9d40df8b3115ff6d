"""First guesses about a table's columns, for a person to correct; nothing is decided here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache

from etl.ingest.sources.templates import FORMATS
from etl.ingest.staging import normalise
from svarvakt.platforms import PLATFORMS

# How a column's name looks, where no shipped template knows it.
_LOOKS = {
    "created_at": r"dato|tid|date|time|created|opprettet|publisert|sendt",
    "text": r"(post |innleggs?)?(tekst|text|innhold|body|kommentar|comment|melding|message)$",
    "post_id": r"(innleggs?|post)[ _-]?id$",
    "post_url": r"(lenke|link|url).*(innlegg|post)|(innlegg|post).*(lenke|link|url)$",
    "comment_id": r"(kommentar|comment|message|meldings)[ _-]?id$|id$",
    "comment_url": r".*(lenke|link|url)",
    "parent_id": r"svare?r? på|parent|(in[ _-]?)?reply[ _-]?to|overordnet",
    "thread_id": r"tråd|samtale|thread|conversation",
    "author_id": r"(bruker|user|author|profile|forfatter)[ _-]?id$|(brukernavn|username)$",
    "author_name": r"(navn|name|forfatter|author|bruker|user|fra|from)\b",
    "direction": r"retning|direction|avsendertype|sender[ _-]?type",
    "hidden": r"skjult|hidden",
    "likes": r"lik(er|es)\b",
    "platform": r"plattform|platform|(social |sosialt )?(network|nettverk)|medium$",
    "account": r"konto|kanal|side|account|page|channel",
    "reach": r"rekkevidde|reach",
    "views": r"visninger|views",
    "reactions": r"reaksjoner|reactions",
    "comments": r"(antall )?kommentarer|comments",
    "shares": r"delinger|shares",
    "clicks": r"klikk|clicks",
}


def column_for(field: str, columns: Sequence[str], taken: Collection[str]) -> str:
    """The column that most likely holds the field; "" where none looks like it."""
    free = [one for one in columns if one and one not in taken]
    known = _known_names().get(field, frozenset())
    exact = [one for one in free if normalise(one) in known]
    if exact:
        return exact[0]
    looks = _LOOKS.get(field, re.escape(field))
    return next((one for one in free if re.match(looks, normalise(one))), "")


def time_pattern(sample: Iterable[str], patterns: Sequence[str]) -> str | None:
    """The pattern that all samples have, "" for ISO; None where two could be meant."""
    values = [value.strip() for value in sample if value.strip()]
    if not values or all(re.match(r"\d{4}-\d\d-\d\d", value) for value in values):
        return ""
    if all(re.fullmatch(r"\d{10,13}", value) for value in values):
        return "epoch"
    fitting = [one for one in patterns if "%" in one and all(_reads(v, one) for v in values)]
    orders = {one.index("%d") < one.index("%m") for one in fitting}
    is_dotted = all("." in value[:6] for value in values)
    return fitting[0] if len(orders) == 1 or (fitting and is_dotted) else None


def holds_guess(columns: Sequence[str]) -> str:
    """`posts` for a table with figures of posts and nothing of a comment, else `comments`."""
    has_figures = any(column_for(one, columns, ()) for one in ("reach", "views", "shares"))
    has_comments = any(column_for(one, columns, ()) for one in ("comment_id", "parent_id"))
    return "posts" if has_figures and not has_comments else "comments"


def looks_like_platforms(values: Sequence[str]) -> bool:
    """Whether all name a platform."""
    return bool(values) and all(one.lower() in PLATFORMS for one in values)


def looks_like_clocks(values: Sequence[str]) -> bool:
    """Whether all are times of day without a day."""
    return bool(values) and all(
        re.fullmatch(r"\d{1,2}[:.]\d\d([:.]\d\d)?( ?[AaPp][Mm])?", one) for one in values
    )


def _reads(value: str, pattern: str) -> bool:
    for tried in (pattern, f"{pattern}:%S"):
        try:
            datetime.strptime(value, tried)  # noqa: DTZ007 -- only whether it can be read
        except ValueError:
            continue
        return True
    return False


@cache
def _known_names() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for template in FORMATS:
        for field, names in template.columns.items():
            found.setdefault(field, set()).update(map(normalise, names))
    return {field: frozenset(names) for field, names in found.items()}
