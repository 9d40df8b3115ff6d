"""The unit leader's page: sentences, the units' range, the bounds, and what is saved from it."""

from __future__ import annotations

import os
import random
import shutil
import statistics
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from etl.pipeline import load, rebuild
from svarvakt import access, i18n, metrics, settings
from svarvakt.access import Viewer
from svarvakt.decisions import New, open_store, register_lines
from svarvakt.metrics import Band, ResponseFigures
from tests.support import reference_metrics as twin
from tests.support.graph_threads import PAGE, Message, graph_json, write
from tests.support.warehouse_factory import make_warehouse
from tests.test_pages import visit, words
from ui import my_unit_channels, my_unit_report, my_unit_words, refresh, viewer
from ui.my_unit_words import Waits

OCTOBER = date(2026, 10, 1)
TODAY = date(2026, 10, 30)
EXPORTED = 1_772_586_400  # 2026-03-04, when the deadlines have passed
UNITS = """unit_id;name;kind;parent_id;valid_from;channel_choice
kultur;Kultur;fagavdeling;;2020-01-01;
bibliotek;Biblioteket;enhet;kultur;2020-01-01;facebook
skole;Skolen;enhet;;2020-01-01;ingen
"""
ACCOUNTS = f"""account_id;platform;url;name;kind;unit_id;status;editor_role
facebook:{PAGE};facebook;https://www.facebook.com/{PAGE};Vårt bibliotek;unit;bibliotek;aktiv;sjef
facebook:skole;facebook;https://www.facebook.com/skole;Skolens side;unit;skole;aktiv;rektor
"""
ADMINISTRATORS = """account_id;person_ref;role;valid_from
facebook:skole;rektor@fjordvik.example;administrator;2026-01-01
"""
ACCOUNT = f"facebook:{PAGE}"


def arrived(**given: int) -> ResponseFigures:
    names = ResponseFigures.__dataclass_fields__
    return ResponseFigures(**{**dict.fromkeys(names, 0), "received": 9, **given})


def sentence(language: str, need: int, answered: int, count: int, *, is_thin: bool = False) -> str:
    i18n.use(language)
    found = my_unit_words.finding(
        arrived(need_items=need, need_answered=answered),
        OCTOBER,
        Waits(count, datetime(2026, 10, 27, 9, tzinfo=UTC) if count else None),
        TODAY,
        is_thin=is_thin,
    )
    i18n.use("nb")
    return found


@pytest.mark.parametrize(
    ("language", "none", "one", "many"),
    [
        (
            "nb",
            "Ingen henvendelser fra oktober 2026 trengte svar. Ingen venter.",
            "3 av 4 som trengte svar i oktober 2026, har fått det. 1 venter nå, siden tirsdag.",
            (
                "Ingen som trengte svar i oktober 2026, har fått det ennå. "
                "2 venter nå, den eldste siden tirsdag."
            ),
        ),
        (
            "nn",
            "Ingen førespurnader frå oktober 2026 trong svar. Ingen ventar.",
            "3 av 4 som trong svar i oktober 2026, har fått det. 1 ventar no, sidan tysdag.",
            (
                "Ingen som trong svar i oktober 2026, har fått det enno. "
                "2 ventar no, den eldste sidan tysdag."
            ),
        ),
        (
            "en",
            "No enquiry from October 2026 needed a reply. Nobody waits.",
            "3 of 4 who needed a reply in October 2026 have got it. 1 waits now, since Tuesday.",
            (
                "Nobody who needed a reply in October 2026 has one yet. "
                "2 wait now, the oldest since Tuesday."
            ),
        ),
    ],
)
def test_the_sentence_counts_and_never_divides(
    language: str, none: str, one: str, many: str
) -> None:
    assert sentence(language, 0, 0, 0) == none
    assert sentence(language, 4, 3, 1) == one
    assert sentence(language, 2, 0, 2) == many


def test_what_waits_longer_than_a_week_has_its_date() -> None:
    assert my_unit_words.since(datetime(2026, 10, 20, 9, tzinfo=UTC), TODAY) == "20. oktober 2026"


