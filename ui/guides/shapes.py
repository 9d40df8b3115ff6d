"""What a guide to one platform or tool holds; the texts are made in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from svarvakt.i18n import _

Lines = tuple[str, ...]


@dataclass(frozen=True)
class FileKind:
    """A file that one can get.

    `platform` or one of `marks` finds the import format that reads it: a mark stands in the
    format's name or in its sentence about what it expects.
    """

    words: str
    marks: Lines = ()
    platform: str = ""

    @property
    def is_read(self) -> bool:
        """Whether an import format of ours reads it now: asked of the import, never promised."""
        return any(
            (self.platform and self.platform == platform)
            or any(mark in told for mark in self.marks)
            for platform, told in _readers()
        )


@cache
def _readers() -> Sequence[tuple[str, str]]:
    from etl.ingest.detection import formats  # the import is heavy; few visits need it

    return [(one.PLATFORM or "", f"{one.FORMAT} {one.EXPECTS}".casefold()) for one in formats()]


@dataclass(frozen=True)
class Way:
    """One way to the file, step by step; a name only where there are several."""

    steps: Lines
    name: str = ""


@dataclass(frozen=True)
class Guide:
    """How to get the files of one platform or tool, and what they do not hold.

    `address` stands in the page's address and never changes. `names_buttons`: the steps name
    buttons of a screen that nobody has seen in Norwegian yet. `has_workbook`: there is an empty
    workbook to fill in.
    """

    address: str
    title: str
    gives: str
    ways: tuple[Way, ...]
    tick: Lines
    limits: Lines
    files: tuple[FileKind, ...]
    lacks: Lines
    care: Lines
    names_buttons: bool = True
    has_workbook: bool = False


def not_excel() -> str:
    return _("Do not open and save the file in Excel first. Excel ruins long numbers and dates.")


def not_edited() -> str:
    return _("Leave the file as it is. Do not change the text.")


def not_tried() -> str:
    return _("This has not been tried with a real file. Try a small one first.")


def nothing_to_tick() -> str:
    return _("There is nothing to tick. The file holds what Svarvakt uses.")


def totals() -> str:
    return _("The figures are totals until the day you export. The newest file counts.")


def american_clock() -> str:
    """formats.md 1.3 a."""
    return _(
        "The times in the file are those of Los Angeles. Svarvakt turns them into Norwegian time."
    )


def year_at_a_time() -> str:
    return _("At most 365 days in a file. Export one year at a time.")


def no_comments() -> str:
    return _(
        "The comments themselves. Svarvakt sees how many they are, not whether people got answers."
    )


def no_employee() -> str:
    return _("Who in the municipality wrote the answer.")


def no_private() -> str:
    return _("Answers in private messages.")


def outside_company(names: str) -> str:
    """R20: a service outside gets citizens' comments; somebody has to say yes first."""
    return _(
        "{names}: a company outside the municipality gets names and comments. Ask the data "
        "protection officer first."
    ).format(names=names)


def fetch_now(best: str) -> Way:
    """«Hent nå» for the platforms that have it."""
    return Way(
        (
            _("Ask whoever runs Svarvakt to set up the key for the account, once."),
            _("Press «Fetch now». Posts, comments and answers are fetched and read in."),
        ),
        best,
    )
