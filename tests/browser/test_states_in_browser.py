"""What pages look like in use: open, asked, empty. Nobody is shut out there either (WCAG 2.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.audit import Cell, meet, too_wide, violations
from tests.browser.serving import open_list, serving, settled
from tests.test_import_page import STUDIO
from tests.test_import_wizard import TABLE
from tests.test_pages import municipality

pytestmark = pytest.mark.browser
PHONE, DESK = Cell("nn", "dark", 320), Cell("nb", "light", 1280)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running dashboard with the ordinary municipality."""
    folder = tmp_path_factory.mktemp("states")
    municipality(folder)
    with serving(folder) as found:
        yield found


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    opened.close()


def _drop(page: Any, files: Any) -> None:
    page.locator("input[type=file]").first.set_input_files(files)
    page.locator(".st-key-import-save").wait_for()


def _explain(page: Any) -> None:
    table = {"name": "svar.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    _drop(page, [table])


def _questions(page: Any) -> None:
    _drop(page, str(STUDIO))


def _choices(page: Any) -> None:
    page.locator("[class*=st-key-arbeidsliste-open-more] button").first.click()
    page.get_by_role("button", name="Registrer", exact=True).wait_for()


def _tables(page: Any) -> None:
    for summary in page.locator("summary").all():
        summary.click()


def _menu(page: Any) -> None:
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarCollapseButton").locator("button").wait_for()


def _dusk(page: Any) -> None:
    """The reader's machine turns dark, and nothing asks the server."""
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "() => getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'"
    )


def _list(page: Any) -> None:
    box = page.locator("main").get_by_role("combobox").first
    open_list(page, page.get_by_role("option"), lambda: box.press("ArrowDown"))


STATES: dict[str, tuple[str, Cell, Callable[[Any], None]]] = {
    "files with a question": ("datagrunnlag", DESK, _questions),
    "a table to explain": ("datagrunnlag", PHONE, _explain),
    "a decision's form": ("arbeidsliste", PHONE, _choices),
    "every table open": ("svarandel", PHONE, _tables),
    "dark since it was opened": ("svarandel", DESK, _dusk),
    "a list of choices": ("arbeidsliste", DESK, _list),
    "the menu": ("oversikt", PHONE, _menu),
    "every part of the guide": ("eksportguide", DESK, _tables),
}


@pytest.mark.parametrize("state", list(STATES))
def test_a_page_in_use_is_for_everybody_too(address: str, page: Any, state: str) -> None:
    name, cell, make = STATES[state]
    meet(page, cell)
    page.goto(f"{address}/{name}?sprak={cell.language}")
    settled(page)
    make(page)
    settled(page)
    page.wait_for_timeout(300)
    assert violations(page) == []
    assert too_wide(page) == 0


@pytest.mark.parametrize("cell", [PHONE, DESK], ids=["phone", "desk"])
def test_before_the_first_file_too(browser: Any, page: Any, tmp_path: Path, cell: Cell) -> None:
    with serving(tmp_path) as address:
        meet(page, cell)
        for name in ("oversikt", "eksportguide"):
            page.goto(f"{address}/{name}?sprak={cell.language}")
            settled(page)
            assert violations(page) == []
            assert too_wide(page) == 0


ENGLISH = (
    "Skip to", "Sidebar", "Expand", "Collapse", "Open", "Choose", "Upload", "Remove", "Add ",
    "Help for", "file upload", "day,", "month,", "year,",
)  # fmt: skip


def test_streamlits_own_words_are_in_the_language_of_the_page(address: str, page: Any) -> None:
    meet(page, PHONE)
    page.goto(f"{address}/datagrunnlag?sprak=nn")
    settled(page)
    _questions(page)
    settled(page)
    page.wait_for_timeout(300)
    heard = page.locator("body").aria_snapshot()
    assert "Hopp til innhaldet" in heard
    assert "Ta bort german_top_500.csv" in heard
    names = [line.partition('"')[2] for line in heard.splitlines() if '"' in line]
    assert [name for name in names if name.startswith(ENGLISH)] == []


@pytest.mark.parametrize("name", ["oversikt", "svarandel", "kontoeierskap", "innstillinger"])
def test_text_of_twice_the_size_fits(address: str, page: Any, name: str) -> None:
    """WCAG 1.4.4: text alone at 200 %, in the window of a laptop."""
    meet(page, DESK)
    page.goto(f"{address}/{name}")
    settled(page)
    page.add_style_tag(content="html { font-size: 200% !important; }")
    page.wait_for_timeout(500)
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)") > 50
    assert too_wide(page) == 0
