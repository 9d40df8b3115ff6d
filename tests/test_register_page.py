"""The register page as the communications department meets it: found, registered, edited, kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from svarvakt import access, i18n
from svarvakt.decisions import current_register, open_store, register_lines
from svarvakt.register import address_of, as_workbook, unit_by_name, units_from
from svarvakt.register.upload_reader import read_upload
from tests.support.page_visits import straight_to
from tests.support.published_warehouse import publish
from tests.test_pages import words
from ui import refresh, register_exchange, registering, viewer
from ui.register_draft import Change, Grid, cell_text, edits

UNITS = """unit_id;name;kind;parent_id;valid_from;leader_role
kultur;Kultur;fagavdeling;;2020-01-01;kultursjef
bibliotek;Biblioteket;enhet;kultur;2020-01-01;
"""
ACCOUNTS = """account_id;platform;url;name;handle;kind;unit_id;status;confirmed_on;opened_on
facebook:bib;facebook;https://www.facebook.com/bib;Biblioteket;bib;unit;bibliotek;aktiv;2026-04-01;
instagram:gammel;instagram;https://www.instagram.com/gammel/;Åpen gård;;unit;;avviklet;;2019-01-01
"""
ADMINISTRATORS = """account_id;person_ref;role;valid_from
facebook:bib;anne@fjordvik.example;administrator;2026-01-01
"""
SEEN = (
    {"account_id": "facebook:bib", "name": "Biblioteket", "handle": "bib"},
    {
        "account_id": "facebook:1234567",
        "native_id": "1234567",
        "name": "Kultur *i* Fjordvik",
        "is_registered": False,
    },
    {
        "account_id": "mastodon:sol",
        "platform": "mastodon",
        "handle": "sol",
        "name": "Sol",
        "is_registered": False,
    },
)


@pytest.fixture(autouse=True)
def _municipality(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    publish(data_dir, accounts=SEEN, is_demo=True)
    folder = data_dir / "register"
    folder.mkdir()
    for name, text in (
        ("units", UNITS),
        ("accounts", ACCOUNTS),
        ("administrators", ADMINISTRATORS),
    ):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(refresh, "soon", lambda: None)
    viewer.use(access.LOCAL)
    st.cache_data.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()
    i18n.use("nb")


def visit(part: str = "accounts", **address: str) -> AppTest:
    i18n.use(address.get("sprak", "nb"))
    app = straight_to("kontoregister", address)
    if part != "accounts":
        app.radio(key="register-part").set_value(part).run()
    assert not app.exception
    assert not app.error
    return app


def line(data: Path, account_id: str) -> dict[str, str]:
    found = register_lines(data, "accounts")
    return next(each for each in found if each["account_id"] == account_id)


def open_account(app: AppTest, account_id: str) -> AppTest:
    return app.selectbox(key="register-account-").set_value(account_id).run()


def button(app: AppTest, label: str) -> Any:
    return next(each for each in app.button if each.label == label)


def field(app: AppTest, kind: str, ending: str) -> Any:
    return next(each for each in app.get(kind) if each.key and each.key.endswith(ending))


@pytest.mark.parametrize("part", ["accounts", "due", "units", "exchange"])
@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_part_speaks_every_language(part: str, language: str) -> None:
    app = visit(part, sprak=language)
    (title,) = app.title
    assert (
        title.value
        == {
            "nb": "Hvilke kontoer har kommunen?",
            "nn": "Kva kontoar har kommunen?",
            "en": "Which accounts has the municipality?",
        }[language]
    )


def test_the_page_counts_what_the_register_has_and_lacks() -> None:
    said = words(visit())
    assert "Registeret har 2 kontoer og 2 enheter." in said
    assert "4 = 2 registrerte + 2 sett i eksporter." in said


def test_one_press_registers_what_an_export_has_seen(data_dir: Path) -> None:
    app = visit()
    app.button(key="register-facebook:1234567").click().run()
    assert "1 konto er registrert." in words(app)
    assert line(data_dir, "facebook:1234567") == {
        "account_id": "facebook:1234567",
        "platform": "facebook",
        "native_id": "1234567",
        "name": "Kultur *i* Fjordvik",
        "url": "https://www.facebook.com/1234567",
        "kind": "unit",
        "status": "aktiv",
    }
    assert "Registeret har 3 kontoer" in words(app)
    assert open_store(data_dir).audit()[0].object == "facebook:1234567"


def test_a_name_from_an_export_is_never_markup_in_a_label() -> None:
    label = visit().button(key="register-facebook:1234567").label
    assert "\\*i\\*" in label


def test_an_account_whose_address_is_unknown_asks_for_it_and_loses_nothing(data_dir: Path) -> None:
    app = visit()
    app.button(key="register-mastodon:sol").click().run()
    assert "Sol, Adresse: Her skal det stå en nettadresse" in words(app)
    app = open_account(app, "mastodon:sol")
    field(app, "text_input", "-editor_role").set_value("solsjef")
    button(app, "Lagre kontoen").click().run()
    assert "Her skal det stå en nettadresse" in words(app)
    assert field(app, "text_input", "-editor_role").value == "solsjef"
    field(app, "text_input", "-url").set_value("https://sol.example/@sol")
    button(app, "Lagre kontoen").click().run()
    assert "Sol (Mastodon) er lagret." in words(app)
    assert line(data_dir, "mastodon:sol")["editor_role"] == "solsjef"


def test_every_column_of_an_account_can_be_edited(data_dir: Path) -> None:
    app = open_account(visit(), "facebook:bib")
    field(app, "selectbox", "-shows_belonging").set_value("unntak")
    field(app, "text_area", "-note").set_value("Navnet står i profilen.")
    field(app, "text_area", "-identities").set_value("Bib\nbiblioteket_vårt")
    field(app, "date_input", "-told_on").set_value(date(2026, 3, 1))
    field(app, "checkbox", "-told_on-how").set_value(True)
    field(app, "selectbox", "-two_factor").set_value("ja")
    button(app, "Lagre kontoen").click().run()
    saved = line(data_dir, "facebook:bib")
    assert saved["shows_belonging"] == "unntak"
    assert saved["note"] == "Navnet står i profilen."
    assert saved["identities"] == "Bib|biblioteket_vårt"
    assert saved["told_on"] == "kjent per 2026-03-01"
    assert saved["two_factor"] == "ja"
    assert current_register(data_dir).problems == ()


def test_a_form_that_nobody_touched_changes_nothing(data_dir: Path) -> None:
    app = open_account(visit(), "facebook:bib")
    button(app, "Lagre kontoen").click().run()
    assert open_store(data_dir).register_edits() == []


def test_somebody_elses_edit_is_shown_beside_ones_own(data_dir: Path) -> None:
    app = open_account(visit(), "facebook:bib")
    now = line(data_dir, "facebook:bib")
    registering.save("accounts", [now], [{**now, "editor_role": "leder", "purpose": "Lesing"}])
    field(app, "text_input", "-editor_role").set_value("biblioteksjef")
    button(app, "Lagre kontoen").click().run()
    assert "nå står det «leder», og du har «biblioteksjef»" in words(app)
    assert line(data_dir, "facebook:bib")["editor_role"] == "leder"
    assert field(app, "text_input", "-editor_role").value == "biblioteksjef"
    assert field(app, "text_area", "-purpose").value == "Lesing"
    button(app, "Lagre kontoen").click().run()
    saved = line(data_dir, "facebook:bib")
    assert (saved["editor_role"], saved["purpose"]) == ("biblioteksjef", "Lesing")


def test_confirming_and_closing_are_one_press_each(data_dir: Path) -> None:
    app = open_account(visit(), "facebook:bib")
    assert "Bekreftelsen fra 01.04.2026 er utløpt." in words(app)
    button(app, "Fortsatt riktig i dag").click().run()
    assert line(data_dir, "facebook:bib")["confirmed_on"] == "2026-10-31"
    button(app, "Merk som avviklet").click().run()
    saved = line(data_dir, "facebook:bib")
    assert (saved["status"], saved["closed_on"]) == ("avviklet", "2026-10-31")
    assert "Status: avviklet" in words(app)
    assert "Avvikling, steg for steg" in [each.value for each in app.subheader]


def test_the_steps_of_closing_are_decisions_that_can_be_undone(data_dir: Path) -> None:
    app = open_account(visit(), "instagram:gammel")
    app.checkbox(key="closing-archive-instagram:gammel").check().run()
    (made,) = open_store(data_dir).in_force(["instagram:gammel"])
    assert (made.kind, made.details) == ("closing_step", {"step": "archive"})
    field(app, "checkbox", "closing-archive-instagram:gammel").uncheck().run()
    assert open_store(data_dir).in_force(["instagram:gammel"]) == []


def test_advice_is_dated_and_listed(data_dir: Path) -> None:
    app = open_account(visit(), "facebook:bib")
    field(app, "text_area", "-text").set_value("Bruk to **administratorer**.")
    button(app, "Lagre rådet").click().run()
    assert "Bruk to **administratorer**." in words(app)
    (made,) = open_store(data_dir).in_force(["facebook:bib"])
    assert made.kind == "advice"


def test_administrators_are_appointed_and_ended_and_never_named_in_the_history(
    data_dir: Path,
) -> None:
    app = open_account(visit(), "facebook:bib")
    assert "anne@fjordvik.example" in words(app)
    field(app, "text_input", "-person_ref").set_value("per@fjordvik.example")
    field(app, "selectbox", "-role").set_value("reserve")
    button(app, "Oppnevn").click().run()
    found = register_lines(data_dir, "administrators")
    assert {x["person_ref"]: x["role"] for x in found}["per@fjordvik.example"] == "reserve"
    history = next(e.proto.body for e in app.get("html") if "Endringer i linjen" in e.proto.body)
    assert "en linje" in history
    assert "example" not in history
    assert all("example" not in each.object for each in open_store(data_dir).audit())


def test_the_history_says_what_changed_in_which_role(data_dir: Path) -> None:
    now = line(data_dir, "facebook:bib")
    registering.save("accounts", [now], [{**now, "unit_id": "kultur", "confirmed_on": "1.10.2026"}])
    app = open_account(visit(), "facebook:bib")
    said = words(app)
    assert "Enhet Biblioteket Kultur" in " ".join(said.split())
    assert "Bekreftet 01.04.2026 01.10.2026" in " ".join(said.split())


def test_a_planned_account_is_registered_before_any_export_has_it(data_dir: Path) -> None:
    app = open_account(visit(), "new")
    field(app, "selectbox", "new-0-platform").set_value("instagram")
    field(app, "text_input", "-name").set_value("Fjordvik ung")
    field(app, "text_input", "-handle").set_value("@fjordvik_ung")
    button(app, "Registrer kontoen").click().run()
    saved = line(data_dir, "instagram:fjordvik_ung")
    assert saved["status"] == "planlagt"
    assert saved["url"] == "https://www.instagram.com/fjordvik_ung/"
    app = open_account(app, "instagram:fjordvik_ung")
    button(app, "Merk som meldt").click().run()
    saved = line(data_dir, "instagram:fjordvik_ung")
    assert (saved["status"], saved["told_on"]) == ("meldt", "2026-10-31")


def test_what_is_ticked_is_changed_in_one_go(data_dir: Path) -> None:
    app = visit()
    app.button(key="tick-all").click().run()
    field(app, "selectbox", "bulk-unit_id-0").set_value("kultur")
    field(app, "date_input", "bulk-told-0").set_value(date(2026, 10, 1))
    button(app, "Lagre for kontoene som er krysset av").click().run()
    said = words(app)
    assert "3 kontoer er lagret." in said
    assert "1 mangler adresse: fyll den ut i tabellen." in said
    for account_id in ("facebook:bib", "facebook:1234567", "instagram:gammel"):
        saved = line(data_dir, account_id)
        assert (saved["unit_id"], saved["told_on"]) == ("kultur", "kjent per 2026-10-01")


def test_searching_and_filtering_narrow_the_table() -> None:
    app = visit()
    app.text_input(key="register-search").set_value("åpen").run()
    assert "1 av 4 kontoer vises." in words(app)
    app.text_input(key="register-search").set_value("").run()
    app.selectbox(key="register-lacks").set_value("address").run()
    assert "1 av 4 kontoer vises." in words(app)
    app.selectbox(key="register-lacks").set_value("unit").run()
    assert "1 av 4 kontoer vises." in words(app)


def test_the_choice_in_the_sidebar_counts_here_too() -> None:
    app = visit(konto="facebook:bib")
    assert "Bekreftelsen fra 01.04.2026 er utløpt." in words(app)  # its form is open


def test_units_are_suggested_from_names_but_not_stored(data_dir: Path) -> None:
    app = visit()
    app.button(key="register-suggest").click().run()
    assert button(app, "Lagre 1 endret linje").disabled is False
    assert len(register_lines(data_dir, "accounts")) == 2
    app.button(key="register-save").click().run()
    assert line(data_dir, "facebook:1234567")["unit_id"] == "kultur"


def test_a_table_that_others_edited_meanwhile_tells_both_and_loses_nothing(data_dir: Path) -> None:
    app = visit()
    app.button(key="register-suggest").click().run()
    new = {"account_id": "facebook:1234567", "platform": "facebook", "kind": "official"}
    registering.save("accounts", [], [{**new, "url": "https://www.facebook.com/1234567"}])
    app.button(key="register-save").click().run()
    assert "Noen andre har endret dette i mellomtiden" in words(app)
    assert "unit_id" not in line(data_dir, "facebook:1234567")
    app.button(key="register-save").click().run()
    saved = line(data_dir, "facebook:1234567")
    assert (saved["unit_id"], saved["kind"]) == ("kultur", "official")


def test_what_is_thrown_away_is_gone() -> None:
    app = visit()
    app.button(key="register-suggest").click().run()
    app.button(key="register-throw").click().run()
    assert app.button(key="register-save").disabled


def test_what_is_typed_in_the_table_becomes_edits() -> None:
    grid = Grid("accounts", ("opened_on", "unit_id"))
    before = {"account_id": "x:a", "unit_id": "kultur"}
    made = edits(grid, {"x:a": Change(before, {"opened_on": "01.02.2020", "unit_id": ""})})
    assert [each.after for each in made] == [{"account_id": "x:a", "opened_on": "2020-02-01"}]
    new = edits(grid, {"x:a": Change(before, {})}, frozenset({"x:a"}))
    assert new[0].before is None
    assert [cell_text(x) for x in (None, True, ["facebook", "x"], " a ")] == [
        "",
        "ja",
        "facebook|x",
        "a",
    ]


def test_accounts_to_be_confirmed_are_listed_from_day_150() -> None:
    said = words(visit("due"))
    assert "Bekreftelsen fra 01.04.2026 er utløpt." in said
    assert "Åpen gård" not in said  # closed accounts are never asked about


def test_units_are_pasted_looked_at_and_then_saved(data_dir: Path) -> None:
    app = visit("units")
    text = "Navn\tOverordnet\nKulturskolen\tKultur\nKultur\t\nUngdomshuset\tFinnes ikke\n"
    field(app, "text_area", "-text").set_value(text)
    button(app, "Se over listen").click().run()
    said = words(app)
    assert "Linje 3: «Kultur» finnes fra før." in said
    assert "Linje 4: Den overordnede enheten «Finnes ikke» finnes ikke." in said
    assert len(register_lines(data_dir, "units")) == 2
    app.button(key="paste-save").click().run()
    assert "2 enheter er lagret." in words(app)
    known = {unit.name: unit for unit in current_register(data_dir).units}
    assert known["Kulturskolen"].parent_id == "kultur"
    assert known["Kulturskolen"].unit_id == "kulturskolen"


def test_a_new_name_makes_a_new_version_and_keeps_the_old_one(data_dir: Path) -> None:
    app = visit("units")
    app.selectbox(key="units-one").set_value("bibliotek").run()
    form = next(x.key for x in app.text_input if x.key and x.key.startswith("version-bib"))
    app.text_input(key=form).set_value("Biblioteket og kulturhuset")
    button(app, "Lagre den nye utgaven").click().run()
    versions = [u for u in current_register(data_dir).units if u.unit_id == "bibliotek"]
    assert [(u.name, u.valid_from, u.valid_to) for u in versions] == [
        ("Biblioteket", date(2020, 1, 1), date(2026, 10, 30)),
        ("Biblioteket og kulturhuset", date(2026, 10, 31), None),
    ]
    assert "Utgaver av enheten" in words(app)


def test_a_unit_is_closed_and_names_its_successor(data_dir: Path) -> None:
    app = visit("units")
    app.selectbox(key="units-one").set_value("bibliotek").run()
    by = next(x.key for x in app.selectbox if x.key and x.key.startswith("close-bib"))
    app.selectbox(key=by).set_value("kultur")
    button(app, "Legg ned enheten").click().run()
    closed = next(u for u in current_register(data_dir).units if u.unit_id == "bibliotek")
    assert (closed.valid_to, closed.replaced_by) == (date(2026, 10, 31), "kultur")


def test_no_channel_by_choice_is_another_thing_than_unknown(data_dir: Path) -> None:
    app = visit("units")
    app.selectbox(key="units-one").set_value("bibliotek").run()
    field(app, "multiselect", "-channel_choice").set_value(["ingen"])
    button(app, "Lagre enheten").click().run()
    chosen = {u.unit_id: u.channel_choice for u in current_register(data_dir).units}
    assert chosen == {"kultur": (), "bibliotek": ("ingen",)}


def test_the_workbook_comes_back_and_only_what_differs_is_an_edit(data_dir: Path) -> None:
    names = ("units", "accounts", "administrators")
    given = {name: register_lines(data_dir, name) for name in names}
    content = as_workbook(given)
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == list(names)
    assert register_exchange.edits_of(read_upload("register (2).xlsx", content)) == []
    given["units"][0]["name"] = "Kultur og idrett"
    given["accounts"] = given["accounts"][:1]
    made = register_exchange.edits_of(read_upload("register.xlsx", as_workbook(given)))
    assert [(e.file, e.after and e.after["name"]) for e in made] == [
        ("units", "Kultur og idrett"),
        ("accounts", None),
    ]


def uploader(app: AppTest) -> Any:
    """The page's only file chooser; its type says nothing of `upload`."""
    return app.file_uploader[0]


