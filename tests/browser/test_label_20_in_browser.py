"""«Merk 20» by the keyboard alone: answered, saved, taken back, with a visible focus."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.pipeline import load
from svarvakt.decisions import open_store
from tests.browser.serving import serving, settled
from tests.support.graph_threads import PAGE, Message, graph_json, write

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

EXPORTED = 1_772_586_400  # 2026-03-04, when the deadline has passed
TEXTS = ("Når åpner badet?", "Elendig brøyting i dag", "Takk for flott hjelp", "Vi bor på øya")


@pytest.fixture
def page(browser: Any, data_dir: Path) -> Iterator[Any]:
    """A running dashboard over a real load: four comments that nobody has labelled."""
    threads = [[Message(number, number, text=text)] for number, text in enumerate(TEXTS)]
    path = write(data_dir / f"exports/facebook/{PAGE}", graph_json(threads), "one.json")
    os.utime(path, (EXPORTED, EXPORTED))
    load([path], data=data_dir)
    with serving(data_dir) as address:
        opened = browser.new_page(viewport={"width": 1200, "height": 900})
        opened.set_default_timeout(60_000)
        opened.goto(f"{address}/merk")
        settled(opened)
        yield opened
        opened.close()


def focused(page: Any) -> str:
    """The words of what has the focus."""
    found: str = page.evaluate("() => document.activeElement.innerText || ''")
    return found


def tab_to(page: Any, words: str) -> None:
    for _step in range(60):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            return
    pytest.fail(f"Tab never reached «{words}».")


def expect(page: Any, words: str) -> None:
    playwright.expect(page.get_by_text(words, exact=False).first).to_be_visible()
    settled(page)


def chosen(page: Any, key: int) -> None:
    button = page.locator(f".st-key-label-key-{key} button[kind=primary]")
    playwright.expect(button).to_be_visible()
    settled(page)


def test_four_comments_without_a_mouse(page: Any, data_dir: Path) -> None:
    tab_to(page, "Start")
    ring = page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement);"
        " return s.outlineStyle + ' ' + s.boxShadow; }"
    )
    assert ring != "none none"
    page.keyboard.press("Enter")
    expect(page, "1 av 4")
    for key in (2, 5):
        page.keyboard.press(str(key))
        chosen(page, key)
    page.keyboard.press("ArrowRight")
    expect(page, "2 av 4")
    assert page.get_by_text("Lagret. Den forrige").count() == 1
    kinds = [each.kind for each in open_store(data_dir).in_force()]
    assert kinds[0] == "reading_check"
    page.keyboard.press("ArrowLeft")  # taken back
    expect(page, "1 av 4")
    assert open_store(data_dir).in_force() == []
    page.keyboard.press("0")  # passed by
    expect(page, "2 av 4")
    tab_to(page, "Negativ")  # and without the keys on the buttons
    page.keyboard.press("Enter")
    chosen(page, 1)
    tab_to(page, "Ja")
    page.keyboard.press("Enter")
    chosen(page, 4)
    tab_to(page, "Lagre og neste")
    page.keyboard.press("Enter")
    expect(page, "3 av 4")
    for place in ("4 av 4", "Ferdig: 1 kommentar merket"):
        page.keyboard.press("0")
        expect(page, place)
    made = open_store(data_dir).in_force()
    served = [each.details for each in made if each.kind == "reading_check"]
    assert [each["tone"] for each in served] == ["negative"]
    assert served[0]["served_as"] in ("random", "uncertain")
    assert page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0
