"""A table that no format knows is explained once by a person, and read by itself from then on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from etl.ingest import column_templates
from etl.lake import store as lake
from etl.pipeline import load
from svarvakt.decisions import open_store
from tests.etl.warehouse.test_answers import rows
from tests.test_import_page import _municipality, drop, once, save, visit
from tests.test_pages import words
from ui.import_guesses import column_for, time_pattern

__all__ = ["_municipality", "once"]  # fixtures: a municipality with one import

TABLE = """Rapport fra verktøyet

Dato;Kanal;Innlegg-id;Kommentar-id;Svar på;Bruker;Retning;Tekst
13.04.2026 08:15;fjordvik;77001;77001_1;;Kari Testdal;inn;Når åpner badet?
13.04.2026 09:40;fjordvik;77001;77001_2;77001_1;Fjordvik;ut;Hei! Badet åpner kl. 10.
14.04.2026 10:00;fjordvik;77001;77001_3;;Ola Prøvheim;inn;Dette er for dårlig
"""
PATTERNS = ["", "%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "epoch"]


def field(app: AppTest, name: str) -> Any:
    """The widget of the wizard for a field."""
    every = [*app.selectbox, *app.multiselect, *app.number_input]
    (found,) = [one for one in every if (one.key or "").startswith(f"wizard-{name}-")]
    return found


def keep(app: AppTest) -> Any:
    """The button that keeps what is said of the columns."""
    return next(one for one in app.button if (one.key or "").startswith("wizard-keep"))


def explain() -> Any:
    app = drop(visit(), ("svar.csv", TABLE.encode()))
    (own,) = [one for one in app.multiselect if (one.key or "").startswith("wizard-own")]
    own.set_value(["ut"]).run()
    return keep(app).click().run()


def test_a_person_says_what_the_columns_are_and_the_table_loads(data_dir: Path) -> None:
    app = explain()
    assert not app.exception
    assert "1 fil kan leses inn." in words(app)
    save(app)
    # The first row too, though an empty line stands above the names of the columns.
    assert "2 kommentarer, 1 eget svar" in words(app)


def test_the_next_file_of_its_kind_is_known_by_itself(data_dir: Path, tmp_path: Path) -> None:
    explain()
    later = tmp_path / "senere.csv"
    later.write_text(TABLE.replace("77001", "77002"), encoding="utf-8")
    (report,) = load([later], data=data_dir).files
    assert (report.status, report.comments, report.replies) == ("loaded", 2, 1)
    assert report.account_id == "facebook:fjordvik"


def test_an_explanation_can_be_forgotten(data_dir: Path) -> None:
    explain()
    app = visit()
    next(one for one in app.button if (one.key or "").startswith("wizard-forget")).click().run()
    assert column_templates.own_templates(data_dir) == ()


def test_the_way_of_writing_times_follows_the_chosen_column(data_dir: Path) -> None:
    table = "Måned;Når;Innlegg-id;Tekst\nmars;14/03/2026 10:00;77001;Hei\n"
    app = drop(visit(), ("tider.csv", table.encode()))
    assert keep(app).disabled  # no time is chosen, and no row can be read
    field(app, "created_at").set_value("Når").run()
    assert field(app, "times").value == "%d/%m/%Y %H:%M"
    assert "1 rad leses." in words(app)
    assert not keep(app).disabled


def test_nothing_is_kept_where_no_row_can_be_read(data_dir: Path) -> None:
    app = drop(visit(), ("svar.csv", TABLE.encode()))
    field(app, "own").set_value(["ut"]).run()
    field(app, "times").set_value("%m/%d/%Y %H:%M").run()
    assert keep(app).disabled
    assert "0 rader leses, 3 leses ikke." in words(app)
    assert "skrevet slik: «00.00.0000 00:00»" in words(app)


def test_the_first_rows_are_shown_as_they_are_read(data_dir: Path) -> None:
    app = drop(visit(), ("svar.csv", TABLE.encode()))
    field(app, "own").set_value(["ut"]).run()
    shown = words(app)
    assert "3 rader leses." in shown
    for cell in ("13. april 2026", "kontoen", "noen andre", "Når åpner badet?"):
        assert cell in shown
    assert "Testdal" not in shown.partition("slik de blir lest")[2]


def test_columns_can_be_changed_and_the_file_is_read_anew(data_dir: Path) -> None:
    save(explain())
    asked = "SELECT count(*) FROM items WHERE text = 'Dette er for dårlig'"
    assert rows(data_dir, asked) == [(1,)]
    changed = drop(visit(), ("svar.csv", TABLE.encode()))
    assert field(changed, "own").value == ["ut"]
    assert keep(changed).disabled  # nothing is changed yet
    field(changed, "own").set_value(["inn"]).run()
    app = keep(changed).click().run()
    assert "1 fil kan leses inn." in words(app)
    save(app)
    found = [one for one in lake.imports(data_dir) if one["format"].startswith("egen_")]
    assert [(one["comments"], one["replies"]) for one in found] == [(1, 2)]
    assert rows(data_dir, asked) == [(0,)]  # now the account's own words


def test_a_table_of_several_platforms_under_a_preamble(data_dir: Path) -> None:
    table = (
        "# Fjordvik Analytics CSV Export\n# Start Date: 1 Feb 2026\n\n\n"
        "Date,Social account,Social network,Post link,Post text,Reach,Reactions,Comments,Shares\n"
        "2026-02-13 10:45,Fjordvik,Facebook,https://www.facebook.com/100000000000077_900000000000001,"
        "Ny skole,340,12,2,1\n"
        "2026-02-14 09:04,Fjordvik,Linkedin,"
        "https://www.linkedin.com/feed/update/urn:li:share:7290000000000000000,Vi søker,90,4,0,0\n"
    )
    app = drop(visit(), ("post insights.csv", table.encode()))
    assert field(app, "holds").value == "posts"
    assert (field(app, "row").value, field(app, "network").value) == (5, "")
    assert "2 rader leses." in words(app)
    assert "Rekkevidde 340, Reaksjoner 12, Antall kommentarer 2, Delinger 1" in words(app)
    save(keep(app).click().run())
    found = rows(data_dir, "SELECT platform, reach, reactions FROM posts ORDER BY reach DESC")
    assert found[:2] == [("facebook", 340, 12), ("linkedin", 90, 4)]


def test_a_day_and_a_clock_in_two_columns_and_own_running_numbers(data_dir: Path) -> None:
    table = (
        "Nr;Svar på;Innlegg;Dato;Kl;Retning;Tekst\n"
        "1;;77001;13.04.2026;9.05;inn;Når åpner badet?\n"
        "2;1;77001;13.04.2026;10.15;ut;Klokka 10.\n"
    )
    app = drop(visit(), ("svar.csv", table.encode()))
    assert field(app, "clock").value == "Kl"
    field(app, "comment_id").set_value("Nr").run()
    field(app, "post_id").set_value("Innlegg").run()
    field(app, "own").set_value(["ut"]).run()
    app = keep(app).click().run()
    (account,) = [one for one in app.selectbox if (one.key or "").startswith("import-account")]
    account.set_value("other").run()
    (name,) = [one for one in app.text_input if (one.key or "").startswith("import-name")]
    save(name.set_value("fjordvik").run())
    asked = "SELECT received_at FROM items WHERE account_id = 'facebook:fjordvik'"
    assert rows(data_dir, asked) == [(datetime(2026, 4, 13, 7, 5, tzinfo=UTC),)]


def test_a_column_of_names_is_never_kept_as_words(data_dir: Path) -> None:
    people = "".join(
        f"15.04.2026 10:{n};fjordvik;77001;77001_{n};;X;Navn Navnesen{n};Hei\n"
        for n in range(10, 20)
    )
    app = drop(visit(), ("svar.csv", (TABLE + people).encode()))
    assert "mange forskjellige ord" in words(app)
    assert not [one for one in app.multiselect if (one.key or "").startswith("wizard-own")]
    assert "Navnesen" not in str(open_store(data_dir).recent())


@pytest.mark.parametrize(
    "sample, pattern",
    [
        (["13.04.2026 08:15"], "%d.%m.%Y %H:%M"),
        (["03.04.2026 08:15"], "%d.%m.%Y %H:%M"),  # dots are day first in any country
        (["2026-04-13T08:15:00Z"], ""),
        (["1776068100"], "epoch"),
        (["04/13/2026 08:15"], "%m/%d/%Y %H:%M"),
        (["04/03/2026 08:15"], None),
        ([], ""),
    ],
)
def test_the_order_of_dates_is_guessed_only_where_it_shows(
    sample: list[str], pattern: str | None
) -> None:
    assert time_pattern(sample, PATTERNS) == pattern


@pytest.mark.parametrize(
    "field, column",
    [
        ("text", "Tekst"),
        ("comment_id", "Kommentar-id"),
        ("post_id", "Innlegg-id"),
        ("parent_id", "Svar på"),
        ("direction", "Retning"),
        ("author_name", "Bruker"),
        ("account", "Kanal"),
        ("likes", ""),
    ],
)
def test_columns_are_guessed_by_how_their_names_look(field: str, column: str) -> None:
    names = TABLE.splitlines()[2].split(";")
    assert column_for(field, names, ()) == column
