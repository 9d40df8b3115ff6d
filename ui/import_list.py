"""What is read in: every file, what it gave, the rows it lacks, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from svarvakt.i18n import _, day_and_time, number, short_day
from svarvakt.metrics.import_files import ImportRow, imports, rejected_reasons, rejected_rows
from ui import download, elsewhere, importing, labels, markup
from ui.data import ask
from ui.format_words import format_name
from ui.import_tables import Counts, account_words, counts, file_headers, table_with_counts
from ui.reason_words import worded

SHOWN = 50
MOST_REJECTED = 10_000
_UNDONE = "import-undone"


def show() -> None:
    """The files, newest first; undo under them; then what could not be used."""
    if st.session_state.pop(_UNDONE, False):
        markup.note(
            _("The file is taken out, and the figures are as they were without it."), "done"
        )
    found = ask(imports)
    if not found:
        markup.paragraph(_("Nothing has been read in yet."))
        return
    shown = found[:SHOWN]
    table_with_counts(
        _("Files read in, the newest first"), _headers(), list(map(_texts, shown)), _counts(shown)
    )
    every = _counts(found)
    download.button(
        "import",
        [*_headers(), *every, _("Remarks")],
        lambda: [
            [
                *_texts(one),
                *(column[at] for column in every.values()),
                " ".join(map(worded, one.warnings)),
            ]
            for at, one in enumerate(found)
        ],
    )
    _changed_columns(found)
    if not elsewhere.is_copy():
        _undo(found)
    _rejected()


def _headers() -> list[str]:
    return [*file_headers(), _("Downloaded"), _("Read in")]


def _texts(one: ImportRow) -> list[str]:
    account = account_words(one.account_id, one.account_name)
    when = [short_day(one.exported_at), short_day(one.imported_at)]
    return [one.name, format_name(one.format), account, *when]


def _remarks(one: ImportRow) -> str:
    return " ".join(map(worded, one.warnings))


def _counts(found: Sequence[ImportRow]) -> Counts:
    return counts([(f.posts, f.comments, f.replies, f.days, f.rejected) for f in found])


def _changed_columns(found: Sequence[ImportRow]) -> None:
    """A column that a platform added or renamed is no secret (formats.md 0.6)."""
    said = [
        [one.name, format_name(one.format), warning]
        for one in found
        for warning in one.warnings
        if warning.startswith("Kolonner vi ikke kjenner")
    ]
    if said:
        with st.expander(_("Columns that the platforms have added or renamed")):
            markup.table(
                _("Not used, and kept"), [_("File"), _("What it is"), _("Columns")], said[:SHOWN]
            )


def _undo(found: Sequence[ImportRow]) -> None:
    # Drawn when opened: thousands of files would be named on every rerun.
    opened = st.expander(_("Take a file out again"), key="import-undo-lid", on_change="rerun")
    if opened.open:
        with opened:
            _choose_file_to_undo(found)


def _choose_file_to_undo(found: Sequence[ImportRow]) -> None:
    names = {one.import_id: f"{one.name} ({day_and_time(one.imported_at)})" for one in found}
    chosen = st.selectbox(
        _("File"),
        list(names),
        index=None,
        format_func=labels.of(names, {one.import_id: one.folder for one in found}),
        placeholder=_("choose a file"),
        key="import-undo-which",
    )
    markup.paragraph(
        _("Everything the file gave goes, and older files count again. Decisions stay.")
    )
    if st.button(_("Take it out"), disabled=chosen is None, key="import-undo") and chosen:
        with st.spinner(_("Working out the figures …")):
            importing.take_out(chosen)
        st.session_state[_UNDONE] = True
        st.rerun()


def _rejected() -> None:
    reasons = ask(rejected_reasons)
    if not reasons:
        return
    with st.expander(_("Rows that could not be used")):
        rows = [[worded(reason), number(n)] for reason, n in reasons]
        markup.table(_("Why"), [_("Reason"), _("Rows")], rows[:SHOWN], frozenset({1}))
        download.button(
            "avviste-rader",
            [_("File"), _("Line"), _("Reason"), _("The row, masked")],
            lambda: [
                [one.name, one.line, worded(one.reason), one.raw]
                for one in ask(rejected_rows, MOST_REJECTED)
            ],
        )
