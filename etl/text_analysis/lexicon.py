"""The words that tip the tone: those that come with the program, and the municipality's own."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from etl.lake.files import atomic_write

HERE = Path(__file__).parent
COLUMNS = ("stem", "weight", "language", "kind")
HEAVIEST = 3  # of the shipped list too
LONGEST = 60  # letters
# Letters, numbers, blanks, hyphens and apostrophes; a star where more letters may come.
_PATTERN = re.compile(r"\*?\w[\w '’-]*\*?")


class Word(NamedTuple):
    """One line. A weight below 0 is negative, 0 takes a shipped line away."""

    stem: str
    weight: float
    language: str = ""
    kind: str = "word"

    @property
    def shown(self) -> str:
        """As the analysis tells which words tipped a text: `elendig…`."""
        return re.sub(r"^\*|\*$", "…", self.stem)


class BadWord(ValueError):
    """A stem that the analysis could not read."""


@cache
def shipped() -> tuple[Word, ...]:
    """The lines of the program's own list that weigh something, by their letters."""
    found = (word for word in _read(HERE / "words.csv") if word.weight)
    return tuple(sorted(found, key=lambda word: word.stem.strip("*")))


def own(path: Path) -> list[Word]:
    """The municipality's own lines, by their letters; none where there is no file."""
    return sorted(_read(path), key=lambda w: w.stem.strip("*")) if path.is_file() else []


def put(path: Path, stem: str, weight: float) -> Word:
    """Adds a line, or replaces the one with the same stem. Raises BadWord."""
    tidy = " ".join(stem.lower().split())
    if len(tidy) > LONGEST or not _PATTERN.fullmatch(tidy) or abs(weight) > HEAVIEST:
        raise BadWord(tidy)
    word = Word(tidy, weight, "", "phrase" if " " in tidy else "word")
    _write(path, [*(each for each in own(path) if each.stem != tidy), word])
    return word


def remove(path: Path, stem: str) -> None:
    """Takes a line away; the shipped line with the same stem holds again."""
    _write(path, [each for each in own(path) if each.stem != stem])


def _read(path: Path) -> list[Word]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Word(
                line["stem"].strip().lower(), float(line["weight"]), line["language"], line["kind"]
            )
            for line in csv.DictReader(file)
        ]


def _write(path: Path, words: Iterable[Word]) -> None:
    """Replaces the file in one step: a build reads the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    lines.writerows((w.stem, f"{w.weight:g}", w.language, w.kind) for w in words)
    atomic_write(path, text.getvalue().encode(), mode=0o644)
