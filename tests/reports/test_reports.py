"""The monthly report: one set of figures, the same in every output; locked months stay."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pptx import Presentation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from reports import Figures, document, lock_month, make, report
from reports.__main__ import main
from reports.by_sector import cover
from reports.cells import compared
from reports.document import Document
from reports.figures import collect
from reports.lines import AccountLine, UnitLine
from reports.pdf import pdf
from reports.serialization import from_json, to_json
from reports.summary import draft
from svarvakt import i18n
from svarvakt.decisions import BadDecision, New, open_store
from svarvakt.metrics import Rate
from tests.support.published_warehouse import publish

OCTOBER = date(2026, 10, 1)
UNITS = ({"unit_id": "kultur", "name": "Kultur"}, {"unit_id": "skole", "name": "Åsen skole"})
ACCOUNTS = (
    {"account_id": "facebook:1", "unit_id": "kultur", "editor_role": "Leder"},
    {"account_id": "facebook:2", "unit_id": "skole", "name": "Åsen skole"},
)
ITEMS: tuple[dict[str, Any], ...] = (
    *({"account_id": "facebook:1", "working_seconds": 60, "is_within_target": True},) * 8,
    *({"account_id": "facebook:1", "text": "HEMMELIG tekst", "tone": "negative"},) * 4,
    *({"account_id": "facebook:2"},) * 3,
)
COVERAGE = ({"account_id": "facebook:1", "items": 12}, {"account_id": "facebook:2", "items": 3})
LANGUAGES = list(i18n.LANGUAGES)


@pytest.fixture
def data(data_dir: Path) -> Path:
    publish(data_dir, items=ITEMS, accounts=ACCOUNTS, units=UNITS, coverage=COVERAGE)
    values = {"rule": "G6c", "text": "Vaktordning", "responsible_role": "Kommunikasjonssjef"}
    open_store(data_dir).record("kommunikasjon", New("measure", "measure", "measure:1", values))
    return data_dir


def shown(said: Document) -> set[str]:
    """Every cell with a figure in it."""
    cells = {cell.text for table in said.tables for row in table.rows for cell in row}
    return {text for text in cells if re.search(r"\d", text)}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_output_has_the_same_figures(data: Path, language: str) -> None:
    one = report(data, OCTOBER)
    files = make(one, language, ("pdf", "xlsx", "pptx"), {"received": "Innkommet"})
    figures = {plain(text) for text in shown(one.document(language))}
    assert len(figures) >= 8
    slides = plain(in_slides(files["pptx"]))
    assert {text for text in figures if text not in slides} == set()
    numbers = in_workbook(files["xlsx"])
    wanted = {
        cell.value
        for table in one.document(language).tables
        for row in table.rows
        for cell in row
        if isinstance(cell.value, int | float)
    }
    assert wanted <= numbers
    printed = "".join(in_print(files["pdf"]).split())
    assert {text for text in figures if "".join(text.split()) not in printed} == set()


def in_print(content: bytes) -> str:
    """The words of the PDF, page by page."""
    return plain("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def in_slides(content: bytes) -> str:
    said = []
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_table:
                said += [cell.text for row in shape.table.rows for cell in row.cells]
            elif shape.has_text_frame:
                said.append(shape.text_frame.text)
    return "\n".join(said)


def in_workbook(content: bytes) -> set[object]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        value
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for value in row
    }


def test_the_charts_of_the_slides_hold_the_values_of_the_record(data: Path) -> None:
    one = report(data, OCTOBER)
    deck = Presentation(io.BytesIO(make(one, "nb", ("pptx",), {})["pptx"]))
    drawn = [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]
    for chart, plotted in zip(one.document("nb").charts, drawn, strict=True):
        assert [tuple(s.values) for s in plotted.plots[0].series] == [
            line.values for line in chart.series
        ]


def test_the_pdf_is_tagged_and_the_same_each_time(data: Path) -> None:
    said = report(data, OCTOBER).document("nn")
    content = pdf(said)
    assert content == pdf(said)
    root: Any = PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nn-NO"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    kinds = tags(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)
    assert b"pdfuaid:part" in content
    assert all(figure.get("/Alt") for figure in kinds["/Figure"])


def tags(node: Any) -> dict[str, list[Any]]:
    """Every tag of the document's tree, by its kind."""
    found: dict[str, list[Any]] = {}
    waiting = [node.get_object()]
    while waiting:
        one = waiting.pop()
        if "/S" in one:
            found.setdefault(one["/S"], []).append(one)
        kids = one.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        kids = kids if isinstance(kids, list) else [kids]
        waiting += [kid for each in kids if isinstance(kid := _object(each), dict)]
    return found


