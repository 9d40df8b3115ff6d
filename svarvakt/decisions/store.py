"""What people decided, append-only, in SQL (SQLite by default, PostgreSQL by one setting).

Nothing here names a person: a decision has the role of whoever made it. Nothing is ever
changed or removed, but by erasure (`Store.scrub`) and the log's own age; a decision is taken back
by another one.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from svarvakt import settings
from svarvakt.decisions.kinds import KINDS, STACKABLE_SLOTS

FILE = "decisions.sqlite"
MOST_TEXT = 2000  # characters of a reason or a text
LONGEST_WAIT = 30  # seconds for another who writes

METADATA = sa.MetaData()
# SQLite keeps numbers of its own for INTEGER keys only.
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DECISIONS = sa.Table(
    "decisions",
    METADATA,
    sa.Column("decision_id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("about", sa.String(20), nullable=False),
    sa.Column("subject", sa.String(400), nullable=False, index=True),
    sa.Column("details", sa.JSON, nullable=False),
    sa.Column("reason", sa.Text, nullable=True),
    sa.Column("undoes", _NUMBER, nullable=True),
    sqlite_autoincrement=True,
)
REGISTER_EDITS = sa.Table(
    "register_edits",
    METADATA,
    sa.Column("edit_id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("file", sa.String(40), nullable=False),
    sa.Column("line_key", sa.String(400), nullable=False, index=True),
    sa.Column("before", sa.JSON, nullable=True),
    sa.Column("after", sa.JSON, nullable=True),
    sqlite_autoincrement=True,
)
AUDIT_EVENTS = sa.Table(
    "audit_events",
    METADATA,
    sa.Column("event_id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("event", sa.String(40), nullable=False),
    sa.Column("object", sa.String(400), nullable=False),
    sqlite_autoincrement=True,
)


# Counts too: a slow writer may add a lower id after a higher one.
_STATE = sa.select(
    *(
        sa.select(figure(column)).scalar_subquery()
        for column in (DECISIONS.c.decision_id, REGISTER_EDITS.c.edit_id)
        for figure in (sa.func.count, sa.func.max)
    )
)


class BadDecision(ValueError):
    """A decision that cannot be stored; says which rule it breaks."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Decision:
    """One line. `subject` is the id of an item, post, account or measure; times are UTC."""

    decision_id: int
    made_at: datetime
    role: str
    kind: str
    about: str
    subject: str
    details: Mapping[str, Any]
    reason: str | None
    undoes: int | None

    @property
    def slot(self) -> str:
        return KINDS[self.kind].slot if self.kind in KINDS else self.kind


@dataclasses.dataclass(frozen=True, kw_only=True)
class RegisterEdit:
    """One changed line of the register: cells as text, None = no such line."""

    edit_id: int
    made_at: datetime
    role: str
    file: str
    line_key: str
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class AuditEvent:
    """Who did what to which object, when; never a text (R72)."""

    event_id: int
    happened_at: datetime
    role: str
    event: str
    object: str


@dataclasses.dataclass(frozen=True)
class New:
    """A decision on its way in."""

    kind: str
    about: str
    subject: str
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    reason: str | None = None


