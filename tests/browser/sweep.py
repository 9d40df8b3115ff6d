"""`python3 start.py soak`: every page in every language, theme and width, with demonstration data.

The tests look at a part of them that covers every pair; here nothing is left out.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from etl.demo import write_demo
from etl.pipeline import load
from tests.browser.audit import Cell, every_cell, meet, too_wide, violations
from tests.browser.serving import FLAGS, serving, settled
from tests.test_pages import PAGES


def look(page: Any, address: str, name: str, cell: Cell) -> list[str]:
    """What is wrong with a page met in this way."""
    meet(page, cell)
    page.goto(f"{address}/{name}?sprak={cell.language}")
    settled(page)
    page.wait_for_timeout(400)  # what the page's script mends, it mends soon after
    wide = too_wide(page)
    return violations(page) + ([f"{wide} px too wide"] if wide else [])


def sweep(browser: Any, address: str) -> list[str]:
    """Everything that is wrong anywhere."""
    found = []
    page = browser.new_page()
    page.set_default_timeout(60_000)
    for name in PAGES:
        for cell in every_cell():
            faults = [f"{name} {cell}: {each}" for each in look(page, address, name, cell)]
            print("".join(f"{each}\n" for each in faults), end="", flush=True)
            found += faults
        print(f"{name}: {len(every_cell())} ways, {len(found)} faults so far", flush=True)
    page.close()
    return found


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Hoppet over: Chromium mangler.")
        return 0
    from playwright.sync_api import sync_playwright

    started = time.monotonic()
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        data = Path(place)
        write_demo(data)
        load([data / "exports"], data=data)
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        with serving(data) as address:
            found = sweep(browser, address)
        browser.close()
    ways = len(PAGES) * len(every_cell())
    print(f"{ways} ways to meet a page in {time.monotonic() - started:.0f} s: {len(found)} faults")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
