"""Where things lie, and the few environment variables that may move them."""

from __future__ import annotations

import os
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Oslo")  # where days, weeks and months are cut
PROJECT = Path(__file__).resolve().parent.parent
DECISIONS = "SVARVAKT_DECISIONS"  # a database address; empty = SQLite in the data folder
COPY = "copy.json"  # in a data folder whose figures are worked out on another machine


def env(name: str, default: str, meaning: str) -> str:
    """The environment variable `name`, or `default`.

    Raises ValueError with the mend when the variable is set but empty.
    """
    value = os.environ.get(name, default)
    if not value.strip():
        raise ValueError(
            f"{name} er satt, men tom. Den angir {meaning}; sett en verdi eller fjern den."
        )
    return value


def secrets_file() -> Path:
    """The file that sets up sign-in (`SVARVAKT_SECRETS` moves it). It is never in the project."""
    given = env(
        "SVARVAKT_SECRETS", str(PROJECT / ".streamlit/secrets.toml"), "filen for innlogging"
    )
    return Path(given).expanduser().resolve()


def data_dir() -> Path:
    """The folder of the municipality's own data (`SVARVAKT_DATA` moves it)."""
    return _absolute(env("SVARVAKT_DATA", str(PROJECT / "data"), "mappen for data"), Path.cwd())


@lru_cache(maxsize=8)
def _absolute(folder: str, _working_folder: Path) -> Path:
    """Asked for many times a page: where links lead is looked up once."""
    return Path(folder).expanduser().resolve()


def demo_dir() -> Path:
    """The demonstration municipality's own data folder; it shares nothing with real data."""
    return data_dir() / "demo"


def active_data_dir() -> Path:
    """The folder whose warehouse is shown: real data once there are any, else the demonstration."""
    real = data_dir()
    if not has_warehouse(real) and has_warehouse(demo_dir()):
        return demo_dir()
    return real


def environment(data: Path) -> dict[str, str]:
    """The environment of a program of ours that works on a data folder.

    A database that is set for the decisions is for the municipality's own data alone.
    """
    kept = {k: v for k, v in os.environ.items() if k != DECISIONS or data == data_dir()}
    return kept | {"SVARVAKT_DATA": str(data)}


def has_warehouse(folder: Path) -> bool:
    """Whether a published warehouse lies in a data folder."""
    return (folder / "warehouse" / "current.json").is_file()


def is_copy(folder: Path) -> bool:
    """Whether a data folder only shows what another machine works out (`etl mirror`)."""
    return (folder / COPY).is_file()


def today() -> date:
    """The day it is in Norway, whatever the machine's own zone."""
    return datetime.now(ZONE).date()
