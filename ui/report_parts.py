"""The parts of the monthly report's page: preview, files, sentences, lock, archive."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from functools import partial

import streamlit as st

import reports
from reports import Report
from reports.cells import basis, share
from svarvakt import decisions, settings
from svarvakt.decisions import BadDecision, New
from svarvakt.i18n import _, day, language, month, ngettext, number
from svarvakt.metrics import Rate, add_months
from ui import download, pictures, viewer
from ui.decided import store
from ui.frame import View
from ui.markup import note, paragraph, table

MIME = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
NAMES = {"pdf": "PDF", "xlsx": "Excel", "pptx": "PowerPoint"}
MOST_MONTHS = 36


@dataclasses.dataclass(frozen=True)
class Chosen:
    """The month and unit that the page is about, and their report."""

    month: date
    unit_id: str | None
    report: Report


def choose(view: View) -> Chosen | None:
    """The month in a box of its own: a report is always about one. None = no data for it."""
    wanted = st.selectbox(
        _("Month of the report"), _months(view), key="report-month", format_func=month
    )
    unit_id = _unit_id(view)
    try:
        return Chosen(wanted, unit_id, reports.report(settings.active_data_dir(), wanted, unit_id))
    except (reports.NoData, KeyError):  # no data, or a unit without accounts
        return None


def _months(view: View) -> list[date]:
    """The months with data, the newest full one first."""
    newest = reports.newest_month(settings.active_data_dir())
    first = view.first_month or newest
    months = [newest]
    while months[-1] > first and len(months) < MOST_MONTHS:
        months.append(add_months(months[-1], -1))
    return months


def _unit_id(view: View) -> str | None:
    """The unit of the filter; a reader of some units never gets the whole municipality's."""
    own = viewer.current().unit_ids
    chosen = view.selection.unit
    return chosen.id if chosen else (own[0] if own else None)


def finding(chosen: Chosen | None) -> str:
    """The first sentence of the report."""
    if chosen is None:
        return _("There are no data for this month. Read in exports first.")
    return chosen.report.sentences[language()][0]


def preview(chosen: Chosen) -> None:
    """What the report says, with the same tables and charts as its files."""
    said = chosen.report.document(language())
    note(" ".join(filter(None, (said.subtitle and f"{said.subtitle}.", *said.foot[:2]))))
    for sentence in said.sentences[1:]:
        paragraph(sentence)
    for number_, section in enumerate(said.sections):
        if section.chart:
            pictures.show(section.chart, f"rapport-{number_}")
            continue
        st.header(section.title, anchor=False)
        for line in section.said:
            paragraph(line, "sv-muted")
        if section.table:
            rows = [[cell.text for cell in row] for row in section.table.rows]
            table(section.title, section.table.headers, rows, section.table.numbers, is_titled=True)


def files(chosen: Chosen) -> None:
    """The three files; each is made when it is asked for."""
    st.header(_("Files"), anchor=False)
    unit = f"-{chosen.unit_id}" if chosen.unit_id else ""
    tongue = language()
    meanings = reports.definitions(settings.active_data_dir())
    for place, kind in zip(st.columns(len(reports.FORMATS)), reports.FORMATS, strict=True):
        with place:
            download.file(
                _("Download as {format}").format(format=NAMES[kind]),
                f"manedsrapport-{chosen.month:%Y-%m}{unit}.{kind}",
                MIME[kind],
                partial(_make, chosen.report, tongue, kind, meanings),
                f"report-{kind}",
            )


def _make(one: Report, tongue: str, kind: str, meanings: dict[str, str]) -> bytes:
    return reports.make(one, tongue, (kind,), meanings)[kind]


