"""One Chromium for each file of browser tests: its driver keeps the thread's event loop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.serving import FLAGS


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """A started Chromium; skips where there is none."""
    driver_of = pytest.importorskip("playwright.sync_api")
    with driver_of.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()