def test_thin_data_never_say_that_nobody_waits() -> None:
    assert sentence("nb", 3, 3, 0, is_thin=True).endswith("Filene viser ingen som venter.")
    unknown = my_unit_words.finding(
        arrived(received=9, cannot_link=6), OCTOBER, Waits(0, None), TODAY, is_thin=True
    )
    assert unknown.startswith("Filene viser ikke hva som ble besvart i oktober 2026")


def test_the_last_twelve_months_are_counts_too_where_they_are_thin() -> None:
    viewer.use(access.LOCAL)
    plain = my_unit_words.year(arrived(need_items=4, need_answered=3))
    assert plain == "De siste tolv månedene fikk 3 av 4 av dem som trengte svar, svar."
    many = my_unit_words.year(arrived(need_items=40, need_answered=36)).replace("\u00a0", " ")
    assert "90,0 % (36 av 40)" in many
    assert my_unit_words.year(arrived()) == ""


def units_range(units: int, least: int = 1, n: int = 5) -> metrics.MunicipalityRange:
    """Unit number k has n items, k of them answered, in k hours."""
    items = [
        {
            "account_id": f"facebook:{unit}",
            "unit_id": f"u{unit}",
            **({"working_seconds": 3600 * unit, "is_within_target": True} if done < unit else {}),
        }
        for unit in range(1, units + 1)
        for done in range(n)
    ]
    accounts = [
        {"account_id": f"facebook:{unit}", "unit_id": f"u{unit}"} for unit in range(1, units + 1)
    ]
    con = make_warehouse(
        items=items,
        accounts=accounts,
        settings={"min_administrators_for_response_time": f"{least}"},
    )
    return metrics.municipality_range(con, OCTOBER, OCTOBER)


def test_the_range_needs_five_units_with_five_items_each() -> None:
    assert units_range(4).response is None
    assert units_range(5, n=4).response is None
    assert units_range(5).response == Band(0.4, 0.8, 5)  # 20, 40, 60, 80, 100 %
    assert units_range(5).within == Band(0.4, 0.8, 5)


def test_a_median_needs_five_answered_and_enough_administrators() -> None:
    assert units_range(5).median_seconds is None  # only the fifth unit answered five
    wide = units_range(9, n=9)
    assert wide.median_seconds == Band(6 * 3600, 8 * 3600, 5)
    assert units_range(9, least=2, n=9).median_seconds is None
    assert units_range(9, least=2, n=9).response == wide.response


@pytest.mark.parametrize("seed", range(6))
def test_the_range_of_medians_equals_the_boring_twin(seed: int) -> None:
    chance = random.Random(seed)
    reach = chance.choice((90, 3_600, 300_000))  # seconds: one step of the time tables, or many
    rows: list[dict[str, Any]] = []
    answered = []
    for unit in range(9):
        times = [600 + chance.randrange(reach) for _ in range(chance.randrange(3, 60))]
        answered.append(times)
        own = {"account_id": f"facebook:{unit}", "unit_id": f"u{unit}"}
        rows += [own | {"working_seconds": seconds} for seconds in times]
        rows += [own | {"waiting_working_seconds": 700}] * chance.randrange(9)
    accounts = [{"account_id": f"facebook:{unit}", "unit_id": f"u{unit}"} for unit in range(9)]
    con = make_warehouse(items=rows, accounts=accounts)
    found = metrics.municipality_range(con, OCTOBER, OCTOBER).median_seconds
    doubled = [int(2 * statistics.median(times)) for times in answered if len(times) >= 5]
    assert found is not None
    assert found.units == len(doubled)
    assert 2 * found.low == twin.quantile(doubled, Fraction(1, 4))
    assert 2 * found.high == twin.quantile(doubled, Fraction(3, 4))


def test_the_range_of_other_months_is_not_this_ones() -> None:
    con = make_warehouse()
    empty = metrics.municipality_range(con, date(2020, 1, 1), date(2020, 2, 1))
    assert (empty.response, empty.within, empty.median_seconds) == (None, None, None)


