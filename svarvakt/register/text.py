"""Text as people type it: cleaned, folded for comparing, split into lists."""

from __future__ import annotations

import re
import unicodedata

_ORG_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def clean(text: str) -> str:
    """A cell without what can't be seen: NFC, no zero-width characters, no blanks at the ends."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\x00\ufeff\u200b\u00ad]", "", text).strip()


def fold(word: str) -> str:
    """Words and headers are compared without case, æøå and the kind of blank: `Målform ` = malform.

    `aa` counts as å, so that `maal`, `mål` and `mal` are one.
    """
    word = clean(word).strip("*").casefold()
    for letter, plain in (("å", "a"), ("aa", "a"), ("ø", "o"), ("æ", "ae")):
        word = word.replace(letter, plain)
    return re.sub(r"[\s_-]+", "_", word.strip())


def split_list(text: str) -> tuple[str, ...]:
    """The parts of a list separated by |, each once, in order."""
    parts = (clean(part) for part in text.split("|"))
    return tuple(dict.fromkeys(part for part in parts if part))


def is_org_number(digits: str) -> bool:
    """Nine digits, the last one by modulus 11 (Brønnøysundregistrene)."""
    if not re.fullmatch(r"[0-9]{9}", digits):
        return False
    total = sum(w * int(d) for w, d in zip(_ORG_WEIGHTS, digits, strict=False))
    return (11 - total % 11) % 11 == int(digits[8])
