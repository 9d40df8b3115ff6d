"""The parts of the page on how to get the files; what it says stands in `ui/guides`."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from svarvakt.i18n import _, language
from ui import data, download, frame, markup, viewer
from ui.cards import SYMBOLS
from ui.filters import GUIDE
from ui.guides import FileKind, Guide, Way, all_guides
from ui.guides.support import answers_by_platform, never_given, sources
from ui.help_parts import points
from ui.words import NONE

_KEPT = "kept_guide"


def head() -> None:
    """The title and its sentence, also before anything is read in."""
    title = _("How to get the files")
    said = _(
        "Each platform gives its own files, and they do not show the same. Start with what you "
        "want to show."
    )
    if data.current() is not None:
        frame.head(title, said)
        return
    st.title(title, anchor=False)
    markup.paragraph(said, "sv-finding")


def foot() -> None:
    if data.current() is not None:
        frame.foot([])


def questions() -> None:
    """What to show, and which files that takes; then people's answers, platform by platform."""
    markup.table(
        _("What each question takes"),
        [_("Question"), _("What it takes"), _("Where from")],
        [
            [
                _("Do people get answers?"),
                _("comments with answers"),
                _("see the next table"),
            ],
            [
                _("What do the units publish, and how many see it?"),
                _("posts with figures"),
                _("every platform: choose it below"),
            ],
            [
                _("Is somebody responsible for every account?"),
                _("no file"),
                _("the account register"),
            ],
        ],
    )
    markup.table(
        _("Do people get answers? What each platform lets us see"),
        [_("Platform"), _("Possible?"), _("Where from")],
        [[name, support.words, how] for name, support, how in answers_by_platform()],
    )


def choose() -> Guide:
    """The guide that the reader wants; the address carries it, so that a link can lead to it."""
    known = all_guides()
    first, kept = next(iter(known)), st.session_state.get(_KEPT)
    asked = st.query_params.get(GUIDE)
    wanted = asked if asked != kept and asked in known else st.session_state.get(GUIDE, kept)
    st.session_state[GUIDE] = wanted if wanted in known else first
    chosen = st.selectbox(
        _("Platform or tool"),
        list(known),
        key=GUIDE,
        format_func=lambda address: known[address].title,
    )
    st.session_state[_KEPT] = chosen
    st.query_params[GUIDE] = chosen
    return known[chosen]


def show(guide: Guide) -> None:
    """One guide: where to click, what to tick, limits, files, what is lacking, what to mind."""
    markup.paragraph(guide.gives, "sv-finding")
    st.subheader(_("Where do you click?"), anchor=False)
    if guide.names_buttons:
        markup.note(
            _(
                "Not tried on a Norwegian screen: the buttons may have other names. The English "
                "name stands in brackets."
            )
        )
    for way in guide.ways:
        _way(way)
    if guide.has_workbook:
        _empty_workbook()
    markup.paragraph(_last_step())
    _part(_("What do you tick?"), guide.tick)
    _part(_("How far does it reach?"), guide.limits)
    st.subheader(_("Which files does Svarvakt read?"), anchor=False)
    read = "".join(f"<li>{markup.escape(_reads(kind))}</li>" for kind in guide.files)
    st.html(f'<ul class="sv-signs" role="list">{read}</ul>')
    _part(_("What does it not give?"), guide.lacks)
    _part(_("What must you mind?"), guide.care)


def _empty_workbook() -> None:
    words = "en" if language() == "en" else "nb"
    name = _("Svarvakt template.xlsx")
    download.file(
        _("The empty workbook (Excel)"),
        name,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda: _workbook(words),
        f"empty-workbook-{words}",
    )


def _workbook(words: str) -> bytes:
    from etl.ingest.template_workbook import empty_workbook  # heavy, and few ask for it

    return empty_workbook(words)


def _part(heading: str, lines: Sequence[str]) -> None:
    st.subheader(heading, anchor=False)
    points(list(lines))


def _way(way: Way) -> None:
    name = f"<h4>{markup.escape(way.name)}</h4>" if way.name else ""
    steps = "".join(f"<li>{markup.escape(step)}</li>" for step in way.steps)
    st.html(f"{name}<ol>{steps}</ol>")


def _last_step() -> str:
    if not viewer.current().may_keep_register:
        return _("When you have the file: give it to the communications department, as it is.")
    return _("When you have the file: drop it, as it is, on the page «Import and data».")


def _reads(kind: FileKind) -> str:
    if kind.is_read:
        return f"{SYMBOLS['good']} " + _("{file}: yes").format(file=kind.words)
    return f"{NONE} " + _("{file}: no, not yet").format(file=kind.words)


def matrix() -> None:
    """The honest matrix (formats.md 13)."""
    markup.paragraph(
        _(
            "To see who got an answer, the file must tell whom an answer is for, which answers are "
            "ours, and hold all the comments."
        )
    )
    markup.table(
        _("What each source can show"),
        [
            _("Source"),
            _("Shows"),
            _("Tells whom an answer is for"),
            _("Tells what is ours"),
            _("Has all comments"),
        ],
        [
            [one.name, one.verdict, one.parent.words, one.owner.words, one.everything.words]
            for one in sources()
        ],
    )


def never() -> None:
    points(never_given())
