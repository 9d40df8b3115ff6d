"""The register as temporary tables of a DuckDB connection, for the import step and the build."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from svarvakt.register.models import Account, Administrator, Register

if TYPE_CHECKING:
    import duckdb

COLUMNS = {
    "register_units": (
        "unit_id VARCHAR, name VARCHAR, short_name VARCHAR, kind VARCHAR, parent_id VARCHAR,"
        " sector VARCHAR, leader_role VARCHAR, valid_from DATE, valid_to DATE,"
        " is_sensitive_service BOOLEAN, channel_choice VARCHAR[], replaced_by VARCHAR"
    ),
    "register_accounts": (
        "account_id VARCHAR, platform VARCHAR, native_id VARCHAR, handle VARCHAR, name VARCHAR,"
        " url VARCHAR, kind VARCHAR, unit_id VARCHAR, unit_name VARCHAR, status VARCHAR,"
        " opened_on DATE, told_on DATE, told_how VARCHAR, closed_on DATE, editor_role VARCHAR,"
        " administrators INTEGER, communications_administrators INTEGER, shows_belonging VARCHAR,"
        " comments_field VARCHAR, pause_from DATE, pause_to DATE, risk_assessed_on DATE,"
        " two_factor BOOLEAN, recovery_email BOOLEAN, confirmed_on DATE, confirmation VARCHAR,"
        " note VARCHAR"
    ),
    "register_account_ids": (
        "account_id VARCHAR, platform VARCHAR, kind VARCHAR, value VARCHAR, match_key VARCHAR"
    ),
    "register_sensitive_identities": "platform VARCHAR, match_key VARCHAR",
    "register_targets": (
        "metric VARCHAR, value DOUBLE, unit VARCHAR, valid_from DATE, adopted_on DATE,"
        " adopted_by_role VARCHAR, valid_to DATE"
    ),
    "register_municipality": "key VARCHAR, value VARCHAR",
    "register_problems": "file VARCHAR, line BIGINT, column_name VARCHAR, problem VARCHAR",
    "register_administrators": (
        "account_id VARCHAR, person_key VARCHAR, role VARCHAR, valid_from DATE, valid_to DATE"
    ),
}


def load_into(con: duckdb.DuckDBPyConnection, register: Register, on: date) -> None:
    """Makes the temporary tables of `COLUMNS`, all but register_administrators.

    `on` is the day that counts, names of units, `confirmation` and settings are as of.

    * register_units: a line per version; valid_from and valid_to are both included;
      channel_choice NULL = unknown, ['ingen'] = none by choice.
    * register_accounts: told_how 'date', 'declared' (told_on is then the day of the start-up
      declaration) or NULL; handle and native_id fall back on what the address says.
    * register_account_ids: every name of every account; compare match_key with
      lower(ltrim(trim(x), '@')) on the same platform. A name belongs to one account only.
    * register_sensitive_identities: names whose texts may never be stored; wider than the
      units' flag, because lines with errors count too.

    No line holds a person.
    """
    for name, rows in _rows(register, on).items():
        _make(con, name, rows)


def load_administrators(con: duckdb.DuckDBPyConnection, administrators: Sequence[Any]) -> None:
    """Makes register_administrators with PERSONS: only for an import's connection in memory.

    `person_key` is the person_ref, trimmed and in lower case; both dates are included (M20).
    """
    rows = [_administrator(a) for a in administrators]
    _make(con, "register_administrators", rows)


def _rows(register: Register, on: date) -> dict[str, list[tuple[Any, ...]]]:
    return {
        "register_units": [
            (
                u.unit_id, u.name, u.short_name, u.kind, u.parent_id, register.sector_of(u),
                u.leader_role, u.valid_from, u.valid_to, bool(u.is_sensitive_service),
                list(u.channel_choice) or None, u.replaced_by,
            )
            for u in register.units
        ],
        "register_accounts": _account_rows(register, on),
        "register_account_ids": _identity_rows(register),
        "register_sensitive_identities": sorted(register.sensitive_identities),
        "register_targets": [
            (
                t.metric, t.value, t.unit, t.valid_from, t.adopted_on, t.adopted_by_role,
                t.valid_to,
            )
            for t in register.targets
        ],
        "register_municipality": list(register.settings(on).items()),
        "register_problems": [tuple(problem) for problem in register.problems],
    }  # fmt: skip


def _account_rows(register: Register, on: date) -> list[tuple[Any, ...]]:
    counts = register.administrator_counts(on)
    return [
        _account(account, _unit_name(register, account, on), counts.get(account.account_id), on)
        for account in register.accounts
    ]


def _account(
    a: Account, unit_name: str | None, counts: tuple[int, int] | None, on: date
) -> tuple[Any, ...]:
    named = [identity.value for identity in a.known_as if identity.kind in ("account_id", "url")]
    numbers = [name for name in named if name.isdigit()]
    words = [name for name in named if not name.isdigit()]
    told_how = None if a.told_on is None else "declared" if a.told_on.is_declared else "date"
    return (
        a.account_id, a.platform, a.native_id or next(iter(numbers), None),
        a.handle or next(iter(words), None), a.name, a.url, a.kind, a.unit_id, unit_name,
        a.status, a.opened_on, a.told_on and a.told_on.on, told_how, a.closed_on,
        a.editor_role, *(counts or (0, 0)), a.shows_belonging, a.comments_field, a.pause_from,
        a.pause_to, a.risk_assessed_on, a.two_factor, a.recovery_email, a.confirmed_on,
        a.confirmation(on), a.note,
    )  # fmt: skip


def _unit_name(register: Register, account: Account, on: date) -> str | None:
    unit = register.unit_on(account.unit_id, on) if account.unit_id else None
    return unit.name if unit else None


def _identity_rows(register: Register) -> list[tuple[Any, ...]]:
    """The first account that claims a name has it (the others are reported as problems)."""
    owned: dict[tuple[str, str], tuple[Any, ...]] = {}
    for account in register.accounts:
        for identity in account.known_as:
            row = (account.account_id, account.platform, *identity)
            owned.setdefault((account.platform, identity.match_key), row)
    return list(owned.values())


def _administrator(a: Administrator) -> tuple[Any, ...]:
    return (a.account_id, a.person_ref.strip().lower(), a.role, a.valid_from, a.valid_to)


def _make(con: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """One table, filled by whole columns: a row at a time is a hundred times slower."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({COLUMNS[name]})")
    if not rows:
        return
    types = [column.split()[1] for column in COLUMNS[name].split(", ")]
    lists = ", ".join(f"unnest(${n}::{type_}[])" for n, type_ in enumerate(types, 1))
    values = [list(column) for column in zip(*rows, strict=True)]
    con.execute(f"INSERT INTO {name} SELECT {lists}", values)
