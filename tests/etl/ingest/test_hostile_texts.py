"""What people write is text: never a formula, a picture, a link or a script of ours."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any, get_type_hints

import pytest
from streamlit.testing.v1 import AppTest

from reports.document import Document, Section
from reports.pdf import pdf
from reports.tables import Cell, Table
from reports.xlsx import xlsx
from svarvakt.metrics import ItemRow
from svarvakt.register.schema import TABLES
from svarvakt.register.workbook import as_workbook
from svarvakt.register.writers import lines_as_csv
from ui import download
from ui.markup import Link, link

FORMULAS = (
    '=HYPERLINK("http://ond.invalid","klikk")', "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1",
    "\n=1", " =1", "\u00a0=1", "\uff1d1+1", "=cmd|' /C calc'!A0",
)  # fmt: skip
MARKUP = (
    "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![x](http://ond.invalid/x.png)",
    "</blockquote><script>alert(1)</script>", "# **stor** :red[rød] $x^2$", "&lt;b&gt;",
)  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_no_table_that_is_downloaded_runs_a_formula(text: str) -> None:
    content = download.csv_file([text], [[text]]).decode("utf-8-sig")
    for (cell,) in csv.reader(io.StringIO(content, newline=""), delimiter=";"):
        assert cell == "'" + text


@pytest.mark.parametrize("text", [text for text in FORMULAS if text == text.lstrip()])
def test_no_register_runs_a_formula(text: str) -> None:
    for table in TABLES:
        line = {column.name: text for column in table.columns}
        content = io.StringIO(lines_as_csv(table, [line]), newline="")
        cells = list(csv.reader(content, delimiter=";"))[1]
        assert set(cells) == {"'" + text}


def formulas(workbook: bytes) -> list[str]:
    """The formulas and links out of a workbook."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "sheet" in name]
    return [found for each in sheets for found in re.findall(r"<f>|<hyperlink|TargetMode", each)]


def test_no_workbook_of_the_register_holds_a_formula() -> None:
    lines = {
        table.name: [{column.name: text for column in table.columns} for text in FORMULAS]
        for table in TABLES
    }
    assert formulas(as_workbook(lines)) == []


def hostile_report() -> Document:
    texts = (*FORMULAS, *MARKUP)
    rows = tuple((Cell(text), Cell(text, 1)) for text in texts)
    table = Table("Svar", texts[0], (texts[0], MARKUP[0]), rows)
    return Document("nb", texts[0], MARKUP[0], texts, (Section("Svar", texts, table),), texts)


def test_no_report_holds_a_formula_or_a_link() -> None:
    assert formulas(xlsx(hostile_report(), {FORMULAS[0]: FORMULAS[0]})) == []
    assert b"/URI" not in pdf(hostile_report())


@pytest.mark.parametrize(
    "text", ["Fjordvik \U0001f332\U0001f1f3\U0001f1f4", "مرحبا بكم", "\u202eabc\u200b"]
)
def test_signs_that_no_font_has_do_not_stop_the_report(text: str) -> None:
    document = dataclasses.replace(hostile_report(), sentences=(text,), foot=(text,))
    assert pdf(document).startswith(b"%PDF")


def item(text: str) -> ItemRow:
    """An item that says the text wherever an export can say something."""
    empty: dict[Any, Any] = {str: "", bool: False, tuple[str, ...]: (), datetime: None}
    hints = get_type_hints(ItemRow)
    values: dict[str, Any] = {
        each.name: empty.get(hints[each.name]) for each in dataclasses.fields(ItemRow)
    }
    values |= {"item_id": "facebook:1", "platform": "facebook", "text": text}
    values |= {"account_name": text, "unit_name": text, "tone": "negative", "tone_words": text}
    values |= {"permalink": "javascript:alert(1)", "case_number": text}
    values |= {"received_at": datetime(2026, 3, 2, 9, tzinfo=UTC)}
    return ItemRow(**values)


def page(shown: object) -> None:
    from ui import items

    items.show([shown], "liste", with_tone=True)  # type: ignore[list-item]


@pytest.mark.parametrize("text", MARKUP)
def test_a_comment_on_a_page_is_plain_text(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.items._log_reading", lambda _name: None)
    monkeypatch.setattr("ui.download.button", lambda *_: None)
    app = AppTest.from_function(page, args=(item(text),), default_timeout=30).run()
    assert not app.exception
    shown = " ".join(each.proto.body for each in app.get("html"))
    assert "<blockquote>" in shown
    assert not re.search(r"<(?!/?(p|div|blockquote|a|span|style)\b)\w+", shown)
    assert "javascript" not in re.sub(r">[^<]*<", "><", shown)  # in no attribute
    assert [each for each in app.markdown if text in each.value] == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x", "https://["])
def test_an_address_that_is_none_of_the_web_is_no_link(address: str) -> None:
    assert link("ord", address) == "ord"
    assert Link("ord", address).text == "ord"
