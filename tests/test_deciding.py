"""The work list as a reader works through it, and what no reader may decide."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from etl.pipeline import load, rebuild
from etl.pseudonymization.text_masking import mask
from svarvakt import access, metrics
from svarvakt.access import Viewer
from svarvakt.decisions import BadDecision, New, Store, open_store
from svarvakt.metrics import Kind, Scope
from tests.support.graph_threads import PAGE, Message, comment_id, graph_json, write
from tests.test_pages import _nothing_remembered, municipality, visit, words
from ui import decided, deciding, handed_out, refresh, seen, viewer
from ui.data import NotAllowed, ask

__all__ = ["_nothing_remembered"]  # a fixture: no answer is kept from test to test

QUESTION, COMPLAINT, CASE, LATE_CASE, BARNEHAGE = (f"facebook:c{n}" for n in range(5))
ITEMS: tuple[dict[str, Any], ...] = (
    {"text": "Når åpner badet?", "permalink": "https://www.facebook.com/1/posts/2"},
    {"text": "Elendig!", "tone": "negative", "reply_class": "content"},
    {"text": "Hva skjer med søknaden min?", "is_case_enquiry": True, "is_claim_lapsed": True},
    {"text": "Søknad", "is_case_enquiry": True, "working_seconds": 3600},
    {"account_id": "instagram:2", "platform": "instagram", "claims_error": True},
)
POSTS = (
    {"permalink": "https://www.facebook.com/1/posts/77/", "text": "Badet åpner 1. mai"},
    {"account_id": "instagram:2", "platform": "instagram", "text": "Fra barnehagen"},
)
REPLIES = (
    {"is_by_registered_administrator": False, "post_id": "p0"},
    {"is_by_registered_administrator": True, "post_id": "p0"},
)
BARNEHAGE_LEADER = Viewer("enhetsleder", ("aapen",), (), is_signed_in=True)
ADMINISTRATOR = Viewer("administrator", (), ("instagram:2",), is_signed_in=True)
MANAGEMENT = Viewer("ledelse", is_signed_in=True)
YEAR = Scope(date(2026, 1, 1), date(2026, 12, 1))


@pytest.fixture(autouse=True)
def builds(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """A line per build that was asked for; these figures stay as they are."""
    asked: list[None] = []
    monkeypatch.setattr(refresh, "soon", lambda: asked.append(None))
    return asked


@pytest.fixture(autouse=True)
def _reader() -> Iterator[None]:
    handed_out._offers.clear()
    viewer.use(access.LOCAL)
    yield
    viewer.use(access.LOCAL)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    municipality(folder, items=ITEMS, posts=POSTS, replies=REPLIES)
    return folder


@pytest.fixture
def store(published: Path, data_dir: Path) -> Store:
    """Nothing decided yet, about the same figures every time."""
    shutil.copytree(published, data_dir, dirs_exist_ok=True)
    return open_store(data_dir)


def work_list(**address: str) -> AppTest:
    return visit("arbeidsliste", **address)


def press(app: AppTest, label: str, subject: str = "") -> AppTest:
    """Clicks the button with this label, about this subject where several have it."""
    found = [b for b in app.button if b.label == label and (b.key or "").endswith(subject)]
    return found[0].click().run()


def is_listed(app: AppTest, subject: str) -> bool:
    return any((b.key or "").endswith(f"-more-{subject}") for b in app.button)


def kinds(store: Store) -> list[str]:
    return [each.kind for each in store.in_force()]


# --- The list


@pytest.mark.usefixtures("store")
def test_the_list_opens_with_how_much_waits_and_how_long() -> None:
    said = words(work_list())
    assert (
        "3 venter på svar, 3 over fristen; den eldste har ventet 2 virkedager. "
        "1 negativ er uten svar. 2 skal til sak."
    ) in said
    choices = work_list().button_group(key="work-kind").options
    assert "Alt som må følges opp (5)" in choices and "Venter (3)" in choices
    assert "Registrert som besvart, men en nyere eksport viser ikke noe svar." in said


@pytest.mark.usefixtures("store")
def test_nothing_waiting_is_said() -> None:
    app = work_list(konto="instagram:2")
    assert "1 venter på svar, 1 over fristen" in words(app)
    press(app, "Svart nå", BARNEHAGE)
    assert "Ingenting venter på deg." in words(app)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("kind", "subjects"),
    [
        ("waiting", {QUESTION, CASE, BARNEHAGE}),
        ("waiting_overdue", {QUESTION, CASE, BARNEHAGE}),
        ("unanswered_negative", {COMPLAINT}),
        ("open_error", {BARNEHAGE}),
        ("to_case", {CASE, LATE_CASE}),
        ("claim_lapsed", {CASE}),
        ("archive_candidate", set()),
    ],
)
def test_the_list_can_be_narrowed(kind: str, subjects: set[str]) -> None:
    app = work_list()
    app.button_group(key="work-kind").set_value(kind).run()
    everything = {QUESTION, COMPLAINT, CASE, LATE_CASE, BARNEHAGE}
    assert {each for each in everything if is_listed(app, each)} == subjects
    assert not app.exception


def test_a_long_list_has_pages(data_dir: Path) -> None:
    municipality(data_dir, items=({},) * 45)
    app = work_list()
    assert sum(b.label == "Svart nå" for b in app.button) == 10
    for _page in range(4):
        press(app, "Neste side")
    assert sum(b.label == "Svart nå" for b in app.button) == 5
    assert "Side 5 av 5" in words(app)
    assert app.button("turn-1").disabled


def test_the_file_holds_the_whole_list(data_dir: Path) -> None:
    municipality(data_dir, items=({},) * 45)
    work_list()
    (made,) = [each for each in handed_out._offers.values() if "arbeidsliste" in each.file_name]
    viewer.use(made.reader)
    assert made.make().count(b"\r\n") == 46  # with its headers


# --- Deciding


def test_answered_now_is_one_click_and_can_be_taken_back(store: Store, builds: list[None]) -> None:
    app = press(work_list(), "Svart nå", QUESTION)
    assert not is_listed(app, QUESTION)
    said = words(app)
    assert "Registrert: Svart nå, venter på en eksport som viser det." in said
    assert "Tallene følger etter om noen sekunder." in said
    assert "2 venter på svar, 2 over fristen" in said
    assert (kinds(store), len(builds)) == (["answered_now"], 1)
    app.button("undo-last").click().run()
    assert is_listed(app, QUESTION)
    assert (kinds(store), len(builds)) == ([], 2)
    assert "Angret." in words(app)


@pytest.mark.usefixtures("store")
def test_what_is_decided_is_gone_from_every_list() -> None:
    app = work_list()
    press(app, "Svart nå", QUESTION)
    press(app, "Svart nå", COMPLAINT)
    for page, subject in (("svarandel", QUESTION), ("ubesvarte_negative", COMPLAINT)):
        app.switch_page(f"pages/svar/{page}.py").run()
        assert not is_listed(app, subject)
        assert not app.exception


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("page", ["svarandel", "ubesvarte-negative"])
def test_the_other_lists_take_decisions_too(page: str) -> None:
    app = visit(page)
    assert is_listed(app, COMPLAINT if page == "ubesvarte-negative" else QUESTION)
    subject = COMPLAINT if page == "ubesvarte-negative" else QUESTION
    assert not is_listed(press(app, "Svart nå", subject), subject)


def register(app: AppTest, subject: str, choice: str, **fields: Any) -> AppTest:
    """Opens the choices of an item, fills one in and sends it; the list is the work list's."""
    press(app, "Flere valg", f"-more-{subject}")
    key = f"arbeidsliste-open-choice-{subject}"
    app.selectbox(key).select(choice).run()
    for field, value in fields.items():
        widgets = [*app.text_input, *app.date_input, *app.checkbox, *app.selectbox]
        next(w for w in widgets if w.key == f"{key}-{choice}-{field}").set_value(value)
    return press(app, "Registrer")


