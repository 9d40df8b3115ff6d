"""Makes a `Template` of what a person or a file says, or says what is wrong with it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from etl.ingest.reasons import ALL, reason
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

    Raises `UnsupportedFile` with every fault, a reason and a line each.
    """
    faults = list(_shape_faults(said)) or list(_faults(said))
    if faults:
        raise UnsupportedFile("\n".join(faults))
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
        yield reason("mapping_unknown_key", key=key)
    for key in ("name", "title"):
        if not isinstance(said.get(key), str) or not said[key].strip():
            yield reason("mapping_lacks_key", key=key)
    for key in TEXTS:
        if not isinstance(said.get(key, ""), str):
            yield reason("mapping_not_text", key=key)
    if not isinstance(said.get("platform", ""), str | None):
        yield reason("mapping_not_text", key="platform")
    for key in SWITCHES:
        if not isinstance(said.get(key, True), bool):
            yield reason("mapping_not_switch", key=key)
    yield from _list_faults(said)


def _list_faults(said: Mapping[str, Any]) -> Iterator[str]:
    for key in LISTS:
        if not _is_texts(said.get(key, [])):
            yield reason("mapping_not_list", key=key)
    for code in filter(_is_unknown_reason, said.get("warnings", [])):
        yield reason("mapping_unknown_reason", name=code)
    for key in ("columns", "words"):
        table = said.get(key, {})
        if not isinstance(table, Mapping) or not all(map(_is_texts, table.values())):
            yield reason("mapping_not_table", key=key)


def _is_unknown_reason(code: Any) -> bool:
    """A warning is a reason without values."""
    return not isinstance(code, str) or code not in ALL or "{" in ALL[code]


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
        yield reason("mapping_two_orders")
    try:
        ZoneInfo(said.get("time_zone") or "UTC")
    except (KeyError, OSError, ValueError):
        yield reason("mapping_no_zone", zone=said["time_zone"])


def _column_faults(columns: Mapping[str, Any], required: Any) -> Iterator[str]:
    fields = FIELDS | MEASURES
    for field in columns.keys() - fields.keys():
        yield reason("mapping_unknown_field", field=field, fields=", ".join(fields))
    for field, names in columns.items():
        if not names or not all(name_key(name) for name in names):
            yield reason("mapping_field_unnamed", field=field)
    for field in required:
        if field not in columns:
            yield reason("mapping_required_absent", field=field)
    if not required:
        yield reason("mapping_nothing_required")
    seen: dict[str, str] = {}
    for field, names in columns.items():
        for name in names:
            if seen.setdefault(name_key(name), field) != field:
                yield reason(
                    "mapping_column_twice", column=name, first=seen[name_key(name)], second=field
                )


def _kind_faults(said: Mapping[str, Any], columns: Mapping[str, Any]) -> Iterator[str]:
    holds, platform = said.get("holds", "comments"), said.get("platform")
    if said.get("id_scope", "post") not in ID_SCOPES:
        yield reason("mapping_not_among", key="id_scope", choices=", ".join(ID_SCOPES))
    if holds not in HOLDS:
        yield reason("mapping_not_among", key="holds", choices=", ".join(HOLDS))
    if platform is not None and platform not in PLATFORMS:
        yield reason("mapping_unknown_platform", platform=platform, platforms=", ".join(PLATFORMS))
    if not {"created_at"} <= columns.keys():
        yield reason("mapping_no_time")
    if holds != "posts" and "text" not in columns:
        yield reason("mapping_no_text")
    if holds != "comments" and not {"post_id", "post_url"} & columns.keys():
        yield reason("mapping_no_post")
    if holds == "both" and not {"row_kind", "comment_id"} & columns.keys():
        yield reason("mapping_no_kind")


def _word_faults(words: Mapping[str, Any], columns: Mapping[str, Any]) -> Iterator[str]:
    for meaning in words.keys() - MEANINGS.keys():
        yield reason("mapping_unknown_meaning", meaning=meaning, meanings=", ".join(MEANINGS))
    for meaning, field in MEANINGS.items():
        if words.get(meaning) and field not in columns:
            yield reason("mapping_words_without_column", meaning=meaning, field=field)
    if "direction" in columns and not words.get("own"):
        yield reason("mapping_no_own_words")
    if "visibility" in columns and not (words.get("public") or words.get("private")):
        yield reason("mapping_no_visibility")


def _pattern_faults(pattern: str) -> Iterator[str]:
    if pattern == EPOCH:
        return
    used = re.findall(r"%-?(.)", pattern)
    if not set(used) <= DIRECTIVES or not _order(pattern) or not {"Y", "y"} & set(used):
        yield reason("mapping_pattern", pattern=pattern)


def _order(pattern: str) -> str:
    """The order of day and month in a pattern: "dm", "md" or "" when one of them is missing."""
    found = "".join(each.lower() for each in re.findall(r"%-?([dmbB])", pattern))
    found = found.replace("b", "m")
    return found if sorted(found) == ["d", "m"] else ""
