"""Three complete languages: nothing missing, nothing left over, nothing that breaks a sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from svarvakt import catalogues, i18n
from svarvakt.i18n import LANGUAGES, catalogue_path
from svarvakt.metrics import definitions
from tests.support.paths import ROOT
from tests.support.warehouse_factory import make_warehouse

CODES = list(LANGUAGES)
FIELD = re.compile(r"\{[a-z0-9_]*\}")


def catalogue(code: str) -> Catalog:
    with catalogue_path(code).open("rb") as file:
        return read_po(file)


def messages(code: str) -> list[Message]:
    return [message for message in catalogue(code) if message.id]


def first(message: Message) -> str:
    """A message's id; of a plural one the singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(words: str | tuple[str, ...] | list[str] | None) -> list[str]:
    if words is None:
        return [""]
    return [words] if isinstance(words, str) else list(words)


def calls() -> Iterator[tuple[Path, ast.Call]]:
    for pattern in catalogues.INTERFACE:
        for path in ROOT.glob(pattern):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in ("_", "N_", "ngettext")
                ):
                    yield path, node


@pytest.mark.parametrize("code", CODES)
def test_every_message_is_translated_by_somebody_who_was_sure(code: str) -> None:
    lacking = [first(each) for each in messages(code) if each.fuzzy or not all(forms(each.string))]
    assert lacking == []


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_is_what_the_words_command_writes(code: str) -> None:
    """Every text of the code and every definition, and nothing else; English only what differs."""
    assert catalogue_path(code).read_bytes() == catalogues.written(code, catalogues.extracted())


def test_a_text_inside_an_f_string_escapes_nobody() -> None:
    """The extractor does not look there: such a text would be dropped from the catalogues."""
    said = {
        (path.name, call.args[0].value)
        for path, call in calls()
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }
    known = catalogues.extracted()
    assert {(name, text) for name, text in said if text not in known} == set()


def test_the_definitions_of_the_files_are_those_of_the_views() -> None:
    assert set(catalogues.definitions()) == set(definitions(make_warehouse()).values())


def test_a_text_that_is_new_is_empty_until_somebody_translates_it() -> None:
    texts = {
        **catalogues.extracted(),
        "A new text": "A new text",
        "{n} x": ("{n} x", "{n} xs"),
    }
    norwegian, english = (catalogues.written(code, texts).decode() for code in ("nb", "en"))
    assert 'msgid "A new text"\nmsgstr ""\n' in norwegian
    assert 'msgid_plural "{n} xs"\nmsgstr[0] ""\nmsgstr[1] ""\n' in norwegian
    assert "A new text" not in english


def test_english_says_its_own_ids() -> None:
    i18n.use("en")
    assert i18n._("Show more") == "Show more"
    assert [i18n.ngettext("{n} file", "{n} files", n) for n in (1, 2)] == ["1 file", "2 files"]
    i18n.use("nb")


@pytest.mark.parametrize("code", CODES)
def test_a_translation_has_the_same_fields(code: str) -> None:
    broken = [
        first(each)
        for each in messages(code)
        if any(
            set(FIELD.findall(form)) != set(FIELD.findall(first(each)))
            for form in forms(each.string)
        )
    ]
    assert broken == []


def test_a_text_is_written_out_where_it_is_translated() -> None:
    # A computed text escapes the catalogue; only marked tables and definitions are looked up so.
    computed = [
        f"{path.name}:{call.lineno}"
        for path, call in calls()
        if not isinstance(call.args[0], ast.Constant)
    ]
    places = ("frame.py", "monthly_report.py", "reason_words.py", "register_reasons.py")
    assert [place for place in computed if not place.startswith(places)] == []


def test_bokmal_and_nynorsk_are_two_languages() -> None:
    nb, nn = ({first(each): each.string for each in messages(code)} for code in ("nb", "nn"))
    assert nb["Show more"] == "Vis flere"
    assert nn["Show more"] == "Vis fleire"
