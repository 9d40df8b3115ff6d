"""The list one can act on: oldest first, the text as plain text, a way to the platform."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from svarvakt.i18n import _, day, day_and_time
from svarvakt.metrics import ItemRow
from ui import (
    assessment,
    decided,
    deciding,
    decision_words,
    download,
    gate,
    logged_once,
    viewer,
)
from ui.markup import beside, escape, is_safe, paragraph
from ui.words import age, platform, unit

WIDTH_BESIDE = 200  # pixels
T = TypeVar("T")
_TEXT = 6  # the column of the comment's text
PAGES = ("arbeidsliste", "ubesvarte-negative")  # with several lists each: one event in the log


def show(
    items: Sequence[ItemRow],
    name: str,
    *,
    with_tone: bool = False,
    with_decisions: bool = False,
    whole: Callable[[], Sequence[ItemRow]] | None = None,
) -> None:
    """One framed item under another, and the list as a file: the `whole` one, asked for then.

    With decisions the page calls `deciding.settle` before it asks for the items, and
    `deciding.said` above them.
    """
    if any(item.text for item in items):
        _log_reading(name)
    since = decided.since_figures() if with_decisions else {}
    for item in items:
        with st.container(border=True):
            told = [decision_words.of(each) for each in since.get(item.item_id, ())]
            with beside(_markup(item, with_tone, told), WIDTH_BESIDE, horizontal=True):
                _way(item)
                if with_decisions:
                    deciding.buttons(item, name)
            if with_decisions:
                deciding.opened(item, name)
    if items:
        _file(name, whole or (lambda: items))


def _file(name: str, every: Callable[[], Sequence[ItemRow]]) -> None:
    """The list as a file: without the texts of citizens unless the reader asks for them (R50)."""
    with_text = st.checkbox(_("The file holds the texts of the comments"), key=f"with-text-{name}")
    headers = _headers() if with_text else _without_text(_headers())
    download.button(
        name,
        headers,
        lambda: [_values(item) if with_text else _without_text(_values(item)) for item in every()],
    )


def _without_text(cells: Sequence[T]) -> list[T]:
    return [*cells[:_TEXT], *cells[_TEXT + 1 :]]


def _log_reading(name: str) -> None:
    """R72: that a role saw texts, once per sign-in and page; never which."""
    page = next((page for page in PAGES if name.startswith(page)), name)
    logged_once.log(gate.owner(), viewer.current().role, "texts_read", page)


def _markup(item: ItemRow, with_tone: bool, told: Sequence[str]) -> str:
    where = f"{item.account_name} ({platform(item.platform)})"
    parts = [
        f'<p class="sv-where">{escape(where)}</p>',
        f'<p class="{"sv-age" if item.is_overdue else "sv-muted"}">{escape(waited(item))}</p>',
        *(_grey(_("Registered: {what}.").format(what=each)) for each in told),
        _grey(_lapsed()) if item.is_claim_lapsed else "",
        _text(item),
        _advice() if "is_sensitive" in item.flags and not item.is_hidden else "",
        f'<p class="sv-muted">{escape(" · ".join(_remarks(item, with_tone)))}</p>',
    ]
    return f'<div class="sv-item">{"".join(parts)}</div>'


def waited(item: ItemRow) -> str:
    """`Har ventet 4 arbeidsdager, siden 7. mai 2026 kl. 08.05, over fristen`."""
    if item.answered_at:
        return _("Received {received}, answered {answered}").format(
            received=day_and_time(item.received_at), answered=day(item.answered_at)
        )
    since = _("since {time}").format(time=day_and_time(item.received_at))
    if item.age_working_days is None:
        return since
    said = _("Has waited {time}, {since}").format(time=age(item.age_working_days), since=since)
    return said + (_(", past the deadline") if item.is_overdue else "")


def _lapsed() -> str:
    return _("Registered as answered, but a newer export shows no reply.")


def _advice() -> str:
    """What to do first about what may be sensitive; the text shown here is masked already."""
    said = _("Hide the comment on the platform: it may tell of somebody's health or private life.")
    return f'<p class="sv-note sv-warning">{escape(said)}</p>'


def _text(item: ItemRow) -> str:
    if item.is_vanished:
        return _grey(_("The comment is gone from the platform."))
    if item.text is None:
        return _grey(_("The text is not stored."))
    return f"<blockquote>{escape(item.text)}</blockquote>"


def _grey(words: str) -> str:
    return f'<p class="sv-muted">{escape(words)}</p>'


def _remarks(item: ItemRow, with_tone: bool) -> list[str]:
    remarks = [unit(item.unit_name)] if item.unit_name else []
    remarks += assessment.lines(item, with_tone)
    if item.case_number:
        remarks.append(_("case number {number}").format(number=item.case_number))
        remarks += [] if item.is_citizen_told else [_("the citizen is not told")]
    if item.is_hidden:
        remarks.append(_("hidden on the platform"))
    return remarks


def _way(item: ItemRow) -> None:
    if is_safe(item.permalink):
        st.link_button(
            _("Open on {platform}").format(platform=platform(item.platform)),
            str(item.permalink),
            key=f"open-{item.item_id}",
            icon=":material/open_in_new:",
            width="stretch",
        )
    else:
        paragraph(_("The export gives no link to this comment."), "sv-muted")


def _headers() -> list[str]:
    return [
        _("Account"),
        _("Platform"),
        _("Unit"),
        _("Received"),
        _("Working days waited"),
        _("Past the deadline"),
        _("Text"),
        _("Link"),
    ]


def _values(item: ItemRow) -> list[download.Value]:
    waiting = None if item.age_working_days is None else round(item.age_working_days, 1)
    return [
        item.account_name,
        platform(item.platform),
        unit(item.unit_name),
        item.received_at,
        waiting,
        item.is_overdue,
        item.text,
        item.permalink,
    ]
