"""The register out to Excel and back: what differs is shown before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from svarvakt.decisions import Edit, edits_between, line_key
from svarvakt.i18n import _, ngettext
from svarvakt.register import TABLES, Problem, Table, as_workbook, lines_as_csv
from svarvakt.register.upload_reader import Uploaded, laid_over, read_upload
from ui import download, markup, registering, uploading
from ui.register_reasons import placed
from ui.register_saving import save, show_faults
from ui.register_words import label, shown

Cells = Mapping[str, str]
_PLACE = "exchange"
_UPLOAD = "register-upload"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_ROWS = 300  # differences in the table; all of them are saved


def show(units: Cells) -> None:
    """Downloads, and the way back."""
    st.header(_("Take the register out"), anchor=False)
    markup.paragraph(
        _(
            "One workbook with a sheet per table. It holds the names of administrators: keep it "
            "where only those who need it can open it."
        )
    )
    download.file(
        _("The whole register (Excel)"), "register.xlsx", _XLSX, _workbook, "register-xlsx"
    )
    with st.expander(_("One table at a time (CSV)")):
        for table in TABLES:
            download.file(
                f"{table.file}", table.file, "text/csv", _maker(table), f"register-{table.name}"
            )
    st.header(_("Put an edited file in"), anchor=False)
    show_faults(_PLACE)
    file = uploading.one_file(
        _("Workbook (.xlsx) or one of the CSV files"), ["xlsx", "csv"], _UPLOAD
    )
    if file is not None:
        _differences(_read(file), units)


def _workbook() -> bytes:
    return as_workbook({table.name: registering.lines(table.name) for table in TABLES})


def _maker(table: Table) -> Any:
    def make() -> bytes:
        return lines_as_csv(table, registering.lines(table.name)).encode("utf-8-sig")

    return make


def _read(file: Any) -> tuple[Uploaded, list[Edit]]:
    """The file and its edits as of when it was handed in: what others edit later is told."""
    kept = st.session_state.get("register-uploaded")
    if kept is None or kept[0] != file.file_id:
        uploaded = read_upload(file.name, file.getvalue())
        kept = (file.file_id, uploaded, edits_of(uploaded))
        st.session_state["register-uploaded"] = kept
    return kept[1], kept[2]


def edits_of(uploaded: Uploaded) -> list[Edit]:
    """What the register would become with the file; lines that it lacks are removed last."""
    found: list[Edit] = []
    for name, new in uploaded.lines.items():
        now = registering.lines(name)
        by_key = {line_key(name, line): line for line in now}
        before = [by_key.get(line_key(name, line), {}) for line in new]
        found += edits_between(name, now, laid_over(before, new, uploaded.columns[name]))
    return sorted(found, key=lambda edit: edit.after is None)


def _differences(read: tuple[Uploaded, list[Edit]], units: Cells) -> None:
    uploaded, edits = read
    _problems(uploaded.problems)
    removed = [edit for edit in edits if edit.after is None]
    wanted = [edit for edit in edits if edit.after is not None]
    if not edits:
        markup.paragraph(_("The file and the register are alike."))
        return
    markup.paragraph(_counts(edits))
    if removed and st.checkbox(
        ngettext(
            "Also remove {n} line that the file does not have",
            "Also remove {n} lines that the file does not have",
            len(removed),
        ),
        key="register-remove",
    ):
        wanted += removed
    label = ngettext("Save {n} line", "Save {n} lines", len(wanted))
    if st.button(label, key="register-upload-save", type="primary", disabled=not wanted):
        if save(wanted, _("The file is saved in the register."), _PLACE):
            st.session_state.pop("register-uploaded", None)
        elif registering.conflicts(wanted):
            st.session_state.pop("register-uploaded", None)  # compared anew with what stands
        st.rerun()
    _table([edit for edit in edits if edit.after is not None], units)
    if removed:
        with st.expander(_("Lines that the file does not have")):
            for edit in removed:
                markup.paragraph(f"{edit.file}: {_named(edit)}")


def _problems(problems: Sequence[Problem]) -> None:
    if problems:
        markup.note(
            ngettext(
                "{n} thing in the file could not be understood:",
                "{n} things in the file could not be understood:",
                len(problems),
            ),
            "warning",
        )
        for problem in problems:
            markup.paragraph(placed(problem))


def _counts(edits: Sequence[Edit]) -> str:
    new = sum(edit.before is None for edit in edits)
    removed = sum(edit.after is None for edit in edits)
    return (
        ", ".join(
            [
                ngettext("{n} new line", "{n} new lines", new),
                ngettext("{n} changed", "{n} changed", len(edits) - new - removed),
                ngettext("{n} not in the file", "{n} not in the file", removed),
            ]
        )
        + "."
    )


def _table(edits: Sequence[Edit], units: Cells) -> None:
    rows = [row for edit in edits for row in _rows(edit, units)]
    if not rows:
        return
    markup.table(
        _("What differs"),
        [_("Table"), _("Line"), _("Column"), _("In the register"), _("In the file")],
        rows[:_MOST_ROWS],
    )
    if len(rows) > _MOST_ROWS:
        more = len(rows) - _MOST_ROWS
        markup.paragraph(ngettext("{n} more difference.", "{n} more differences.", more))


def _named(edit: Edit) -> str:
    cells = edit.after or edit.before or {}
    return cells.get("name") or cells.get("account_id") or edit.line_key


def _rows(edit: Edit, units: Cells) -> list[list[str]]:
    if edit.before is None:
        return [[edit.file, _named(edit), "–", _("no line"), _("a new line")]]
    before, after = edit.before, edit.after or {}
    return [
        [
            edit.file,
            _named(edit),
            label(column),
            shown(column, before.get(column), units),
            shown(column, after.get(column), units),
        ]
        for column in dict.fromkeys((*before, *after))
        if before.get(column, "") != after.get(column, "")
    ]
