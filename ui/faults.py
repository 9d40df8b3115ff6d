"""Factual errors: registered, corrected, and how long they have stood (G7, M11)."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from svarvakt import metrics, settings
from svarvakt.i18n import _, day, local, ngettext, short_day
from svarvakt.metrics import ErrorRow, PostRow, Scope
from ui import choices, decided, deciding, labels
from ui.data import ask
from ui.deciding import Wanted
from ui.filters import Selection
from ui.markup import escape, link, paragraph
from ui.words import platform

NEWEST = 20
MOST = 50


def show(selection: Selection) -> None:
    """The open errors, and the form for a new one."""
    st.header(_("Factual errors that are not corrected"), anchor=False)
    found = open_errors(selection.scope)
    if not found:
        paragraph(_("None."))
    for each in found:
        _row(each)
    register(selection)


def open_errors(scope: Scope) -> list[ErrorRow]:
    """The errors that are not corrected, the oldest first, but for what was just decided."""
    since = decided.since_figures()
    found = ask(metrics.error_list, scope, MOST)
    return [
        each
        for each in found
        if each.corrected_at is None
        and not any(made.slot == "error" for made in since.get(each.subject, ()))
    ]


def _row(error: ErrorRow) -> None:
    with st.container(border=True):
        told, way = st.columns([3.6, 1], vertical_alignment="center")
        where = f"{error.account_name} ({platform(error.platform)})"
        style = "sv-age" if error.is_open_over_day else "sv-muted"
        words = error.text or _("The text is not stored for this service.")
        words_on = _("Open on {platform}").format(platform=platform(error.platform))
        told.html(
            f'<div class="sv-item"><p class="sv-where">{escape(where)}</p>'
            f'<p class="{style}">{escape(_age(error))}</p><blockquote>{escape(words)}</blockquote>'
            f"<p>{link(words_on, error.permalink)}</p>"
            "</div>"
        )
        with way:
            _corrected(error)


def _age(error: ErrorRow) -> str:
    """When it was found, and how long it has stood in days of the calendar (M11)."""
    found = _("found {day}").format(day=day(error.found_at))
    days = (settings.today() - local(error.found_at).date()).days
    return found + (", " + ngettext("open for {n} day", "open for {n} days", days) if days else "")


def _corrected(error: ErrorRow) -> None:
    key = f"corrected-{error.subject}"
    st.date_input(
        _("Corrected on"),
        value=settings.today(),
        max_value=settings.today(),
        key=f"{key}-day",
        format="DD.MM.YYYY",
    )
    st.button(
        _("Corrected"),
        key=key,
        on_click=_want,
        args=("error_corrected", "corrected_on", error.subject, error.about, f"{key}-day"),
        width="stretch",
    )


def _want(kind: str, field: str, subject: str, about: str, key: str) -> None:
    details = {field: choices.iso(st.session_state.get(key))}
    deciding.want(Wanted(kind, subject, deciding.seen(), about=about, details=details))


def register(selection: Selection) -> None:
    """The form: the link to a post of ours, or one of the account's newest posts."""
    with st.expander(_("Register a factual error in a post of ours")):
        address = st.text_input(_("Link to the post"), key="fault-link", max_chars=1000)
        if address:
            found: Sequence[PostRow] = ask(metrics.posts_at, decided.ANY_TIME, address)
            if not found:
                paragraph(_("None of the posts that are read in has this link."))
        else:
            found = _newest(selection)
        if found:
            register_fault(found[0].post_id, found[0])


def _newest(selection: Selection) -> Sequence[PostRow]:
    if selection.account is None:
        paragraph(_("Or choose an account at the side, to choose among its newest posts."))
        return []
    found = {post.post_id: post for post in ask(metrics.newest_posts, selection.scope, NEWEST)}
    chosen = st.selectbox(
        _("Or one of the account's newest posts"),
        list(found),
        index=None,
        key="fault-post",
        format_func=labels.of({key: _name(post) for key, post in found.items()}),
    )
    return [found[chosen]] if chosen else []


def _name(post: PostRow) -> str:
    published = short_day(post.published_at) if post.published_at else ""
    return f"{published} {(post.text or '')[:80]}".strip() or post.post_id


def register_fault(post_id: str, post: PostRow | None = None) -> None:
    """When it was found, and the button that registers it."""
    if post is not None:
        paragraph(f"{post.account_name} ({platform(post.platform)}): {_name(post)}")
    key = f"fault-{post_id}"
    st.date_input(
        _("Found on"),
        value=settings.today(),
        max_value=settings.today(),
        key=f"{key}-day",
        format="DD.MM.YYYY",
    )
    st.button(
        _("Register the error"),
        key=key,
        type="primary",
        on_click=_want,
        args=("error_found", "found_on", post_id, "post", f"{key}-day"),
    )