CASES: list[tuple[str, str, dict[str, Any], str, dict[str, Any], str | None, bool]] = [
    (
        QUESTION, "answered_elsewhere", {"reason": "ringte", "day": date(2026, 10, 7)},
        "answered_elsewhere", {"answered_on": "2026-10-07"}, "ringte", False,
    ),
    (
        CASE, "referred", {"case": "26/1234", "told": True},
        "referred", {"case_number": "26/1234", "is_citizen_told": True}, None, False,
    ),
    (
        CASE, "referred", {"case": "26/1234"},
        "referred", {"case_number": "26/1234", "is_citizen_told": False}, None, True,
    ),
    (QUESTION, "content", {"reason": "takk"}, "class", {"reply_class": "content"}, "takk", False),
    (QUESTION, "none", {"reason": "tagg"}, "class", {"reply_class": "none"}, "tagg", False),
    (COMPLAINT, "dialogue_closed", {"reason": "ferdig"}, "dialogue_closed", {}, "ferdig", False),
    (COMPLAINT, "not_negative", {}, "tone", {"tone": "neutral"}, None, False),
    (QUESTION, "negative", {}, "tone", {"tone": "negative"}, None, True),
    (LATE_CASE, "not_a_case", {}, "class", {"reply_class": "must"}, "Ikke en sak", False),
    (CASE, "not_a_case", {}, "class", {"reply_class": "must"}, "Ikke en sak", True),
    (
        QUESTION, "hidden", {"rule": "spam", "reason": "tre ganger"},
        "hidden", {}, "Reklame eller søppel. tre ganger", False,
    ),
    (QUESTION, "archive_candidate", {}, "archive_candidate", {}, None, True),
    (
        BARNEHAGE, "error_found", {"day": date(2026, 10, 8)},
        "error_found", {"found_on": "2026-10-08"}, None, True,
    ),
    (BARNEHAGE, "not_an_error", {}, "not_an_error", {}, None, True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "choice", "fields", "kind", "details", "reason", "stays"), CASES
)
def test_every_choice_is_stored_and_only_what_is_done_leaves(
    store: Store, subject: str, choice: str, fields: dict[str, Any], kind: str,
    details: dict[str, Any], reason: str | None, stays: bool,
) -> None:  # fmt: skip
    app = register(work_list(), subject, choice, **fields)
    (made,) = store.in_force()
    assert (made.kind, made.subject, dict(made.details), made.reason) == (
        kind, subject, details, reason,
    )  # fmt: skip
    assert is_listed(app, subject) == stays
    assert not app.exception


