"""Makes a `Template` of what a person or a file says, or says what is wrong with it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from etl.ingest.sources._columns import name_key
from etl.ingest.sources._template import (
    EPOCH,
    FIELDS,
    HOLDS,
    ID_SCOPES,
    MEANINGS,
    MEASURES,
    Template,
)
from etl.ingest.staging import UnsupportedFile
from svarvakt.platforms import PLATFORMS

# strptime directives that a pattern may use, and those that it must.
DIRECTIVES = set("YymdHIMSfpbBaAj%")
TEXTS = ("name", "title", "holds", "time_zone", "replies_key", "id_scope")
SWITCHES = ("is_tried", "takes_json")
LISTS = ("required", "signature", "times", "ignored", "warnings")


def template_from(said: Mapping[str, Any]) -> Template:
    """The template that the mapping describes (as TOML or JSON gives it).

    Raises `UnsupportedFile` with every fault, a sentence in Norwegian each.
    """
    faults = list(_shape_faults(said)) or list(_faults(said))
    if faults:
        raise UnsupportedFile(" ".join(faults))
    tables = {
        key: {name: tuple(names) for name, names in said.get(key, {}).items()}
        for key in ("columns", "words")
    }
    tables["words"] = {
        meaning: tuple(word.casefold() for word in words)
        for meaning, words in tables["words"].items()
    }
    given = {key: said[key] for key in TEXTS if key in said}
    lists = {key: tuple(said[key]) for key in LISTS if key in said}
    rest = {key: said[key] for key in SWITCHES if key in said} | {"platform": said.get("platform")}
    return Template(**{"required": (), **given, **lists, **tables, **rest})


def _shape_faults(said: Mapping[str, Any]) -> Iterator[str]:
    known = {field.name for field in dataclasses.fields(Template)}
    for key in said.keys() - known:
        yield f"Malen har et felt vi ikke kjenner: «{key}»."
    for key in ("name", "title"):
        if not isinstance(said.get(key), str) or not said[key].strip():
            yield f"Malen mangler «{key}»."
    for key in TEXTS:
        if not isinstance(said.get(key, ""), str):
            yield f"«{key}» må være tekst."
    if not isinstance(said.get("platform", ""), str | None):
        yield "«platform» må være tekst."
    for key in SWITCHES:
        if not isinstance(said.get(key, True), bool):
            yield f"«{key}» må være sann eller usann."
    yield from _list_faults(said)


def _list_faults(said: Mapping[str, Any]) -> Iterator[str]:
    for key in LISTS:
        if not _is_texts(said.get(key, [])):
            yield f"«{key}» må være en liste med tekster."
    for key in ("columns", "words"):
        table = said.get(key, {})
        if not isinstance(table, Mapping) or not all(map(_is_texts, table.values())):
            yield f"«{key}» må ha en liste med navn for hvert felt."


def _is_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


def _faults(said: Mapping[str, Any]) -> Iterator[str]:
    columns = said.get("columns", {})
    yield from _column_faults(columns, said.get("required", ()))
    yield from _kind_faults(said, columns)
    yield from _word_faults(said.get("words", {}), columns)
    for pattern in said.get("times", ()):
        yield from _pattern_faults(pattern)
    if {_order(pattern) for pattern in said.get("times", ())} >= {"dm", "md"}:
        yield "Datoene kan ikke være både dag først og måned først. Velg én rekkefølge."
    try:
        ZoneInfo(said.get("time_zone") or "UTC")
    except (KeyError, OSError, ValueError):
        yield f"Tidssonen «{said['time_zone']}» finnes ikke. Skriv for eksempel «Europe/Oslo»."


def _column_faults(columns: Mapping[str, Any], required: Any) -> Iterator[str]:
    fields = FIELDS | MEASURES
    for field in columns.keys() - fields.keys():
        yield f"«{field}» er ikke et felt vi kan lese. Velg blant: {', '.join(fields)}."
    for field, names in columns.items():
        if not names or not all(name_key(name) for name in names):
            yield f"Feltet «{field}» mangler navnet på kolonnen."
    for field in required:
        if field not in columns:
            yield f"«{field}» er påkrevd, men har ingen kolonne."
    if not required:
        yield "Malen må si hvilke kolonner som er påkrevd."
    seen: dict[str, str] = {}
    for field, names in columns.items():
        for name in names:
            if seen.setdefault(name_key(name), field) != field:
                yield f"Kolonnen «{name}» er brukt til både «{seen[name_key(name)]}» og «{field}»."


def _kind_faults(said: Mapping[str, Any], columns: Mapping[str, Any]) -> Iterator[str]:
    holds, platform = said.get("holds", "comments"), said.get("platform")
    if said.get("id_scope", "post") not in ID_SCOPES:
        yield f"«id_scope» må være en av {', '.join(ID_SCOPES)}."
    if holds not in HOLDS:
        yield f"«holds» må være en av {', '.join(HOLDS)}."
    if platform is not None and platform not in PLATFORMS:
        yield f"Plattformen «{platform}» er ikke en vi kjenner. Velg blant: {', '.join(PLATFORMS)}."
    if not {"created_at"} <= columns.keys():
        yield "Si hvilken kolonne som holder tidspunktet."
    if holds != "posts" and "text" not in columns:
        yield "Si hvilken kolonne som holder teksten."
    if holds != "comments" and not {"post_id", "post_url"} & columns.keys():
        yield "Si hvilken kolonne som holder innleggets ID eller lenke."
    if holds == "both" and not {"row_kind", "comment_id"} & columns.keys():
        yield "Si hvordan vi skiller innlegg fra kommentarer: en kolonne for det, eller en ID."


def _word_faults(words: Mapping[str, Any], columns: Mapping[str, Any]) -> Iterator[str]:
    for meaning in words.keys() - MEANINGS.keys():
        yield f"«{meaning}» er ikke noe et ord kan bety. Velg blant: {', '.join(MEANINGS)}."
    for meaning, field in MEANINGS.items():
        if words.get(meaning) and field not in columns:
            yield f"Ordene for «{meaning}» trenger en kolonne for «{field}»."
    if "direction" in columns and not words.get("own"):
        yield "Si hvilke ord som betyr at kontoen selv har skrevet."
    if "visibility" in columns and not (words.get("public") or words.get("private")):
        yield "Si hvilke ord som betyr at meldingen er offentlig eller privat."


def _pattern_faults(pattern: str) -> Iterator[str]:
    if pattern == EPOCH:
        return
    used = re.findall(r"%-?(.)", pattern)
    if not set(used) <= DIRECTIVES or not _order(pattern) or not {"Y", "y"} & set(used):
        yield f"Datoformatet «{pattern}» kan ikke brukes. Skriv for eksempel «%d.%m.%Y %H:%M»."


def _order(pattern: str) -> str:
    """The order of day and month in a pattern: "dm", "md" or "" when one of them is missing."""
    found = "".join(each.lower() for each in re.findall(r"%-?([dmbB])", pattern))
    found = found.replace("b", "m")
    return found if sorted(found) == ["d", "m"] else ""
