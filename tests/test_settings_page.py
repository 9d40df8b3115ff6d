"""Settings: every kind is saved through the one door, checked, kept, and undone by editing back."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.demo import write_demo
from etl.pipeline import load_exports
from svarvakt import i18n, settings
from svarvakt.access import Viewer
from svarvakt.decisions import current_register, register_lines
from svarvakt.metrics import Scope
from svarvakt.metrics.name_patterns import belonging_suggestions
from tests.support.page_visits import straight_to
from tests.support.paths import ROOT
from tests.support.warehouse_factory import make_warehouse
from tests.test_pages import municipality, words
from ui import refresh, registering, settings_hours, settings_values, viewer
from ui.data import NotAllowed
from ui.settings_access import locks_out
from ui.settings_targets import due_at

PAGE = "pages/hjelp/innstillinger.py"
FILES = {
    "municipality": "key;value;valid_from\nname;Fjordvik kommune;\nraw_days;30;2025-01-01\n",
    "targets": "metric;value;unit;valid_from\nanswer_within;7,5;working_hours;2025-01-01\n",
    "calendar": "kind;weekday;opens;closes\napningstid;man-fre;08:00;15:30\n",
    "access": "subject;role;unit_id\nsjef@fjordvik.example;kommunikasjon;\n",
}


@pytest.fixture
def kept(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A published municipality with its register; builds in the background are not started."""
    municipality(data_dir)
    (data_dir / "register").mkdir()
    for name, text in FILES.items():
        (data_dir / "register" / f"{name}.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(refresh, "soon", lambda: None)
    return data_dir


def visit(language: str = "nb") -> AppTest:
    i18n.use(language)
    return straight_to("innstillinger", {"sprak": language})


def press(app: AppTest, label: str, at: int = 0) -> AppTest:
    """Presses the form's button with this label."""
    return [each for each in app.button if each.label == label][at].click().run()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("nb", "Hva har kommunen bestemt?"),
        ("nn", "Kva har kommunen bestemt?"),
        ("en", "What has the municipality decided?"),
    ],
)
def test_the_page_speaks_every_language(language: str, title: str) -> None:
    app = visit(language)
    assert [each.value for each in app.title] == [title]
    assert not app.error
    assert not app.exception


def test_a_setting_is_saved_shown_with_its_history_and_undone_by_editing_back(kept: Path) -> None:
    app = visit()
    app.text_input(key="setting-raw_days").set_value("45")
    press(app, "Lagre", 1)
    assert current_register(kept).settings(settings.today())["raw_days"] == "45"
    assert re.search(r"kommunikasjon\s+raw_days\s+30, 2025-01-01\s+45, 2025-01-01", words(app))
    app.text_input(key="setting-raw_days").set_value("30")
    press(app, "Lagre", 1)
    assert current_register(kept).settings(settings.today())["raw_days"] == "30"


def test_a_bad_value_is_said_and_nothing_is_lost(kept: Path) -> None:
    app = visit()
    app.text_input(key="setting-contact").set_value("post@fjordvik.example")
    app.text_input(key="setting-privacy_url").set_value("javascript:alert(1)")
    press(app, "Lagre")
    assert "Skriv en nettadresse som begynner med https://." in words(app)
    assert app.text_input(key="setting-contact").value == "post@fjordvik.example"
    assert "contact" not in current_register(kept).settings(settings.today())


def test_a_changed_target_is_a_new_line_from_its_day(kept: Path) -> None:
    app = visit()
    app.text_input(key="target-value-answer_within").set_value("15")
    press(app, "Lagre måltallet")
    known = current_register(kept).targets
    assert [(t.value, t.adopted_on) for t in known] == [(7.5, None), (15.0, None)]
    assert known[1].valid_from == settings.today()
    assert "lokalt måltall – ikke vedtatt" in words(app)


def test_a_target_is_adopted_with_day_and_role_or_not_at_all(kept: Path) -> None:
    app = visit()
    app.text_input(key="target-value-answer_within").set_value("0")
    press(app, "Lagre måltallet")
    assert "Skriv et tall over 0" in words(app)
    app.text_input(key="target-value-answer_within").set_value("7,5")
    app.text_input(key="target-role-answer_within").set_value("Kommunikasjonssjefen")
    press(app, "Lagre måltallet")
    assert "fyll ut både dato og rolle" in words(app)
    assert len(current_register(kept).targets) == 1
    app.date_input(key="target-adopted-answer_within").set_value(date(2026, 11, 2))
    press(app, "Lagre måltallet")
    assert current_register(kept).targets[-1].adopted_by_role == "Kommunikasjonssjefen"


def test_the_week_summer_and_closed_days_are_saved_and_taken_away(kept: Path) -> None:
    app = visit()
    app.text_input(key="week-tor").set_value("08:00-11:30, 12-18")
    press(app, "Lagre uken")
    rows = current_register(kept).calendar
    assert sorted((r.opens, r.closes) for r in rows if r.weekday == (4,)) == [
        (480, 690),
        (720, 1080),
    ]
    app.selectbox(key="special-kind").set_value("stengt")
    app.date_input(key="special-from").set_value(date(2026, 12, 28))
    press(app, "Legg til")
    assert "stengt" in {row.kind for row in current_register(kept).calendar}
    press(app, "Ta bort disse tidene")
    assert "stengt" not in {row.kind for row in current_register(kept).calendar}