def sentences(chosen: Chosen) -> None:
    """The three sentences, drafted by rules, for a person to edit until the month is locked."""
    if chosen.report.locked or not viewer.current().may_keep_register:
        return
    st.header(_("Edit the sentences"), anchor=False)
    paragraph(
        _("They are drafted from the figures. What you write here is used instead; no names."),
        "sv-muted",
    )
    subject = f"report:{chosen.month:%Y-%m}:{chosen.unit_id or ''}"
    labels = (_("Answers"), _("What waits"), _("The accounts"))
    with st.form(f"sentences-{subject}-{language()}", border=False):
        lines = [
            st.text_area(label, value=text, key=f"{subject}-{language()}-{place}", max_chars=500)
            for place, (label, text) in enumerate(
                zip(labels, chosen.report.sentences[language()], strict=True)
            )
        ]
        if st.form_submit_button(_("Save the sentences")):
            details = {"sentences": json.dumps(lines), "language": language()}
            store().record(viewer.current().role, New("report_text", "report", subject, details))
            st.rerun()


def lock(chosen: Chosen) -> None:
    """Locks the month for the municipality and every unit; again only with a reason."""
    if not viewer.current().may_keep_register or chosen.unit_id:
        return
    st.header(_("Lock the month"), anchor=False)
    locked = chosen.report.locked
    paragraph(
        _("A locked month keeps its figures, texts and targets, whatever comes later.")
        if locked is None
        else _("Locked as version {n}. A new version needs a reason.").format(n=locked.version)
    )
    reason = st.text_input(_("Reason for a new version"), key="lock-reason") if locked else None
    label = _("Lock the month") if locked is None else _("Make a new version")
    until = chosen.report.figures.unfinished_on
    is_allowed = until is not None and st.checkbox(
        _("Lock it although the files only reach to {day}").format(day=day(until)),
        key="lock-unfinished",
    )
    if st.button(label, key="lock-month", type="primary"):
        try:
            reports.lock_month(
                settings.active_data_dir(),
                chosen.month,
                viewer.current().role,
                reason,
                unfinished=is_allowed,
            )
        except reports.Unfinished:
            note(_("The month is not over. Read in newer files, or tick the box above."), "warning")
            return
        except BadDecision as problem:
            note(str(problem), "warning")
            return
        store().log(viewer.current().role, "lock", f"{chosen.month:%Y-%m}")
        st.rerun()


def archive(view: View) -> None:
    """Locked months, the newest first; a year is their sum; two of them side by side."""
    unit_id = _unit_id(view) or ""
    data = settings.active_data_dir()
    if not decisions.is_used(data):
        return
    kept = reports.archive(data, unit_id)
    if not kept:
        return
    st.header(_("Locked months"), anchor=False)
    headers = [
        _("Month"),
        _("Version"),
        _("Answered, of all"),
        _("Answered, of those that need a reply"),
        _("Answered within the target time"),
    ]
    rows = [[month(e.month), number(e.version), *_shares(e.rates)] for e in kept]
    for year in sorted({each.month.year for each in kept}, reverse=True):
        lines = [each for each in kept if each.month.year == year]
        total = reports.total(lines)
        said = ngettext("{year}: {n} month", "{year}: {n} months", len(lines))
        rows.append([said.format(year=year), "", *_shares(total)])
    table(_("Locked months, and what they add up to"), headers, rows, frozenset({1, 2, 3, 4}))


def _shares(rates: tuple[Rate, Rate, Rate]) -> list[str]:
    return [share(each) for each in rates]


def side_by_side(view: View) -> None:
    """Any two months, locked or as they are now."""
    months = _months(view)
    if len(months) < 2:
        return
    st.header(_("Two months side by side"), anchor=False)
    left, right = st.columns(2)
    one = left.selectbox(_("One month"), months, key="compare-one", format_func=month)
    other = right.selectbox(
        _("Another month"), months, index=1, key="compare-other", format_func=month
    )
    names = (
        _("Answered, of all"),
        _("Answered, of those that need a reply"),
        _("Answered within the target time"),
    )
    shown = [_of_month(view, each) for each in (one, other)]
    rows = [[name, *values] for name, *values in zip(names, *shown, strict=True)]
    table(
        _("Two months side by side"),
        [_("Figure"), month(one), month(other)],
        rows,
        frozenset({1, 2}),
    )


def _of_month(view: View, when: date) -> list[str]:
    try:
        found = reports.rates(settings.active_data_dir(), when, _unit_id(view))
    except (reports.NoData, KeyError):
        return [_("no data")] * 3
    return [f"{share(each)} ({basis(each)})" if each.share else share(each) for each in found]
