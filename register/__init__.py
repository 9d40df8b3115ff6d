"""The register: units, accounts, administrators, calendar, targets, access, settings.

People keep it as CSV files or one workbook in `data/register/`; see `docs/register.md`.
"""

from __future__ import annotations

from register.addresses import address_of
from register.columns import PLATFORM, SETTING_KINDS, TABLES, TARGET_METRICS, Column, Table
from register.lines import as_cells, tidied
from register.links import PLATFORMS, Identity, match_key
from register.model import (
    CONFIRMATION_DAYS,
    Access,
    Account,
    Administrator,
    AdministratorCount,
    Problem,
    Register,
    Setting,
    Target,
    Told,
    Unit,
)
from register.naming import unit_by_name
from register.pasted import Pasted, new_id, units_from
from register.raw import RawTable
from register.raw import read_folder as raw_folder
from register.reading import make_register, read_register
from register.tables import load_administrators, load_into
from register.workbook import as_workbook
from register.writing import as_csv, lines_as_csv, write_register

__all__ = [
    "CONFIRMATION_DAYS",
    "PLATFORM",
    "PLATFORMS",
    "SETTING_KINDS",
    "TABLES",
    "TARGET_METRICS",
    "Access",
    "Account",
    "Administrator",
    "AdministratorCount",
    "Column",
    "Identity",
    "Pasted",
    "Problem",
    "RawTable",
    "Register",
    "Setting",
    "Table",
    "Target",
    "Told",
    "Unit",
    "address_of",
    "as_cells",
    "as_csv",
    "as_workbook",
    "lines_as_csv",
    "load_administrators",
    "load_into",
    "make_register",
    "match_key",
    "new_id",
    "raw_folder",
    "read_register",
    "tidied",
    "unit_by_name",
    "units_from",
    "write_register",
]
