"""Reads the texts of the demonstration and lays them out for drawing by number.

All texts stand in one long list. For every (intent, language, topic) a line says where in that
list the openings, cores, endings, subjects and times begin, and how many there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).with_name("texts")
LANGUAGES = ("nb", "nn", "dialect", "en")
# Where a language lacks a section, the next one is asked.
FALLBACK = {"nb": ("nb",), "nn": ("nn", "nb"), "dialect": ("dialect", "nn", "nb"), "en": ("en", "nb")}
SLOTS = ("naar", "fram", "siden", "antall", "frist")
SPOKEN = ("question", "complaint", "praise", "opinion", "error", "case", "sensitive", "thanks")
SPOKEN += ("followup",)
# What is said without words of ours: a tag, emoji or a sticker alone.
WORDLESS = ("tag", "emoji", "sticker")
BORROWED = {"tagged question": "question"}

Sections = dict[tuple[str, str, str], list[str]]  # (language, part, topic) -> texts


def read_sections(path: Path) -> dict[str, list[str]]:
    """The `[name]` sections of one text file: name -> lines, comments left out."""
    sections: dict[str, list[str]] = defaultdict(list)
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
        elif line and not line.startswith("#"):
            sections[name].append(line)
    return dict(sections)


def names() -> dict[str, list[str]]:
    """First and family names, parts of place names, emoji."""
    return read_sections(FOLDER / "names.txt")


class Pieces:
    """The long list while it is being laid out; equal stretches stand in it once."""

    def __init__(self, first: list[str]) -> None:
        self.texts = list(first)
        self._places: dict[tuple[str, ...], int] = {}

    def place(self, texts: list[str]) -> tuple[int, int]:
        """(1-based place of the first, how many); (1, 0) for none."""
        if not texts:
            return 1, 0
        key = tuple(texts)
        if key not in self._places:
            self._places[key] = len(self.texts) + 1
            self.texts.extend(texts)
        return self._places[key], len(texts)


def lay_out(topics: list[str], first: list[str]) -> tuple[list[str], list[tuple[object, ...]]]:
    """(the long list, one line per intent × language × topic): see `combos` in generate.py.

    `first` stands at the front of the long list, for texts that are drawn by themselves.
    """
    sections = {language: read_sections(FOLDER / f"{language}.txt") for language in LANGUAGES}
    pieces = Pieces(first)
    rows = [
        (intent, language, topic, *_places(pieces, sections, language, intent, topic))
        for language in LANGUAGES
        for intent in _intents()
        for topic in topics
    ]
    return pieces.texts, rows


def _intents() -> Iterator[str]:
    yield from (*SPOKEN, *WORDLESS, *BORROWED, "spam", "post")
    yield from (f"reply {intent}" for intent in SPOKEN)


def _places(
    pieces: Pieces,
    sections: dict[str, dict[str, list[str]]],
    language: str,
    intent: str,
    topic: str,
) -> Iterator[int]:
    def find(*wanted: str) -> list[str]:
        for tried in FALLBACK[language]:
            found = [text for name in wanted for text in sections[tried].get(name, [])]
            if found:
                return found
        return []

    wordless = intent in WORDLESS
    said = BORROWED.get(intent, intent)
    own = f"{said} {topic}"
    cores = [] if wordless else find(own, own, f"{said} *", said)
    openings = [] if intent in BORROWED or wordless else find(f"open {said}")
    for texts in (openings, cores, find(f"tail {said}"), find(f"tema {topic}")):
        yield from pieces.place(texts)
    for slot in SLOTS:
        yield from pieces.place(find(f"slot {slot}"))
