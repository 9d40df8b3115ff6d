"""«Merk 20»: twenty comments, the machine's answer hidden until a person has answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from svarvakt import access, metrics
from svarvakt.access import Viewer
from svarvakt.decisions import open_store
from svarvakt.metrics import Scope
from tests.support.warehouse_factory import make_warehouse
from tests.test_pages import _nothing_remembered, municipality, visit, words
from ui import decided, labelling, refresh, viewer
from ui.data import NotAllowed, ask
from ui.labelling import Answer

__all__ = ["_nothing_remembered"]  # a fixture: no answer is kept from test to test

YEAR = Scope(date(2026, 1, 1), date(2026, 12, 1))
ACCOUNTS = (
    {"account_id": "facebook:1", "unit_id": "kultur"},
    {"account_id": "instagram:2", "platform": "instagram", "unit_id": "aapen"},
)
ITEMS: tuple[dict[str, Any], ...] = tuple(
    {
        "account_id": "instagram:2" if number % 4 == 0 else "facebook:1",
        "text": f"Kommentar {number}",
        "negative_score": number / 40,
        "tone": "neutral",
        "tone_found": "neutral",
        "reply_class": "content",
        "class_found": "content",
        "flags_found": [],
    }
    for number in range(40)
)


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(refresh, "soon", lambda: None)
    viewer.use(access.LOCAL)
    yield
    viewer.use(access.LOCAL)


@pytest.fixture
def data(data_dir: Path) -> Path:
    municipality(data_dir, items=ITEMS)
    return data_dir


def press(app: AppTest, *keys: str) -> AppTest:
    for key in keys:
        app.button(f"label-{key}").click().run()
    assert not app.exception
    return app


# --- The picks


def test_half_are_drawn_and_half_are_those_that_the_machine_is_least_sure_of() -> None:
    con = make_warehouse(items=ITEMS, accounts=ACCOUNTS)
    picks = metrics.picked(con, YEAR, 7)
    assert picks == metrics.picked(con, YEAR, 7)
    assert {each.item_id for each in picks} != {
        each.item_id for each in metrics.picked(con, YEAR, 8)
    }
    assert len({each.item_id for each in picks}) == 20
    hard = [int(each.item_id[10:]) for each in picks if each.served_as == "uncertain"]
    assert len(hard) == 10
    drawn = {int(each.item_id[10:]) for each in picks if each.served_as == "random"}
    nearest = sorted(set(range(40)) - drawn, key=lambda n: abs(n / 40 - 0.45))[:10]
    assert sorted(hard) == pytest.approx(sorted(nearest), abs=1)


def test_what_is_labelled_or_gone_is_not_served_again() -> None:
    items = [{**ITEMS[0], "tone_confirmed": True}, {**ITEMS[1], "text": None}, *ITEMS[2:5]]
    con = make_warehouse(items=items, accounts=ACCOUNTS)
    picks = metrics.picked(con, YEAR, 1, ("facebook:c2",))
    assert {each.item_id for each in picks} == {"facebook:c3", "facebook:c4"}


def test_nobody_gets_a_comment_outside_the_own_bounds() -> None:
    con = make_warehouse(
        items=ITEMS, accounts=ACCOUNTS, units=({"unit_id": "kultur"}, {"unit_id": "aapen"})
    )
    own = YEAR.within(("aapen",), ())
    picks = metrics.picked(con, own, 1)
    assert {int(each.item_id[10:]) % 4 for each in picks} == {0}
    assert metrics.to_read(con, own, "facebook:c1") is None
    assert metrics.to_read(con, own, "facebook:c4") is not None


def test_a_comment_comes_with_its_post_and_what_was_said_before() -> None:
    from datetime import UTC, datetime

    at = [datetime(2026, 10, 6, hour, tzinfo=UTC) for hour in (8, 9, 10, 11)]
    con = make_warehouse(
        items=[
            {**ITEMS[1], "thread_id": "t", "received_at": at[0], "text": "Først"},
            {**ITEMS[1], "thread_id": "t", "received_at": at[2], "post_id": "p0", "text": "Så"},
            {**ITEMS[1], "thread_id": "t", "received_at": at[3], "text": "Sist"},
        ],
        posts=[{"text": "Badet åpner"}],
        replies=[{"thread_id": "t", "sent_at": at[1], "text": "Takk"}],
    )
    found = metrics.to_read(con, YEAR, "facebook:c1")
    assert found is not None
    assert found.post_text == "Badet åpner"
    assert found.before == (metrics.Said(False, "Først"), metrics.Said(True, "Takk"))


# --- What is stored


def read(**given: object) -> metrics.ToRead:
    known: dict[str, object] = {
        "item_id": "facebook:c1",
        "account_name": "Fjordvik",
        "platform": "facebook",
        "permalink": None,
        "post_text": None,
        "before": (),
        "text": "Hei",
        "tone_found": "neutral",
        "negative_score": 0.4,
        "flags_found": ("is_question",),
        "class_found": "must",
    }
    return metrics.ToRead(**(known | given))  # type: ignore[arg-type]


PICK = metrics.Picked("facebook:c1", "random")


def stored(item: metrics.ToRead, answer: Answer) -> list[tuple[str, object]]:
    made = labelling.decisions_of(item, PICK, answer)
    said = {"flag": "value", "class": "reply_class"}
    return [(each.kind, each.details.get(said.get(each.kind, "tone"))) for each in made]


def test_agreeing_stores_the_label_and_overrules_nothing() -> None:
    answer = Answer("neutral", True, {"is_question"})
    assert stored(read(), answer) == [("reading_check", "neutral")]
    (check,) = labelling.decisions_of(read(), PICK, answer)
    assert check.details["served_as"] == "random"
    assert check.details["machine_tone"] == "neutral"


def test_disagreeing_overrules_flags_and_class() -> None:
    answer = Answer("positive", False, {"is_sensitive"})
    assert stored(read(), answer) == [
        ("reading_check", "positive"),
        ("flag", False),
        ("flag", True),
        ("class", "content"),
    ]


def test_a_negative_comment_is_never_put_aside_as_needing_no_reply() -> None:
    found = stored(read(flags_found=(), class_found="content"), Answer("negative", False, set()))
    assert found == [("reading_check", "negative")]


# --- The page


def test_the_machine_is_silent_until_the_reader_has_answered(data: Path) -> None:
    app = press(visit("merk"), "start")
    said = words(app)
    assert "1 av 20" in said
    assert "sikker" not in said
    assert "nøytral" not in said
    assert app.button("label-save").disabled
    press(app, "key-1", "key-4", "key-6", "save")
    assert "2 av 20" in words(app)
    assert "Du sa negativ, maskinen hadde sagt nøytral." in words(app)
    kinds = [each.kind for each in open_store(data).in_force()]
    assert kinds == ["reading_check", "flag"]
    press(app, "undo")
    assert "1 av 20" in words(app)
    assert open_store(data).in_force() == []


def test_through_all_of_them_to_the_summary(data: Path) -> None:
    app = press(visit("merk"), "start")
    for _turn in range(3):
        press(app, "key-2", "key-5", "save")
    for _turn in range(17):
        press(app, "skip")
    said = words(app)
    assert "Ferdig: 3 kommentarer merket, 17 hoppet over." in said
    assert "Hvor godt leser maskinen?" in said
    labelled = {each.subject for each in open_store(data).in_force()}
    assert len(labelled) == 3
    press(app, "start")
    later = {each.item_id for each in app.session_state["labelling"].picks}
    assert not labelled & later


def test_the_keys_can_be_turned_off(data: Path) -> None:
    app = press(visit("merk"), "start")
    assert app.button("label-key-1").proto.shortcut == "1"
    app.toggle("labelling-keys").set_value(False).run()
    assert app.button("label-key-1").proto.shortcut == ""


def test_a_unit_leader_labels_within_the_bounds_and_sees_no_panel(data: Path) -> None:
    viewer.use(Viewer("enhetsleder", ("aapen",), (), is_signed_in=True))
    picks = ask(metrics.picked, decided.ANY_TIME, 1)
    assert len(picks) == 10
    outside = labelling.decisions_of(read(), PICK, Answer("neutral", True, set()))
    with pytest.raises(NotAllowed):
        decided.decide_all(*outside)
    assert open_store(data).in_force() == []
    assert "merk" in viewer.current().pages
    assert "merk" not in access.PAGES["ledelse"]
