"""Import og datagrunnlag: dropped files are looked at, asked about, saved, and taken out again."""

from __future__ import annotations

import csv
import dataclasses
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from etl.lake import store as lake
from etl.pipeline import load
from svarvakt import access, i18n
from svarvakt.decisions import open_store
from svarvakt.metrics import CoverageRow
from tests.etl.ingest.test_silent_wrongs import OURS, SUITE, THEIRS
from tests.support.page_visits import straight_to
from tests.support.paths import FIXTURES
from tests.test_pages import words
from ui import import_calendar, importing, viewer

GRAPH = FIXTURES / "facebook_graph" / "a_posts_with_nested_comments.json"
STUDIO = FIXTURES / "youtube_studio" / "german_top_500.csv"
HEAD = (
    "Post ID,Page ID,Page name,Title,Description,Duration (sec),Publish time,Caption type,"
    "Permalink,Is crosspost,Is share,Post type,Languages,Custom labels,Funded content status,"
    'Data comment,Date,Reach,"Reactions, Comments and Shares",Reactions,Comments,Shares,Nytt felt'
)
ROW = (
    "12345678901234{n},99,Fjordvik,Hei,,0,{day} 6:30,,https://www.facebook.com/fjordvik/posts/{n}1111,"
    "0,0,Photos,,,,,Lifetime,9,{total},1,0,0,4"
)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A municipality with one import."""
    data = tmp_path_factory.mktemp("once")
    load([GRAPH], data=data)
    return data


@pytest.fixture(autouse=True)
def _municipality(once: Path, data_dir: Path) -> Iterator[None]:
    shutil.copytree(once, data_dir, dirs_exist_ok=True)
    viewer.use(access.LOCAL)
    st.cache_data.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()
    i18n.use("nb")


def visit(**address: str) -> AppTest:
    i18n.use(address.get("sprak", "nb"))
    return straight_to("datagrunnlag", address)


def drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, content, "") for name, content in files])
    app.run()
    assert not app.exception
    return app


def meta(*days: str, totals: str = "1") -> bytes:
    rows = [ROW.format(n=n, day=day, total=totals) for n, day in enumerate(days, 10)]
    return "\n".join([HEAD, *rows]).encode("utf-8-sig")


def save(app: AppTest) -> AppTest:
    app.button(key="import-save").click().run()
    assert not app.exception
    return app


def test_a_file_is_looked_at_before_anything_is_stored(data_dir: Path) -> None:
    before = lake.imported(data_dir)
    app = drop(
        visit(), ("innlegg.csv", meta("04/25/2026", "04/26/2026")), ("rot.csv", b"a;b\n1;2\n")
    )
    said = words(app)
    assert "1 fil kan leses inn, 1 kan ikke brukes." in said
    assert "Ukjent format" in said
    assert "Kolonner vi ikke kjenner: Nytt felt." in said
    assert lake.imported(data_dir) == before


def test_saved_files_are_in_the_figures_and_can_be_taken_out_again(data_dir: Path) -> None:
    before = lake.imported(data_dir)
    app = save(drop(visit(), ("innlegg.csv", meta("04/25/2026", "04/26/2026"))))
    assert "1 fil lest inn: 2 innlegg" in words(app)
    (new,) = lake.imported(data_dir) - before
    assert "innlegg.csv" in words(visit())
    app = visit()
    app.session_state["import-undo-lid"] = True
    app.run()
    app.selectbox(key="import-undo-which").set_value(new).run()
    app.button(key="import-undo").click().run()
    assert lake.imported(data_dir) == before
    assert "Filen er tatt ut" in words(app)


def test_what_was_dropped_is_gone_from_the_disk_when_it_is_saved() -> None:
    app = drop(visit(), ("innlegg.csv", meta("04/25/2026")))
    folder = app.session_state["import-folder"].path
    (kept,) = folder.rglob("*.csv")
    assert (folder.stat().st_mode & 0o777, kept.stat().st_mode & 0o777) == (0o700, 0o600)
    save(app)
    assert not folder.exists()


def test_an_account_that_a_file_does_not_name_is_asked_about_and_remembered(data_dir: Path) -> None:
    content = STUDIO.read_bytes()
    app = drop(visit(), ("Table data.csv", content))
    (question,) = [one for one in app.selectbox if (one.key or "").startswith("import-account")]
    question.set_value("other").run()
    (name,) = [one for one in app.text_input if (one.key or "").startswith("import-name")]
    name.set_value("https://www.youtube.com/@fjordvik").run()
    save(app)
    accounts = {one["account_id"] for one in lake.imports(data_dir)}
    assert "youtube:fjordvik" in accounts
    app = drop(visit(), ("Table data (1).csv", content + b"\n"))
    (question,) = [one for one in app.selectbox if (one.key or "").startswith("import-account")]
    assert question.value == "youtube:fjordvik"


def test_a_file_of_which_every_row_is_rejected_is_not_saved() -> None:
    row = THEIRS.replace("1800000000000000", "x").replace("https://www.instagram.com/p/", "x")
    app = drop(visit(), ("innlegg.csv", (SUITE + row).encode()))
    assert "Avviste rader" in words(app)
    assert next(one for one in app.button if one.key == "import-save").disabled


def test_an_answer_about_a_partners_account_is_shown_again_and_can_be_changed(
    data_dir: Path,
) -> None:
    def question(app: AppTest) -> Any:
        (found,) = [one for one in app.radio if (one.key or "").startswith("import-partner")]
        return found

    content = SUITE + "".join([*OURS, THEIRS])
    app = drop(visit(), ("innlegg.csv", content.encode()))
    assert question(app).value is None
    question(app).set_value(True).run()
    save(app)
    app = drop(visit(), ("innlegg 2.csv", content.replace("900", "901").encode()))
    assert question(app).value is True
    question(app).set_value(False).run()
    save(app)
    assert {Path(one["path"]).name: one["posts"] for one in lake.imports(data_dir)} == {
        GRAPH.name: 1,
        "innlegg.csv": 3,
        "innlegg 2.csv": 2,
    }


@pytest.mark.parametrize("is_day_first, shown", [(True, "januar"), (False, "april")])
def test_dates_that_can_be_read_in_two_ways_are_asked_about(
    data_dir: Path, is_day_first: bool, shown: str
) -> None:
    app = drop(visit(), ("innlegg.csv", meta("4/1/2026", "5/1/2026")))
    assert "Datoene i filen kan leses på to måter" in words(app)
    (order,) = [one for one in app.radio if (one.key or "").startswith("import-order")]
    order.set_value(is_day_first).run()
    assert "1 fil kan leses inn." in words(app)
    save(app)
    (kept,) = open_store(data_dir).in_force(about="import")
    assert kept.details == {"is_day_first": is_day_first}


def test_rejected_rows_are_counted_with_their_reason_and_can_be_fetched() -> None:
    content = meta("04/25/2026", *(f"04/{day}/2026" for day in range(10, 28)))
    broken = content.replace(b"04/25/2026 6:30", b"i fjor", 1)
    app = save(drop(visit(), ("innlegg.csv", broken)))
    assert "Publiseringstiden mangler eller kan ikke leses." in words(app)


@pytest.mark.parametrize(
    "given, said",
    [
        ({"posts": 2, "items": 5, "has_comment_data": True}, "✓ alt"),
        ({"posts": 2, "items": 5, "cannot_link": 2, "has_comment_data": True}, "◐ deler"),
        ({"posts": 2, "items": 5, "has_comment_data": False}, "◐ deler"),
        ({"posts": 2, "has_comment_data": False}, "○ innlegg"),
        ({"posts": 2, "has_comment_data": True}, "✓ alt"),
        ({}, "–"),
    ],
)
def test_the_calendar_says_what_each_month_holds(given: dict[str, Any], said: str) -> None:
    names = {one.name for one in dataclasses.fields(CoverageRow)}
    blank: dict[str, Any] = dict.fromkeys(names) | dict.fromkeys(
        ("posts", "items", "replies", "cannot_link"), 0
    )
    assert import_calendar.state(CoverageRow(**(blank | given))) == said


@pytest.mark.parametrize(
    ("known", "said"), [(2, "dekker 2 kontoer."), (3, "dekker 2 av 3 kontoer.")]
)
def test_the_page_says_how_many_of_the_accounts_a_file_covers(known: int, said: str) -> None:
    rows = [
        dataclasses.make_dataclass("Row", ["account_id", "has_comment_data"])(one, True)
        for one in ("facebook:a", "facebook:b")
    ]
    assert import_calendar.finding(rows, 5, known).endswith(said)


def test_the_page_says_what_the_figures_rest_on() -> None:
    assert "Tallene bygger på 1 fil og dekker 1 konto." in words(visit())


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_preview_speaks_every_language(language: str) -> None:
    app = drop(visit(sprak=language), ("innlegg.csv", meta("04/25/2026")))
    wanted = {"nb": "1 fil kan leses inn", "nn": "1 fil kan lesast inn", "en": "1 file can be read"}
    assert wanted[language] in words(app)


@pytest.mark.parametrize("role", ["enhetsleder", "administrator", "ledelse"])
def test_only_communications_may_read_files_in(role: Any) -> None:
    viewer.use(access.Viewer(role, (), (), is_signed_in=True))
    for work in (lambda: importing.keep([]), lambda: importing.take_out("0" * 64)):
        with pytest.raises(Exception, match="import"):
            work()


def test_a_name_that_climbs_out_of_the_folder_stays_in_it() -> None:
    app = drop(visit(), ("../../etc/innlegg.csv", meta("04/25/2026")))
    folder = app.session_state["import-folder"].path
    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["innlegg.csv"]


def test_the_rejected_rows_of_a_download_open_no_formula() -> None:
    from ui.download import csv_file

    rows = list(csv.reader(io.StringIO(csv_file(["Rad"], [["=1+1"]]).decode("utf-8-sig"))))
    assert rows[1] == ["'=1+1"]
