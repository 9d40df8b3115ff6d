"""Measures: what is done about a rule, by which role, within the reader's units."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from svarvakt import access
from svarvakt.access import Viewer
from svarvakt.decisions import New, Store, open_store
from tests.test_pages import _nothing_remembered, municipality, visit, words
from ui import action_items, refresh, viewer
from ui.data import NotAllowed

__all__ = ["_nothing_remembered"]  # a fixture: no answer is kept from test to test

LEADER = Viewer("enhetsleder", ("aapen",), (), is_signed_in=True)
ADMINISTRATOR = Viewer("administrator", (), ("instagram:2",), is_signed_in=True)
MANAGEMENT = Viewer("ledelse", is_signed_in=True)
STRANGER = Viewer("enhetsleder", (), (), is_signed_in=True)
VALUES = {
    "rule": "G6b",
    "unit_id": "aapen",
    "text": "Vi svarer hver morgen",
    "responsible_role": "resepsjon",
    "deadline": "2026-12-01",
    "done_on": "",
}


@pytest.fixture
def store(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(refresh, "soon", lambda: None)
    municipality(data_dir)
    viewer.use(access.LOCAL)
    yield open_store(data_dir)
    viewer.use(access.LOCAL)


def stored(store: Store, **changed: str) -> str:
    subject = "measure:1"
    store.record("kommunikasjon", New("measure", "measure", subject, {**VALUES, **changed}))
    return subject


def one(store: Store) -> dict[str, Any]:
    (only,) = store.in_force()
    return dict(only.details)


def the_form() -> AppTest:
    """The work list with the form for a measure opened."""
    app = visit("arbeidsliste")
    app.session_state["measures-add"] = True
    return app.run()


def test_a_measure_is_written_on_the_work_list_and_marked_as_done(store: Store) -> None:
    app = the_form()
    app.selectbox("measure---rule").select("G7")
    app.text_area("measure---text").input("Rett feil samme dag, ring 412 34 567")
    app.text_input("measure---role").input("nettredaktør")
    next(b for b in app.button if b.label == "Lagre tiltaket").click().run()
    told = one(store)
    assert (told["rule"], told["unit_id"], told["done_on"]) == ("G7", "", "")
    assert told["text"] == "Rett feil samme dag, ring [telefon]"
    app.run()
    assert "pågår" in words(app)
    app.button("measure-done-now").click().run()
    assert one(store)["done_on"]
    assert one(store)["text"] == told["text"]


@pytest.mark.usefixtures("store")
def test_a_measure_without_text_or_role_is_not_stored() -> None:
    app = the_form()
    next(b for b in app.button if b.label == "Lagre tiltaket").click().run()
    assert "Skriv hva som skal gjøres" in words(app)
    assert action_items.in_scope() == []


@pytest.mark.parametrize(
    ("who", "count"), [(access.LOCAL, 2), (LEADER, 1), (ADMINISTRATOR, 0), (STRANGER, 0)]
)
def test_a_reader_sees_the_measures_of_the_own_units(store: Store, who: Viewer, count: int) -> None:
    stored(store)
    whole = {**VALUES, "unit_id": "", "text": "For hele kommunen"}
    store.record("kommunikasjon", New("measure", "measure", "measure:2", whole))
    viewer.use(who)
    assert len(action_items.in_scope()) == count


@pytest.mark.parametrize("who", [LEADER, ADMINISTRATOR, MANAGEMENT, STRANGER])
def test_nobody_saves_a_measure_for_a_unit_that_is_not_theirs(store: Store, who: Viewer) -> None:
    viewer.use(who)
    for unit in ("kultur", ""):
        with pytest.raises(NotAllowed):
            action_items.save("measure:9", {**VALUES, "unit_id": unit})
    assert store.in_force() == []


@pytest.mark.parametrize("unit", ["kultur", ""])
def test_nobody_takes_over_a_measure_of_another_unit(store: Store, unit: str) -> None:
    subject = stored(store, unit_id=unit)
    viewer.use(LEADER)
    with pytest.raises(NotAllowed):
        action_items.save(subject, VALUES)
    assert one(store)["unit_id"] == unit


def test_a_leader_keeps_the_own_measures(store: Store) -> None:
    subject = stored(store)
    viewer.use(LEADER)
    action_items.save(subject, VALUES | {"done_on": "2026-11-01"})
    assert one(store)["done_on"] == "2026-11-01"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("who", [ADMINISTRATOR, STRANGER])
def test_a_reader_without_units_meets_no_form(monkeypatch: pytest.MonkeyPatch, who: Viewer) -> None:
    monkeypatch.setattr(access, "LOCAL", who)
    app = visit("arbeidsliste")
    assert not app.exception
    assert "Tiltak" not in [each.value for each in app.header]


def test_text_of_a_measure_is_never_markup(store: Store) -> None:
    stored(store, text="<b>fet</b> **tekst**")
    assert "<b>fet</b> **tekst**" in words(visit("arbeidsliste"))
