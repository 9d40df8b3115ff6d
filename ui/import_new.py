"""Files in: what each one is, what it would give, what it cannot say itself, and then saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st

from etl.ingest.batch import FileReport
from etl.ingest.staging import ImportOverrides
from svarvakt.i18n import _, local, ngettext
from ui import import_questions, import_wizard, importing, markup
from ui.import_tables import file_tables
from ui.import_work import with_progress

_RESULT = "import-result"
_ROUND = "import-round"  # a new key empties the place to drop files


def show() -> None:
    """The place to drop files, the preview, and the button that saves."""
    today = local(datetime.now(UTC)).date()
    _said_before()
    dropped = _dropped()
    if not dropped:
        importing.forget()
        return
    paths = importing.keep(dropped)
    day = st.date_input(
        _("When were the files downloaded?"),
        today,
        max_value=today,
        format="DD.MM.YYYY",
        key="import-day",
        help=_("Used for files that do not say it themselves. The newest file decides a figure."),
    )
    said = {"": ImportOverrides(exported_at=importing.noon(day))}
    reports = _looked_at(paths, said)
    if reports is None:
        return
    answers = import_questions.ask(reports, said[""])
    if answers:
        said |= answers
        reports = _looked_at(paths, said) or reports
    _preview(reports)
    for file in [one for one in reports if one.question == "columns"][:1]:
        import_wizard.show(file, paths)
    import_wizard.change(reports, paths)
    _save_button(paths, said, reports)


def _dropped() -> list[Any]:
    from ui.uploading import several_files

    turn = st.session_state.setdefault(_ROUND, 0)
    return several_files(
        _("Files from the platforms: CSV, Excel, JSON or zip, just as they were downloaded"),
        f"import-files-{turn}",
    )


def _looked_at(paths: list[Path], said: dict[str, ImportOverrides]) -> list[FileReport] | None:
    """The files' reports; None when looking stopped, which is then said."""
    return with_progress(
        lambda told: importing.look(paths, said, told),
        _("Looking at the files …"),
        _("The files could not be looked at. Nothing is saved. Try one file at a time."),
    )


def _preview(reports: Sequence[FileReport]) -> None:
    known = [one for one in reports if one.status == "already loaded"]
    useful = [one for one in reports if one.status == "loaded"]
    refused = [one for one in reports if one.status == "refused"]
    markup.paragraph(_summary(useful, refused, known), "sv-finding")
    file_tables(useful, refused)
    if known:
        names = ", ".join(importing.file_name(one) for one in known[:8])
        markup.paragraph(_("Read in before: {names}.").format(names=names), "sv-muted")


def _summary(
    useful: Sequence[FileReport], refused: Sequence[FileReport], known: Sequence[FileReport]
) -> str:
    words = [ngettext("{n} file can be read in", "{n} files can be read in", len(useful))]
    if refused:
        words.append(ngettext("{n} cannot be used", "{n} cannot be used", len(refused)))
    if known:
        words.append(ngettext("{n} is known already", "{n} are known already", len(known)))
    return ", ".join(words) + "."


def _is_usable(file: FileReport) -> bool:
    """Not a file of which every row is rejected: nothing of it could be kept."""
    return file.status == "loaded" and (file.rows_used > 0 or file.rejected == 0)


def _save_button(
    paths: list[Path], said: dict[str, ImportOverrides], reports: Sequence[FileReport]
) -> None:
    useful = [one for one in reports if _is_usable(one)]
    save, drop, _rest = st.columns([1, 1, 3])
    if save.button(
        ngettext("Save {n} file", "Save {n} files", len(useful)),
        type="primary",
        disabled=not useful,
        key="import-save",
        width="stretch",
    ):
        _save(paths, said, useful)
    if drop.button(_("Put them aside"), key="import-drop", width="stretch"):
        _start_over()


def _save(
    paths: list[Path], said: dict[str, ImportOverrides], useful: Sequence[FileReport]
) -> None:
    report = with_progress(
        lambda told: importing.save(paths, said, told),
        _("Reading in files …"),
        _(
            "The files could not be read in. The figures are as they were before. Look in "
            "the window where Svarvakt runs for the reason, and try again."
        ),
    )
    if report is None:
        return
    for file in useful:
        if file.sha256 in said:
            importing.remember(file, said[file.sha256])
    st.session_state[_RESULT] = [one for one in report.files if one.status == "loaded"]
    _start_over()


def _start_over() -> None:
    importing.forget()
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


def _said_before() -> None:
    loaded = st.session_state.pop(_RESULT, None)
    if loaded is None:
        return
    counts = [
        ngettext("{n} post", "{n} posts", sum(one.posts for one in loaded)),
        ngettext("{n} comment", "{n} comments", sum(one.comments for one in loaded)),
        ngettext("{n} own reply", "{n} own replies", sum(one.replies for one in loaded)),
    ]
    markup.note(
        _("{files}: {counts}. The figures are up to date.").format(
            files=ngettext("{n} file read in", "{n} files read in", len(loaded)),
            counts=", ".join(counts),
        ),
        "done",
    )
