"""Reasons and warnings: a code with its values, worded in the reader's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.ingest.reasons import ALL, read_reason, reason, row_reason
from svarvakt import i18n
from svarvakt.archive_limits import DAMAGED_BOOK
from svarvakt.register import reasons as register_reasons
from svarvakt.register.reasons import EXPECTED, FAULTS, OUTCOMES
from tests.support.paths import ROOT
from ui import reason_words
from ui import register_reasons as register_words


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


def test_several_reasons_are_a_line_each() -> None:
    i18n.use("en")
    stored = f"{reason('mapping_no_time')}\n{reason('mapping_no_text')}"
    said = reason_words.worded(stored)
    i18n.use("nb")
    assert said == "Say which column holds the time. Say which column holds the text."


def test_a_format_is_named_as_the_pages_name_it() -> None:
    said = reason_words.worded(reason("looks_like_format", format="x_posts"))
    assert said.startswith("Filen ligner «X: innlegg», men kan ikke leses.")


def _fault(code: str, expected: str = "expected_date") -> str:
    values = {name: f"verdi {name}" for name in re.findall(r"\{(\w+)\}", FAULTS[code])}
    if "expected" in values:
        names = re.findall(r"\{(\w+)\}", EXPECTED[expected])
        asked = register_reasons.reason(expected, **{name: f"verdi {name}" for name in names})
        values["expected"] = asked
    return register_reasons.reason(code, **values)


def _in_all_languages(message: str) -> dict[str, str]:
    said = {}
    for language in ("nb", "nn", "en"):
        i18n.use(language)
        said[language] = register_words.worded(message)
    i18n.use("nb")
    return said


@pytest.mark.parametrize("code", FAULTS)
def test_what_the_registers_check_says_is_worded_in_all_languages(code: str) -> None:
    for outcome in ("", *OUTCOMES.values()):
        message = f"{_fault(code)} {outcome}".strip()
        said = _in_all_languages(message)
        assert said["nb"] == message
        assert said["en"] != message
        assert set(re.findall(r"verdi \w+", said["en"])) == set(re.findall(r"verdi \w+", message))
        assert "Linjen" not in said["nn"] + said["en"]


@pytest.mark.parametrize("expected", EXPECTED)
def test_what_a_column_asks_for_is_worded_in_all_languages(expected: str) -> None:
    said = _in_all_languages(_fault("cell_is_text", expected))
    assert said["nb"] == _fault("cell_is_text", expected)
    assert "There should be" in said["en"]
    assert EXPECTED[expected].partition("{")[0] not in said["en"]


def test_a_damaged_workbook_of_the_register_is_told_in_the_readers_language() -> None:
    assert _in_all_languages(DAMAGED_BOOK)["en"].startswith("The workbook is damaged")


SOURCES = [path for path in (ROOT / "etl").rglob("*.py") if "reasons" not in path.parts]


def _calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_reason_that_the_code_gives_has_its_code_and_values(path: Path) -> None:
    for call, name in _calls(path):
        if name != "reason" or not isinstance(call.args[0], ast.Constant):
            continue
        code = str(call.args[0].value)
        values = {str(each.arg) for each in call.keywords}
        assert values == set(re.findall(r"\{(\w+)\}", ALL[code])), (code, call.lineno)


REGISTER = sorted((ROOT / "svarvakt/register").glob("*.py"))


def test_the_registers_check_says_no_sentence_without_a_code() -> None:
    for path in REGISTER:
        for call, name in _calls(path):
            if name.endswith(("report", "empty_cell", "Problem", "_whole_file")):
                said = [each for each in call.args if _is_own_sentence(each, {})]
                texts = [each.value for each in said if isinstance(each, ast.Constant)]
                spoken = [each for each in texts if " " in str(each)]
                assert len(texts) == len(said), (path.name, call.lineno)  # no text with values
                assert spoken == [], (path.name, call.lineno)


def test_no_sentence_of_the_registers_check_is_left_unused() -> None:
    source = "".join(path.read_text("utf-8") for path in REGISTER if path.name != "reasons.py")
    assert [code for code in FAULTS if f'reason("{code}"' not in source] == []


def _is_own_sentence(told: ast.expr, constants: dict[str, ast.expr]) -> bool:
    """A text written where it is used, or in a constant of its module; else it is a reason."""
    if isinstance(told, ast.Name) and told.id in constants:
        told = constants[told.id]
    return isinstance(told, ast.Constant | ast.JoinedStr)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_refusal_or_warning_is_a_sentence_without_a_code(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    constants = {
        ast.unparse(node.targets[0]): node.value for node in body if isinstance(node, ast.Assign)
    }
    for call, name in _calls(path):
        if name in ("UnsupportedFile", "InputRequired") or name.endswith("warnings.append"):
            assert not _is_own_sentence(call.args[0], constants), (call.lineno, name)
