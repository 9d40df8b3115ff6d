"""Every page in a real browser: it loads, speaks the language, asks nobody else, shuts none out."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from svarvakt.i18n import LANGUAGES
from tests.browser.audit import Cell, every_cell, meet, some_cells, too_wide, violations
from tests.browser.serving import open_list, serving, settled
from tests.test_pages import PAGES, TITLES, municipality

pytestmark = pytest.mark.browser
POLICY = "Content Security Policy"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running dashboard with the ordinary municipality."""
    folder = tmp_path_factory.mktemp("browser")
    municipality(folder)
    with serving(folder) as found:
        yield found


@pytest.fixture
def visitor(browser: Any) -> Iterator[Any]:
    """A page that remembers where it was asked to go."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.wrong = []  # what the page's own policy refused, and whatever else the browser minds
    page.on("console", lambda line: page.wrong.append(line.text) if _is_wrong(line) else None)
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    yield page
    context.close()


def _is_wrong(line: Any) -> bool:
    """Also what was not found: the page knows where its server is, and asks nowhere else."""
    return POLICY in line.text or line.type == "error"


def _open(page: Any, address: str, name: str, language: str) -> None:
    page.goto(f"{address}/{name}?sprak={language}")
    settled(page)


def _turn_to(page: Any, name: str, language: str, title: str) -> None:
    """As a link of the menu does: the window keeps its script and is given another page."""
    page.evaluate(
        "(address) => { history.pushState(null, '', address);"
        " dispatchEvent(new PopStateEvent('popstate')); }",
        f"/{name}?sprak={language}",
    )
    page.get_by_role("heading", name=title, level=1, exact=True).wait_for()
    page.wait_for_selector("[data-test-script-state=notRunning]", state="attached")
    settled(page)


def test_the_first_visit_to_a_fresh_server_may_go_straight_to_a_page(
    address: str, visitor: Any
) -> None:
    """Stands first in this file: only the first visit ever showed «Page not found»."""
    _open(visitor, address, "aktivitet", "nb")
    assert visitor.inner_text("h1") == TITLES["nb"][list(PAGES).index("aktivitet")]
    assert visitor.get_by_role("dialog").count() == 0


def _faults(page: Any, cell: Cell, title: str) -> list[str]:
    """What is wrong with an open page."""
    body = page.inner_text("body")
    wrong = {
        "heading": page.inner_text("h1") != title,
        "title": not page.title().endswith(" – Svarvakt"),
        "language": page.evaluate("document.documentElement.lang") != cell.language,
        "error": page.locator("[data-testid=stException], [data-testid=stAlert]").count() > 0,
        "traceback": "Traceback" in body,
        "too wide": too_wide(page) > 0,
    }
    return [name for name, is_wrong in wrong.items() if is_wrong] + violations(page)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_page_is_for_everybody_and_asks_nobody_else(
    address: str, visitor: Any, language: str
) -> None:
    """`python3 start.py soak` looks at every page in every language, theme and width.

    In one language the pages are met by their addresses, in the others one after the other.
    """
    found = {}
    for number, name in enumerate(PAGES):
        (cell,) = [each for each in some_cells(number) if each.language == language]
        title = TITLES[language][number]
        meet(visitor, cell)
        if language == "nb" or number == 0:
            _open(visitor, address, name, language)
        else:
            _turn_to(visitor, name, language, title)
        found[name, cell] = _faults(visitor, cell, title)
    assert {each: faults for each, faults in found.items() if faults} == {}
    outside = [url for url in visitor.asked if not url.startswith((address, "data:", "blob:"))]
    assert outside == []
    assert visitor.wrong == []


def test_the_pages_cover_every_pair_of_page_language_theme_and_width() -> None:
    met = {(number, *cell) for number in range(len(PAGES)) for cell in some_cells(number)}
    whole = {(number, *cell) for number in range(len(PAGES)) for cell in every_cell()}
    for one, other in combinations(range(4), 2):
        pairs = [{(each[one], each[other]) for each in cells} for cells in (met, whole)]
        assert pairs[0] == pairs[1]


def test_a_script_that_is_not_ours_does_not_run(address: str, visitor: Any) -> None:
    _open(visitor, address, "hjelp", "nb")
    visitor.evaluate(
        "() => { const one = document.createElement('script');"
        " one.textContent = 'window.stranger = 1'; document.head.append(one); }"
    )
    assert visitor.evaluate("window.stranger") is None
    assert visitor.wrong


def test_the_language_follows_the_reader_without_a_reload(address: str, visitor: Any) -> None:
    visitor.set_viewport_size({"width": 1200, "height": 900})
    _open(visitor, address, "kontoeierskap", "nb")
    nynorsk = visitor.get_by_role("option", name="Nynorsk")
    open_list(visitor, nynorsk, visitor.get_by_role("combobox").first.click)
    nynorsk.click()
    visitor.wait_for_function("() => document.documentElement.lang === 'nn'")
    title = TITLES["nn"][list(PAGES).index("kontoeierskap")]
    visitor.wait_for_function(f"() => document.querySelector('h1')?.innerText === '{title}'")
    assert "sprak=nn" in visitor.url


def test_the_served_page_has_its_language_before_any_script_runs(address: str) -> None:
    for query, language in (("", "nb"), ("?sprak=nn", "nn"), ("?sprak=xx", "nb")):
        with urllib.request.urlopen(f"{address}/aktivitet{query}") as answer:
            page = answer.read().decode()
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert answer.headers["Cache-Control"] == "no-store"
        assert f'<html lang="{language}">' in page
        assert "<title>Svarvakt</title>" in page