class Store:
    """The decisions of one data folder. Safe for several processes and threads at once."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)

    @property
    def engine(self) -> sa.Engine:
        """For the other tables of the same database (svarvakt.decisions.locked_months)."""
        return self._engine

    def record(self, role: str, *decisions: New) -> list[int]:
        """Stores all of them or none; returns their ids. Raises BadDecision."""
        rows = [_checked(role, each) for each in decisions]
        with self._engine.begin() as con:
            return [_insert(con, DECISIONS, row) for row in rows]

    def undo(self, role: str, decision_id: int) -> int:
        """Takes one decision back; what it replaced is in force again. Raises BadDecision."""
        with self._engine.begin() as con:
            row = con.execute(
                sa.select(DECISIONS).where(DECISIONS.c.decision_id == decision_id)
            ).first()
            if row is None or row.kind == "undo":
                raise BadDecision("Det finnes ingen slik avgjørelse å angre.")
            values = {"about": row.about, "subject": row.subject, "undoes": decision_id}
            return _insert(con, DECISIONS, _row(role, "undo") | values)

    def in_force(
        self, subjects: Iterable[str] | None = None, *, after: int = 0, about: str | None = None
    ) -> list[Decision]:
        """The newest decision of each subject and slot that nobody took back, oldest first.

        `after` leaves out subjects that nothing newer than that id is about; `about` all but
        one sort of subject.
        """
        wanted = None if subjects is None else set(subjects)
        if after:
            newer = self._subjects_after(after)
            wanted = newer if wanted is None else wanted & newer
        newest: dict[tuple[str, str, int], Decision] = {}
        for row in self.standing(wanted, about):
            own = row.decision_id if row.slot in STACKABLE_SLOTS else 0
            newest[row.subject, row.slot, own] = row
        return sorted(newest.values(), key=lambda each: each.decision_id)

    def standing(
        self, subjects: set[str] | None = None, about: str | None = None
    ) -> list[Decision]:
        """Every decision that nobody took back, oldest first, also those that others replaced."""
        rows = self._rows(subjects, about)
        undone = {row.undoes for row in rows if row.undoes is not None}
        return [row for row in rows if row.kind != "undo" and row.decision_id not in undone]

    def history(self, subject: str) -> list[Decision]:
        """Everything that was ever decided about a subject, oldest first."""
        return self._rows({subject})

    def find(self, decision_id: int) -> Decision | None:
        """One decision by its id."""
        query = sa.select(DECISIONS).where(DECISIONS.c.decision_id == decision_id)
        with self._engine.connect() as con:
            row = con.execute(query).first()
        return _decision(row) if row else None

    def recent(self, limit: int = 20) -> list[Decision]:
        """The newest decisions, the newest first."""
        query = sa.select(DECISIONS).order_by(DECISIONS.c.decision_id.desc()).limit(limit)
        with self._engine.connect() as con:
            return [_decision(row) for row in con.execute(query)]

    def newest_id(self) -> int:
        """The id of the newest decision, 0 when there is none."""
        with self._engine.connect() as con:
            return con.scalar(sa.select(sa.func.max(DECISIONS.c.decision_id))) or 0

    def state(self) -> str:
        """Changes whenever a decision or a register edit is added: a build's fingerprint."""
        with self._engine.connect() as con:
            decisions, newest, edits, newest_edit = con.execute(_STATE).one()
        is_unused = not decisions and not edits
        return "" if is_unused else str([(decisions, newest), (edits, newest_edit)])

    def edit_register(self, role: str, edits: Sequence[tuple[str, str, Any, Any]]) -> None:
        """Stores (file, line_key, before, after) lines, all or none; cells are texts."""
        now = datetime.now(UTC)
        names = ("file", "line_key", "before", "after")
        with self._engine.begin() as con:
            for edit in edits:
                row = dict(zip(names, edit, strict=True)) | {"made_at": now, "role": role}
                _insert(con, REGISTER_EDITS, row)

    def register_edits(self) -> list[RegisterEdit]:
        """Every change of the register made in the app, oldest first."""
        query = sa.select(REGISTER_EDITS).order_by(REGISTER_EDITS.c.edit_id)
        with self._engine.connect() as con:
            rows = con.execute(query).mappings().all()
        return [RegisterEdit(**(dict(row) | {"made_at": _utc(row["made_at"])})) for row in rows]

    def log(self, role: str, event: str, about: str) -> None:
        """One line of the audit log (R72). `about` is an id or a file name, never a text."""
        row = {
            "happened_at": datetime.now(UTC),
            "role": role,
            "event": event,
            "object": about[:400],
        }
        with self._engine.begin() as con:
            _insert(con, AUDIT_EVENTS, row)

    def audit(self, limit: int = 500) -> list[AuditEvent]:
        """The newest lines of the audit log, the newest first."""
        query = sa.select(AUDIT_EVENTS).order_by(AUDIT_EVENTS.c.event_id.desc()).limit(limit)
        with self._engine.connect() as con:
            rows = con.execute(query).mappings().all()
        return [AuditEvent(**(dict(r) | {"happened_at": _utc(r["happened_at"])})) for r in rows]

    def forget_audit(self, before: datetime) -> int:
        """Removes audit lines older than a time; returns how many. Nothing else is removed."""
        with self._engine.begin() as con:
            done = con.execute(sa.delete(AUDIT_EVENTS).where(AUDIT_EVENTS.c.happened_at < before))
            return done.rowcount

    def anonymize(self, subject: str, known_as: str) -> int:
        """Erasure (R17): decisions about a subject lose every free text and the subject's own id.

        They stay in force under `known_as`, so that no figure changes; returns how many. The one
        other thing that is ever changed here.
        """
        kept = (
            *("answered_on", "reply_class", "tone", "found_on", "corrected_on"),
            *("is_citizen_told", "flag", "value", "served_as", "needs_reply", "flags"),
            *("machine_tone", "machine_needs_reply", "machine_flags"),
        )
        with self._engine.begin() as con:
            rows = con.execute(sa.select(DECISIONS).where(DECISIONS.c.subject == subject)).all()
            for row in rows:
                details = {name: row.details[name] for name in kept if name in row.details}
                if row.details.get("case_number"):
                    details["case_number"] = "–"  # that there was one still counts (M12)
                values = {"subject": known_as, "details": details, "reason": None}
                this = DECISIONS.c.decision_id == row.decision_id
                con.execute(sa.update(DECISIONS).where(this).values(**values))
            named = AUDIT_EVENTS.c.object == subject
            con.execute(sa.update(AUDIT_EVENTS).where(named).values(object=known_as))
        self._forget_pages()
        return len(rows)

    def _forget_pages(self) -> None:
        """SQLite keeps old words in freed pages and in its journal until it is told."""
        if self._engine.dialect.name != "sqlite":
            return
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as con:
            con.exec_driver_sql("VACUUM")
            con.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _subjects_after(self, decision_id: int) -> set[str]:
        query = sa.select(DECISIONS.c.subject).where(DECISIONS.c.decision_id > decision_id)
        with self._engine.connect() as con:
            return set(con.scalars(query))

    def _rows(self, subjects: set[str] | None, about: str | None = None) -> list[Decision]:
        query = sa.select(DECISIONS).order_by(DECISIONS.c.decision_id)
        if about is not None:
            query = query.where(DECISIONS.c.about == about)
        if subjects is not None:
            query = query.where(DECISIONS.c.subject.in_(sorted(subjects)))
        with self._engine.connect() as con:
            return [_decision(row) for row in con.execute(query)]


