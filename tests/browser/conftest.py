"""One Chromium for each file of browser tests: its driver keeps the thread's event loop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.serving import FLAGS, as_new


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """A started Chromium; skips where there is none."""
    driver_of = pytest.importorskip("playwright.sync_api")
    with driver_of.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def window(browser: Any) -> Iterator[Any]:
    """One window for all the tests of a file: a new one would work the page's script out anew."""
    context = browser.new_context(accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


@pytest.fixture
def page(window: Any) -> Any:
    """The window as if nobody had used it, on a desk."""
    as_new(window)
    return window
