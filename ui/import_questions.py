"""What a file cannot say itself: its account, and the order of its dates. Asked, never guessed."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from etl.ingest.batch import FileReport
from etl.ingest.staging import ImportOverrides
from svarvakt import settings
from svarvakt.decisions import current_register
from svarvakt.i18n import _, local
from svarvakt.platforms import PLATFORMS
from ui import importing, labels, markup
from ui.format_words import format_name
from ui.words import platform

_OTHER = "other"
MOST = 20  # files asked about at once


def ask(reports: Sequence[FileReport], common: ImportOverrides) -> dict[str, ImportOverrides]:
    """The answers by SHA-256, on top of `common`; empty while nobody has said anything."""
    asking = [one for one in reports if one.question in _ASKED]
    found = _answered_before(reports, common)
    if not asking:
        return found | _dated(reports, common, found)
    markup.note(_("Some files do not say everything themselves. Please fill in:"), "warning")
    for file in asking[:MOST]:
        said = _ASKED[str(file.question)](file)
        if said is not None:
            found[file.sha256] = dataclasses.replace(said, exported_at=common.exported_at)
    if len(asking) > MOST:
        markup.paragraph(_("The other files are asked about when these are saved."))
    return found | _dated(reports, common, found)


def _dated(
    reports: Sequence[FileReport], common: ImportOverrides, found: Mapping[str, ImportOverrides]
) -> dict[str, ImportOverrides]:
    """The answers of the files that have been given a day of their own, with that day."""
    return {
        sha256: dataclasses.replace(found.get(sha256, common), exported_at=dated.exported_at)
        for sha256, dated in _days(reports, common).items()
    }


def _answered_before(
    reports: Sequence[FileReport], common: ImportOverrides
) -> dict[str, ImportOverrides]:
    """Answers about partners that are changed now; those of earlier files stand till then."""
    files = [one for one in reports if one.partners and one.question is None][:MOST]
    found: dict[str, ImportOverrides] = {}
    if not files:
        return found
    with st.expander(_("Accounts that you have answered about before")):
        for file in files:
            said = _partners(file)
            if said and set(said.partners) - {(one.account, one.is_ours) for one in file.partners}:
                found[file.sha256] = dataclasses.replace(said, exported_at=common.exported_at)
    return found


def _order(file: FileReport) -> ImportOverrides | None:
    words = {True: _("day first: 04.01. is 4 January"), False: _("month first: 04/01 is April 1")}
    known = importing.remembered(file).get("is_day_first")
    chosen = st.radio(
        _("{file}: how are the dates written?").format(file=importing.file_name(file)),
        [True, False],
        index=None if known is None else int(not known),
        format_func=lambda one: words[one],
        key=f"import-order-{file.sha256}",
    )
    return None if chosen is None else ImportOverrides(is_day_first=chosen)


def _accounts(file: FileReport) -> ImportOverrides | None:
    """The file's account; of a file with several platforms, one for each."""
    several = file.unknown_accounts if len(file.unknown_accounts) > 1 else []
    if not several:
        only = file.platform or next(iter(file.unknown_accounts), None)
        chosen = _account(file, only)
        return ImportOverrides(account=chosen) if chosen else None
    found = [_account(file, code) for code in several]
    return ImportOverrides(accounts=tuple(filter(None, found))) if all(found) else None


def _account(file: FileReport, code: str | None) -> str | None:
    choices = _known_accounts(code)
    known = str(importing.remembered(file).get("account") or "")
    known = known if code in (None, known.partition(":")[0]) else ""
    if known and known not in choices:
        choices = {known: _named(known), **choices}
    what = format_name(file.format)
    if len(file.unknown_accounts) > 1 and code:
        what = platform(code)
    label = _("{file} ({what}): which account is it?").format(
        file=importing.file_name(file), what=what
    )
    chosen = st.selectbox(
        label,
        [*choices, _OTHER],
        index=[*choices].index(known) if known else None,
        format_func=labels.of({**choices, _OTHER: _("another account …")}),
        placeholder=_("choose an account"),
        key=_key("account", file, code),
    )
    if chosen == _OTHER:
        return _typed(file, code)
    return chosen or None


def _key(what: str, file: FileReport, code: str | None) -> str:
    several = f"-{code}" if len(file.unknown_accounts) > 1 else ""
    return f"import-{what}-{file.sha256}{several}"


def _partners(file: FileReport) -> ImportOverrides | None:
    """Whether the accounts that publish with the municipality's are its own."""
    found = []
    for partner in file.partners:
        is_ours = st.radio(
            _("{file}: is the account «{name}» yours?").format(
                file=importing.file_name(file), name=partner.name
            ),
            [False, True],
            index=None if partner.is_ours is None else int(partner.is_ours),
            format_func=lambda one: _("yes, it is ours") if one else _("no, a partner's"),
            key=f"import-partner-{file.sha256}-{partner.account}",
        )
        if is_ours is not None:
            found.append((partner.account, is_ours))
    return ImportOverrides(partners=tuple(found)) if found else None


def _typed(file: FileReport, only: str | None) -> str | None:
    """An account that is not in the register yet: its platform and its name there."""
    left, right = st.columns(2)
    possible = [only] if only else list(PLATFORMS)
    code = left.selectbox(
        _("Platform"), possible, format_func=platform, key=_key("platform", file, only)
    )
    name = right.text_input(
        _("The account's name in its address"),
        key=_key("name", file, only),
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


def _zone(file: FileReport) -> ImportOverrides | None:
    """The zone of times that are written without one; nothing said = Norwegian time, as told."""
    words = {
        "Europe/Oslo": _("Norwegian time"),
        "UTC": _("UTC (Greenwich time)"),
        "America/New_York": _("New York"),
        "America/Los_Angeles": _("Los Angeles"),
    }
    known = importing.remembered(file).get("time_zone")
    chosen = st.radio(
        _("{file}: which time zone are the times written in?").format(
            file=importing.file_name(file)
        ),
        list(words),
        index=list(words).index(str(known)) if known in words else None,
        format_func=lambda one: words[one],
        key=f"import-zone-{file.sha256}",
        horizontal=True,
    )
    return None if chosen is None else ImportOverrides(time_zone=chosen)


def _days(reports: Sequence[FileReport], common: ImportOverrides) -> dict[str, ImportOverrides]:
    """The day of each file where one account has several that do not say it: the newest decides."""
    undated = [one for one in reports if one.status == "loaded" and not one.is_dated]
    accounts = Counter(one.account_id for one in undated)
    asking = [one for one in undated if accounts[one.account_id] > 1][:MOST]
    if not asking:
        return {}
    markup.note(
        _(
            "Several files are of one account and do not say when they were downloaded. The "
            "newest decides: give each its day, if they were downloaded on different days."
        ),
        "warning",
    )
    usual = local(common.exported_at or datetime.now(UTC)).date()
    found = {}
    for file in asking:
        day = st.date_input(
            importing.file_name(file),
            usual,
            max_value=local(datetime.now(UTC)).date(),
            format="DD.MM.YYYY",
            key=f"import-day-{file.sha256}",
        )
        if day != usual:
            found[file.sha256] = ImportOverrides(exported_at=importing.noon(day))
    return found


_ASKED = {
    "account": _accounts,
    "is_day_first": _order,
    "partners": _partners,
    "time_zone": _zone,
}
