"""The municipality's own words: over the shipped list, with what they do, by one role alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl import text_analysis
from etl.pipeline import rebuild
from etl.text_analysis import lexicon, result_cache
from etl.text_analysis.lexicon import BadWord, Word
from svarvakt import access, metrics
from svarvakt.access import Viewer
from svarvakt.decisions import open_store
from svarvakt.metrics import Scope
from tests.etl.warehouse.test_decided_figures import EXPORTED, export
from tests.support.graph_threads import Message
from tests.support.lake_contents import rows
from tests.support.warehouse_factory import make_warehouse
from tests.test_pages import _nothing_remembered, municipality, visit, words
from ui import refresh, settings_words, viewer
from ui.data import NotAllowed

__all__ = ["_nothing_remembered"]  # a fixture: no answer is kept from test to test

YEAR = Scope(date(2026, 1, 1), date(2026, 12, 1))


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(refresh, "soon", lambda: None)
    viewer.use(access.LOCAL)
    yield
    viewer.use(access.LOCAL)


@pytest.mark.parametrize(
    "stem", ["", "*", "a,b", 'a"b', "(bra|", "[x]", "a\nb\\", "bra*st", "x" * 61, ".*"]
)
def test_what_the_analysis_could_not_read_is_refused(tmp_path: Path, stem: str) -> None:
    with pytest.raises(BadWord):
        lexicon.put(tmp_path / "words.csv", stem, 1)
    assert not (tmp_path / "words.csv").exists()


def test_a_word_is_added_replaced_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "register" / "words.csv"
    lexicon.put(path, " Snurrepipp* ", -3)
    lexicon.put(path, "ikke  til å tro", 2)
    lexicon.put(path, "snurrepipp*", -1)
    assert lexicon.own(path) == [
        Word("ikke til å tro", 2, "", "phrase"),
        Word("snurrepipp*", -1, "", "word"),
    ]
    lexicon.remove(path, "snurrepipp*")
    assert [word.stem for word in lexicon.own(path)] == ["ikke til å tro"]


def test_every_shipped_word_is_a_line_that_weighs() -> None:
    found = lexicon.shipped()
    assert len(found) > 500
    assert all(word.weight for word in found)


def test_an_own_word_tips_the_tone_in_the_next_build_and_its_effect_is_counted(
    data_dir: Path,
) -> None:
    export(data_dir, [[Message(0, 0, text="Dette er snurrepipp")]], EXPORTED)
    ask = "SELECT negative_score FROM items"
    (before,) = rows(data_dir, ask)
    version = result_cache.active_version(data_dir)
    lexicon.put(result_cache.own_words(data_dir), "snurrepipp*", -3)
    assert result_cache.active_version(data_dir) != version
    rebuild(data=data_dir)
    (after,) = rows(data_dir, ask)
    assert after > before
    assert rows(data_dir, "SELECT tone_words FROM items") == [("snurrepipp…",)]


def test_the_effect_is_told_by_the_tone_that_it_became() -> None:
    items = [
        {"tone_words": "elendig…, treg", "tone_found": "negative"},
        {"tone_words": "elendig…", "tone_found": "neutral"},
        {"tone_words": "takk", "tone_found": "positive"},
    ]
    found = metrics.word_effects(make_warehouse(items=items), YEAR, ("elendig…", "ukjent"))
    assert found == [metrics.WordEffect("elendig…", 1, 0, 1)]


def test_the_page_adds_searches_and_removes(data_dir: Path) -> None:
    municipality(data_dir)
    app = visit("innstillinger")
    app.text_input("word-stem").set_value("snurrepipp*")
    app.selectbox("word-weight").set_value(-3)
    next(b for b in app.button if b.label == "Lagre ordet").click().run()
    assert "snurrepipp… svært negativt · ingen kommentarer så langt" in " ".join(words(app).split())
    assert open_store(data_dir).audit()[0].event == "own_words"
    app.text_input("word-search").set_value("elendig").run()
    assert "elendig… svært negativt" in " ".join(words(app).split())
    app.button("word-remove-snurrepipp*").click().run()
    assert lexicon.own(result_cache.own_words(data_dir)) == []
    app.text_input("word-stem").set_value("(")
    next(b for b in app.button if b.label == "Lagre ordet").click().run()
    assert "Skriv bare bokstaver og tall" in words(app)
    assert not app.exception


def test_nobody_but_the_communications_department_changes_a_word(data_dir: Path) -> None:
    viewer.use(Viewer("enhetsleder", ("kultur",), (), is_signed_in=True))
    with pytest.raises(NotAllowed):
        settings_words._permit()


def test_the_file_is_read_by_the_analysis_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    for stem in ("*trist", "ikke til å tro", "rock'n'roll", "100-lapp*"):
        lexicon.put(path, stem, -2)
    import duckdb

    with duckdb.connect() as con:
        text_analysis.prepare(con, None, path)
        con.execute("FROM reading_words WHERE is_own")
        assert len(con.fetchall()) == 4
