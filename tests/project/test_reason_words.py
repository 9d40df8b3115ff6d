"""Reasons and warnings: a code with its values, worded in the reader's language."""

from __future__ import annotations

import re

import pytest

from etl.ingest.reasons import FILES, ROWS, read_reason, reason, row_reason
from svarvakt import i18n
from ui import reason_words

ALL = ROWS | FILES


@pytest.mark.parametrize("code", ALL)
def test_every_reason_is_worded_in_all_languages_with_its_values(code: str) -> None:
    values = {name: f"verdi {name}" for name in re.findall(r"\{(\w+)\}", ALL[code])}
    sentence = reason(code, **values)
    found = read_reason(str(sentence))
    assert found is not None
    assert (found.code, found.values) == (code, values)
    said = {}
    for language in ("nb", "nn", "en"):
        i18n.use(language)
        said[language] = reason_words.worded(str(sentence))
        assert all(value in said[language] for value in values.values())
    i18n.use("nb")
    assert said["nb"] == str(sentence)  # what is stored and what is shown are one text
    assert said["en"] != said["nb"]


def test_a_reason_in_sql_is_its_code_and_its_value() -> None:
    assert row_reason("cut_row").code == "cut_row"
    told = row_reason("text_for_number:views: a")
    assert (str(told), told.values) == (
        "Et av tallene kan ikke leses: views: a.", {"column": "views: a"},
    )  # fmt: skip


def test_a_sentence_without_a_code_is_shown_as_it_stands() -> None:
    assert reason_words.worded("Noe helt annet.") == "Noe helt annet."
