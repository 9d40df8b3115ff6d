"""A unit leader's check in Chromium: what waits, one answer, one confirmation; counted, timed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from svarvakt import settings
from svarvakt.decisions import open_store, register_lines
from tests.browser.serving import serving, settled
from tests.test_my_unit import ACCOUNT, library

pytestmark = pytest.mark.browser

MOST_CLICKS, MOST_SECONDS = 3, 60
READING = 20  # seconds for a person to read the sentence, the item and the account
LEADER = (
    "import sys; from svarvakt import access; "
    "access.LOCAL = access.Viewer('enhetsleder', ('bibliotek',), ()); "
    "from ui.server import main; main(int(sys.argv[1]))"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("leader")
    library(folder)
    return folder


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    """A dashboard whose reader leads the library."""
    with serving(data, ("-c", LEADER, "{port}")) as found:
        yield found


def test_the_check_of_a_unit_takes_under_a_minute_and_three_clicks(
    address: str, data: Path, browser: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.set_default_timeout(60_000)
    began, clicks = time.monotonic(), 0
    page.goto(address)  # «/» leads a unit leader to the own unit
    settled(page)
    assert page.inner_text("h1") == "Hva venter hos oss?"
    page.get_by_text("1 venter nå, siden 2. mars 2026.").wait_for()
    for button, afterwards in (
        ("Svart nå", "Registrert:"),
        ("Fortsatt riktig", "Bekreftet. Takk!"),
    ):
        page.get_by_role("button", name=button, exact=True).click()
        page.get_by_text(afterwards).first.wait_for()
        clicks += 1
    assert "Ingen venter" in page.inner_text(".sv-finding")  # at once, before any build
    seconds = time.monotonic() - began
    with capsys.disabled():
        print(f"\nunit leader's check: {clicks} clicks, {seconds:.1f} s of machine")
    assert clicks <= MOST_CLICKS
    assert seconds + READING <= MOST_SECONDS
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth - {main}.clientWidth") <= 0
    assert "Skolen" not in page.inner_text("body")
    page.close()
    (made,) = [each for each in open_store(data).in_force() if each.kind == "answered_now"]
    assert made.role == "enhetsleder"
    lines = {each["account_id"]: each for each in register_lines(data, "accounts")}
    assert lines[ACCOUNT]["confirmed_on"] == f"{settings.today()}"
