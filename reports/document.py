"""A report in words: the one record behind PDF, PowerPoint, Excel and the page.

Cells carry their value beside their words, so that a test can hold the outputs against each other.
"""

from __future__ import annotations

import dataclasses
from datetime import date

from reports import cells
from reports.activity import activity, appendix
from reports.charts import answered_over_time, in_time_over_time
from reports.figures import Figures, Ownership
from reports.summary import moderation
from reports.tables import Cell, Table, count_cell, share_cell
from reports.target_status import ownership_state, within_state
from svarvakt.charts import Chart
from svarvakt.i18n import _, day, day_and_time, language, month, ngettext, number, percent
from svarvakt.metrics import Rate, add_months


@dataclasses.dataclass(frozen=True)
class Section:
    """A heading, what is said, and at most a table and a chart."""

    title: str
    said: tuple[str, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    begins_page: bool = False


@dataclasses.dataclass(frozen=True)
class Document:
    """The whole report in one language."""

    language: str
    title: str
    subtitle: str
    sentences: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: tuple[str, ...]
    appendix: tuple[Table, ...] = ()  # of the workbook alone

    @property
    def tables(self) -> list[Table]:
        return [each.table for each in self.sections if each.table]

    @property
    def charts(self) -> list[Chart]:
        return [each.chart for each in self.sections if each.chart]


def document(figures: Figures, sentences: tuple[str, ...]) -> Document:
    """The report of `figures` in the language in use, with the sentences as they were edited."""
    return Document(
        language=language(),
        title=_title(figures),
        subtitle=" · ".join(filter(None, (figures.municipality, figures.unit_name))),
        sentences=sentences,
        sections=(
            _headline(figures),
            Section(_("Answered in time, month by month"), chart=in_time_over_time(figures)),
            Section(_("Answered, month by month"), chart=answered_over_time(figures)),
            *_moderation(figures),
            _ownership(figures),
            *_activity(figures),
            _action_items(figures),
            _basis(figures),
        ),
        foot=_foot(figures),
        appendix=appendix(figures),
    )


def _title(figures: Figures) -> str:
    title = _("Monthly report {month}").format(month=month(figures.month))
    preliminary = _("preliminary")
    return f"{title} ({preliminary})" if figures.unfinished_on else title


def _headline(figures: Figures) -> Section:
    before, year = month(add_months(figures.month, -1)), month(add_months(figures.month, -12))
    rates = (
        (_("Answered, of all"), figures.all, ""),
        (_("Answered, of those that need a reply"), figures.need, ""),
        (_("Answered within the target time"), figures.within, within_state(figures)),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            Cell(name),
            share_cell(rate.now),
            Cell(cells.basis(rate.now)),
            Cell(cells.compared(rate.month_before, rate.now)),
            Cell(cells.compared(rate.year_before, rate.now)),
            Cell(state or cells.variation(rate)),
        )
        for name, rate, state in rates
    ]
    owned = Rate(figures.ownership.meets_all, figures.ownership.accounts)
    rows.append(_wait_row(figures))
    rows.append(
        (
            Cell(_("Accounts that meet every requirement")),
            Cell(cells.account_share(owned), None if cells.hidden(owned) else owned.share, "%"),
            Cell(cells.accounts(owned.denominator) if cells.hidden(owned) else cells.basis(owned)),
            Cell(_owned(figures.ownership_before)),
            Cell(_owned(figures.ownership_year)),
            Cell(ownership_state(figures)),
        )
    )
    now = month(figures.month)
    if figures.is_preliminary:
        now = _("{month} (preliminary)").format(month=now)
    headers = (_("Figure"), now, _("Rests on"), before, year, _("State"))
    table = Table(
        "Svar", _("The figures of the month"), headers, tuple(rows), frozenset({1, 2, 3, 4})
    )
    said = [
        _(
            "Changes are in percentage points, on the accounts that have data in both months; an "
            "arrow shows their two values where they are not all."
        )
    ]
    if figures.unfinished_on:
        said.append(unfinished(figures.month, figures.unfinished_on))
    return Section(_("The figures of the month"), (" ".join(said),), table)


