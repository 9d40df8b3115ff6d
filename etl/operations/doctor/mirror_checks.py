"""What the doctor looks at where the figures are a copy: is it whole, and is it fresh?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from etl.operations.doctor.data_checks import decided, register_lines
from etl.operations.doctor.finding import BAD, NOTE, OK, Check, Finding
from svarvakt import settings, warehouse

OLD = timedelta(minutes=15)  # copied every minute
COPY_AGAIN = "Kjør «python -m etl mirror» med denne mappen på maskinen som regner ut tallene."


def figures(data: Path) -> Iterator[Finding]:
    """The copy is, byte for byte, what the other machine published."""
    pointer = warehouse.current(data)
    if pointer is None or not warehouse.is_whole(warehouse.warehouse_path(data, pointer), pointer):
        why = "Sidene har ingenting å vise, eller kan vise feil."
        yield Finding("Tallene", BAD, "kopien mangler eller er skadd", why, COPY_AGAIN)
        return
    yield Finding("Tallene", OK, f"en hel kopi, regnet ut {str(pointer['built_at'])[:16]} (UTC)")


def freshness(data: Path) -> Iterator[Finding]:
    """The other machine has been here a short while ago."""
    told = json.loads((data / settings.COPY).read_text(encoding="utf-8")).get("mirrored_at")
    if told is None:
        yield Finding("Kopien", BAD, "er ikke ferdig", "Sidene har ingenting å vise.", COPY_AGAIN)
        return
    age = datetime.now(UTC) - datetime.fromisoformat(told)
    if age > OLD:
        what = f"er {age // timedelta(minutes=1)} minutter gammel"
        why = "Nye filer, avgjørelser og slettinger kommer ikke fram hit."
        yield Finding("Kopien", NOTE, what, why, COPY_AGAIN)
        return
    yield Finding("Kopien", OK, "er fersk")


CHECKS: list[tuple[str, Check]] = [
    ("Avgjørelsene", decided),
    ("Registeret", register_lines),
    ("Tallene", figures),
    ("Kopien", freshness),
]