def is_used(data: Path) -> bool:
    """Whether anything can have been decided: reading alone makes no file."""
    is_shared = data == settings.data_dir() and bool(os.environ.get(settings.DECISIONS))
    return is_shared or (data / FILE).exists()


def open_store(data: Path) -> Store:
    """The store of a data folder: PostgreSQL where `SVARVAKT_DECISIONS` says so, else SQLite.

    The demonstration always has a file of its own.
    """
    if data == settings.data_dir() and os.environ.get(settings.DECISIONS):
        return _store(settings.env(settings.DECISIONS, "", "databasen for avgjørelser"))
    path = data / FILE
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    return _store(f"sqlite:///{path}")


def dispose(data: Path) -> None:
    """Closes what this process holds open of the SQLite file: another is to take its place."""
    if (data / FILE).exists():
        with contextlib.suppress(sa.exc.DatabaseError):  # a damaged one is replaced too
            open_store(data).engine.dispose()
    _store.cache_clear()


@lru_cache(maxsize=32)
def _store(url: str) -> Store:
    return Store(url)


def _engine(url: str) -> sa.Engine:
    if not url.startswith("sqlite"):
        engine = sa.create_engine(url, pool_pre_ping=True)
        _make_tables(engine)
        return engine
    engine = sa.create_engine(url, connect_args={"timeout": LONGEST_WAIT})

    @sa.event.listens_for(engine, "connect")
    def _careful(connection: Any, _record: object) -> None:
        """WAL lets readers go on; FULL keeps what was acknowledged through a power cut."""
        for pragma in ("journal_mode = WAL", "synchronous = FULL"):
            connection.execute(f"PRAGMA {pragma}")

    _make_tables(engine)
    return engine


def _make_tables(engine: sa.Engine) -> None:
    """Each table that is missing; who is not the first to open a new store looks once more."""
    until = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            return METADATA.create_all(engine)
        except sa.exc.DatabaseError as error:
            is_being_made = any(words in str(error) for words in ("already exists", "is locked"))
            if not is_being_made or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _checked(role: str, new: New) -> dict[str, Any]:
    kind = KINDS.get(new.kind)
    if kind is None or new.about not in kind.about:
        raise BadDecision(f"«{new.kind}» kan ikke avgjøres om {new.about}.")
    unknown = set(new.details) - set(kind.details)
    if unknown:
        raise BadDecision(f"«{new.kind}» har ikke feltene {', '.join(sorted(unknown))}.")
    reason = (new.reason or "").strip() or None
    if kind.needs_reason and reason is None:
        raise BadDecision(f"«{new.kind}» må ha en begrunnelse.")
    if any(len(text) > MOST_TEXT for text in (reason or "", *map(str, new.details.values()))):
        raise BadDecision(f"Teksten er for lang (over {MOST_TEXT} tegn).")
    values = {"about": new.about, "subject": new.subject, "reason": reason}
    return _row(role, new.kind) | values | {"details": dict(new.details)}


def _row(role: str, kind: str) -> dict[str, Any]:
    return {"made_at": datetime.now(UTC), "role": role, "kind": kind, "details": {}}


def _insert(con: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> int:
    key = con.execute(sa.insert(table).values(**row)).inserted_primary_key
    return int(key[0]) if key else 0


def _decision(row: Any) -> Decision:
    return Decision(**(dict(row._mapping) | {"made_at": _utc(row.made_at)}))


def _utc(moment: datetime) -> datetime:
    """SQLite gives times back without their zone; all of ours are UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
