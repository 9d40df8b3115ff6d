"""The report's tables of activity: per sector or unit, and per account in the workbook (M16)."""

from __future__ import annotations

from reports import cells
from reports.by_sector import Covered, cover
from reports.figures import Figures
from reports.lines import AccountLine, UnitLine
from reports.tables import Cell, Table, count_cell, share_cell
from svarvakt.i18n import _, platform
from svarvakt.metrics import THIN

MOST_UNITS = 24  # lines on the page; a larger municipality is shown by sector, units in Excel


def activity(figures: Figures) -> Table | None:
    """Units in alphabetical order; many of them by sector. None in the report of one unit."""
    if figures.unit_id:
        return None
    found = _covered(figures)
    if not found.sectors:
        return _units("Aktivitet", _("Activity"), _("Unit"), found.units)
    return _units("Aktivitet", _("Activity"), _("Sector"), found.sectors)


def appendix(figures: Figures) -> tuple[Table, ...]:
    """The workbook's own tables: every unit and every account, however many they are."""
    found = _covered(figures)
    units = _units(_("Per unit"), _("Activity per unit"), _("Unit"), found.units)
    headers = (_("Account"), _("Platform"), *_columns(_("Unit"))[:1], *_columns("")[2:])
    accounts = Table(
        _("Per account"),
        _("Activity per account"),
        headers,
        tuple(map(_account_row, found.accounts)),
        frozenset({3, 4, 5}),
    )
    return (units, accounts)


def _covered(figures: Figures) -> Covered:
    with_sectors = not figures.unit_id and len(figures.units) > MOST_UNITS
    return cover(figures.units, figures.account_lines, with_sectors=with_sectors)


def _columns(first: str) -> tuple[str, ...]:
    return (
        first,
        _("Accounts"),
        _("Posts"),
        _("Enquiries received"),
        _("Answered, of those that need a reply"),
    )


def _units(name: str, title: str, first: str, lines: list[UnitLine]) -> Table:
    rows = tuple(map(_unit_row, lines))
    return Table(name, title, _columns(first), rows, frozenset({1, 2, 3, 4}))


def _unit_row(line: UnitLine) -> tuple[Cell, ...]:
    return (
        Cell(_("Without a unit") if line.is_without_unit else line.name),
        count_cell(line.accounts),
        count_cell(line.posts),
        _received(line),
        _answered(line),
    )


def _account_row(line: AccountLine) -> tuple[Cell, ...]:
    return (
        Cell(line.name),
        Cell(platform(line.platform)),
        Cell(line.unit_name if line.unit_id else _("Without a unit")),
        count_cell(line.posts),
        _received(line),
        _answered(line),
    )


def _received(line: UnitLine | AccountLine) -> Cell:
    if not line.has_comments:
        return Cell(_("no data"))
    return Cell(cells.not_shown()) if _is_covered(line) else count_cell(line.received)


def _answered(line: UnitLine | AccountLine) -> Cell:
    return Cell(cells.not_shown()) if _is_covered(line) else share_cell(line.need)


def _is_covered(line: UnitLine | AccountLine) -> bool:
    return 0 < line.received < THIN
