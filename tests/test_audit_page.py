"""The audit log: what happened, in which role; never a person or a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from svarvakt import access
from svarvakt.decisions import edits_between, open_store
from tests.test_pages import municipality, visit, words

PERSON = {
    "account_id": "facebook:1",
    "person_ref": "SENTINEL@fjordvik.example",
    "role": "administrator",
    "valid_from": "2026-01-01",
}
UNIT = {"unit_id": "kultur", "name": "Kultur", "kind": "enhet", "valid_from": "2020-01-01"}


@pytest.fixture(autouse=True)
def data(data_dir: Path) -> Path:
    municipality(data_dir, is_demo=False)
    store = open_store(data_dir)
    store.log("kommunikasjon", "export", "venter-lengst.csv")
    store.log("enhetsleder", "signed_in", "")
    changed = {**UNIT, "name": "Kultur og idrett"}
    store.edit_register("kommunikasjon", edits_between("units", [UNIT], [changed]))
    store.edit_register("kommunikasjon", edits_between("administrators", [], [PERSON]))
    return data_dir


def test_events_are_said_in_words_and_can_be_chosen() -> None:
    app = visit("logg")
    said = words(app)
    assert "lastet ned en fil" in said
    assert "venter-lengst.csv" in said
    app.selectbox(key="audit-kind").set_value("signed_in").run()
    assert "venter-lengst.csv" not in words(app)


def test_a_change_of_the_register_is_shown_without_persons() -> None:
    said = words(visit("logg"))
    assert "name: Kultur name: Kultur og idrett" in said.replace("  ", " ")
    assert "SENTINEL" not in said


def test_only_the_department_has_the_page() -> None:
    assert [role for role, pages in access.PAGES.items() if "logg" in pages] == ["kommunikasjon"]


def test_to_open_a_list_of_texts_is_an_event_once_a_session(data: Path) -> None:
    app = visit("ubesvarte-negative")
    app.run()
    seen = [each for each in open_store(data).audit() if each.event == "texts_read"]
    assert len(seen) == 1
    assert seen[0].role == "kommunikasjon"
