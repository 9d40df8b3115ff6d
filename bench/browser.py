"""The first page in a real Chromium: `python -m bench.browser --data FOLDER [--runs N]`.

Cold = a browser that was never here; warm = the same browser comes again, in another tab: in the
same one hello's page would find its scripts ready in memory, ours a new process (its headers keep
it apart from what was there before). Each beside a page that only says hello, in turns.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.samples import Figures, ask, spread
from bench.serving import HELLO, dashboard, script

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OURS = "() => document.querySelector('.st-key-page-is-ready')"
HELLOS = "() => document.body?.innerText.includes('Hello world')"
NOTHING_OLD = "() => !document.querySelector('[data-stale=true]')"


def measure(data: Path, runs: int = 5) -> Figures:
    """Seconds from the address to the whole page, in ms: cold and warm, ours and hello's.

    `skipped` says why where there is no Chromium or no Playwright.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return {"skipped": "There is no Chromium."}
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return {"skipped": "Playwright is not installed."}
    seconds: dict[str, list[float]] = {"cold": [], "cold_hello": [], "warm": [], "warm_hello": []}
    with dashboard(data) as ours, script(HELLO) as hello, sync_playwright() as driver:
        for _run in range(runs):
            for name, address, ready in (
                ("", f"{ours.address}/oversikt", OURS),
                ("_hello", hello.address, HELLOS),
            ):
                cold, warm = _visit(driver.chromium, chromium, address, ready)
                seconds[f"cold{name}"].append(cold)
                seconds[f"warm{name}"].append(warm)
    found: Figures = {name: spread(values) for name, values in seconds.items()}
    for name in ("cold", "warm"):
        pairs = zip(seconds[name], seconds[f"{name}_hello"], strict=True)
        over = statistics.median(mine - said for mine, said in pairs)
        found[f"{name}_over_hello_ms"] = round(over * 1000, 1)
    return found


def _visit(browsers: Any, chromium: str, address: str, ready: str) -> tuple[float, float]:
    """(cold, warm) seconds of a browser with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        browser = browsers.launch_persistent_context(
            profile, executable_path=chromium, args=FLAGS, headless=True
        )
        try:
            browser.new_page()  # the browser stays while tabs of it are closed
            return _open(browser, address, ready), _open(browser, address, ready)
        finally:
            browser.close()


def _open(browser: Any, address: str, ready: str) -> float:
    """Seconds until the page is whole, in a tab of its own."""
    page = browser.new_page()
    page.set_default_timeout(120_000)
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(ready)
    page.wait_for_function(NOTHING_OLD)
    seconds = time.perf_counter() - started
    page.close()
    return seconds


def main() -> None:
    ask("browser", measure, runs=5)


if __name__ == "__main__":
    main()
