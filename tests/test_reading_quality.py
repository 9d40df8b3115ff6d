"""The panel «Hvor godt leser maskinen?»: measured, learnt from, put back; for one role alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.text_analysis import result_cache
from etl.text_analysis.training import local_model
from svarvakt import access
from svarvakt.access import Viewer
from svarvakt.decisions import open_store
from tests.etl.text_analysis.test_training import TEXTS, _labelled, _loaded
from tests.test_pages import _nothing_remembered, visit, words
from ui import reading_models, reading_quality, refresh, viewer
from ui.data import NotAllowed

__all__ = ["_nothing_remembered"]  # a fixture: no answer is kept from test to test


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(refresh, "soon", lambda: None)
    viewer.use(access.LOCAL)
    yield
    viewer.use(access.LOCAL)


def test_without_labels_it_says_what_is_missing(data_dir: Path) -> None:
    _loaded(data_dir, TEXTS)
    app = visit("merk")
    said = words(app)
    assert "Ingen har merket tilfeldig trukne kommentarer ennå" in said
    assert "30 tilfeldig trukne kommentarer til må merkes" in said
    assert "Det trengs 30 merkinger til før den kan lære." in said
    assert app.button("reading-learn").disabled
    assert "Tidligere versjoner" not in said


def test_it_learns_says_how_well_and_goes_back(data_dir: Path) -> None:
    _labelled(data_dir, 36)
    app = visit("merk")
    said = words(app)
    right = sum(one.tone == one.tone_found for one in local_model.labels(data_dir))
    assert f"I {right} av 36 tilfeldig trukne kommentarer hadde maskinen riktig tone" in said
    assert "Modellen som følger med programmet: " in said
    app.button("reading-learn").click().run(timeout=300)
    (made,) = local_model.versions(data_dir)
    said = words(app)
    assert "En ny modell er tatt i bruk. På de tilfeldige kommentarene gikk det fra" in said
    assert f"Kommunens egen: {made.version}, i bruk siden" in said
    assert result_cache.active_model(data_dir) is not None
    app.button("reading-back-None").click().run()
    assert "Den tidligere modellen er i bruk igjen." in words(app)
    assert result_cache.active_model(data_dir) is None
    app.button(f"reading-back-{made.version}").click().run()
    assert result_cache.active_version(data_dir).startswith(made.version)
    events = [each.event for each in open_store(data_dir).audit()]
    assert events.count("reading_model") == 3
    assert not app.exception


@pytest.mark.parametrize("role", ["enhetsleder", "administrator", "ledelse"])
def test_no_other_role_changes_the_model(role: access.Role, data_dir: Path) -> None:
    viewer.use(Viewer(role, ("kultur",), (), is_signed_in=True))
    with pytest.raises(NotAllowed):
        reading_models.learn()
    with pytest.raises(NotAllowed):
        reading_models.go_back(None)
    assert local_model.versions(data_dir) == []


def test_what_the_unit_leader_is_told_holds_no_figure() -> None:
    assert not any(each.isdigit() for each in reading_quality.finding(False).replace("20", ""))