@pytest.mark.usefixtures("store")
def test_a_negative_comment_is_never_dismissed_as_needing_no_reply() -> None:
    app = press(work_list(), "Flere valg", f"-more-{COMPLAINT}")
    shown = app.selectbox(f"arbeidsliste-open-choice-{COMPLAINT}").options
    assert "Trenger ikke svar" not in shown
    assert "Tonen er ikke negativ" in shown


@pytest.mark.parametrize("choice", ["answered_elsewhere", "none", "dialogue_closed"])
def test_a_reason_that_is_missing_is_asked_for(store: Store, choice: str) -> None:
    app = register(work_list(), QUESTION, choice, reason="  ")
    assert "Ingenting ble registrert. Skriv en begrunnelse" in words(app)
    assert kinds(store) == []
    assert any(b.label == "Lukk valgene" for b in app.button)  # the form is still there


def test_hidden_for_another_reason_needs_the_readers_own_words(store: Store) -> None:
    app = register(work_list(), QUESTION, "hidden", rule="other")
    assert "Skriv en begrunnelse" in words(app)
    assert kinds(store) == []


def test_a_reason_is_masked_before_it_is_stored(store: Store) -> None:
    told = "Ring Kari på 412 34 567, @karinordmann, kari@x.no"
    register(work_list(), QUESTION, "answered_elsewhere", reason=told)
    (made,) = store.in_force()
    assert made.reason == "Ring Kari på [telefon], @…, [e-post]"
    assert mask("Sak 26/1234") == "Sak 26/1234"


