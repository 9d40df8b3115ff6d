"""Retention (R16): nothing is kept longer than its purpose needs. See `docs/privacy.md`."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from etl.lake import store as lake
from etl.operations import inbox, rewrite
from etl.progress import Progress
from etl.warehouse import build, item_ids
from svarvakt import decisions, settings, warehouse

DEFAULTS = {"raw_days": 30, "text_months": 12, "row_months": 24}
AUDIT_MONTHS = 12
AFTER_ANSWER = timedelta(days=90)
ROLE = "kommandolinje"


@dataclasses.dataclass(frozen=True)
class Rules:
    """How long each kind is kept; `raw_days` 0 = removed as soon as it is loaded."""

    raw_days: int
    text_months: int
    row_months: int


def rules(data: Path) -> Rules:
    """What the municipality has set, else the defaults."""
    held = decisions.current_register(data).settings(settings.today())
    return Rules(**{name: _whole(held.get(name), usual) for name, usual in DEFAULTS.items()})


def prune(
    data: Path,
    *,
    is_dry: bool,
    progress: Progress,
    override: bool = False,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Removes what is past its time, or says what it would; returns the receipt.

    `override` also takes what is marked for the archive and not archived yet (R51).
    """
    now = now or datetime.now(UTC)
    held = rules(data)
    with lake.exclusive_lock(data), lake.noticing_damage(data):
        lake.sweep(data)
        withhold(data)
        build.build_if_needed(data, progress)
        blocked = () if override else waiting_for_archive(data)
        with rewrite.open_plan(data, _bounds(held, now, blocked)) as con:
            counts = _counts(con) | {"held_for_archive": len(blocked)}
            done = _receipt(held, now, override, counts)
            files = overdue(data, now)
            counts["inbox_files"] = len(files)
            if is_dry:
                return done | {"is_dry": True}
            counts["imports_rewritten"] = rewrite.apply_plan(con, data)
        for path in files:
            path.unlink(missing_ok=True)
        counts["audit_lines"] = _forget_audit(data, now)
        if counts["imports_rewritten"]:
            build.build(data, progress)
        counts["older_warehouses_left"] = rewrite.remove_old_warehouses(data)
    path = rewrite.receipt(data, "prune", done)
    decisions.open_store(data).log(ROLE, "prune_override" if override else "prune", path.name)
    return done | {"receipt": str(path)}


def overdue(data: Path, now: datetime) -> list[Path]:
    """The files of the inbox that are to be removed; the invented municipality keeps its own."""
    is_invented = "demonstration" in decisions.current_register(data).settings(settings.today())
    return [] if is_invented else inbox.overdue(data, rules(data).raw_days, now)


def withhold(data: Path) -> bool:
    """Takes the stored texts of vulnerable services out (R15); True when there were any.

    For the holder of the lock, before a build: a service may be marked after its import. An
    erasure that was stopped half way is carried out to its end too (R17). Raises lake.Damaged.
    """
    is_any_vulnerable = bool(decisions.current_register(data).sensitive_identities)
    is_half_erased = warehouse.is_forgotten(data) and bool(lake.erased(data))
    with lake.noticing_damage(data):
        if not is_half_erased and not (is_any_vulnerable and rewrite.holds_withheld(data)):
            return False
        with rewrite.open_plan(data, rewrite.RetentionCutoffs()) as con:
            rewrite.apply_plan(con, data)
    return True


def waiting_for_archive(data: Path) -> Sequence[str]:
    """The items that somebody marked for the archive and nobody archived (R50, R51)."""
    if not decisions.is_used(data):
        return ()
    standing = decisions.open_store(data).in_force()
    marked = [each.subject for each in standing if each.kind == "archive_candidate"]
    return tuple(item_ids.current_ids(data, marked))


def _bounds(held: Rules, now: datetime, blocked: Sequence[str]) -> rewrite.RetentionCutoffs:
    return rewrite.RetentionCutoffs(
        text_before=_months_before(now, held.text_months),
        rows_before=_months_before(now, held.row_months),
        answered_before=now - AFTER_ANSWER,
        blocked=blocked,
        takes_vanished=True,
    )


def _receipt(held: Rules, now: datetime, override: bool, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "what": "prune",
        "at": now.isoformat(timespec="seconds"),
        "rules": dataclasses.asdict(held) | {"audit_months": AUDIT_MONTHS},
        "overrides_archive": override,
        "counts": counts,
    }


def _counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    cursor = con.execute(COUNTS)
    names = [column[0] for column in cursor.description or ()]
    return dict(zip(names, cursor.fetchone() or (), strict=True))


COUNTS = """
SELECT count(*) FILTER (loses_text) AS texts, count(*) FILTER (loses_row) AS rows,
    count(*) FILTER (loses_writer) AS vanished, count(*) FILTER (is_withheld) AS withheld,
    (SELECT count(*) FROM old_rejects) AS imports_with_rejected_lines,
    (SELECT count(*) FROM touched) AS imports
FROM plan
"""


def _forget_audit(data: Path, now: datetime) -> int:
    if not decisions.is_used(data):
        return 0
    return decisions.open_store(data).forget_audit(_months_before(now, AUDIT_MONTHS))


def _months_before(moment: datetime, months: int) -> datetime:
    """The same day of the month so many months earlier (the last one where there is none)."""
    with duckdb.connect() as con:
        row = con.execute(
            "SELECT $1::TIMESTAMP - to_months($2)", [moment.replace(tzinfo=None), months]
        ).fetchone()
    assert row is not None
    earlier: datetime = row[0]
    return earlier.replace(tzinfo=moment.tzinfo)


def _whole(text: str | None, usual: int) -> int:
    return int(text) if text and text.isdigit() else usual
