"""Who may see what (R14, R70): one viewer per session, decided on the server from the sign-in.

Fails closed: whoever is in no line of `access.csv` sees nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

from svarvakt.register import Access, Register

Role = Literal["kommunikasjon", "enhetsleder", "administrator", "ledelse"]
# What a role may be told: the words are those of svarvakt.metrics.question_registry.
MAY_READ: Mapping[Role, Collection[str]] = {
    "kommunikasjon": ("common", "figures", "units", "accounts", "register", "items"),
    "enhetsleder": ("common", "figures", "units", "accounts", "register", "items"),
    "administrator": ("common", "figures", "accounts", "items"),
    "ledelse": ("common", "figures", "units"),
}
PAGES: Mapping[Role, Sequence[str]] = {
    "kommunikasjon": (
        "oversikt", "arbeidsliste", "manedsrapport", "svarandel", "ubesvarte-negative",
        "merk", "kontoregister", "min-enhet", "kontoeierskap", "aktivitet", "datagrunnlag",
        "innstillinger", "logg", "hjelp", "eksportguide",
    ),
    "enhetsleder": (
        "min-enhet", "oversikt", "arbeidsliste", "manedsrapport", "svarandel", "ubesvarte-negative",
        "merk", "kontoeierskap", "aktivitet", "hjelp", "eksportguide",
    ),
    "administrator": ("arbeidsliste", "hjelp", "eksportguide"),
    "ledelse": (
        "oversikt", "manedsrapport", "svarandel", "aktivitet", "hjelp", "eksportguide",
    ),
}  # fmt: skip
ORDER: tuple[Role, ...] = ("kommunikasjon", "enhetsleder", "administrator", "ledelse")


@dataclasses.dataclass(frozen=True)
class Viewer:
    """One reader. None in `unit_ids` and `account_ids` = everything; both empty = nothing."""

    role: Role
    unit_ids: tuple[str, ...] | None = None
    account_ids: tuple[str, ...] | None = None
    is_signed_in: bool = False  # False: the one user of a machine without sign-in

    @property
    def sees_everything(self) -> bool:
        return self.unit_ids is None

    @property
    def pages(self) -> Sequence[str]:
        """The addresses of the pages this role has; the first one is where it starts."""
        return PAGES[self.role]

    def may_read(self, reads: str) -> bool:
        return reads in MAY_READ[self.role]

    @property
    def may_decide(self) -> bool:
        """Work through items: not management."""
        return self.may_read("items")

    @property
    def may_keep_register(self) -> bool:
        """The whole register, import, settings and the audit log."""
        return self.role == "kommunikasjon"


LOCAL = Viewer("kommunikasjon")


def viewer_of(subjects: Collection[str], register: Register) -> Viewer | None:
    """The viewer of somebody with these subjects (e-mail, `role:<name>`); None = no access.

    The strongest role decides; a unit leader who also administers other accounts sees both.
    """
    wanted = {subject.strip().lower() for subject in subjects}
    grants = [grant for grant in register.access if grant.subject.lower() in wanted]
    role = next((role for role in ORDER if any(g.role == role for g in grants)), None)
    if role is None:
        return None
    if role in ("kommunikasjon", "ledelse"):
        return Viewer(role, is_signed_in=True)
    units = _values(grants, "unit_id", "enhetsleder")
    accounts = _values(grants, "account_id", "administrator")
    return Viewer(role, units, accounts, is_signed_in=True)


def subjects_of(claims: Mapping[str, Any]) -> set[str]:
    """What the sign-in service says about somebody, as `access.csv` writes it.

    Entra ID sends app roles in `roles`; others send `groups`. An e-mail counts only where the
    service does not say that it is unverified.
    """
    found = set()
    email = claims.get("email")
    is_verified = claims.get("email_verified", True) in (True, "true", "True", None)
    if isinstance(email, str) and is_verified and "@" in email and ":" not in email:
        found.add(email.strip().lower())
    for name in ("roles", "groups"):
        values = claims.get(name)
        values = [values] if isinstance(values, str) else values
        if isinstance(values, list | tuple):
            found |= {f"role:{v.strip().lower()}" for v in values if isinstance(v, str)}
    return found


def _values(grants: list[Access], field: str, role: str) -> tuple[str, ...]:
    values = {getattr(grant, field) for grant in grants if grant.role == role}
    return tuple(sorted(value for value in values if value))
