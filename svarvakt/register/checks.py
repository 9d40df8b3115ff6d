"""What only several cells together can show: duplicates, references, overlapping versions."""

from __future__ import annotations

from collections.abc import Callable

from svarvakt.register import check_accounts, check_units, check_values
from svarvakt.register.row_parser import Sheets

# Units before accounts before what refers to them.
RULES: tuple[Callable[[Sheets], None], ...] = (
    check_units.date_order,
    check_units.unit_versions,
    check_units.unit_references,
    check_accounts.accounts,
    check_accounts.administrators,
    check_accounts.access,
    check_values.calendar,
    check_values.targets,
    check_values.municipality,
)


def check(sheets: Sheets) -> None:
    """Runs every check; what it refuses is reported and left out or emptied in the sheets."""
    for rule in RULES:
        rule(sheets)
