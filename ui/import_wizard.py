"""A table that no format knows: a person says what its columns are, once for all files like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from etl.ingest.batch import FileReport
from etl.ingest.column_templates import decision_of, mappings
from etl.ingest.detection import sample_of
from etl.ingest.mapping_preview import Preview, PreviewRow, preview
from etl.ingest.staging import UnsupportedFile
from etl.lake import store as lake
from svarvakt import settings
from svarvakt.decisions import open_store
from svarvakt.i18n import _, day_and_time, ngettext, number
from ui import importing, markup, viewer
from ui.import_mapping import answers, field_words, header_row, shown_mapping
from ui.reason_words import worded
from ui.words import platform

_TEXT = 80  # characters of a text that is shown as it is read


def show(file: FileReport, paths: Sequence[Path], before: Mapping[str, Any] | None = None) -> None:
    """The questions about one table, how its rows are read, and the button that keeps the answers.

    `before` is what was said of such tables, to be changed.
    """
    path = next((one for one in paths if str(one) == file.path), None)
    if path is None:  # a member of a zip
        markup.paragraph(_("Unpack the zip file to say what the columns are."))
        return
    name = importing.file_name(file)
    with st.expander(
        _("Say what the columns of {file} are").format(file=name), expanded=before is None
    ):
        head = sample_of(path)
        at = header_row(head, file.sha256, before)
        said = answers(head, at, file.sha256, before)
        is_usable = said["times"] is not None and _shown(path, said)
        if st.button(
            _("Use these columns"),
            type="primary",
            key=f"wizard-keep-{file.sha256}",
            disabled=not is_usable or dict(said) == before,
        ):
            _keep(said)


def change(reports: Sequence[FileReport], paths: Sequence[Path]) -> None:
    """The same questions about files whose columns have been explained before."""
    known = mappings(settings.data_dir())
    names = {one["import_id"]: one["format"] for one in _imports()} if known else {}
    for file in reports:
        before = known.get(file.format or names.get(file.sha256, ""))
        if before is not None:
            show(file, paths, before)


def kept_templates() -> None:
    """The tables that people have explained: their columns, their files, a way to forget them."""
    known = mappings(settings.data_dir())
    if not known:
        return
    read = _imports()
    st.header(_("Tables that you have explained"), anchor=False)
    for name, mapping in known.items():
        files = [one["path"].rpartition("/")[2] for one in read if one["format"] == name]
        with st.expander(f"{mapping['title']} ({number(len(files))})"):
            shown_mapping(mapping)
            if files:
                markup.paragraph(
                    _("Read with these columns: {files}.").format(files=", ".join(files))
                )
            markup.paragraph(
                _(
                    "To change the columns, drop a file of this kind above. Files that you drop "
                    "again are then read anew."
                ),
                "sv-muted",
            )
            if st.button(_("Forget it"), key=f"wizard-forget-{name}"):
                _forget(name)
                st.rerun()


def _imports() -> list[dict[str, Any]]:
    data = settings.data_dir()
    return lake.imports(data) if (data / "lake").is_dir() else []


def _shown(path: Path, said: Mapping[str, Any]) -> bool:
    """The first rows as they would be read, and why others are not; whether any is usable."""
    try:
        found = preview(path, said)
    except UnsupportedFile as why:
        markup.note(worded(why.reason), "warning")
        return False
    markup.table(
        _("The first rows, as they are read"),
        [
            _("Row"),
            _("What it is"),
            _("Account"),
            _("Time"),
            _("Who wrote"),
            _("Text"),
            _("Figures"),
        ],
        [_row(one) for one in found.rows],
    )
    _counted(found)
    return found.used > 0


def _row(one: PreviewRow) -> list[str]:
    if one.reason is not None:
        return [number(one.line), _("not read"), "", "", "", worded(one.reason), ""]
    kinds = {"post": _("post"), "comment": _("comment")}
    writers = {True: _("the account"), False: _("somebody else"), None: _("not said")}
    text = f"{one.text[:_TEXT]}…" if len(one.text) > _TEXT else one.text
    when = day_and_time(one.at) if one.at else _("not said")
    account = f"{platform(one.platform)} · {one.account or _('not said')}"
    named = field_words()
    figures = ", ".join(f"{named[name]} {number(n)}" for name, n in one.figures.items())
    return [number(one.line), kinds[one.kind], account, when, writers[one.is_own], text, figures]


def _counted(found: Preview) -> None:
    lost = sum(count for _why, count in found.reasons)
    words = [ngettext("{n} row is read", "{n} rows are read", found.used)]
    if lost:
        words.append(ngettext("{n} is not", "{n} are not", lost))
    markup.note(f"{', '.join(words)}.", "done" if found.used and not lost else "warning")
    for why, count in found.reasons:
        markup.paragraph(f"{number(count)}: {worded(why)}")


def _keep(said: Mapping[str, Any]) -> None:
    try:
        new = decision_of(said)
    except UnsupportedFile as why:
        markup.note(worded(why.reason), "warning")
        return
    importing.require()
    store = open_store(settings.data_dir())
    store.record(viewer.current().role, new)
    store.log(viewer.current().role, "template", new.subject)
    importing.look_again()
    st.rerun()


def _forget(name: str) -> None:
    importing.require()
    store = open_store(settings.data_dir())
    for one in store.in_force([name], about="import"):
        store.undo(viewer.current().role, one.decision_id)
    store.log(viewer.current().role, "template_forgotten", name)
