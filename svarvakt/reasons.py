"""Sentences that are stored in bokmål and worded in the reader's language: a code with values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

_VALUE = re.compile(r"\{(\w+)\}")


class Reason(str):
    """A sentence in bokmål that knows its `code` and `values`."""

    __slots__ = ("code", "values")
    code: str
    values: dict[str, str]


class ReasonTable:
    """Templates in bokmål by code: makes their sentences, and knows a stored one again."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = templates

    def reason(self, code: str, **values: object) -> Reason:
        """The sentence of a code. Raises KeyError for a code or value that it does not have."""
        texts = {name: str(value) for name, value in values.items()}
        sentence = Reason(self.templates[code].format_map(texts))
        sentence.code, sentence.values = code, texts
        return sentence

    def names(self, code: str) -> list[str]:
        """The names of a code's values."""
        return _VALUE.findall(self.templates[code])

    def read(self, sentence: str) -> Reason | None:
        """The reason behind a stored sentence; None for one that no template gives."""
        for code, pattern in self._patterns:
            if found := pattern.fullmatch(sentence):
                return self.reason(code, **found.groupdict())
        return None

    @cached_property
    def _patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        """Each template as a pattern, those with the most fixed text first."""
        ordered = sorted(
            self.templates, key=lambda code: -len(_VALUE.sub("", self.templates[code]))
        )
        return [(code, _pattern(self.templates[code])) for code in ordered]


def _pattern(template: str) -> re.Pattern[str]:
    text, seen = "", set()
    for part in re.split(r"(\{\w+\})", template):
        name = part[1:-1]
        if not _VALUE.fullmatch(part):
            text += re.escape(part)
        elif name in seen:
            text += f"(?P={name})"
        else:
            text += f"(?P<{name}>.+?)"
            seen.add(name)
    return re.compile(text, re.DOTALL)
