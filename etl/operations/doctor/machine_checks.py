"""What the doctor looks at on the machine: Python, packages, rights, disk, port, clock."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import socket
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from etl.operations.doctor.finding import BAD, NOTE, OK, Check, Finding
from svarvakt.settings import PROJECT, ZONE

LEAST_FREE = 1_000_000_000  # bytes
TELEMETRY = "STREAMLIT_BROWSER_GATHER_USAGE_STATS"
MOST_NAMED = 5


def python(_data: Path) -> Iterator[Finding]:
    """The version of Python; nothing of ours runs on one that is too old."""
    yield Finding("Python", OK, sys.version.split()[0])


def packages(_data: Path) -> Iterator[Finding]:
    """The installed packages against the lock file, but for those of other systems."""
    lock = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    wanted = re.findall(r"^([\w.-]+)==([^\s;\\]+)(?: ; (\S.*?))?(?: \\)?$", lock, re.MULTILINE)
    wrong = [
        f"{name} {version}"
        for name, version, only_where in wanted
        if not _has(name, version) and not only_where
    ]
    if not wrong:
        yield Finding("Pakkene", OK, f"{len(wanted)} som i låsefilen")
        return
    named = ", ".join(wrong[:MOST_NAMED]) + (" …" if len(wrong) > MOST_NAMED else "")
    why = "Svarvakt er bare prøvd med pakkene i requirements.lock."
    yield Finding("Pakkene", BAD, f"mangler {named}", why, "Kjør «python3 start.py setup».")


def _has(name: str, version: str) -> bool:
    try:
        return importlib.metadata.version(name) == version
    except importlib.metadata.PackageNotFoundError:
        return False


def rights(data: Path) -> Iterator[Finding]:
    """The data folder is for its owner alone: 0700 and 0600."""
    if os.name == "nt":
        mend = "Se på Sikkerhet under Egenskaper at bare brukeren som kjører Svarvakt, står der."
        yield Finding("Rettigheter", NOTE, "sjekkes ikke på Windows", "", mend)
        return
    open_ones = [path for path in _private(data) if path.stat().st_mode & 0o077]
    if not open_ones:
        yield Finding("Rettigheter", OK, "bare eieren kan lese datamappen")
        return
    named = ", ".join(path.name or str(path) for path in open_ones[:MOST_NAMED])
    why = "Andre brukere på maskinen kan lese innbyggernes tekster eller nøkkelen."
    mend = f"Kjør «chmod -R go= {data}»."
    yield Finding("Rettigheter", BAD, f"åpne for andre: {named}", why, mend)


def _private(data: Path) -> Iterator[Path]:
    """What must be closed; inside a closed data folder the rest is behind it."""
    if data.is_dir():
        yield data
    for name in ("secret", "decisions.sqlite", "lake", "warehouse"):
        if (data / name).exists():
            yield data / name


def disk(data: Path) -> Iterator[Finding]:
    """Room for the next import and the next warehouse beside the old one."""
    place = next(each for each in (data, *data.parents) if each.exists())
    free = shutil.disk_usage(place).free
    in_use = sum(each.stat().st_size for each in (data / "warehouse").glob("warehouse-*"))
    needed = max(LEAST_FREE, 3 * in_use)
    told = f"{free / 1e9:.1f} GB ledig".replace(".", ",")
    if free >= needed:
        yield Finding("Diskplass", OK, told)
        return
    why = "En full disk stanser innlesing og avgjørelser."
    mend = f"Frigjør plass til minst {needed / 1e9:.0f} GB er ledig."
    yield Finding("Diskplass", BAD, told, why, mend)


def port(number: int) -> Iterator[Finding]:
    """Free, or taken by somebody: perhaps Svarvakt itself."""
    with socket.socket() as probe:
        probe.settimeout(2)
        is_taken = probe.connect_ex(("127.0.0.1", number)) == 0
    if not is_taken:
        yield Finding("Porten", OK, f"{number} er ledig")
        return
    what = f"{number} er i bruk, kanskje av Svarvakt selv"
    mend = "Er det et annet program, start med «--port N»."
    yield Finding("Porten", NOTE, what, "", mend)


def telemetry(_data: Path) -> Iterator[Finding]:
    """Nothing is told to the makers of Streamlit."""
    config = tomllib.loads((PROJECT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    told = os.environ.get(TELEMETRY, "")
    is_off = config.get("browser", {}).get("gatherUsageStats") is False
    if is_off and told.lower() in ("", "false", "0"):
        yield Finding("Telemetri", OK, "av")
        return
    what = f"{TELEMETRY}={told}" if is_off else "slått på i .streamlit/config.toml"
    why = "Svarvakt skal ikke sende noe ut av maskinen."
    mend = f"Fjern {TELEMETRY}, og la gatherUsageStats stå som false."
    yield Finding("Telemetri", BAD, what, why, mend)


def zones(_data: Path) -> Iterator[Finding]:
    """Norway's time, summer and winter, is known; DuckDB has its own copy of it."""
    moments = [datetime(2026, month, 1, 12, tzinfo=UTC) for month in (1, 7)]
    hours = [moment.astimezone(ZONE).hour for moment in moments]
    if hours == [13, 14]:
        yield Finding("Tidssoner", OK, "Europe/Oslo er kjent")
        return
    why = "Dager og svartider regnes i norsk tid."
    mend = "Installer pakken tzdata (Debian: apt-get install tzdata)."
    yield Finding("Tidssoner", BAD, "norsk tid er feil på maskinen", why, mend)


CHECKS: list[tuple[str, Check]] = [
    ("Python", python),
    ("Pakkene", packages),
    ("Tidssoner", zones),
    ("Telemetri", telemetry),
    ("Diskplass", disk),
    ("Rettigheter", rights),
]
