"""What a file cannot say itself: its account, and the order of its dates. Asked, never guessed."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import streamlit as st

import settings
from decisions import current_register
from etl.find import PLATFORMS
from etl.reader import FileReport
from etl.shapes import Answers
from i18n import _
from ui import importing, labels, markup
from ui.format_words import format_name
from ui.words import platform

_OTHER = "other"
MOST = 20  # files asked about at once


def ask(reports: Sequence[FileReport], common: Answers) -> dict[str, Answers]:
    """The answers by SHA-256, on top of `common`; empty while nobody has said anything."""
    asking = [one for one in reports if one.question in ("account", "is_day_first")]
    found: dict[str, Answers] = {}
    if not asking:
        return found
    markup.note(_("Some files do not say everything themselves. Please fill in:"), "warning")
    for file in asking[:MOST]:
        said = _account(file) if file.question == "account" else _order(file)
        if said is not None:
            found[file.sha256] = dataclasses.replace(said, exported_at=common.exported_at)
    if len(asking) > MOST:
        markup.paragraph(_("The other files are asked about when these are saved."))
    return found


def _order(file: FileReport) -> Answers | None:
    words = {True: _("day first: 04.01. is 4 January"), False: _("month first: 04/01 is April 1")}
    known = importing.remembered(file).get("is_day_first")
    chosen = st.radio(
        _("{file}: how are the dates written?").format(file=importing.file_name(file)),
        [True, False],
        index=None if known is None else int(not known),
        format_func=lambda one: words[one],
        key=f"import-order-{file.sha256}",
    )
    return None if chosen is None else Answers(is_day_first=chosen)


def _account(file: FileReport) -> Answers | None:
    choices = _known_accounts(file.platform)
    known = str(importing.remembered(file).get("account") or "")
    if known and known not in choices:
        choices = {known: _named(known), **choices}
    label = _("{file} ({what}): which account is it?").format(
        file=importing.file_name(file), what=format_name(file.format)
    )
    chosen = st.selectbox(
        label,
        [*choices, _OTHER],
        index=[*choices].index(known) if known else None,
        format_func=labels.of({**choices, _OTHER: _("another account …")}),
        placeholder=_("choose an account"),
        key=f"import-account-{file.sha256}",
    )
    if chosen == _OTHER:
        chosen = _typed(file)
    return Answers(account=chosen) if chosen else None


def _typed(file: FileReport) -> str | None:
    """An account that is not in the register yet: its platform and its name there."""
    left, right = st.columns(2)
    possible = [file.platform] if file.platform else list(PLATFORMS)
    code = left.selectbox(
        _("Platform"), possible, format_func=platform, key=f"import-platform-{file.sha256}"
    )
    name = right.text_input(
        _("The account's name in its address"),
        key=f"import-name-{file.sha256}",
        help=_("The last part of the address: in facebook.com/kommunen it is «kommunen»."),
    ).strip()
    name = name.rstrip("/").rpartition("/")[2].lstrip("@")
    return f"{code}:{name}" if name else None


def _known_accounts(code: str | None) -> dict[str, str]:
    accounts = current_register(settings.data_dir()).accounts
    fitting = [one for one in accounts if code in (None, one.platform)]
    names = {
        one.account_id: f"{platform(one.platform)} · {one.name or one.account_id}"
        for one in fitting
    }
    return labels.unique(names, {one.account_id: one.handle or "" for one in fitting})


def _named(account_id: str) -> str:
    code, _colon, name = account_id.partition(":")
    return f"{platform(code)} · {name}"