def _object(node: Any) -> Any:
    return node.get_object() if hasattr(node, "get_object") else node


def test_nothing_in_a_report_is_a_text_or_a_small_figure(data: Path) -> None:
    one = report(data, OCTOBER)
    files = make(one, "nb", ("xlsx", "pptx"), {})
    assert "HEMMELIG" not in in_slides(files["pptx"]) + str(in_workbook(files["xlsx"]))
    said = one.document("nb")
    school = next(row for t in said.tables for row in t.rows if row[0].text == "Åsen skole")
    assert [cell.text for cell in school][3:] == ["vises ikke", "vises ikke"]
    # One hidden line alone could be found from the total: the smallest other is hidden too.
    culture = next(row for t in said.tables for row in t.rows if row[0].text == "Kultur")
    assert culture[3].text == "vises ikke"  # twelve are not «fewer than five»


def test_a_unit_s_sentences_hold_no_small_count(data: Path) -> None:
    figures = report(data, OCTOBER, "skole").figures
    assert figures.waiting == 3
    assert draft(figures)[1] == "Færre enn fem henvendelser venter på svar."
    culture = report(data, OCTOBER, "kultur").figures
    few = dataclasses.replace(culture, waiting=7, overdue=2, negative=4)
    assert "færre enn fem over fristen" in draft(few)[1]
    assert "færre enn fem av dem er negative" in draft(few)[1]


def test_comments_that_no_file_holds_are_missing_and_not_nought(data: Path) -> None:
    figures = report(data, OCTOBER).figures
    line = dataclasses.replace(figures.units[0], received=0, has_comments=False)
    said = document(dataclasses.replace(figures, units=(line,)), ("", "", ""))
    (row,) = next(t for t in said.tables if t.name == "Aktivitet").rows
    assert (row[3].text, row[3].value) == ("mangler data", None)


def test_figures_survive_being_kept_as_text(data: Path) -> None:
    figures = report(data, OCTOBER).figures
    assert from_json(Figures, to_json(figures)) == figures


def test_what_an_older_program_locked_can_still_be_read(data: Path) -> None:
    figures = report(data, OCTOBER).figures
    older = json.loads(to_json(figures))
    for name in ("state", "ownership_before", "ownership_year"):  # added since the first version
        del older[name]
    older["dropped"] = {"since": 1}
    assert from_json(Figures, json.dumps(older)) == figures


def test_a_locked_month_stays_when_the_data_change(data: Path) -> None:
    before = report(data, OCTOBER)
    assert lock_month(data, OCTOBER, "kommunikasjon") == 1
    path = next((data / "warehouse").glob("*.duckdb"))
    with duckdb.connect(str(path)) as con:
        con.execute("UPDATE response_months SET received = received + 1")
    after = report(data, OCTOBER)
    assert to_json(after.figures) == to_json(before.figures)
    assert after.late > 0
    assert "Endret etter låsing" in " ".join(after.document("nb").foot)
    with pytest.raises(BadDecision, match="begrunnelse"):
        lock_month(data, OCTOBER, "kommunikasjon")
    assert lock_month(data, OCTOBER, "kommunikasjon", "Sen eksport") == 2
    assert report(data, OCTOBER).late == 0