def test_a_time_that_cannot_be_read_is_said(kept: Path) -> None:
    app = visit()
    app.text_input(key="week-man").set_value("åtte til fire")
    press(app, "Lagre uken")
    assert "Skriv tiden som 08:00–15:30." in words(app)
    assert len(current_register(kept).calendar) == 1


def test_a_week_from_a_later_day_ends_the_one_before_it() -> None:
    old = {"kind": "apningstid", "weekday": "fre", "opens": "08:00", "closes": "15:30"}
    hours = {"man": [("09:00", "15:00")]}
    lines = settings_hours.new_week([old], hours, date(2027, 1, 1), date(2026, 11, 24))
    assert lines[0] == {**old, "date_to": "2026-12-31"}
    assert lines[1]["date_from"] == "2027-01-01"


def test_access_is_given_and_ended(kept: Path) -> None:
    app = visit()
    given = next(each for each in app.text_input if each.label.startswith("E-post, eller role:"))
    given.set_value("vakt@fjordvik.example")
    press(app, "Gi tilgang")
    assert len(current_register(kept).access) == 2
    app.selectbox(key="access-end").set_value(1)
    press(app, "Avslutt tilgangen")
    (left,) = current_register(kept).access
    assert left.subject == "sjef@fjordvik.example"


def test_the_last_communications_access_cannot_end_where_people_sign_in() -> None:
    viewer.use(Viewer("kommunikasjon", is_signed_in=True))
    assert locks_out([{"subject": "a@b.no", "role": "ledelse"}])
    assert not locks_out([{"subject": "a@b.no", "role": "kommunikasjon"}])


def test_others_have_no_settings_and_cannot_write_them(kept: Path) -> None:
    before = register_lines(kept, "municipality")
    for role in ("enhetsleder", "administrator", "ledelse"):
        who = Viewer(role, ("kultur",), (), is_signed_in=True)
        assert "innstillinger" not in who.pages
        viewer.use(who)
        with pytest.raises(NotAllowed):
            registering.known()
        with pytest.raises(NotAllowed):
            registering.save("municipality", before, [])
    assert register_lines(kept, "municipality") == before


def test_an_emptied_setting_does_not_bring_an_older_one_back() -> None:
    lines = [
        {"key": "contact", "value": "a@b.no"},
        {"key": "contact", "value": "c@b.no", "valid_from": "2025-01-01"},
    ]
    on = date(2026, 1, 1)
    assert settings_values.changed(lines, {"contact": ""}, on) == []
    assert settings_values.changed(lines, {"contact": "d@b.no"}, on)[1]["value"] == "d@b.no"


def test_the_example_follows_hours_and_target(kept: Path) -> None:
    came = datetime(2026, 11, 27, 15, tzinfo=settings.ZONE)  # a Friday
    due = due_at(current_register(kept), came)
    assert due == datetime(2026, 11, 30, 15, tzinfo=settings.ZONE)


def test_accounts_without_the_words_are_suggested_never_judged() -> None:
    con = make_warehouse(
        accounts=[
            {"account_id": "facebook:1", "name": "Fjordvik bibliotek"},
            {"account_id": "facebook:2", "name": "Badet", "url": "https://x.no/FJORDVIK-bad"},
            {"account_id": "facebook:3", "name": "Ungdomsklubben", "shows_belonging": "ja"},
        ],
        settings={"name_patterns": "Fjordvik|"},
    )
    found = belonging_suggestions(con, Scope(date(2026, 1, 1), date(2026, 12, 1)))
    assert [(one.account_name, one.shows_belonging) for one in found] == [("Ungdomsklubben", "ja")]


def test_another_municipality_meets_its_own_name_on_every_page(data_dir: Path) -> None:
    accounts = ({"account_id": "facebook:1", "name": "Hovedsiden"},)
    own = {"name": "Solvik kommune"}
    municipality(data_dir, accounts=accounts, settings=own, is_demo=False)
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    for page in (*PAGES_ASKED, PAGE, "pages/hjelp/hjelp.py"):
        app.switch_page(page).run()
        said = words(app)
        assert not app.error, page
        assert "Solvik kommune" in said, page
        assert "fjordvik" not in said.lower(), page
        assert "fjordvik" not in json.dumps([each.label for each in app.text_input]).lower()


def test_the_demonstration_under_another_name_says_only_that_name(data_dir: Path) -> None:
    """The real way from files to page; what the invented accounts call themselves is data."""
    write_demo(data_dir, 200, months=2)
    file = data_dir / "register" / "municipality.csv"
    text = file.read_text(encoding="utf-8").replace("Fjordvik kommune", "Solvik kommune")
    file.write_text(text, encoding="utf-8")
    load_exports()
    accounts = [each.name for each in current_register(data_dir).accounts if each.name]
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    for page in (*PAGES_ASKED, PAGE, "pages/hjelp/hjelp.py"):
        app.switch_page(page).run()
        said = words(app)
        assert "Solvik kommune (demonstrasjon)" in said, page
        for name in accounts:
            said = said.replace(name, "")
        assert "Fjordvik kommune" not in said, page


PAGES_ASKED = (
    "pages/oversikt/oversikt.py",
    "pages/svar/svarandel.py",
    "pages/svar/ubesvarte_negative.py",
    "pages/kontoer/kontoeierskap.py",
    "pages/kontoer/aktivitet.py",
)