def test_two_people_at_once_are_both_in_the_history(store: Store) -> None:
    app = work_list()
    store.record("enhetsleder", New("dialogue_closed", "item", QUESTION, {}, "ferdig"))
    press(app, "Svart nå", QUESTION)
    assert "Noen andre avgjorde det samme imens: Dialogen er avsluttet." in words(app)
    assert [each.kind for each in store.history(QUESTION)] == ["dialogue_closed", "answered_now"]


def test_what_was_taken_back_cannot_be_taken_back_again(store: Store) -> None:
    app = press(work_list(), "Svart nå", QUESTION)
    (made,) = store.in_force()
    store.undo("enhetsleder", made.decision_id)
    app.button("undo-last").click().run()
    assert "Det er angret allerede." in words(app)
    assert len(store.history(QUESTION)) == 2


def test_last_decided_says_what_where_and_which_role(store: Store) -> None:
    store.record("enhetsleder", New("dialogue_closed", "item", QUESTION, {}, "<b>ferdig</b>"))
    store.record("enhetsleder", New("measure", "measure", "measure:1", {"text": "x"}))
    app = work_list()
    said = words(app)
    assert "Dialogen er avsluttet  Fjordvik kommune (Facebook) · " in said
    assert "enhetsleder  <b>ferdig</b>" in said
    (button,) = [b for b in app.button if b.label == "Angre"]
    button.click().run()
    assert "Ingenting er avgjort ennå." in words(app)


# --- Looks, errors, replies by others


def test_seen_is_said_once_a_week(store: Store) -> None:
    app = work_list()
    app.selectbox("seen-account").select("facebook:1").run()
    app.button("seen-now").click().run()
    (made,) = store.in_force()
    assert (made.kind, made.subject) == ("seen", "facebook:1")
    assert made.details == {"week": f"{seen.this_week()}"}
    assert date.fromisoformat(made.details["week"]).weekday() == 0
    assert "Sett denne uken: Fjordvik kommune (Facebook)." in words(app)
    assert app.selectbox("seen-account").options == ["åpen_barnehage (Instagram)"]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/1/posts/77/",
        "https://facebook.com/1/posts/77",
        "http://m.facebook.com/1/posts/77?ref=share",
    ],
)
def test_an_error_in_a_post_is_registered_by_its_link(store: Store, address: str) -> None:
    app = work_list()
    app.text_input("fault-link").input(address).run()
    app.date_input("fault-p0-day").set_value(date(2026, 10, 9))
    app.button("fault-p0").click().run()
    (made,) = store.in_force()
    assert (made.kind, made.about, made.subject) == ("error_found", "post", "p0")
    assert made.details == {"found_on": "2026-10-09"}


def test_an_unknown_link_registers_nothing(store: Store) -> None:
    app = work_list()
    app.text_input("fault-link").input("https://www.facebook.com/2/posts/1").run()
    assert "Ingen av innleggene som er lest inn, har denne lenken." in words(app)
    assert kinds(store) == []


def test_an_error_is_registered_among_the_newest_posts_of_the_account(store: Store) -> None:
    app = work_list(konto="instagram:2")
    app.selectbox("fault-post").select("p1").run()
    app.button("fault-p1").click().run()
    (made,) = store.in_force()
    assert (made.subject, made.kind) == ("p1", "error_found")


def test_an_open_error_is_listed_and_corrected(data_dir: Path) -> None:
    error = {
        "subject": "p0", "about": "post", "post_id": "p0", "account_id": "facebook:1",
        "unit_id": "kultur", "platform": "facebook", "month": date(2026, 10, 1),
        "found_at": datetime(2026, 10, 9, 10, tzinfo=UTC), "is_open_over_day": True,
    }  # fmt: skip
    municipality(data_dir, items=ITEMS, posts=POSTS, errors=(error,))
    app = work_list()
    assert "funnet 9. oktober 2026, åpen i" in words(app)
    app.date_input("corrected-p0-day").set_value(date(2026, 10, 10))
    app.button("corrected-p0").click().run()
    (made,) = open_store(data_dir).in_force()
    assert (made.kind, made.details) == ("error_corrected", {"corrected_on": "2026-10-10"})
    assert "åpen i" not in words(app)


