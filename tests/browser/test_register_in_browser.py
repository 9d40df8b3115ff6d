"""The register's table in a real browser: what is typed lives until it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from svarvakt.decisions import register_lines
from tests.browser.serving import serving, settled
from tests.test_pages import municipality

pytestmark = pytest.mark.browser

ACCOUNTS = """account_id;platform;url;name;kind
facebook:1;facebook;https://www.facebook.com/1;Fjordvik kommune;unit
instagram:2;instagram;https://www.instagram.com/aapen/;Åpen barnehage;unit
"""
ROW, TICK, NAME, UNIT, KIND = 35, 75, 230, 200, 125  # pixels of the table


@pytest.fixture
def page(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[tuple[Any, str, Path]]:
    folder = tmp_path_factory.mktemp("register")
    municipality(folder)
    (folder / "register").mkdir()
    (folder / "register" / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    with serving(folder) as address:
        shown = browser.new_page(viewport={"width": 1280, "height": 1600})
        shown.set_default_timeout(60_000)
        yield shown, address, folder
        shown.close()


def _ready(page: Any) -> None:
    settled(page)
    page.wait_for_timeout(700)  # the table sends what was typed a little later


def test_what_is_typed_in_the_table_survives_a_search_and_another_page(
    page: tuple[Any, str, Path],
) -> None:
    shown, address, folder = page
    shown.goto(f"{address}/kontoregister")
    _ready(shown)
    table = shown.get_by_test_id("data-grid-canvas").bounding_box()
    editor = table["x"] + TICK + NAME + UNIT + KIND + 40
    shown.mouse.click(editor, table["y"] + ROW * 1.5)
    shown.wait_for_timeout(500)
    shown.keyboard.type("rektor", delay=80)
    shown.keyboard.press("Enter")
    shown.get_by_role("button", name="Lagre 1 endret linje").wait_for()
    shown.get_by_label("Søk").fill("barnehage")
    shown.keyboard.press("Enter")
    _ready(shown)
    shown.get_by_role("link", name="Kontoeierskap").click()
    _ready(shown)
    shown.get_by_role("link", name="Kontoregister").click()
    _ready(shown)
    shown.get_by_role("button", name="Lagre 1 endret linje").click()
    shown.locator(".sv-done", has_text="1 linje er lagret.").wait_for()  # said in a toast, too
    saved = {
        line["account_id"]: line.get("editor_role") for line in register_lines(folder, "accounts")
    }
    assert saved == {"facebook:1": "rektor", "instagram:2": None}
