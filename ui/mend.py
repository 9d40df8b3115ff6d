"""The script that mends Streamlit's page for those who listen, zoom or use the keyboard alone.

Streamlit's own words («Skip to main content», «Open», «Remove …») are English whatever the page's
language is (WCAG 3.1.2), its list of pages has no landmark, and the focus is lost when what had it
goes. `ui/mend.js` puts that right in the browser; here it gets its words, in all three languages.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from svarvakt import i18n
from svarvakt.i18n import _

_SCRIPT = Path(__file__).with_suffix(".js")


@cache
def script(parameter: str) -> str:
    """A script element; `parameter` is what carries the language in the address."""
    # Inside a script element only `</` could end it early.
    table = json.dumps(_words(), ensure_ascii=False).replace("</", "<\\/")
    text = _SCRIPT.read_text(encoding="utf-8")
    for place, value in (
        ("PARAMETER", parameter),
        ("DEFAULT", i18n.DEFAULT),
        ("WORDS;", f"{table};"),
    ):
        text = text.replace(place, value)
    return f"<script>{text}</script>"


def _words() -> dict[str, dict[str, str]]:
    """Language → Streamlit's words → ours; `{}` stands for the rest of a name."""
    before = i18n.language()
    words = {}
    for code in i18n.LANGUAGES:
        i18n.use(code)
        words[code] = _in_language()
    i18n.use(before)
    return words


def _in_language() -> dict[str, str]:
    return {
        "Skip to main content": _("Skip to the content"),
        "Sidebar": _("Menu and choices"),
        "App pages": _("Pages"),
        "Expand sidebar": _("Open the menu"),
        "Collapse sidebar": _("Close the menu"),
        "Open": _("Show the choices"),
        "Choose an option": _("Choose"),
        "Choose options": _("Choose"),
        "Selected values": _("Chosen"),
        "No results": _("Nothing found"),
        "Select all": _("All of them"),
        "Clear value": _("Empty the field"),
        "Clear all": _("Empty the field"),
        "Clear date": _("Empty the field"),
        "Choose date": _("Choose a date"),
        "Previous month": _("The month before"),
        "Next month": _("The month after"),
        "Increment": _("One more"),
        "Decrement": _("One less"),
        "Close": _("Close"),
        "Help for {}": _("Help: {}"),
        "Remove {}": _("Remove {}"),
        # The words on the button itself come from ui/uploading.py.
        "Upload": "",
        "file upload": _("Choose a file"),
        "Add files": _("Choose more files"),
        "add icon": "",
        "day, {}": _("Day: {}"),
        "month, {}": _("Month: {}"),
        "year, {}": _("Year: {}"),
    }