@pytest.mark.usefixtures("store")
def test_replies_by_others_are_listed_without_who_for_communications_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = words(work_list())
    assert "Hvem det var, blir aldri lagret" in said
    assert "6. oktober 2026 kl. 12.00" in said
    monkeypatch.setattr(access, "LOCAL", BARNEHAGE_LEADER)
    assert "Svar fra andre enn administratorer" not in words(work_list())


# --- The reader's bounds (R14)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("who", [BARNEHAGE_LEADER, ADMINISTRATOR])
def test_a_bounded_reader_has_a_work_list_of_the_own_accounts(
    monkeypatch: pytest.MonkeyPatch, who: Viewer
) -> None:
    monkeypatch.setattr(access, "LOCAL", who)
    app = work_list()
    assert not app.exception
    assert not app.error
    assert is_listed(app, BARNEHAGE)
    assert not any(is_listed(app, each) for each in (QUESTION, COMPLAINT, CASE))
    assert not is_listed(press(app, "Svart nå", BARNEHAGE), BARNEHAGE)


FORGED = [
    ("answered_now", "item", QUESTION),
    ("answered_now", "item", "facebook:no-such-item"),
    ("answered_now", "item", "p1"),  # in sight, but a post
    ("error_found", "post", "p0"),
    ("error_found", "post", BARNEHAGE),  # in sight, but an item
    ("seen", "account", "facebook:1"),
    ("measure", "measure", "measure:1"),
]


@pytest.mark.parametrize(("kind", "about", "subject"), FORGED)
@pytest.mark.parametrize("who", [BARNEHAGE_LEADER, ADMINISTRATOR, MANAGEMENT])
def test_nobody_decides_about_what_is_out_of_sight(
    store: Store, builds: list[None], who: Viewer, kind: str, about: str, subject: str
) -> None:
    viewer.use(who)
    with pytest.raises(NotAllowed):
        decided.decide(kind, subject, about=about)
    assert (kinds(store), builds) == ([], [])


def test_communications_decide_about_nothing_that_does_not_exist(store: Store) -> None:
    with pytest.raises(NotAllowed):
        decided.decide("answered_now", "facebook:no-such-item")
    assert kinds(store) == []


@pytest.mark.parametrize(
    ("who", "subject"),
    [(BARNEHAGE_LEADER, QUESTION), (ADMINISTRATOR, QUESTION), (MANAGEMENT, BARNEHAGE)],
)
def test_nobody_takes_back_what_is_out_of_sight(store: Store, who: Viewer, subject: str) -> None:
    (made,) = store.record("kommunikasjon", New("answered_now", "item", subject))
    viewer.use(who)
    with pytest.raises(NotAllowed):
        decided.undo(made)
    with pytest.raises(NotAllowed):
        decided.undo(made + 1)
    assert kinds(store) == ["answered_now"]


def test_a_forged_click_is_refused_in_plain_words(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "LOCAL", BARNEHAGE_LEADER)
    app = work_list()
    app.session_state["wanted"] = deciding.Wanted("answered_now", QUESTION, 0)
    app.run()
    assert "Dette er utenfor det du har tilgang til." in words(app)
    assert kinds(store) == []


