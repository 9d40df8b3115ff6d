"""People overrule what the machine made of an item; its own assessment stays beside their word."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from etl.pipeline import rebuild
from svarvakt.decisions import New, open_store
from tests.etl.warehouse.test_decided_figures import EXPORTED, export
from tests.support.graph_threads import Message, comment_id
from tests.support.lake_contents import rows
from tests.test_pages import _nothing_remembered, municipality, visit, words

__all__ = ["_nothing_remembered"]  # a fixture: no answer is kept from test to test

QUESTION, COMPLAINT = comment_id(0, 0), comment_id(1, 0)
COLUMNS = (
    "tone, tone_found, is_question, flags_found, flags_decided, "
    "reply_class, class_found, class_rule"
)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    export(folder, [[Message(0, 0)], [Message(1, 5, text="Elendig brøyting!")]], EXPORTED)
    return folder


@pytest.fixture
def data(once: Path, data_dir: Path) -> Path:
    shutil.copytree(once, data_dir, dirs_exist_ok=True)
    return data_dir


def read(data: Path, item_id: str) -> tuple[Any, ...]:
    (found,) = rows(data, f"SELECT {COLUMNS} FROM items WHERE item_id = '{item_id}'")
    return found


def decide(data: Path, kind: str, item_id: str, **details: Any) -> int:
    (made,) = open_store(data).record("enhetsleder", New(kind, "item", item_id, details, "grunn"))
    rebuild(data=data)
    return made


def test_the_machine_alone(data: Path) -> None:
    assert read(data, QUESTION)[2:] == (True, ["is_question"], [], "must", "must", "question")
    assert read(data, COMPLAINT)[0:2] == ("negative", "negative")


def test_a_flag_that_a_person_takes_away_changes_the_class_and_both_are_kept(data: Path) -> None:
    made = decide(data, "flag", QUESTION, flag="is_question", value=False)
    _tone, _found, *rest = read(data, QUESTION)
    assert rest == [False, ["is_question"], ["is_question"], "content", "must", "content"]
    export(data, [[Message(0, 0)], [Message(1, 5, text="Elendig brøyting!")]], EXPORTED + 60)
    assert read(data, QUESTION)[2] is False  # through a new import
    open_store(data).undo("enhetsleder", made)
    rebuild(data=data)
    assert read(data, QUESTION)[2:6] == (True, ["is_question"], [], "must")


def test_a_tone_and_a_class_of_a_person_stand_beside_the_machines(data: Path) -> None:
    decide(data, "tone", COMPLAINT, tone="neutral")
    assert read(data, COMPLAINT)[:2] == ("neutral", "negative")
    decide(data, "class", COMPLAINT, reply_class="none")
    assert read(data, COMPLAINT)[-3:] == ("none", "must", "person")


def test_a_label_is_no_sign_that_somebody_watches_the_account(data: Path) -> None:
    looks = "SELECT count(*) FROM looks"
    decide(data, "reading_check", QUESTION, served_as="random", tone="neutral")
    assert rows(data, looks) == [(0,)]
    decide(data, "tone", COMPLAINT, tone="neutral")
    assert rows(data, looks) == [(1,)]


def test_what_was_said_when_20_were_labelled_is_kept_as_it_was(data: Path) -> None:
    decide(
        data,
        "reading_check",
        COMPLAINT,
        served_as="random",
        tone="neutral",
        machine_tone="positive",
        machine_needs_reply=False,
    )
    columns = "tone, tone_confirmed, checked_as, checked_tone_found, checked_need_found"
    (found,) = rows(data, f"SELECT {columns} FROM items WHERE item_id = '{COMPLAINT}'")
    assert found == ("neutral", True, "random", "positive", False)


def parts(app: AppTest) -> list[str]:
    return [each.value for each in app.subheader]


def test_the_page_says_who_decided_and_what_the_machine_had_said(data: Path) -> None:
    decide(data, "tone", QUESTION, tone="negative")
    decide(data, "flag", QUESTION, flag="is_question", value=False)
    decide(data, "flag", COMPLAINT, flag="is_sensitive", value=True)
    app = visit("ubesvarte-negative")
    said = " ".join(words(app).split())
    assert "negativ, avgjort av en person (maskinell vurdering: nøytral)" in said
    assert "ikke: spørsmål, avgjort av en person (maskinell vurdering: spørsmål)" in said
    assert "negativ, maskinell vurdering (" in said
    assert "Skjul kommentaren på plattformen" in said
    assert "Bekreftet av et menneske (1)" in parts(app)


def test_the_queue_is_narrowed_by_flags_and_holds_the_unsure_apart(data_dir: Path) -> None:
    unsure = {"tone": "unclear", "negative_score": 0.45, "text": "Tja", "reply_class": "unclear"}
    negative = {"tone": "negative", "negative_score": 0.9, "text": "Elendig"}
    sensitive = {**negative, "is_sensitive": True, "text": "Syk sønn"}
    municipality(data_dir, items=(unsure, negative, sensitive))
    app = visit("ubesvarte-negative")
    said = words(app)
    assert "Usikre (1)" in parts(app)
    assert "usikker: kan være negativ, maskinell vurdering (45 % sikker)" in said
    assert "2 negative kommentarer er uten svar" in said
    app.button_group("negative-flags").set_value(["is_sensitive"]).run()
    said = words(app)
    assert "Syk sønn" in said
    assert "Elendig" not in said
    assert "Usikre (0)" in parts(app)
    assert not app.exception
