"""The rest of the help page: what is measured and never is, how to, symbols, definitions."""

from __future__ import annotations

from datetime import date

import streamlit as st

from svarvakt.i18n import _, day
from ui import frame, viewer
from ui.cards import SYMBOLS
from ui.markup import escape, link, paragraph, table
from ui.words import NONE


def points(said: list[str]) -> None:
    st.html("<ul>" + "".join(f"<li>{escape(each)}</li>" for each in said) + "</ul>")


def contents(headings: list[str]) -> None:
    """A short list of links to the page's parts, `#del-1` and on."""
    links = [f'<a href="#del-{n}">{escape(words)}</a>' for n, words in enumerate(headings, 1)]
    listed = "".join(f"<li>{each}</li>" for each in links)
    label = escape(_("On this page"))
    st.html(f'<nav aria-label="{label}"><ul>{listed}</ul></nav>')


def limits() -> None:
    """R36, G9: the purpose, what is never measured, and what was discussed with whom."""
    paragraph(
        _(
            "Svarvakt shows whether people get answers from the municipality on social media, and "
            "whether every account is looked after. It helps those who answer. It is not for "
            "checking employees."
        )
    )
    st.subheader(_("Never measured"), anchor=False)
    points(
        [
            _("What one employee does: no figure, list or chart is per person."),
            _("What employees do in their leisure time, their private profiles, or who shares."),
            _("Who citizens are: names are taken away before anything is stored."),
            _("Messages in private, and accounts of units that handle sensitive matters."),
            _("Whether a unit is good or bad: units are listed by the alphabet and never ranked."),
        ]
    )
    held = frame.current().municipality
    discussed = held.get("employees_discussed_on", "")
    paragraph(
        _("Discussed with the employees' representatives {day}.").format(day=_day(discussed))
        if discussed
        else _("When this was discussed with the employees' representatives is not written yet.")
    )
    if held.get("long_wait_reference"):
        said = _("The limit «over a month» is a local target. It rests on: {what}.")
        paragraph(said.format(what=held["long_wait_reference"]))


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def how_to() -> None:
    """Short steps for the reader's own role, and what everybody who answers must know."""
    points(_steps()[viewer.current().role])
    if not viewer.current().may_decide:
        return
    st.subheader(_("Answer, hide or hand over"), anchor=False)
    points(
        [
            _(
                "Answer: open the comment, answer on the platform as the account, never from "
                "your own profile. The answer is seen when new files are read in."
            ),
            _(
                "Hide: only what breaks the rules of the comment field. Register why. A hidden "
                "comment without a reason still waits."
            ),
            _(
                "Hand over: does it need case handling? Register it in the case-handling system, "
                "tell the citizen in the thread, and note the case number here."
            ),
            _(
                "Svarvakt is not an archive. Mark what may have to be filed, and file it in the "
                "case-handling system. Nothing is filed by marking it."
            ),
        ]
    )


def _steps() -> dict[str, list[str]]:
    return {
        "kommunikasjon": [
            _("See the overview: which guidelines need a hand?"),
            _("Work through the work list, the oldest first."),
            _("Read in new files, and look over the account register."),
            _("Adopt targets and look after access under Settings."),
        ],
        "enhetsleder": [
            _("See My unit: what waits on your accounts?"),
            _("Check that every account has an editor and an administrator."),
            _("Tell the communications department before you open or close an account."),
        ],
        "administrator": [
            _("Open the work list: the oldest enquiry stands first."),
            _("Answer on the platform as the account."),
            _("Register what you hid, handed over or corrected."),
        ],
        "ledelse": [
            _("See the overview: which guidelines are kept?"),
            _("Read the figures with their number of enquiries: few enquiries say little."),
            _("Ask what is done about what is not kept."),
        ],
    }


def symbols() -> None:
    """State is always a symbol and a word; the four kinds of nothing."""
    table(
        _("What the signs mean"),
        [_("Sign"), _("Meaning")],
        [
            [SYMBOLS["good"], _("Kept, or as it should be.")],
            [SYMBOLS["warning"], _("Needs a hand.")],
            [SYMBOLS["late"], _("Not kept, or past the deadline.")],
            ["?", _("Cannot tell. The reason stands beside it.")],
            [NONE, _("Nothing of the kind: there is nothing to count.")],
            [_("3 of 4"), _("Fewer than five: too few for a percentage.")],
            ["0 %", _("Counted, and none of them.")],
            [_("Data are missing"), _("No file has been read in.")],
        ],
    )


def definitions() -> None:
    """Every figure's definition, in full; a search leaves those with the word."""
    wanted = st.text_input(_("Search in the definitions"), key="help-search").strip().lower()
    said = sorted(frame.definitions().values())
    found = [text for text in said if wanted in text.lower()]
    for text in found:
        paragraph(text)
    if not found:
        paragraph(_("No definition has that word."))


def whom_to_ask() -> None:
    """R06, R20: contacts as the municipality has written them."""
    held = frame.current().municipality
    rows = [
        (_("Communications"), held.get("contact")),
        (_("Data protection officer"), held.get("dpo_contact")),
        (_("Privacy impact assessment"), held.get("dpia_ref")),
    ]
    missing = _("not filled in yet")
    points([f"{name}: {value or missing}" for name, value in rows])
    for words, key in (
        (_("Accessibility statement"), "accessibility_url"),
        (_("Privacy"), "privacy_url"),
    ):
        if held.get(key):
            st.html(f"<p>{link(words, held[key])}</p>")
    paragraph(
        _(
            "Everything can be done with the keyboard: Tab moves on, Enter chooses, Esc closes. "
            "Every chart has its figures in a table beneath it."
        )
    )
