"""What three users come for, from a first start to a locked report: clicks counted, seconds told.

A machine reads nothing: every story has the seconds that a person needs to read on the way.
"""

from __future__ import annotations

import dataclasses
import io
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from svarvakt.decisions import open_store
from tests.browser.serving import free_port, open_list, running, settled
from tests.browser.test_keyboard_in_browser import COMPLAINT
from tests.support.graph_threads import Message, graph_json
from tests.test_import_wizard import TABLE

pytestmark = pytest.mark.browser

# All of `start.py` but the packages, which the test command has set up.
START = (
    "import start; from svarvakt import settings; data = settings.data_dir(); "
    "start.prepare_data(data); start.serve({port}, data, browser=False)"
)
MINUTE = 60


@dataclasses.dataclass
class Person:
    """Somebody in front of a page. `reading` is a person's own seconds."""

    page: Any
    reading: float
    clicks: int = 0
    began: float = dataclasses.field(default_factory=time.monotonic)

    def click(self, what: Any) -> None:
        what.click()
        self.clicks += 1

    def drop(self, name: str, content: bytes) -> None:
        """Drags a file onto the page; counts as a click."""
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.locator("input[type=file]").first.set_input_files([file])
        self.page.locator(".st-key-import-save").wait_for()
        self.clicks += 1

    def done(self, story: str, capsys: pytest.CaptureFixture[str], most: float) -> None:
        """Tells the clicks and seconds; fails when it took longer than `most` seconds."""
        seconds = time.monotonic() - self.began
        with capsys.disabled():
            print(
                f"\n{story}: {self.clicks} clicks, {seconds:.0f} s of machine "
                f"and {self.reading:.0f} s to read"
            )
        assert seconds + self.reading <= most


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stories")


@pytest.fixture(scope="module")
def started() -> float:
    return time.monotonic()


@pytest.fixture(scope="module")
def address(data: Path, started: float) -> Iterator[str]:
    """A first start with an empty folder."""
    port = free_port()
    start = ("-c", START)
    with running(start, port, "/_stcore/health", SVARVAKT_DATA=str(data)) as found:
        yield found


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    """One browser window, whose way to other machines ends here."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    context.route(re.compile("facebook"), lambda route: route.fulfill(body="The platform"))
    yield opened
    context.close()


def _ready(page: Any) -> None:
    page.wait_for_timeout(200)  # until the click has reached the server
    settled(page)


def _export() -> bytes:
    threads = [
        [Message(0, 0, text=COMPLAINT)],
        [Message(1, 5), Message(None, 60, parent=0)],
        [Message(2, 9)],
    ]
    return json.dumps(graph_json(threads)).encode()


@pytest.fixture(scope="module")
def own(page: Any, address: str, started: float) -> Person:
    """Who has started Svarvakt, met the demonstration, and read in the first own file."""
    person = Person(page, reading=2 * MINUTE, began=started)
    page.goto(address)
    settled(page)
    assert "oppdiktede demonstrasjonsdata" in page.inner_text("main")
    person.click(page.get_by_role("link", name="Import og datagrunnlag"))
    page.get_by_role("heading", name="Hva bygger tallene på?").wait_for()
    _ready(page)
    person.drop("comments.json", _export())
    person.click(page.get_by_role("button", name="Lagre 1 fil"))
    page.get_by_text("1 fil lest inn").first.wait_for()
    person.click(page.get_by_role("link", name="Oversikt"))
    page.get_by_role("heading", name="Holder vi det vi har lovet?").wait_for()
    _ready(page)
    return person


def test_from_the_first_start_to_own_figures(
    own: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    said = own.page.inner_text("main")
    assert "demonstrasjon" not in said
    assert "1 negativ kommentar er ubesvart over fristen." in said
    own.done("from first start to own figures", capsys, 5 * MINUTE)


def test_the_oldest_negative_is_two_clicks_away(
    own: Person, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = own.page
    page.goto(f"{address}/oversikt")
    settled(page)
    person = Person(page, reading=10)
    person.click(page.get_by_role("link", name="Svar på den eldste"))
    page.get_by_role("heading", name="Får negative kommentarer svar?").wait_for()
    _ready(page)
    assert COMPLAINT in page.inner_text("main")
    with page.expect_popup() as opened:
        person.click(page.get_by_role("link", name="Åpne på Facebook").first)
    assert re.match(r"https://www\.facebook\.com/.*comment_id=", opened.value.url)
    opened.value.close()
    person.done("the oldest unanswered negative on the platform", capsys, MINUTE)
    assert person.clicks <= 2


def test_an_unknown_table_is_explained_and_read_in(
    own: Person, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = own.page
    page.goto(f"{address}/datagrunnlag")
    settled(page)
    person = Person(page, reading=1.5 * MINUTE)
    person.drop("svar.csv", TABLE.encode())
    _ready(page)
    words = page.locator("[class*=st-key-wizard-own]")
    outgoing = page.get_by_role("option").filter(has_text="ut")
    open_list(page, outgoing, lambda: words.get_by_role("combobox").press("ArrowDown"))
    person.click(outgoing)
    page.keyboard.press("Escape")
    _ready(page)
    person.click(page.get_by_role("button", name="Bruk disse kolonnene"))
    page.get_by_text("1 fil kan leses inn.").wait_for()
    _ready(page)
    person.click(page.get_by_role("button", name="Lagre 1 fil"))
    page.get_by_text("1 fil lest inn: 0 innlegg, 2 kommentarer, 1 eget svar").first.wait_for()
    person.done("an unknown table read in", capsys, 3 * MINUTE)


def test_a_month_from_import_to_a_locked_pdf(
    own: Person, address: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The import is the one of the first story; its seconds and clicks count here too."""
    page = own.page
    person = Person(page, reading=5 * MINUTE)
    page.goto(f"{address}/oversikt")
    settled(page)
    person.click(page.get_by_role("link", name="Månedsrapport"))
    page.get_by_role("heading", name="Hva forteller vi ledelsen?").wait_for()
    _ready(page)
    person.click(page.get_by_role("button", name="Lås måneden"))
    page.get_by_text("Låst som versjon 1.").first.wait_for()
    _ready(page)
    with page.expect_download() as coming:
        person.click(page.get_by_role("link", name="Last ned som PDF").first)
    file = PdfReader(io.BytesIO(Path(coming.value.path()).read_bytes()))
    root: Any = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "Månedsrapport" in file.pages[0].extract_text()
    person.clicks += own.clicks
    person.done("a month from import to a locked PDF", capsys, 10 * MINUTE)
    assert "lock" in {each.event for each in open_store(data).audit()}
