"""Checks of accounts and of the people around them: who administers what, who may see what."""

from __future__ import annotations

from typing import Any

from svarvakt.reasons import Reason
from svarvakt.register.account_identities import match_key, platform_of_address
from svarvakt.register.reasons import LEFT_OUT, reason
from svarvakt.register.row_parser import Line, Sheet, Sheets


def accounts(sheets: Sheets) -> None:
    """Each account once, on the platform its id names, of a unit that exists, under own names."""
    sheet = sheets["accounts"]
    sheet.refuse_duplicates("account_id", lambda account: match_key(account.account_id))

    def is_on_platform(line: Line) -> bool:
        platform = line.record.account_id.partition(":")[0]
        if platform != line.record.platform:
            said = {"named": platform, "platform": line.record.platform}
            fault = reason("id_of_other_platform", **said)
            sheet.report(line.number, "platform", fault, LEFT_OUT)
        return bool(platform == line.record.platform)

    sheet.keep(is_on_platform)
    for line in sheet.lines:
        where = platform_of_address(line.record.url or "")
        if where not in (None, line.record.platform):
            said = {"named": where, "platform": line.record.platform}
            sheet.report(line.number, "platform", reason("address_of_other_platform", **said))
    units = {line.record.unit_id for line in sheets["units"].lines}
    for line in list(sheet.lines):
        unit_id = line.record.unit_id
        if unit_id and unit_id not in units and sheets["units"].is_there:
            sheet.empty_cell(line, "unit_id", reason("unit_unknown", unit=unit_id))
    _shared_names(sheet)


def _shared_names(sheet: Sheet) -> None:
    """One id or handle on one platform belongs to one account; the first keeps it."""
    owners: dict[tuple[str, str], Line] = {}
    for line in sheet.lines:
        for identity in line.record.known_as:
            key = (line.record.platform, identity.match_key)
            owner = owners.setdefault(key, line)
            if owner is not line:
                column = "identities" if identity.kind == "extra" else identity.kind
                fault = reason("identity_taken", identity=identity.value, line=owner.number)
                sheet.report(line.number, column, fault)


def administrators(sheets: Sheets) -> None:
    """Administrators belong to accounts of the register, under any of the account's names."""
    _resolve_accounts(sheets, "administrators")
    sheets["administrators"].refuse_duplicates(
        None,
        lambda a: (a.account_id, a.person_ref.casefold(), a.valid_from),
    )


def access(sheets: Sheets) -> None:
    """Access is given only by a line that is right in every part (default deny)."""
    sheet = sheets["access"]
    _resolve_accounts(sheets, "access")
    units = {line.record.unit_id for line in sheets["units"].lines}

    def is_good(line: Line) -> bool:
        found = _scope_fault(line.record, units if sheets["units"].is_there else None)
        if found:
            sheet.report(line.number, *found, LEFT_OUT)
        return not found

    sheet.keep(is_good)
    sheet.refuse_duplicates(None, lambda a: (a.subject, a.role, a.unit_id, a.account_id))


def _scope_fault(record: Any, units: set[str] | None) -> tuple[str, Reason] | None:
    """The column at fault and what is wrong with it."""
    needed = {"enhetsleder": "unit_id", "administrator": "account_id"}.get(record.role)
    for column in ("unit_id", "account_id"):
        value = getattr(record, column)
        if column == needed and not value:
            return column, reason("role_needs_cell", role=record.role)
        if column != needed and value:
            return column, reason("role_needs_empty_cell", role=record.role)
    if needed == "unit_id" and units is not None and record.unit_id not in units:
        return "unit_id", reason("unit_not_found")
    return None


def _resolve_accounts(sheets: Sheets, name: str) -> None:
    """Any id or handle of an account stands for it; a line for an unknown account is left out."""
    if not sheets["accounts"].is_there:
        return  # accounts are then known from the exports alone
    known: dict[tuple[str, str], str] = {}
    for line in sheets["accounts"].lines:
        for identity in line.record.known_as:
            known.setdefault((line.record.platform, identity.match_key), line.record.account_id)
    sheet = sheets[name]
    for line in list(sheet.lines):
        if line.record.account_id is None:
            continue
        platform, _, rest = line.record.account_id.partition(":")
        account_id = known.get((platform, match_key(rest)))
        if account_id is None:
            sheet.report(line.number, "account_id", reason("account_not_found"), LEFT_OUT)
            sheet.lines.remove(line)
        elif account_id != line.record.account_id:
            sheet.change(line, account_id=account_id)
