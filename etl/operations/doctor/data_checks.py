"""What the doctor looks at in the data folder: the lake, the figures, the decisions, the copies."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.ingest.files import find_files
from etl.lake import store as lake
from etl.lake.pseudonym_key import SECRET
from etl.operations.backup import LAST, where_decisions_are
from etl.operations.doctor.finding import BAD, NOTE, OK, Check, Finding
from etl.warehouse import build
from svarvakt import decisions, warehouse

OLD_EXPORT_DAYS = 35  # one month, and a few days to get round to it
OLD_COPY_DAYS = 7
LOAD = "Kjør «python -m etl load» med mappen data/exports, eller trykk «Les inn nye filer»."


def key(data: Path) -> Iterator[Finding]:
    """The key of the pseudonyms is there, whole, and for its owner alone."""
    path = data / "secret"
    if not path.exists() and not lake_ids(data):
        yield Finding("Nøkkelen", OK, "lages ved første innlesing")
        return
    found = path.read_text(encoding="ascii", errors="replace").strip() if path.exists() else ""
    if SECRET.fullmatch(found):
        yield Finding("Nøkkelen", OK, "er der")
        return
    why = "Uten den kan ingenting leses inn eller regnes ut."
    mend = f"Legg tilbake «secret» i {data} fra en sikkerhetskopi."
    yield Finding("Nøkkelen", BAD, "mangler eller er skadd", why, mend)


def lake_ids(data: Path) -> set[str]:
    """What is imported, without making the folder."""
    return lake.imported(data) if (data / "lake").is_dir() else set()


def imports(data: Path) -> Iterator[Finding]:
    """Every file of the lake can be read to its end."""
    ids = lake_ids(data)
    damaged = lake.damaged(data) if ids else []
    if damaged:
        why = "Neste utregning stanser der; tallene fra før står."
        mend = str(lake.Damaged(damaged)).partition(": ")[2]
        yield Finding("Det som er lest inn", BAD, f"{len(damaged)} filer er skadd", why, mend)
        return
    yield Finding("Det som er lest inn", OK, f"{len(ids)} filer, alle kan leses")


def figures(data: Path) -> Iterator[Finding]:
    """The pointer leads to a whole warehouse that passes its checks and follows its inputs."""
    pointer = warehouse.current(data)
    if pointer is None:
        yield _no_figures(data)
        return
    path = warehouse.warehouse_path(data, pointer)
    if not warehouse.is_whole(path, pointer) or (failed := _failed(path)):
        what = "databasen med tallene er skadd eller består ikke kontrollen"
        mend = "Kjør «python -m etl build»; den regnes ut på nytt."
        yield Finding("Tallene", BAD, what, "Sidene kan vise feil eller ingenting.", mend)
    elif not failed and pointer.get("fingerprint") != build.fingerprint(data):
        why = "Noe er endret siden: en avgjørelse, registeret, programmet eller datoen."
        mend = "Kjør «python -m etl build», eller vent på neste innlesing."
        yield Finding("Tallene", NOTE, "er ikke regnet ut etter siste endring", why, mend)
    else:
        yield Finding("Tallene", OK, f"regnet ut {str(pointer.get('built_at', ''))[:16]} (UTC)")


def _no_figures(data: Path) -> Finding:
    has_pointer = (data / "warehouse" / "current.json").exists()
    if has_pointer or lake_ids(data):
        what = "finnes ikke, eller current.json peker ingen steder"
        mend = "Kjør «python -m etl build»."
        return Finding("Tallene", BAD, what, "Sidene har ingenting å vise.", mend)
    return Finding("Tallene", NOTE, "ingenting er lest inn ennå", "", LOAD)


def _failed(path: Path) -> list[str]:
    """The build's own checks that do not hold."""
    with duckdb.connect(str(path), read_only=True) as con:
        lakeless = {name: query for name, query in build.CHECKS.items() if "read_" not in query}
        return [name for name, query in lakeless.items() if con.execute(query).fetchone() != (0,)]


