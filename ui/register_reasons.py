"""The register's check in the reader's language; codes of `svarvakt/register/reasons.py`."""

from __future__ import annotations

from collections.abc import Mapping

from svarvakt.i18n import N_, _
from svarvakt.reasons import Reason
from svarvakt.register import Problem
from svarvakt.register.reasons import read_expected, read_message
from ui.reason_words import worded as import_reason

EXPECTED: Mapping[str, str] = {
    "expected_text": N_("a text"),
    "expected_list": N_("a list separated by |"),
    "expected_choice": N_("one of the words {words}"),
    "expected_date": N_("a date like 2026-05-17 or 17.05.2026"),
    "expected_told": N_("a date like 17.05.2026, or «kjent per 17.05.2026»"),
    "expected_yes_no": N_("ja (yes) or nei (no)"),
    "expected_platforms": N_("platforms separated by | ({platforms}), or ingen (none)"),
    "expected_account_id": N_("platform, colon and id, like facebook:fjordvik"),
    "expected_native_id": N_("the whole id (Excel has changed the number; make the column text)"),
    "expected_identities": N_("ids and names separated by |, in a column that Excel sees as text"),
    "expected_url": N_("a web address that begins with https://"),
    "expected_org_number": N_("an organisation number: nine digits of which the last one is right"),
    "expected_number": N_("a number like 7,5, not below 0"),
    "expected_whole": N_("a whole number, not below 0"),
    "expected_time": N_("a time of day like 08:00"),
    "expected_weekdays": N_("weekdays like man, man|ons or man-fre"),
    "expected_subject": N_("an e-mail address, or role: and the name of a role"),
}
OUTCOMES: Mapping[str, str] = {
    "line_left_out": N_("The line is left out."),
    "cell_emptied": N_("The cell is read as empty."),
    "cell_read_as_yes": N_("The cell is read as yes until it is corrected."),
}
FAULTS: Mapping[str, str] = {
    "cell_is_empty": N_("There should be {expected} here, but the cell is empty."),
    "cell_is_other": N_("There should be {expected} here, but there is something else."),
    "cell_is_email": N_("There should be {expected} here, but there is an e-mail address."),
    "cell_is_text": N_("There should be {expected} here, but it says «{text}»."),
    "columns_missing": N_(
        "The column {columns} is missing, so the file cannot be read. It has {headers}."
    ),
    "column_unknown": N_("The column is unknown and is not read."),
    "column_twice": N_("The column stands twice ({column}). The first one counts."),
    "too_many_cells": N_("The line has {cells} cells, but there are {columns} columns."),
    "line_repeated": N_("Line {line} says the same."),
    "table_unknown": N_("The file is not read. The register has {tables}."),
    "sheet_unknown": N_("The sheet is not read; its name is unknown."),
    "table_twice": N_("There is a sheet of this in {workbook}, too. The CSV file counts."),
    "file_not_opened": N_("The file cannot be opened. Is it open in Excel?"),
    "file_not_utf8": N_("The file is not saved as UTF-8. Check æ, ø and å, and save it as UTF-8."),
    "file_empty": N_("The file is empty; it should begin with the columns."),
    "workbook_not_opened": N_(
        "The workbook cannot be opened. Is it damaged, locked with a password or open?"
    ),
    "unit_unknown": N_("The unit «{unit}» is not in units.csv."),
    "unit_not_found": N_("The unit is not in units.csv."),
    "unit_refers_to_itself": N_("The unit refers to itself."),
    "unit_above_itself": N_("The unit is, step by step, above itself."),
    "before_first_day": N_("The date is before the date in {column}."),
    "versions_overlap": N_(
        "Overlaps with line {line}, which holds from {day}. "
        "The line is read as if it held until the day before."
    ),
    "id_of_other_platform": N_("The account's id begins with {named}, but this says {platform}."),
    "address_of_other_platform": N_("The address is on {named}, but this says {platform}."),
    "identity_taken": N_("«{identity}» is also used on line {line}, which keeps it."),
    "account_not_found": N_("The account is not in accounts.csv."),
    "role_needs_cell": N_(
        "The role {role} holds only for what is said here, but the cell is empty."
    ),
    "role_needs_empty_cell": N_(
        "The role {role} cannot be limited here; the cell should be empty."
    ),
    "exception_needs_day": N_("A line of the kind {kind} needs a date or a weekday."),
    "closed_day_with_time": N_("A closed day has no time of day. Use halvdag (half day)."),
    "half_day_without_time": N_("A half day needs a time at which you open or close."),
    "hours_need_both_times": N_("Opening hours must say both when you open and when you close."),
    "closes_before_opening": N_("You must close later than you open."),
    "target_unit": N_("The unit of {metric} is one of these: {units}."),
    "target_zero": N_("A time limit must be above 0."),
    "target_over_100": N_("A target in per cent is at most 100."),
    "target_ends_first": N_("The target ends before it begins."),
    "setting_unknown": N_("«{key}» is unknown. Known settings: {known}."),
    "setting_value": N_("{key} should be {expected}, but it says «{text}»."),
    "pasted_column_unknown": N_("The column «{column}» is unknown and is not read."),
    "pasted_name_missing": N_("The name of the unit is missing here."),
    "pasted_id_known": N_("The id «{unit}» is known already. The unit is not added again."),
    "pasted_name_known": N_("«{unit}» is known already. The unit is not added again."),
    "pasted_kind_unknown": N_("The kind «{kind}» is unknown. It says «enhet» (unit) here."),
    "pasted_parent_unknown": N_("The unit above, «{unit}», does not exist. The field is empty."),
}
SENTENCES = {**EXPECTED, **OUTCOMES, **FAULTS}


def worded(message: str) -> str:
    """A problem's message, bokmål, in the reader's language.

    What a damaged or hostile workbook is told by is a reason of the import; other sentences stand
    as they are.
    """
    found = read_message(message)
    return " ".join(map(_worded, found)) if found else import_reason(message)


def placed(problem: Problem) -> str:
    """A problem with its place in the file."""
    places = [problem.file]
    if problem.line is not None:
        places.append(_("line {n}").format(n=problem.line))
    if problem.column is not None:
        places.append(_("column «{name}»").format(name=problem.column))
    return f"{', '.join(places)}: {worded(problem.message)}"


def _worded(reason: Reason) -> str:
    values = dict(reason.values)
    asked = read_expected(values.get("expected", ""))
    if asked:
        values["expected"] = _worded(asked)
    return _(SENTENCES[reason.code]).format_map(values)
