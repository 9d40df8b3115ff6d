"""The column templates that ship: every file in `templates/` is a format (docs/template.md)."""

from __future__ import annotations

import tomllib
from pathlib import Path

from etl.ingest.sources._template import Template
from etl.ingest.sources._template_checks import template_from

__all__ = ("FORMATS", "Template", "shipped", "template_from")

FOLDER = Path(__file__).with_suffix("")


def shipped() -> tuple[Template, ...]:
    """The templates of the folder, in the order of their names."""
    return tuple(
        template_from(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.toml"))
    )


FORMATS = shipped()
