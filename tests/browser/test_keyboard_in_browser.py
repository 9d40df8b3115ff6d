"""Whole errands with the keyboard alone: every step can be seen, nothing holds the focus."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.pipeline import load
from svarvakt.decisions import open_store, register_lines
from tests.browser.audit import focus, step, walk_to
from tests.browser.serving import open_list, serving, settled
from tests.browser.test_unit_leader_in_browser import LEADER
from tests.support.graph_threads import PAGE, Message, comment_id, graph_json, write
from tests.test_import_page import STUDIO
from tests.test_my_unit import ACCOUNT, EXPORTED, library

pytestmark = pytest.mark.browser
COMPLAINT = "Elendig service, dette er helt uakseptabelt og en skam!"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real load: one complaint and two questions that nobody has answered."""
    folder = tmp_path_factory.mktemp("keyboard")
    threads = [[Message(0, 0, text=COMPLAINT)], [Message(1, 5)], [Message(2, 9)]]
    path = write(folder / f"exports/facebook/{PAGE}", graph_json(threads), "one.json")
    os.utime(path, (EXPORTED, EXPORTED))
    load([path], data=folder)
    return folder


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with serving(data) as found:
        yield found


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page without a mouse, whose way to other machines ends here."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    context.route(re.compile("facebook"), lambda route: route.fulfill(body="The platform"))
    # From the start: Chromium hears of it on another way than of keys, and a press made at the same
    # time as the wish overtakes it one time in five. The window for files then opens unseen.
    opened.on("filechooser", lambda _chooser: None)
    yield opened
    context.close()


def _open(page: Any, address: str) -> None:
    page.goto(address)
    _ready(page)


def _ready(page: Any) -> None:
    page.wait_for_timeout(200)  # until the press has reached the server
    settled(page)
    page.wait_for_selector("[data-test-script-state=notRunning]", state="attached")
    page.wait_for_timeout(200)  # what the page's script mends, it mends soon after


def _into_the_page(page: Any) -> None:
    """The way past the menu."""
    assert step(page).name == "Hopp til innholdet"
    assert step(page, "Enter").tag == "MAIN"


def test_from_the_front_page_to_the_oldest_negative_on_the_platform(
    address: str, page: Any
) -> None:
    _open(page, f"{address}/oversikt")
    _into_the_page(page)
    walk_to(page, "Svar på den eldste")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("ubesvarte-negative"))
    _ready(page)
    if focus(page).tag == "BODY":
        _into_the_page(page)
    walk_to(page, "Åpne på Facebook")
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    assert opened.value.url.startswith("https://www.facebook.com/")


def test_answered_now_and_taken_back(address: str, page: Any, data: Path) -> None:
    _open(page, f"{address}/arbeidsliste")
    _into_the_page(page)
    walk_to(page, "Svart nå")
    page.keyboard.press("Enter")
    page.get_by_text("Registrert:").first.wait_for()
    _ready(page)
    assert [each.subject for each in open_store(data).in_force()] == [comment_id(0, 0)]
    # The item is gone and its button with it; the way back is where the focus went.
    assert focus(page).name == "Angre"
    page.keyboard.press("Enter")
    page.get_by_text("Angret.").first.wait_for()
    _ready(page)
    assert open_store(data).in_force() == []
    assert focus(page).tag != "BODY"


def test_the_language_is_changed(address: str, page: Any) -> None:
    _open(page, f"{address}/svarandel")
    walk_to(page, "Språk / Language")
    nynorsk = page.get_by_role("option", name="Nynorsk")
    open_list(page, nynorsk, lambda: page.keyboard.press("ArrowDown"))  # at the next one
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.documentElement.lang === 'nn'")
    _ready(page)
    assert "Hopp til innhaldet" in page.content()
    assert focus(page).tag != "BODY"


def test_a_file_is_read_in(address: str, page: Any, data: Path) -> None:
    _open(page, f"{address}/datagrunnlag")
    _into_the_page(page)
    walk_to(page, "Velg filer")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(str(STUDIO))
    page.locator(".st-key-import-save").wait_for()
    _ready(page)
    if focus(page).tag == "BODY":
        _into_the_page(page)
    walk_to(page, "german_top_500.csv")  # which account is it?
    open_list(page, page.get_by_role("option"), lambda: page.keyboard.press("ArrowDown"))
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    _ready(page)
    walk_to(page, "Kontoens navn i adressen")
    page.keyboard.type("fjordvik")
    page.keyboard.press("Enter")
    _ready(page)
    walk_to(page, "Lagre 1 fil")
    page.keyboard.press("Enter")
    page.get_by_text("1 fil lest inn").first.wait_for()


@pytest.mark.parametrize(
    "name", ["innstillinger", "kontoregister", "datagrunnlag", "manedsrapport"]
)
def test_nothing_holds_the_focus(address: str, page: Any, name: str) -> None:
    _open(page, f"{address}/{name}")
    assert step(page).name == "Hopp til innholdet"
    for _press in range(250):
        if step(page).name == "Hopp til innholdet":
            return
    pytest.fail(f"250 steps and no way round: {focus(page)}")


def test_the_menu_of_a_narrow_screen(address: str, page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    _open(page, f"{address}/oversikt")
    assert step(page).name == "Hopp til innholdet"
    assert step(page).name == "Åpne menyen"  # and none of what lies hidden in it
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lukk menyen").wait_for()
    _ready(page)
    assert focus(page).name == "Lukk menyen"
    walk_to(page, "Arbeidsliste")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("arbeidsliste"))
    _ready(page)
    page.get_by_role("button", name="Åpne menyen").wait_for()
    assert focus(page).tag == "MAIN"  # the page, not the menu over it


def test_a_unit_leader_confirms_an_account(
    browser: Any, page: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("leader-keys")
    library(folder)
    with serving(folder, ("-c", LEADER, "{port}")) as address:
        _open(page, address)
        _into_the_page(page)
        walk_to(page, "Fortsatt riktig")
        page.keyboard.press("Enter")
        page.get_by_text("Bekreftet. Takk!").first.wait_for()
        _ready(page)
        assert focus(page).tag != "BODY"
    lines = {each["account_id"]: each for each in register_lines(folder, "accounts")}
    assert lines[ACCOUNT]["confirmed_on"]
