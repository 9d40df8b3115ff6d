"""The guidelines in the municipality's own words: a text file that they own, one part per rule.

`data/register/guidelines.md` (`guidelines.nn.md`, `guidelines.en.md` for other languages): a line
`## G6b …` begins a rule, what stands before the first is the introduction. Only paragraphs and
lists are read; everything else is shown as it is written, never as HTML.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from svarvakt import i18n, settings
from ui.markup import escape

FILE = "guidelines.md"
MOST = 100_000  # bytes
_HEADING = re.compile(r"##\s*(G[1-9][a-c]?)\b[\s.:–-]*(.*)")
_POINT = re.compile(r"\s*[-*]\s+(.*)")


@dataclasses.dataclass(frozen=True)
class Section:
    """One rule as the municipality wrote it."""

    title: str
    text: str


@dataclasses.dataclass(frozen=True)
class Guidelines:
    """The municipality's text; no sections = none is written yet."""

    introduction: str = ""
    sections: Mapping[str, Section] = dataclasses.field(default_factory=dict)


def path() -> Path:
    """The file of the page's language where there is one, else the municipality's main one."""
    folder = settings.active_data_dir() / "register"
    own = folder / f"guidelines.{i18n.language()}.md"
    return own if own.is_file() else folder / FILE


def own_words() -> Guidelines:
    """The municipality's own text; empty when there is no file that can be read."""
    try:
        with path().open("rb") as file:
            text = file.read(MOST).decode("utf-8-sig", errors="replace")
    except OSError:
        return Guidelines()
    return read(text)


def read(text: str) -> Guidelines:
    """The parts of a text. Of two parts for the same rule the first holds."""
    introduction: list[str] = []
    found: dict[str, tuple[str, list[str]]] = {}
    part = introduction
    for line in text.replace("\r\n", "\n").split("\n"):
        match = _HEADING.fullmatch(line.strip())
        if match:
            part = []
            found.setdefault(match[1], (match[2].strip(), part))
        elif not re.match(r"#\s", line):  # the file's own title is not shown again
            part.append(line)
    sections = {
        rule: Section(title, "\n".join(body).strip()) for rule, (title, body) in found.items()
    }
    return Guidelines("\n".join(introduction).strip(), sections)


def as_html(text: str) -> str:
    """Paragraphs and lists; every other sign is shown as it stands."""
    return "".join(_block(block) for block in re.split(r"\n\s*\n", text.strip()) if block.strip())


def show(text: str) -> None:
    """Puts the municipality's text on the page."""
    if text:
        st.html(f'<div class="sv-text">{as_html(text)}</div>')


def _block(block: str) -> str:
    """A paragraph, a list, or a paragraph followed by a list."""
    words: list[str] = []
    points: list[str] = []
    for line in block.split("\n"):
        match = _POINT.fullmatch(line)
        if match:
            points.append(match[1])
        elif points:
            points[-1] += " " + line.strip()
        else:
            words.append(line.strip())
    said = f"<p>{escape(' '.join(words))}</p>" if words else ""
    listed = "".join(f"<li>{escape(point)}</li>" for point in points)
    return said + (f"<ul>{listed}</ul>" if listed else "")
