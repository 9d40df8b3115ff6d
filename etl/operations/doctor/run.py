"""`python -m etl doctor`: is everything in order, and if not, what to do. Changes nothing."""

from __future__ import annotations

from pathlib import Path

from etl.operations.doctor import data_checks, machine_checks, mirror_checks
from etl.operations.doctor.finding import BAD, Check, Finding
from svarvakt import errors, settings


def run_checks(data: Path, port: int) -> list[Finding]:
    """Every check's findings, in a fixed order; a check that fails is itself a finding."""
    checks: list[tuple[str, Check]] = [
        *machine_checks.CHECKS,
        ("Porten", lambda _data: machine_checks.port(port)),
        *(mirror_checks.CHECKS if settings.is_copy(data) else data_checks.CHECKS),
    ]
    return [each for name, check in checks for each in _run(name, check, data)]


def _run(name: str, check: Check, data: Path) -> list[Finding]:
    try:
        return list(check(data))
    except Exception as error:  # noqa: BLE001 -- the doctor looks at what is broken
        what = errors.user_message(error) or f"kunne ikke sjekkes ({type(error).__name__})"
        why = "Det som ikke kan leses her, kan ikke Svarvakt lese heller."
        return [Finding(name, BAD, what, why, "Rett det, og kjør doctor på nytt.")]
