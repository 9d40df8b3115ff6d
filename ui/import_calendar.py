"""The calendar of what is covered: account by month (M17), with words, never colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import dropwhile

import streamlit as st

from svarvakt.i18n import NBSP, _, month, ngettext, number, short_day, short_month
from svarvakt.metrics import CoverageRow, add_months
from ui import download, markup
from ui.import_tables import account_words
from ui.words import NONE, platform

MONTHS = 12
SHOWN = 12  # accounts in sight without a click


def show(rows: Sequence[CoverageRow], last: date) -> None:
    """The last twelve months; each cell says what the files hold, the last column how old it is."""
    months = [add_months(last, -n) for n in range(MONTHS - 1, -1, -1)]
    by_account: dict[str, dict[date, CoverageRow]] = {}
    for row in rows:
        by_account.setdefault(row.account_id, {})[row.month] = row
    legend()
    idle = [_line(one, months) for one in by_account.values() if _is_idle(one)]
    lines = [_line(one, months) for one in by_account.values() if not _is_idle(one)]
    whole = [line for line in lines if _is_whole(line)]
    elsewhere = [line for line in lines if set(line[1:-1]) == {NONE}]
    lacking = [line for line in lines if line not in whole and line not in elsewhere]
    if lacking:
        _table(_("Accounts where something is missing"), lacking, months)
    if whole:
        words = ngettext(
            "{n} account where everything is covered",
            "{n} accounts where everything is covered",
            len(whole),
        )
        with st.expander(words, expanded=not lacking and len(whole) <= SHOWN):
            _table(_("Accounts where everything is covered"), whole, months)
    if elsewhere:
        words = ngettext(
            "{n} account with files from other months only",
            "{n} accounts with files from other months only",
            len(elsewhere),
        )
        with st.expander(words):
            _table(_("Accounts with files from other months only"), elsewhere, months)
    if idle:
        words = ngettext(
            "{n} account that is closed or paused, and lacks nothing",
            "{n} accounts that are closed or paused, and lack nothing",
            len(idle),
        )
        with st.expander(words):
            _table(_("Accounts that are closed or paused"), idle, months)
    download.button("datagrunnlag", _file_headers(), lambda: map(_file_row, rows))


def _is_idle(found: dict[date, CoverageRow]) -> bool:
    return any(row.is_idle for row in found.values())


def _table(caption: str, lines: Sequence[Sequence[str]], months: Sequence[date]) -> None:
    headers = [_("Account"), *(short_month(one) for one in months), _("Newest file")]
    markup.table(caption, headers, lines)


def _is_whole(line: Sequence[str]) -> bool:
    """No month of the account lacks anything, from its first one on."""
    cells = list(dropwhile(lambda cell: cell == NONE, line[1:-1]))
    return bool(cells) and set(cells) == {_("✓ all").replace(" ", NBSP)}


def legend() -> None:
    """What the symbols say."""
    said = (
        (_("✓ all"), _("posts, and comments that can be linked to threads")),
        (_("◐ some"), _("comments are missing, or cannot be linked")),
        (_("○ posts"), _("posts only, no comments")),
        (NONE, _("nothing read in")),
    )
    text = " · ".join(f"{short} = {words}" for short, words in said)
    markup.paragraph(text, "sv-muted")


def state(row: CoverageRow | None) -> str:
    """What the files hold of an account and month: a symbol and a word."""
    if row is None or row.posts + row.items + row.replies == 0:
        return NONE
    if not row.has_comment_data and not row.items:
        return _("○ posts")
    return _("◐ some") if row.is_thin or not row.has_comment_data else _("✓ all")


def finding(rows: Sequence[CoverageRow], files: int, known_accounts: int) -> str:
    """The page's sentence: how much it rests on, and what is missing most.

    `known_accounts` are all of the choice, those that no file covers too (M17).
    """
    if not rows:
        return _("Nothing has been read in yet. Drop the files from the platforms below.")
    accounts = {row.account_id for row in rows}
    has_comments = (row.has_comment_data or row.items or row.is_idle for row in rows)
    bare = accounts - {row.account_id for row, has in zip(rows, has_comments, strict=True) if has}
    said = _("The figures rest on {files} and cover {accounts}.").format(
        files=ngettext("{n} file", "{n} files", files),
        accounts=_covered(len(accounts), known_accounts),
    )
    if bare:
        said += " " + ngettext(
            "For {n} account there are posts only: its comments are missing.",
            "For {n} accounts there are posts only: their comments are missing.",
            len(bare),
        )
    return said


def _covered(covered: int, known: int) -> str:
    """`36 kontoer`, or `35 av 36 kontoer` where some have no file."""
    if covered >= known:
        return ngettext("{n} account", "{n} accounts", covered)
    return _("{part} of {accounts}").format(
        part=number(covered), accounts=ngettext("{n} account", "{n} accounts", known)
    )


def _line(found: dict[date, CoverageRow], months: Sequence[date]) -> list[str]:
    row = max(found.values(), key=lambda one: one.month)
    return [
        account_words(row.account_id, row.account_name),
        *(state(found.get(one)).replace(" ", NBSP) for one in months),
        short_day(row.as_of) if row.as_of else NONE,
    ]


def _file_headers() -> list[str]:
    return [
        _("Account"), _("Platform"), _("Month"), _("Posts"), _("Comments"), _("Own replies"),
        _("Cannot be linked"), _("Comments that the platform counts"), _("Newest file"),
    ]  # fmt: skip


def _file_row(row: CoverageRow) -> list[str | int | None]:
    return [
        row.account_name, platform(row.platform), month(row.month), row.posts, row.items,
        row.replies, row.cannot_link, row.announced_comments,
        short_day(row.as_of) if row.as_of else None,
    ]  # fmt: skip