def decided(data: Path) -> Iterator[Finding]:
    """The decisions can be read, and none that the figures were made of is gone."""
    where = where_decisions_are(data)
    if where == "none":
        yield Finding("Avgjørelsene", OK, "ingen er tatt ennå")
        return
    newest = decisions.open_store(data).newest_id()
    if newest < _decided_up_to(data):
        why = "Avgjørelser som tallene bygger på, er borte."
        mend = "Stopp Svarvakt og legg tilbake en kopi med «python -m etl restore»."
        yield Finding("Avgjørelsene", BAD, "færre enn før", why, mend)
        return
    place = "PostgreSQL" if where == "server" else "SQLite"
    yield Finding("Avgjørelsene", OK, f"{newest} avgjørelser i {place}")


def _decided_up_to(data: Path) -> int:
    """The newest decision that the figures know of, 0 when they cannot say."""
    pointer = warehouse.current(data)
    if pointer is None:
        return 0
    with duckdb.connect(str(warehouse.warehouse_path(data, pointer)), read_only=True) as con:
        row = con.execute("SELECT value FROM build_info WHERE key = 'decided_up_to'").fetchone()
    return int(row[0]) if row and str(row[0]).isdigit() else 0


def register_lines(data: Path) -> Iterator[Finding]:
    """Lines of the register that are left out or odd."""
    problems = decisions.current_register(data).problems
    if not problems:
        yield Finding("Registeret", OK, "uten feil")
        return
    why = "Linjer med feil blir ikke brukt."
    mend = "Se listen på siden «Kontoregister», og rett dem der eller i data/register."
    yield Finding("Registeret", NOTE, f"{len(problems)} merknader", why, mend)


def exports(data: Path) -> Iterator[Finding]:
    """How old the newest export is, and what waits in the inbox."""
    newest = (
        max((one["exported_at"] for one in lake.imports(data)), default="")
        if lake_ids(data)
        else ""
    )
    if newest:
        days = (datetime.now(UTC) - datetime.fromisoformat(newest).astimezone(UTC)).days
        state = NOTE if days > OLD_EXPORT_DAYS else OK
        why = "Det som er skrevet siden, er ikke med i tallene." if state == NOTE else ""
        mend = "Hent nye eksporter fra plattformene." if state == NOTE else ""
        yield Finding("Nyeste eksport", state, f"{max(days, 0)} dager gammel", why, mend)
    waiting = _waiting(data)
    if waiting:
        why = "De er ikke med i tallene."
        yield Finding("Innboksen", NOTE, f"{waiting} filer er ikke lest inn", why, LOAD)
    else:
        yield Finding("Innboksen", OK, "alt er lest inn")


def _waiting(data: Path) -> int:
    """Files of the inbox that are neither imported nor taken out by somebody."""
    inbox = data / "exports"
    if not inbox.is_dir():
        return 0
    known = lake_ids(data) | (lake.undone(data) if (data / "lake").is_dir() else set())
    with tempfile.TemporaryDirectory() as scratch:
        found = [each.path for each in find_files([inbox], Path(scratch)) if not each.refusal]
        return sum(
            hashlib.sha256(path.read_bytes()).hexdigest() not in known
            for path in found
            if path.name != "README.md"
        )


def copies(data: Path) -> Iterator[Finding]:
    """How old the newest copy is, and whether an old one of a restore is still lying about."""
    for left in sorted(data.glob("replaced-*")):
        why = "Den har nøkkelen og tekster som ellers ville blitt slettet."
        yield Finding("Til side", NOTE, f"{left.name} ligger igjen", why, f"Slett {left}.")
    if not lake_ids(data):
        return
    days = _days_since_copy(data)
    if days is not None and days <= OLD_COPY_DAYS:
        yield Finding("Sikkerhetskopi", OK, f"{days} dager gammel")
        return
    what = "ingen er tatt med «python -m etl backup»" if days is None else f"{days} dager gammel"
    why = "Går disken tapt, er avgjørelser og nøkkelen borte for godt."
    mend = "Kjør «python -m etl backup» med en mappe på en annen, kryptert disk, helst hver natt."
    yield Finding("Sikkerhetskopi", NOTE, what, why, mend)


def _days_since_copy(data: Path) -> int | None:
    path = data / LAST
    if not path.exists():
        return None
    at = datetime.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["at"])
    return max((datetime.now(UTC) - at).days, 0)


CHECKS: list[tuple[str, Check]] = [
    ("Nøkkelen", key),
    ("Det som er lest inn", imports),
    ("Avgjørelsene", decided),
    ("Registeret", register_lines),
    ("Tallene", figures),
    ("Eksportene", exports),
    ("Sikkerhetskopi", copies),
]
