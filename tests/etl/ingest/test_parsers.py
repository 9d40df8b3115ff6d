"""Bytes from outside: every parser makes something of them or refuses (parsers_fuzz.py)."""

from __future__ import annotations

import random
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.ingest.detection import sample_of
from etl.ingest.sources._hyperlinks import hyperlinks
from etl.ingest.staging import UnsupportedFile
from svarvakt.register import units_from
from tests.etl.ingest.parsers_fuzz import PARSERS, harmed, is_read, seeds

INPUTS = 30


@pytest.mark.parametrize("parser", PARSERS)
def test_any_bytes_are_read_or_refused(parser: str) -> None:
    harms = st.integers(0, 2**32).map(lambda seed: harmed(parser, random.Random(seed)))
    texts = st.text(max_size=300).map(str.encode)

    @settings(max_examples=INPUTS // 5 if parser == "cells" else INPUTS)
    @given(st.one_of(harms, texts, st.binary(max_size=300)))
    def read(content: bytes) -> None:
        is_read(parser, content)

    read()


@pytest.mark.parametrize("parser", PARSERS)
def test_what_others_are_made_from_is_read(parser: str) -> None:
    assert any(is_read(parser, content) for content in seeds(parser)[:20])


def test_xml_in_an_encoding_that_nobody_knows_is_refused() -> None:
    assert not is_read("xml", b'xml version="1.0" encoding="rot13"?><a/>')
    is_read("sheet", b'<?xml version="1.0" encoding="rot13"?><a/>')


def test_a_workbook_that_lacks_a_few_bytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("[Content_Types].xml", "")
    content = path.read_bytes()
    path.write_bytes(content[:4] + content[9:])
    with pytest.raises(UnsupportedFile, match="Arbeidsboken er skadd"):
        sample_of(path)
    assert list(hyperlinks(path)) == []


def test_a_pasted_cell_that_is_too_long_for_the_reader_is_a_cell() -> None:
    text = f"Navn;Type\n{'a' * 140_000};enhet\n"
    assert [len(line["name"]) for line in units_from(text, [], date(2026, 1, 1)).lines] == [140_000]
