"""Column templates that people of the municipality made of tables that no format knows."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from etl.ingest.reasons import reason
from etl.ingest.sources.templates import Template, template_from
from etl.ingest.staging import UnsupportedFile
from svarvakt import decisions

KIND = "column_template"


def own_templates(data: Path) -> tuple[Template, ...]:
    """The templates in force, in the order in which they were made.

    One that this version cannot read any more is left out: its files are then asked about anew.
    """
    if not decisions.is_used(data):
        return ()
    made = decisions.open_store(data).in_force(about="import")
    found = (_readable(one.details) for one in made if one.kind == KIND)
    return tuple(template for template in found if template is not None)


def mappings(data: Path) -> dict[str, Mapping[str, Any]]:
    """What people said of each such table (as `template_from` takes it), by its format's name."""
    if not decisions.is_used(data):
        return {}
    made = decisions.open_store(data).in_force(about="import")
    return {
        one.subject: json.loads(str(one.details["mapping"])) for one in made if one.kind == KIND
    }


def mapping_keys(data: Path) -> dict[str, str]:
    """A short hash of each mapping: an import that was read by another one is read anew."""
    return {name: _key(mapping) for name, mapping in mappings(data).items()}


def _key(mapping: Mapping[str, Any]) -> str:
    told = json.dumps(mapping, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def decision_of(said: Mapping[str, Any]) -> decisions.New:
    """The decision that keeps a template. Raises UnsupportedFile with what is wrong with it."""
    template = template_from(said)
    kept = json.dumps(said, ensure_ascii=False)
    if len(kept) > decisions.MOST_TEXT:
        raise UnsupportedFile(reason("template_too_large"))
    return decisions.New(KIND, "import", template.FORMAT, {"mapping": kept})


def name_of(title: str) -> str:
    """The format's name of a template, from what a person calls the table."""
    letters = title.lower().translate(str.maketrans("æøå", "aoa"))
    return "egen_" + (re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:60] or "tabell")


def _readable(details: Mapping[str, Any]) -> Template | None:
    try:
        return template_from(json.loads(str(details.get("mapping"))))
    except (UnsupportedFile, json.JSONDecodeError, AttributeError):
        return None