def test_an_edited_file_is_compared_before_it_is_saved(data_dir: Path) -> None:
    content = ACCOUNTS.replace("Biblioteket", "Fjordvik bibliotek").splitlines(keepends=True)[:2]
    app = visit("exchange")
    uploader(app).upload("accounts.csv", "".join(content).encode())
    app.run()
    assert "0 nye linjer, 1 endret, 1 ikke i filen." in words(app)
    assert "Åpen gård" in words(app)
    app.button(key="register-upload-save").click().run()
    assert "Filen er lagret i registeret." in words(app)
    assert line(data_dir, "facebook:bib")["name"] == "Fjordvik bibliotek"
    assert line(data_dir, "instagram:gammel")  # removed only when ticked
    app.checkbox(key="register-remove").check().run()
    app.button(key="register-upload-save").click().run()
    assert [each["account_id"] for each in register_lines(data_dir, "accounts")] == ["facebook:bib"]


def test_a_file_with_a_wrong_cell_stores_nothing(data_dir: Path) -> None:
    content = ACCOUNTS.replace("2026-04-01", "i fjor").replace("Biblioteket", "Bib")
    app = visit("exchange")
    uploader(app).upload("accounts.csv", content.encode())
    app.run()
    app.button(key="register-upload-save").click().run()
    assert "Bib, Bekreftet: Her skal det stå en dato" in words(app)
    assert open_store(data_dir).register_edits() == []