def library(data: Path) -> None:
    """A library with one answered and one waiting comment, and a school with nothing imported."""
    (data / "register").mkdir()
    for name, text in (
        ("units", UNITS),
        ("accounts", ACCOUNTS),
        ("administrators", ADMINISTRATORS),
    ):
        (data / "register" / f"{name}.csv").write_text(text, encoding="utf-8")
    threads = [
        [Message(0, 0), Message(None, 30, parent=0)],
        [Message(1, 5, text="Når åpner *dere*?")],
    ]
    path = write(data / f"exports/facebook/{PAGE}", graph_json(threads), "a.json")
    os.utime(path, (EXPORTED, EXPORTED))
    load([path], data=data)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    library(folder)
    return folder


@pytest.fixture
def data(once: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The library, with no builds in the background."""
    shutil.copytree(once, data_dir, dirs_exist_ok=True)
    monkeypatch.setattr(refresh, "soon", lambda: None)
    st.cache_data.clear()
    yield data_dir
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def lead(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes the reader the leader of these units, or the communications department."""

    def become(*units: str, role: access.Role = "enhetsleder") -> None:
        who = Viewer(role, units, ()) if units else Viewer(role)
        monkeypatch.setattr(access, "LOCAL", who)

    return become


def line(data: Path, name: str, **key: str) -> dict[str, str]:
    return next(x for x in register_lines(data, name) if key.items() <= x.items())


def unit_page(**address: str) -> AppTest:
    app = visit("min-enhet", **address)
    assert not app.exception
    assert not app.error
    return app


@pytest.mark.usefixtures("data")
def test_a_leader_meets_the_own_unit_at_once(lead: Any) -> None:
    lead("kultur")
    said = words(unit_page())
    assert (
        "1 av 2 som trengte svar i mars 2026, har fått det. 1 venter nå, siden 2. mars 2026."
        in said
    )
    assert "De siste tolv månedene fikk 1 av 2 av dem som trengte svar, svar." in said
    assert "Når åpner *dere*?" in said  # plain text, never Markdown
    assert "Vårt bibliotek (Facebook)" in said
    assert "For få enheter har nok henvendelser" in said
    assert "Skolen" not in said


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(
    "address", [{"enhet": "skole"}, {"konto": "facebook:skole"}, {"enhet": "skole", "sprak": "nn"}]
)
def test_a_forged_address_shows_nothing_of_others(lead: Any, address: dict[str, str]) -> None:
    lead("bibliotek")
    app = unit_page(**address)
    said = words(app) + str([each.options for each in app.selectbox])
    assert "Skole" not in said
    assert "rektor@" not in said
    assert "Vårt bibliotek" in said


@pytest.mark.usefixtures("data")
def test_a_leader_of_several_sees_all_and_may_choose(lead: Any) -> None:
    lead("bibliotek", "skole")
    app = unit_page()
    choice = app.selectbox(key="my-unit")
    assert choice.options == ["Alle enhetene mine", "Biblioteket", "Skolen"]
    assert "Skolens side" in words(app)
    choice.select("skole").run()
    assert "Vårt bibliotek" not in words(app)


@pytest.mark.usefixtures("data")
def test_communications_chooses_a_unit_on_the_page_or_in_the_filter() -> None:
    app = unit_page()
    assert "Velg enheten du vil se" in words(app)
    app.selectbox(key="my-unit").select("bibliotek").run()
    assert "1 venter" in words(app)
    assert "1 venter" in words(unit_page(enhet="bibliotek"))


def test_without_units_the_page_says_where_to_add_them(data_dir: Path) -> None:
    st.cache_data.clear()
    load([write(data_dir / "in", graph_json([[Message(0, 0)]]))])
    app = visit("min-enhet")
    assert "Registeret har ingen enheter ennå." in words(app)
    assert "Velg enheten" not in words(app)
    assert not any(each.key == "my-unit" for each in app.selectbox)
    links = [each.proto.label for each in app.get("page_link")]
    assert "Legg inn enhetene i registeret" in links


def test_a_unit_without_an_account_is_calm(lead: Any, data: Path) -> None:
    path = data / "register" / "accounts.csv"
    path.write_text(ACCOUNTS.replace(";bibliotek;", ";skole;"), encoding="utf-8")
    rebuild(data=data)
    lead("bibliotek")
    app = unit_page()
    said = words(app)
    assert "Enheten har ingen konto, så her venter ingenting." in said
    assert "Mangler" not in said
    assert "Kontoene våre" not in said
    assert app.button_group(key="report-what").options == ["Ny konto"]


def test_one_click_confirms_the_account(lead: Any, data: Path) -> None:
    lead("bibliotek")
    app = unit_page()
    assert "Ingen har bekreftet at opplysningene er riktige" in words(app)
    app.button(key=f"confirm-{ACCOUNT}").click().run()
    assert line(data, "accounts", account_id=ACCOUNT)["confirmed_on"] == f"{settings.today()}"
    said = words(app)
    assert "Bekreftet. Takk!" in said
    assert "gjelder i 180 dager til" in said
    assert not [each for each in app.button if each.key == f"confirm-{ACCOUNT}"]
    assert open_store(data).audit()[-1].role == "enhetsleder"


def test_missing_requirements_have_a_next_step_and_advice_is_shown(lead: Any, data: Path) -> None:
    advice = New("advice", "account", ACCOUNT, {}, "Skriv <b>kommunens</b> navn i profilen.")
    open_store(data).record("kommunikasjon", advice)
    lead("bibliotek")
    said = words(unit_page())
    assert "Ingen administrator er registrert." in said
    assert "Oppnevn en lenger ned." in said
    assert "Kommunikasjonsavdelingen har ikke fått melding om kontoen." in said
    assert "Skriv <b>kommunens</b> navn i profilen." in said


def test_an_administrator_is_appointed_and_ended(lead: Any, data: Path) -> None:
    lead("bibliotek")
    app = unit_page()
    assert "Vi anbefaler to administratorer" in words(app)
    who = next(each for each in app.text_input if "person_ref" in str(each.key))
    who.input("anne@fjordvik.example")
    press(app, "appoint-")
    made = line(data, "administrators", account_id=ACCOUNT)
    assert (made["person_ref"], made["valid_from"]) == (
        "anne@fjordvik.example",
        f"{settings.today()}",
    )
    assert "anne@fjordvik.example" in words(app)
    press(app, "end-")
    assert line(data, "administrators", account_id=ACCOUNT)["valid_to"] == f"{settings.today()}"


def press(app: AppTest, start: str) -> None:
    """The submit button of the form whose name starts like this."""
    button = next(each for each in app.button if str(each.form_id).startswith(start))
    button.click().run()
    assert not app.exception


def report_new(app: AppTest, url: str) -> None:
    app.button_group(key="report-what").set_value("new").run()
    app.text_input(key="new-url").input(url)
    app.text_input(key="new-name").input("Lesehesten")
    app.text_input(key="new-purpose").input("Lesetips")
    app.text_input(key="new-editor").input("biblioteksjef")
    press(app, "report-new")


def test_a_new_account_is_a_line_and_a_message(lead: Any, data: Path) -> None:
    lead("bibliotek")
    app = unit_page()
    report_new(app, "https://www.facebook.com/lesehesten")
    made = line(data, "accounts", account_id="facebook:lesehesten")
    assert made["status"] == "meldt"
    assert made["told_on"] == f"{settings.today()}"
    assert (made["unit_id"], made["editor_role"]) == ("bibliotek", "biblioteksjef")
    (notice,) = open_store(data).in_force(["facebook:lesehesten"])
    assert (notice.kind, notice.details, notice.role) == (
        "notice",
        {"change": "new"},
        "enhetsleder",
    )
    said = words(app)
    assert "Kommunikasjonsavdelingen har fått melding." in said
    assert "meldt, ikke sett i noen fil ennå" in said


def test_communications_sees_the_message_until_it_is_read(lead: Any, data: Path) -> None:
    lead("bibliotek")
    report_new(unit_page(), "https://www.facebook.com/lesehesten")
    lead(role="kommunikasjon")
    app = visit("kontoregister")
    assert "Ny konto: Lesehesten (Facebook), meldt" in words(app)
    next(each for each in app.button if str(each.key).startswith("read-")).click().run()
    assert "Ny konto: Lesehesten" not in words(app)
    assert open_store(data).in_force(["facebook:lesehesten"])[-1].kind == "notice_read"


def test_an_address_without_a_name_stores_nothing(lead: Any, data: Path) -> None:
    lead("bibliotek")
    app = unit_page()
    report_new(app, "https://www.facebook.com")
    assert "hele nettadressen" in words(app)
    report_new(app, "https://www.facebook.com/skole")  # it is the school's
    assert "er også brukt" in words(app) or "alt lagt inn" in words(app)
    assert open_store(data).register_edits() == []
    assert open_store(data).in_force() == []


def test_a_change_and_a_closing_are_told(lead: Any, data: Path) -> None:
    lead("bibliotek")
    app = unit_page()
    app.button_group(key="report-what").set_value("changed").run()
    app.text_area(key="changed-text").input("Ny redaktør. Ring 91 23 45 67.")
    press(app, "report-changed")
    (notice,) = open_store(data).in_force([ACCOUNT])
    assert notice.details == {"change": "changed"}
    assert notice.reason is not None
    assert "91 23 45 67" not in notice.reason
    assert line(data, "accounts", account_id=ACCOUNT)["told_on"] == f"{settings.today()}"
    app.button_group(key="report-what").set_value("closed").run()
    assert "Dette skal til når en konto avvikles" in words(app)
    press(app, "report-closed")
    closed = line(data, "accounts", account_id=ACCOUNT)
    assert (closed["status"], closed["closed_on"]) == ("avviklet", f"{settings.today()}")
    (notice,) = open_store(data).in_force([ACCOUNT])
    assert notice.details == {"change": "closed"}


def test_the_choice_of_channels_none_and_unknown_are_three_things(lead: Any, data: Path) -> None:
    lead("bibliotek")
    app = unit_page()
    assert "Enheten har valgt Facebook." in words(app)
    chosen = app.multiselect(key="channels-picked-bibliotek")
    chosen.set_value(["facebook", "ingen"])
    press(app, "channels-")
    assert "Velg enten kanaler eller ingen." in words(app)
    app.multiselect(key="channels-picked-bibliotek").set_value(["ingen"])
    press(app, "channels-")
    assert line(data, "units", unit_id="bibliotek")["channel_choice"] == "ingen"
    assert "Ingen, etter eget valg." in words(app)
    app.multiselect(key="channels-picked-bibliotek").set_value([])
    press(app, "channels-")
    assert "channel_choice" not in line(data, "units", unit_id="bibliotek")
    assert "Det er ikke sagt ennå" in words(app)


def test_of_several_versions_of_a_unit_the_one_that_holds_counts() -> None:
    versions = [
        {"unit_id": "a", "name": "Ny", "valid_from": "2026-01-01"},
        {"unit_id": "a", "name": "Gammel", "valid_from": "2020-01-01", "valid_to": "2025-12-31"},
        {"unit_id": "a", "name": "Neste", "valid_from": f"{TODAY + timedelta(days=1)}"},
        {"unit_id": "b", "name": "Slutt", "valid_from": "2020-01-01", "valid_to": "2021-01-01"},
    ]
    assert [each["name"] for each in my_unit_channels.current(versions, TODAY).values()] == ["Ny"]


@pytest.mark.parametrize(
    ("where", "url", "account_id"),
    [
        ("facebook", "facebook.com/lesehesten", "facebook:lesehesten"),
        ("youtube", "https://www.youtube.com/@lese", "youtube:lese"),
        ("instagram", "https://www.instagram.com/lese/", "instagram:lese"),
        ("facebook", "https://[", ""),
        ("facebook", "", ""),
    ],
)
def test_an_account_is_called_what_its_address_says(where: str, url: str, account_id: str) -> None:
    assert my_unit_report.account_id_of(where, url) == account_id


def test_the_list_holds_only_what_waits_in_the_unit(lead: Any, data: Path) -> None:
    lead("skole")
    app = unit_page()
    assert "Når åpner" not in words(app)
    assert "Mangler data: Ingen fil er lest inn" in words(app)
