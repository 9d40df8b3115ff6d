"""Which model reads comments: every version that was put in use, kept for good, newest in force.

It lies with the decisions, so that it survives rebuilds and is the same on every server.
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from svarvakt.decisions.store import METADATA, Store

READING_MODELS = sa.Table(
    "reading_models",
    METADATA,
    sa.Column(
        "model_id",
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("version", sa.String(60), nullable=False),
    sa.Column("weights", sa.JSON, nullable=True),  # none: the model that comes with the program
    sa.Column("quality", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReadingModel:
    """One time a model was put in use. `quality` is what was measured then."""

    model_id: int
    made_at: datetime
    role: str
    version: str
    weights: dict[str, Any] | None
    quality: dict[str, Any]


def put_in_use(
    store: Store, role: str, version: str, weights: dict[str, Any] | None, quality: dict[str, Any]
) -> None:
    """Adds a line; it is in force until another one is added."""
    row = {"made_at": datetime.now(UTC), "role": role, "version": version}
    with store.engine.begin() as con:
        values = row | {"weights": weights, "quality": quality}
        con.execute(sa.insert(READING_MODELS).values(**values))


def reading_models(store: Store) -> list[ReadingModel]:
    """Every model that was ever put in use, oldest first; the last one is in force."""
    query = sa.select(READING_MODELS).order_by(READING_MODELS.c.model_id)
    with store.engine.connect() as con:
        rows = con.execute(query).mappings().all()
    return [ReadingModel(**(dict(row) | {"made_at": _utc(row["made_at"])})) for row in rows]


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
