"""The register: units, accounts, administrators, calendar, targets, access, settings.

People keep it as CSV files or one workbook in `data/register/`; see `docs/register.md`.
"""

from __future__ import annotations

from svarvakt.register.account_identities import Identity, match_key
from svarvakt.register.addresses import address_of
from svarvakt.register.duckdb_tables import load_administrators, load_into
from svarvakt.register.file_reader import RawTable
from svarvakt.register.file_reader import read_folder as raw_folder
from svarvakt.register.loader import make_register, read_register
from svarvakt.register.models import (
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
from svarvakt.register.pasted_units import Pasted, new_id, units_from
from svarvakt.register.row_parser import as_cells, tidied
from svarvakt.register.schema import PLATFORM, SETTING_KINDS, TABLES, TARGET_METRICS, Column, Table
from svarvakt.register.unit_matching import unit_by_name
from svarvakt.register.workbook import as_workbook
from svarvakt.register.writers import as_csv, lines_as_csv, write_register

__all__ = [
    "CONFIRMATION_DAYS",
    "PLATFORM",
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
