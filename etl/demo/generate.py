"""Draws the demonstration batch by batch in DuckDB and hands it to the writer."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

from etl.progress import Progress

HERE = Path(__file__).parent
MARKER = "OPPDIKTET.txt"
LAST_DAY = date(2026, 10, 31)  # fixed, so that the demonstration never changes with today


def generate(target: Path, comments: int, months: int, seed: int, progress: Progress) -> None:
    """See `etl.demo.write_demo`."""
    if comments < 1 or not 1 <= months <= 60:
        raise ValueError("Minst én kommentar, og mellom 1 og 60 måneder.")
    from etl.demo.prepare import prepare, run
    from etl.demo.write import EXPORTS, Writer

    _clear(target)
    _write_register(target)
    first_day = _first_day(months)
    con, batches = prepare(comments, first_day, LAST_DAY, seed)
    writer = Writer(con, target / "exports")
    for batch in range(batches):
        progress(batch / batches, f"Skriver del {batch + 1} av {batches}")
        con.execute(f"SET VARIABLE batch = {batch}")
        run(con, "comments.sql", "spoken.sql")
        for export in EXPORTS:
            writer.write(export)
    writer.finish(first_day, LAST_DAY + timedelta(days=1))
    con.close()
    progress(1.0, "Ferdig")


def _first_day(months: int) -> date:
    years, month = divmod(LAST_DAY.year * 12 + LAST_DAY.month - months, 12)
    return date(years, month + 1, 1)


def _clear(target: Path) -> None:
    """Makes room for the demonstration; touches nothing but an earlier demonstration."""
    ours = [target / "exports", target / "register"]
    if (target / MARKER).exists():
        for folder in ours:
            shutil.rmtree(folder, ignore_errors=True)
    for folder in ours:
        if folder.exists() and any(folder.iterdir()):
            raise FileExistsError(f"{folder} er ikke tom. Velg en annen mappe.")


def _write_register(target: Path) -> None:
    """The register is the same whatever is drawn: it is copied."""
    shutil.copytree(HERE / "register", target / "register", dirs_exist_ok=True)
    (target / MARKER).write_text(
        "Fjordvik kommune finnes ikke. Alle navn, steder, personer, innlegg og kommentarer\n"
        "i denne mappen er oppdiktet for å vise fram Svarvakt.\n",
        encoding="utf-8",
    )
