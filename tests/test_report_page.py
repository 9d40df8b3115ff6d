"""The report's page: sentences that people edit, a lock that holds, files for those who may."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import reports
from svarvakt import access
from svarvakt.access import Viewer
from tests.test_pages import municipality, visit, words

MONTH = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def data(data_dir: Path) -> Path:
    municipality(data_dir, is_demo=False)
    return data_dir


def page(month: date = MONTH) -> AppTest:
    app = visit("manedsrapport")
    return app.selectbox(key="report-month").set_value(month).run()


def test_a_sentence_that_is_edited_is_the_first_thing_the_report_says(data: Path) -> None:
    app = page()
    app.text_area(key="report:2026-10:-nb-0").set_value("Vi svarte alle.")
    next(b for b in app.button if b.label == "Lagre setningene").click().run()
    assert "Vi svarte alle." in words(app)
    assert reports.report(data, MONTH).document("nb").sentences[0] == "Vi svarte alle."


def test_a_locked_month_is_in_the_archive_and_needs_a_reason_to_change(data: Path) -> None:
    app = page()
    app.button(key="lock-month").click().run()
    assert "Låst som versjon 1" in words(app)
    assert "oktober 2026" in words(app).partition("Låste måneder")[2]
    app.button(key="lock-month").click().run()
    assert "må ha en begrunnelse" in words(app)
    app.text_input(key="lock-reason").set_value("Sen eksport").run()
    app.button(key="lock-month").click().run()
    assert "Låst som versjon 2" in words(app)
    assert reports.report(data, MONTH).version == 2


def test_management_reads_the_report_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "LOCAL", Viewer("ledelse"))
    app = page()
    assert "Månedens tall" in words(app)
    assert [b for b in app.button if b.key == "lock-month"] == []
    assert [a for a in app.text_area if "report:" in str(a.key)] == []


def test_a_unit_leader_gets_the_unit_s_report_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "LOCAL", Viewer("enhetsleder", ("kultur",), ()))
    said = words(page())
    assert "Kultur" in said
    assert "Åpen barnehage" not in said
