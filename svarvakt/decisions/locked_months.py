"""Locked months: what a report said on the day it was locked, kept for good, version by version."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from svarvakt.decisions.store import METADATA, BadDecision, Store

LOCKED = sa.Table(
    "locked_reports",
    METADATA,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("unit_id", sa.String(200), primary_key=True),  # "" = the municipality
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("reason", sa.Text, nullable=True),
    sa.Column("figures", sa.Text, nullable=False),
    sa.Column("sentences", sa.JSON, nullable=False),
)
SENT = sa.Table(
    "sent_reports",
    METADATA,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("unit_id", sa.String(200), primary_key=True),  # "" = to management
    sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Locked:
    """One version of one report; `figures` is JSON, `sentences` by language."""

    month: date
    unit_id: str
    version: int
    locked_at: datetime
    role: str
    reason: str | None
    figures: str
    sentences: dict[str, list[str]]


@dataclasses.dataclass(frozen=True)
class ToLock:
    """What is to be locked for one unit ("" = the municipality)."""

    unit_id: str
    figures: str
    sentences: dict[str, list[str]]


def lock(
    store: Store, role: str, month: date, reports: Sequence[ToLock], reason: str | None = None
) -> int:
    """Locks a month's reports, all or none; returns the version.

    Raises BadDecision when the month is locked already and no reason is given, or when somebody
    else locks it at the same moment.
    """
    try:
        return _lock(store, role, month, reports, reason)
    except sa.exc.IntegrityError:
        raise BadDecision(
            "Måneden ble låst av noen andre i samme øyeblikk. Se den versjonen først."
        ) from None


def _lock(
    store: Store, role: str, month: date, reports: Sequence[ToLock], reason: str | None
) -> int:
    name, now = f"{month:%Y-%m}", datetime.now(UTC)
    with store.engine.begin() as con:
        newest = sa.select(sa.func.max(LOCKED.c.version)).where(LOCKED.c.month == name)
        before = con.scalar(newest) or 0
        if before and not (reason or "").strip():
            raise BadDecision("Måneden er låst. En ny versjon må ha en begrunnelse.")
        common = {"month": name, "version": before + 1, "locked_at": now, "role": role}
        for each in reports:
            row = common | dataclasses.asdict(each) | {"reason": reason}
            con.execute(sa.insert(LOCKED).values(**row))
    return before + 1


def locked(store: Store, month: date, unit_id: str = "") -> list[Locked]:
    """The versions of one report, the newest first."""
    query = (
        sa.select(LOCKED)
        .where(LOCKED.c.month == f"{month:%Y-%m}", LOCKED.c.unit_id == unit_id)
        .order_by(LOCKED.c.version.desc())
    )
    with store.engine.connect() as con:
        return [_locked(row) for row in con.execute(query).mappings()]


def archive(store: Store, unit_id: str = "") -> list[Locked]:
    """The newest version of every locked month of a unit ("" = the municipality), newest first."""
    query = sa.select(LOCKED).where(LOCKED.c.unit_id == unit_id).order_by(LOCKED.c.version)
    with store.engine.connect() as con:
        newest = {row["month"]: _locked(row) for row in con.execute(query).mappings()}
    return [newest[month] for month in sorted(newest, reverse=True)]


def remember_sent(store: Store, month: date, version: int, unit_id: str) -> bool:
    """Claims one sending; False when it was sent before, by this or another machine."""
    row = {
        "month": f"{month:%Y-%m}",
        "version": version,
        "unit_id": unit_id,
        "sent_at": datetime.now(UTC),
    }
    try:
        with store.engine.begin() as con:
            con.execute(sa.insert(SENT).values(**row))
    except sa.exc.IntegrityError:
        return False
    return True


def forget_sent(store: Store, month: date, version: int, unit_id: str) -> None:
    """Gives a claim back when the sending failed."""
    with store.engine.begin() as con:
        con.execute(
            sa.delete(SENT).where(
                SENT.c.month == f"{month:%Y-%m}",
                SENT.c.version == version,
                SENT.c.unit_id == unit_id,
            )
        )


def _locked(row: Any) -> Locked:
    values = dict(row)
    moment = values["locked_at"]
    values["locked_at"] = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return Locked(**(values | {"month": date.fromisoformat(f"{values['month']}-01")}))