def unfinished(when: date, until: date) -> str:
    """That a month is not over, and what it is compared with."""
    return _(
        "{month} is not over: the files reach to {day}. The figures are preliminary, and are "
        "compared with the same days of the earlier months."
    ).format(month=_capital(month(when)), day=day(until))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _owned(kept: Ownership | None) -> str:
    """What a locked month says; the register itself has no past."""
    return cells.account_share(Rate(kept.meets_all, kept.accounts)) if kept else cells.NONE


def _wait_row(figures: Figures) -> tuple[Cell, ...]:
    day_seconds = figures.working_day_seconds
    now = cells.wait(figures.wait, day_seconds)
    before, year = (
        _("no data") if pair is None else cells.wait(wait, day_seconds)
        for pair, wait in (
            (figures.within.month_before, figures.wait_before),
            (figures.within.year_before, figures.wait_year),
        )
    )
    shown = figures.wait.median if not 0 < figures.wait.n < 5 else None
    rests = cells.NONE if 0 < figures.wait.n < 5 else number(figures.wait.n)
    return (
        Cell(_("Typical wait, in working time")),
        Cell(now, None if shown is None else round(shown / 3600, 2), "h"),
        Cell(rests),
        Cell(before),
        Cell(year),
        Cell(""),
    )


def _ownership(figures: Figures) -> Section:
    owned = figures.ownership
    requirements = (
        (_("A unit owns the account"), owned.has_unit),
        (_("Somebody has the editor's responsibility"), owned.has_editor),
        (_("At least one administrator"), owned.has_administrator),
        (_("The communications department is told"), owned.is_told),
        (_("It is evident whose the account is"), owned.shows_belonging),
        (_("Every requirement"), owned.meets_all),
    )
    rows = tuple(
        (
            Cell(name),
            count_cell(n),
            count_cell(owned.accounts),
            count_cell(owned.accounts - n),
        )
        for name, n in requirements
    )
    headers = (_("Requirement"), _("Met"), _("Accounts"), _("Missing"))
    title = _("Who answers for the accounts")
    return Section(
        title, table=Table("Eierskap", title, headers, rows, frozenset({1, 2, 3})), begins_page=True
    )


def _activity(figures: Figures) -> list[Section]:
    table = activity(figures)
    return [Section(table.title, table=table)] if table else []


def _moderation(figures: Figures) -> list[Section]:
    """M10, of the municipality as a whole."""
    found = figures.moderation
    return [Section(_("Moderation"), (moderation(found),))] if found else []


def _action_items(figures: Figures) -> Section:
    title = _("What is being done")
    if not figures.action_items:
        return Section(title, (_("No measures are registered."),))
    rows = tuple(
        (
            Cell(each.rule),
            Cell(each.text),
            Cell(each.responsible_role),
            Cell(day(each.deadline) if each.deadline else cells.NONE, each.deadline),
            Cell(day(each.done_on) if each.done_on else _("under way"), each.done_on),
        )
        for each in figures.action_items
    )
    headers = (_("Rule"), _("Measure"), _("Responsible role"), _("Deadline"), _("Done"))
    return Section(title, table=Table("Tiltak", title, headers, rows))


def _basis(figures: Figures) -> Section:
    said = [
        ngettext("{n} account", "{n} accounts", figures.accounts)
        + ", "
        + ngettext(
            "{n} without any file read in",
            "{n} without any file read in",
            figures.accounts_without_imports,
        )
        + "."
    ]
    if figures.linked.share is not None:
        said.append(
            _("{share} of the enquiries linked to a thread").format(
                share=percent(figures.linked.share)
            )
            + "."
        )
    if figures.carried:
        said.append(
            ngettext(
                "What waits on {n} account is as its newest file said; that file is older.",
                "What waits on {n} accounts is as their newest files said; those files are older.",
                figures.carried,
            )
        )
    if figures.is_thin:
        said.append(_("The data are thin: the figures are shown without a verdict."))
    return Section(_("What the figures rest on"), (" ".join(said),))


def _foot(figures: Figures) -> tuple[str, ...]:
    newest = day_and_time(figures.as_of) if figures.as_of else cells.NONE
    return (
        _("As of {time}.").format(time=newest),
        _("Definitions: version {version}.").format(version=figures.definitions_version),
        _("Data: {fingerprint}.").format(fingerprint=figures.fingerprint),
        _("No names and no texts of comments. Counts of enquiries below five are not shown."),
    )
