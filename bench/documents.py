"""The monthly report and every unit's: `python -m bench.documents --data FOLDER`."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import reports
from bench import twin
from bench.samples import Figures, ask, spread
from reports import NoData

FORMATS = ("pdf", "xlsx", "pptx")


def measure(data: Path, runs: int = 3, most_units: int = 40) -> Figures:
    """ms of the municipality's report with all its files, and of every unit's as PDF, in seconds.

    Raises SystemExit where a figure is not the twin's.
    """
    twin.check(data)
    month, meanings = reports.newest_month(data), reports.definitions(data)
    whole = [_seconds(data, month, None, FORMATS, meanings) for _run in range(runs)]
    units = reports.units(data)[:most_units]
    started = time.perf_counter()
    each = [s for s in (_seconds(data, month, unit, ("pdf",), meanings) for unit in units) if s]
    return {
        "month_report": spread([seconds for seconds in whole if seconds]),
        "unit_reports": {"units": len(each), "seconds": round(time.perf_counter() - started, 2)},
        "unit_report": spread(each),
    }


def _seconds(
    data: Path, month: date, unit: str | None, formats: tuple[str, ...], meanings: dict[str, str]
) -> float | None:
    """None for a unit without data in the month."""
    started = time.perf_counter()
    try:
        made = reports.make(reports.report(data, month, unit), "nb", formats, meanings)
    except NoData:
        return None
    assert all(made.values()), "a file is empty"
    return time.perf_counter() - started


def main() -> None:
    ask("documents", measure, runs=3)


if __name__ == "__main__":
    main()
