"""A running dashboard for a browser test, and when one of its pages is ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import serving as servers
from bench.browser import FLAGS
from bench.serving import ALIVE, DASHBOARD, free_port

__all__ = ["FLAGS", "as_new", "free_port", "running", "serving", "settled"]


@contextmanager
def running(
    command: tuple[str, ...], port: int, alive: str, log: Path | None = None, **environment: str
) -> Iterator[str]:
    """A program of ours until the test is over; yields its address once `alive` answers."""
    with servers.running(command, port, alive, log, **environment) as server:
        yield server.address


@contextmanager
def serving(
    data: Path,
    command: tuple[str, ...] = DASHBOARD,
    port: int | None = None,
    log: Path | None = None,
    **environment: str,
) -> Iterator[str]:
    """The dashboard of a data folder; yields its address."""
    chosen = port or free_port()
    with running(command, chosen, ALIVE, log, SVARVAKT_DATA=str(data), **environment) as address:
        yield address


# On a busy machine the page can be ready before the sidebar beside it has its style and its links.
_SIDEBAR_IS_DRAWN = """() => {
  const sidebar = document.querySelector('[data-testid=stSidebar]');
  if (!sidebar) return true;
  const { visibility } = getComputedStyle(sidebar);
  if (sidebar.dataset.collapsed === 'true') return visibility === 'hidden';
  return sidebar.querySelector('a, button, input') !== null;
}"""


def settled(page: Any) -> None:
    """Waits until the page and its sidebar are whole and nothing on them is old."""
    page.wait_for_selector(".st-key-page-is-ready", state="attached")
    page.wait_for_function("() => !document.querySelector('[data-stale=true]')")
    page.wait_for_function(_SIDEBAR_IS_DRAWN)


def open_list(page: Any, options: Any, press: Callable[[], object]) -> None:
    """Opens a list of choices and waits until it stays: a message of the server that comes just
    then closes it again. `press` opens it; `options` are some that it has."""
    is_open = options.first.is_visible
    for _attempt in range(5):
        press()
        for _look in range(50):
            page.wait_for_timeout(100)
            if is_open():
                break
        page.wait_for_timeout(500)
        if is_open():
            return
    options.first.wait_for()


def as_new(page: Any, width: int = 1280, height: int = 800) -> None:
    """Leaves the page and forgets it: who signed in, what was chosen, how wide it was."""
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.goto("about:blank")
    page.context.clear_cookies()
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": width, "height": height})