def test_a_file_with_some_columns_leaves_the_others_alone() -> None:
    content = "enhet_id;navn;type;gyldig_fra\nkultur;Kultur nå;fagavdeling;01.01.2020\n"
    made = register_exchange.edits_of(read_upload("units (1).csv", content.encode()))
    changed = next(each for each in made if each.after)
    assert changed.after == {
        "unit_id": "kultur",
        "name": "Kultur nå",
        "kind": "fagavdeling",
        "valid_from": "2020-01-01",
        "leader_role": "kultursjef",
    }


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"a;b\n1;2\n", b"unit_id;x\n1;2\n"])
@pytest.mark.parametrize("name", ["units.csv", "register.xlsx", "../../x.csv", "notat.csv"])
def test_a_file_that_is_no_register_is_told_and_changes_nothing(name: str, content: bytes) -> None:
    uploaded = read_upload(name, content)
    assert register_exchange.edits_of(uploaded) == []
    assert uploaded.problems


def test_other_roles_never_reach_the_page() -> None:
    for role in ("enhetsleder", "administrator", "ledelse"):
        assert "kontoregister" not in access.PAGES[role]


@pytest.mark.parametrize(
    ("platform", "native_id", "handle", "address"),
    [
        ("facebook", "100010542844274", "fjordvik", "https://www.facebook.com/100010542844274"),
        ("facebook", None, "fjordvik.demo", "https://www.facebook.com/fjordvik.demo"),
        ("instagram", "17841400944831429", None, None),
        ("instagram", None, "@fjordvik", "https://www.instagram.com/fjordvik/"),
        ("facebook", None, "Fjordvik kommune", None),
        ("mastodon", None, "fjordvik", None),
        ("x", None, "javascript:alert(1)", None),
    ],
)
def test_an_address_is_made_only_where_it_is_certain(
    platform: str, native_id: str | None, handle: str | None, address: str | None
) -> None:
    assert address_of(platform, native_id, handle) == address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bibliotek", [("bibliotek", "Bibliotek", "enhet")]),
        (
            "10;Bibliotek;enhet;\n20;Skole;KF;10",
            [("10", "Bibliotek", "enhet"), ("20", "Skole", "KF")],
        ),
        ("Skole;avdeling", [("skole", "Skole", "avdeling")]),
        ("Åsen\nAasen", [("asen", "Åsen", "enhet")]),
        (
            "Øy skole\nØy, skole",
            [("oy-skole", "Øy skole", "enhet"), ("oy-skole-2", "Øy, skole", "enhet")],
        ),
        ("", []),
    ],
)
def test_a_pasted_list_is_understood_by_position(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    found = units_from(text, [], date(2026, 1, 1)).lines
    assert [(x["unit_id"], x["name"], x["kind"]) for x in found] == expected


def test_a_heading_that_means_nothing_is_said() -> None:
    found = units_from("Navn;Farge\nSkole;blå\n;rød", [], date(2026, 1, 1))
    assert [x["name"] for x in found.lines] == ["Skole"]
    assert [(p.line, p.message[:16]) for p in found.problems] == [
        (1, "Kolonnen «Farge»"),
        (3, "Her mangler navn"),
    ]


def test_an_id_that_was_ever_used_is_never_made_again() -> None:
    ended = {"unit_id": "skole", "name": "Den gamle", "valid_to": "2020-01-01"}
    (line,) = units_from("Skole", [ended], date(2026, 1, 1)).lines
    assert line["unit_id"] == "skole-2"


def test_a_name_decides_the_unit_only_when_one_unit_fits_best() -> None:
    units = {"bib": "Bibliotek", "kul": "Kultur", "kub": "Kultur og bibliotek", "ku2": "Kultur"}
    assert unit_by_name("Fjordvik bibliotek", units) == "bib"
    assert unit_by_name("Kultur og bibliotek i Fjordvik", units) == "kub"
    assert unit_by_name("Kultur i Fjordvik", units) is None
    assert unit_by_name("Svømmehallen", units) is None