def test_last_decided_keeps_within_the_bounds(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.record("kommunikasjon", New("dialogue_closed", "item", QUESTION, {}, "ferdig"))
    monkeypatch.setattr(access, "LOCAL", BARNEHAGE_LEADER)
    said = words(work_list())
    assert "Ingenting er avgjort ennå." in said
    assert "ferdig" not in said


@pytest.mark.usefixtures("store")
def test_an_undone_decision_is_no_decision_to_undo() -> None:
    made = decided.decide("answered_now", QUESTION)
    decided.undo(made)
    with pytest.raises(BadDecision):
        decided.undo(made)


# --- What leaves which list


LEAVES: list[tuple[str, dict[str, Any], Kind, bool]] = [
    ("answered_now", {}, "waiting", True),
    ("answered_now", {}, "archive_candidate", False),
    ("answered_now", {}, "hidden_without_reason", False),
    ("hidden", {}, "hidden_without_reason", True),
    ("archived", {}, "archive_candidate", True),
    ("archived", {}, "open", False),
    ("tone", {"tone": "neutral"}, "unanswered_negative", True),
    ("tone", {"tone": "negative"}, "unanswered_negative", False),
    ("tone", {"tone": "neutral"}, "open", False),  # it still needs a reply
    ("referred", {}, "waiting", True),
    ("referred", {}, "open", False),
    ("error_found", {}, "open", False),
    ("class", {"reply_class": "must"}, "waiting", False),
]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(("kind", "details", "listed", "leaves"), LEAVES)
def test_what_leaves_a_list(kind: str, details: dict[str, Any], listed: Kind, leaves: bool) -> None:
    decided.store().record("kommunikasjon", New(kind, "item", QUESTION, details, "grunn"))
    assert (QUESTION in decided.left_out(listed)) == leaves


# --- What lists leave out at once is what the figures will leave out a little later

LISTS: tuple[Kind, ...] = (
    "waiting", "unanswered_negative", "open", "waiting_overdue", "open_error", "to_case",
    "archive_candidate", "hidden_without_reason",
)  # fmt: skip
DECIDED: list[tuple[str, dict[str, Any]]] = [
    ("answered_now", {}),
    ("answered_elsewhere", {}),
    ("dialogue_closed", {}),
    ("referred", {"case_number": "", "is_citizen_told": False}),
    ("referred", {"case_number": "26/1", "is_citizen_told": True}),
    ("class", {"reply_class": "must"}),
    ("class", {"reply_class": "none"}),
    ("hidden", {}),
    ("tone", {"tone": "neutral"}),
    ("error_found", {}),
    ("archived", {}),
]
THREADS = [
    [Message(0, 0)],
    [Message(1, 5, text="Elendig! Søknaden min om byggetillatelse er ikke behandlet.")],
    [Message(2, 9, text="Når får jeg svar på søknaden min?"), Message(None, 30)],
    [Message(3, 12, text="Datoen på plakaten er feil")],
    [Message(4, 15, text="Dette er elendig!")],
]
EXPORTED = 1_772_586_400  # 2026-03-04, when the deadline has passed


def _each_in_other_words() -> list[list[Message]]:
    """The threads once per kind of decision; the same words by the same person are a repeat."""
    return [
        [replace(one, text=f"{one.text} Uke {n}") for one in thread]
        for n in range(len(DECIDED))
        for thread in THREADS
    ]


def listed() -> dict[Kind, set[str]]:
    st.cache_data.clear()
    return {
        kind: {row.item_id for row in ask(metrics.items, YEAR, kind, 99, 0, decided.left_out(kind))}
        for kind in LISTS
    }


def test_lists_say_at_once_what_the_build_says_later(data_dir: Path) -> None:
    """Every kind of decision about a question, a case, an answered one, a claim, a complaint."""
    path = write(data_dir / f"exports/facebook/{PAGE}", graph_json(_each_in_other_words()))
    os.utime(path, (EXPORTED, EXPORTED))
    load([path], data=data_dir)
    about = [
        (comment_id(len(THREADS) * number + thread, 0), kind, details)
        for number, (kind, details) in enumerate(DECIDED)
        for thread in range(len(THREADS))
    ]
    store = open_store(data_dir)
    to_archive = [item for item, kind, _details in about if kind == "archived"]
    store.record("x", *(New("archive_candidate", "item", item) for item in to_archive))
    rebuild(data=data_dir)
    before = listed()
    empty = {kind for kind in LISTS if not before[kind]}
    assert empty == {"hidden_without_reason"}
    store.record("x", *(New(kind, "item", item, told, "grunn") for item, kind, told in about))
    at_once = listed()
    rebuild(data=data_dir)
    later = listed()
    names = {item: f"{kind} {details}" for item, kind, details in about}
    for kind, found in before.items():
        assert {names[each] for each in (at_once[kind] ^ later[kind]) & found} == set(), kind
