"""People overrule what the machine made of an item; its own assessment stays beside their word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from decisions import New, open_store
from etl.load import rebuild
from tests.answering import Message, comment_id
from tests.stored import rows
from tests.test_decided_figures import EXPORTED, export

QUESTION, COMPLAINT = comment_id(0, 0), comment_id(1, 0)
COLUMNS = (
    "tone, tone_found, is_question, flags_found, flags_decided, "
    "reply_class, class_found, class_rule"
)


@pytest.fixture
def data(data_dir: Path) -> Path:
    export(data_dir, [[Message(0, 0)], [Message(1, 5, text="Elendig brøyting!")]], EXPORTED)
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
