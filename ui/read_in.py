"""«Les inn nye filer»: the button, its progress, and the result in plain words."""

from __future__ import annotations

from typing import Any

import streamlit as st

from svarvakt import settings
from svarvakt.i18n import _, ngettext
from ui import elsewhere, guide_link, importing, markup, viewer
from ui.import_work import with_progress

_RESULT = "read-in-result"


def in_sidebar() -> None:
    """The button under the filters, with the result of the last press; none beside a copy."""
    if elsewhere.is_copy():
        return
    with st.sidebar:
        st.divider()
        _button()
    result = st.session_state.pop(_RESULT, None)
    if result is not None:
        _show(result)


def empty_state() -> None:
    """No warehouse at all: what Svarvakt needs, and the button that starts it."""
    st.title(_("Nothing has been read in yet"), anchor=False)
    markup.paragraph(
        _(
            "Svarvakt shows whether people get answers on the municipality's social "
            "media. It needs the files that the platforms let you export."
        ),
        "sv-finding",
    )
    if elsewhere.is_copy():
        elsewhere.say()
        markup.mark("page-is-ready")
        return
    for step in (
        _(
            "1. Export posts and comments from Meta Business Suite, YouTube Studio or "
            "another platform."
        ),
        _(
            "2. Drop the files below, or put them in the folder {folder} and press the button."
        ).format(folder=settings.data_dir() / "exports"),
    ):
        markup.paragraph(step)
    guide_link.show()
    if viewer.current().may_keep_register:
        from ui import import_fetch, import_new  # heavy; only wanted here

        import_new.show()
        import_fetch.show()
    _button()
    result = st.session_state.pop(_RESULT, None)
    if result is not None:
        _show(result)
    markup.mark("page-is-ready")


def _button() -> None:
    if viewer.current().may_keep_register and st.button(
        _("Read in new files"), icon=":material/refresh:", key="read-in"
    ):
        _read_in()


def _read_in() -> None:
    from etl.pipeline import load_exports  # heavy; only wanted when the button is pressed

    report = with_progress(
        load_exports,
        _("Reading in files …"),
        _(
            "The files could not be read in. The figures are as they were before. Look in "
            "the window where Svarvakt runs for the reason, and try again."
        ),
    )
    if report is None:
        return
    importing.log_loaded(report)
    st.session_state[_RESULT] = report
    st.rerun()


def _show(report: Any) -> None:
    """What became of each file; refused ones first, with the reason."""
    files = list(report.files)
    loaded = [file for file in files if file.status == "loaded"]
    refused = [file for file in files if file.status == "refused"]
    if not files:
        markup.note(
            _("There were no files in {folder}.").format(folder=settings.data_dir() / "exports"),
            "warning",
        )
        return
    words = [
        ngettext("{n} file read in", "{n} files read in", len(loaded)),
        ngettext(
            "{n} was known from before",
            "{n} were known from before",
            len(files) - len(loaded) - len(refused),
        ),
        ngettext("{n} could not be used", "{n} could not be used", len(refused)),
    ]
    markup.note(", ".join(words) + ".", "warning" if refused else "")
    with st.expander(_("Show the files"), expanded=bool(refused)):
        from ui.import_tables import file_tables  # knows every format; only wanted here

        file_tables(loaded, refused)
