"""A table that no format knows is explained once by a person, and read by itself from then on."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.ingest import column_templates
from etl.pipeline import load
from svarvakt.decisions import open_store
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


def explain() -> AppTest:
    app = drop(visit(), ("svar.csv", TABLE.encode()))
    (own,) = [one for one in app.multiselect if (one.key or "").startswith("wizard-own")]
    own.set_value(["ut"]).run()
    keep = next(one for one in app.button if (one.key or "").startswith("wizard-keep"))
    return keep.click().run()


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
