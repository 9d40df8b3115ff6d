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
FALLBACK = {
    "nb": ("nb",),
    "nn": ("nn", "nb"),
    "dialect": ("dialect", "nn", "nb"),
    "en": ("en", "nb"),
}
SLOTS = ("naar", "fram", "siden", "antall", "frist")
SPOKEN = (
    "question", "complaint", "praise", "opinion", "error", "case", "sensitive", "thanks",
    "followup",
)  # fmt: skip
WINTER = "-vinter"  # what is only talked about from November to March, added to the topic's own
# What is said without words of ours: a tag, emoji or a sticker alone.
WORDLESS = ("tag", "emoji", "sticker")
BORROWED = {"tagged question": "question"}

# How a slot is filled, for key {k} and the places of the slot's own list.
FILLINGS = {
    "sted": "area({k})",
    "veg": "street({k})",
    "tid": "clock({k}, 7, 14)",
    "kontortid": "clock({k}, 8, 7)",
    "tema": "piece(tema_at, tema_n, {k}, 'tema')",
    **{slot: f"piece({slot}_at, {slot}_n, {{k}}, '{slot}')" for slot in SLOTS},
    "alder": "(4 + h({k}, 'alder') % 14)::VARCHAR",
    "telefon": "piece(1, getvariable('telefon_n'), {k}, 'telefon')",
    "epost": "person_handle((h({k}, 'epost') % 90000)::BIGINT) || '@post.example'",
    "fnr": "name_part('fnr', {k}, 'fnr')",
    "konto": "'1234.56.78903'",
}
# An opening and an ending have places and times of their own: {veg<} and {veg>}.
PARTS = {"<": "h(slot_key, 'opening')", "": "slot_key", ">": "h(k, 'ending')"}


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


def phones() -> list[str]:
    """Telephone numbers of series that are not in use (36 and 39), as people write them."""
    plain = [f"3{6 if n % 2 else 9}{n * 7919 % 1_000_000:06d}" for n in range(1, 41)]
    return [p if n % 3 else f"{p[:2]} {p[2:4]} {p[4:6]} {p[6:]}" for n, p in enumerate(plain)]


def identity_numbers() -> list[str]:
    """Synthetic national identity numbers: month + 80, which no person has; check digits right."""
    numbers = []
    for n in range(60):
        born = f"{1 + n % 28:02d}{81 + n % 12:02d}{50 + n % 45:02d}{100 + 7 * n:03d}"
        digits = [int(digit) for digit in born]
        for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
            digits.append(-sum(w * d for w, d in zip(weights, digits, strict=True)) % 11)
        if max(digits) < 10:
            numbers.append("".join(map(str, digits)))
    return numbers


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
    """(the long list, one line per intent × language × topic): see `combos` in prepare.py.

    `first` stands at the front of the long list, for texts that are drawn by themselves.
    """
    sections = {language: read_sections(FOLDER / f"{language}.txt") for language in LANGUAGES}
    pieces = Pieces(first)
    rows = [
        (intent, language, topic, *_places(pieces, sections, language, intent, topic))
        for language in LANGUAGES
        for intent in _intents()
        for topic in (*topics, *(topic + WINTER for topic in topics))
    ]
    return pieces.texts, rows


def filling_sql() -> str:
    """A query over `joined` that fills every slot of x, one after the other.

    A slot's text is only drawn for the lines that have the slot; done for all of them, drawing
    took twice as long.
    """
    sql = "FROM joined"
    for slot, drawn in FILLINGS.items():
        for part, key in PARTS.items():
            sql = _replace(sql, slot + part, drawn.format(k=key))
            if slot in ("tema", "fram"):
                sql = _replace(sql, f"{slot}_stor{part}", f"capital({drawn.format(k=key)})")
    places = ", ".join(f"{part}_at, {part}_n" for part in ("tema", *SLOTS))
    return f"SELECT * EXCLUDE ({places}) FROM ({sql})"


def _replace(sql: str, slot: str, drawn: str) -> str:
    mark = "{" + slot + "}"
    return (
        f"SELECT * REPLACE (CASE WHEN contains(x, '{mark}') THEN replace(x, '{mark}', {drawn})"
        f" ELSE x END AS x) FROM ({sql})"
    )


def _intents() -> Iterator[str]:
    yield from (*SPOKEN, *WORDLESS, *BORROWED, "spam", "post")
    yield from (f"reply {intent}" for intent in SPOKEN)


def _own_slots(texts: list[str], part: str) -> list[str]:
    return [text.replace("}", part + "}") for text in texts]


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
    topics = dict.fromkeys((topic, topic.removesuffix(WINTER)))
    endings = find(f"tail {said}") or (find("tail reply") if said.startswith("reply") else [])
    cores = (
        []
        if wordless
        else find(*(f"{said} {about}" for about in topics for _ in range(2)), f"{said} *", said)
    )
    openings = [] if intent in BORROWED or wordless else find(f"open {said}")
    for texts in (
        _own_slots(openings, "<"), cores, _own_slots(endings, ">"),
        find(*(f"tema {about}" for about in topics)),
    ):  # fmt: skip
        yield from pieces.place(texts)
    for slot in SLOTS:
        yield from pieces.place(find(f"slot {slot}"))
