"""What a page owes to those who listen, zoom or use the keyboard alone; asked of a real page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import Axe

from svarvakt.i18n import LANGUAGES

THEMES = ("light", "dark")
WIDTHS = (320, 1280)
_AXE = Axe()
_OPTIONS = {"resultTypes": ["violations"]}
# Rule and part of the element, of what Streamlit draws so and we cannot mend; the reasons stand in
# docs/accessibility.md.
STREAMLITS_OWN = (("region", 'role="listbox"'),)
_MAIN = "document.querySelector('[data-testid=stMain]')"
# What slides away is half there for a moment.
_NOTHING_MOVES = """() => document.getAnimations().every(
  (each) => each.playState !== 'running' || !(each instanceof CSSTransition))"""
# The element that has the focus: what it is called, where it is, and how thick its outline is.
# A radio button and a table draw theirs around what they lie in.
_FOCUS = """() => {
  const one = document.activeElement;
  const shown = one.closest('[data-testid=stDataFrame]')
    || (one.type === 'radio' && one.closest('label')) || one;
  const style = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  const words = one.cloneNode(true);
  words.querySelectorAll('[aria-hidden=true]').forEach((each) => each.remove());
  return {
    tag: one.tagName,
    name: (one.getAttribute('aria-label') || words.textContent || one.value || '').trim(),
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    is_in_view: box.width > 0 && box.right > 0 && box.bottom > 0
      && box.left < innerWidth && box.top < innerHeight,
  };
}"""


class Cell(NamedTuple):
    """One way to meet a page."""

    language: str
    theme: str
    width: int


class Focus(NamedTuple):
    """What has the focus; `outline` in CSS pixels."""

    tag: str
    name: str
    outline: float
    is_in_view: bool


def every_cell() -> list[Cell]:
    """Each language, theme and width."""
    return [Cell(code, theme, width) for code in LANGUAGES for theme in THEMES for width in WIDTHS]


def some_cells(number: int) -> Iterator[Cell]:
    """For the page of this number a cell per language, so that the pages cover every pair."""
    for place, code in enumerate(LANGUAGES):
        turned = place == 2
        yield Cell(code, THEMES[(number + place) % 2], WIDTHS[(number + place + turned) % 2])


def meet(page: Any, cell: Cell) -> None:
    """Makes the browser's window and theme those of the cell."""
    page.emulate_media(color_scheme=cell.theme)
    page.set_viewport_size({"width": cell.width, "height": 800})


MENDED_AFTER = 150  # ms: ui/mend.js gathers changes for 50 ms before it mends them


def violations(page: Any) -> list[str]:
    """What axe-core finds of ours, best practices too: rule, place and element; empty = nothing."""
    page.wait_for_timeout(MENDED_AFTER)
    page.wait_for_function(_NOTHING_MOVES)
    found = _AXE.run(page, options=_OPTIONS).response["violations"]
    return [
        f"{rule['id']} {node['target']}: {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
        if not any(rule["id"] == one and part in node["html"] for one, part in STREAMLITS_OWN)
    ]


def too_wide(page: Any) -> int:
    """CSS pixels by which the page must be moved sideways to be read (WCAG 1.4.10)."""
    wide: int = page.evaluate(f"Math.max(0, {_MAIN}.scrollWidth - {_MAIN}.clientWidth)")
    return wide


def focus(page: Any) -> Focus:
    """What has the focus now."""
    return Focus(**page.evaluate(_FOCUS))


def step(page: Any, key: str = "Tab") -> Focus:
    """Presses a key; what has the focus then can be seen to have it (WCAG 2.4.7)."""
    page.keyboard.press(key)
    now = focus(page)
    if now.outline < 2:  # the styles of a page that is drawn anew come with it
        page.wait_for_timeout(500)
        now = focus(page)
    if now.tag != "BODY":  # between the page's end and its beginning
        assert now.is_in_view, now
        assert now.outline >= 2, now
    return now


def walk_to(page: Any, name: str, key: str = "Tab", most: int = 90) -> Focus:
    """Presses Tab until something of this name has the focus."""
    passed = []
    for _press in range(most):
        now = step(page, key)
        if now.name.startswith(name):
            return now
        passed.append(now.name[:30])
    raise AssertionError(f"no way by keyboard to {name!r}: {passed}")