def _cover(data: Path, month: date) -> None:
    """All that the exports cover, and what was counted of it, is of this month."""
    path = next((data / "warehouse").glob("*.duckdb"))
    with duckdb.connect(str(path)) as con:
        for table in ("coverage", "covered_months"):
            con.execute(f"UPDATE {table} SET month = $1", [month])


def test_ownership_is_held_against_the_month_that_was_locked(data: Path) -> None:
    _cover(data, date(2026, 9, 1))
    lock_month(data, date(2026, 9, 1), "kommunikasjon")
    _cover(data, OCTOBER)
    found = report(data, OCTOBER).figures
    assert found.ownership_before == found.ownership
    assert found.ownership_year is None


def test_edited_sentences_are_said_instead_of_the_draft(data: Path) -> None:
    lines = json.dumps(["En.", "To.", "Tre."])
    details = {"sentences": lines, "language": "nb"}
    store = open_store(data)
    store.record("kommunikasjon", New("report_text", "report", "report:2026-10:", details))
    one = report(data, OCTOBER)
    assert one.document("nb").sentences == ("En.", "To.", "Tre.")
    assert one.document("nn").sentences != ("En.", "To.", "Tre.")


def test_a_unit_has_its_own_report(data: Path, tmp_path: Path) -> None:
    assert main(["2026-10", "--unit", "kultur", "--format", "pdf", "--output", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["manedsrapport-2026-10-kultur.pdf"]


@pytest.mark.usefixtures("data")
def test_the_command_makes_one_file_per_format(tmp_path: Path) -> None:
    assert main(["2026-10", "--output", str(tmp_path)]) == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [f"manedsrapport-2026-10.{kind}" for kind in ("pdf", "pptx", "xlsx")]


def test_no_data_is_told_in_plain_words(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not list(data_dir.iterdir())
    assert main(["2026-10"]) == 1
    assert "Det er ingen data" in capsys.readouterr().err


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_made_from_the_figures(data: Path, language: str) -> None:
    i18n.use(language)
    pointer = json.loads((data / "warehouse" / "current.json").read_text())
    with duckdb.connect(str(data / "warehouse" / pointer["file"]), read_only=True) as con:
        figures = collect(con, OCTOBER)
    sentences = draft(figures)
    assert "15" in sentences[0]
    assert "7" in sentences[1]
    assert all(each.endswith(".") for each in sentences)
    assert document(figures, sentences).title
    i18n.use("nb")


def test_accounts_without_a_unit_are_a_line_of_their_own(data_dir: Path) -> None:
    # More units than a page holds, so the table is by sector; one of them has no accounts itself.
    units = [
        {"unit_id": "barnevern", "name": "Barneverntjenesten", "sector": "Oppvekst"},
        *(
            {
                "unit_id": f"u{n}",
                "name": f"Enhet {n:02}",
                "sector": "Oppvekst" if n % 2 else "Teknisk",
            }
            for n in range(25)
        ),
    ]
    accounts = [{"account_id": f"facebook:{n}", "unit_id": f"u{n}"} for n in range(25)]
    accounts += [{"account_id": f"facebook:x{n}", "name": f"Løs {n}"} for n in range(2)]
    items = [{"account_id": "facebook:x0", "working_seconds": 60}] * 9
    items += [{"account_id": "facebook:1", "working_seconds": 60}] * 7
    publish(
        data_dir,
        items=items,
        accounts=accounts,
        units=units,
        coverage=[
            {"account_id": "facebook:1", "items": 7},
            {"account_id": "facebook:x0", "items": 9},
        ],
    )
    said = report(data_dir, OCTOBER).document("nb")
    lines = next(table for table in said.tables if table.name == "Aktivitet").rows
    assert [(row[0].text, row[1].value, row[3].value) for row in lines] == [
        ("Oppvekst", 12, 7),
        ("Teknisk", 13, None),
        ("Uten enhet", 2, 9),
    ]
    units_table, accounts_table = said.appendix
    assert len(units_table.rows) == 27
    assert units_table.rows[-1][0].text == "Uten enhet"
    assert len(accounts_table.rows) == 27
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(make(report(data_dir, OCTOBER), "nb", ("xlsx",), {})["xlsx"])
    )
    assert {"Per enhet", "Per konto"} <= set(book.sheet_names)


def test_a_hidden_line_cannot_be_found_from_another_level() -> None:
    """Sector 50 = units 47 + 3: both units are covered, and so is every account of theirs."""
    units = [
        UnitLine(
            name=name,
            sector=sector,
            accounts=1,
            state="",
            posts=0,
            received=n,
            need=Rate(0, n),
            unit_id=name,
        )
        for name, sector, n in (("A", "S", 47), ("B", "S", 3), ("C", "T", 30), ("D", "T", 9))
    ]
    accounts = [
        AccountLine(
            account_id=name,
            name=name,
            platform="facebook",
            unit_id=unit,
            unit_name=unit,
            posts=0,
            received=n,
            need=Rate(0, n),
            has_comments=True,
        )
        for name, unit, n in (
            ("a", "A", 40),
            ("a2", "A", 7),
            ("b", "B", 3),
            ("c", "C", 26),
            ("c2", "C", 4),
        )
    ]
    found = cover(units, accounts, with_sectors=True)
    assert [each.received for each in found.sectors] == [50, 39]
    assert [each.received for each in found.units] == [1, 1, 30, 9]
    assert [each.received for each in found.accounts] == [1, 1, 1, 1, 1]


def test_moderation_is_said_for_the_municipality_alone(data_dir: Path) -> None:
    hidden = {"is_hidden": True, "tone": "negative"}
    publish(
        data_dir,
        items=[*[hidden] * 6, hidden | {"has_hidden_reason": True}, {"is_vanished": True}, {}],
        accounts=[{"unit_id": "kultur"}],
        units=UNITS,
        coverage=[{"items": 4, "has_hidden_flags": True}],
    )
    said = {s.title: s.said for s in report(data_dir, OCTOBER).document("nb").sections}
    (line,) = said["Moderering"]
    assert line == (
        "Av 9 henvendelser er 7 skjult og færre enn fem borte i en nyere fil. "
        "Uten registrert grunn: 7. Av de negative: 7 av 7."
    )
    of_unit = report(data_dir, OCTOBER, "kultur").document("nb").sections
    assert "Moderering" not in {section.title for section in of_unit}


def test_a_change_stands_beside_the_values_that_it_is_taken_from() -> None:
    then, now = Rate(80, 100), Rate(69, 100)
    assert plain(compared((then, now), now)) == "80,0 % (−11,0)"
    assert plain(compared((then, now), Rate(170, 220))) == "80,0 % → 69,0 % (−11,0)"


def test_two_units_or_accounts_of_one_name_are_told_from_each_other(data_dir: Path) -> None:
    units = [
        {"unit_id": "nord", "name": "Nord"},
        {"unit_id": "a", "name": "Skolen", "parent_id": "nord"},
        {"unit_id": "b", "name": "Skolen"},
    ]
    accounts = [{"account_id": f"facebook:{n}", "name": "Skolen", "unit_id": n} for n in "ab"]
    publish(data_dir, accounts=accounts, units=units, coverage=[{"account_id": "facebook:a"}])
    units_table, accounts_table = report(data_dir, OCTOBER).document("nb").appendix
    assert [row[0].text for row in units_table.rows] == ["Nord", "Skolen (b)", "Skolen (Nord)"]
    assert [row[0].text for row in accounts_table.rows] == ["Skolen (a)", "Skolen (b)"]
