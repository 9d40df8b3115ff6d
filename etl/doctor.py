"""`python -m etl doctor`: is everything in order, and if not, what to do. Changes nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import settings
import trouble

OK, NOTE, BAD = "i orden", "merk", "må rettes"


@dataclasses.dataclass(frozen=True)
class Finding:
    """What one check found; `why` it matters and `mend`, what to do, where it is not in order.

    `state` is `i orden`, `merk` (nothing is broken) or `må rettes`, which alone makes exit code 1.
    """

    check: str
    state: str
    what: str
    why: str = ""
    mend: str = ""

    @property
    def is_well(self) -> bool:
        return self.state != BAD

    def as_json(self) -> dict[str, Any]:
        """One object of `--json`."""
        return dataclasses.asdict(self) | {"is_well": self.is_well}

    def in_words(self) -> str:
        """One line where all is well, three where it is not."""
        lines = [f"{self.state:<10} {self.check}: {self.what}"]
        if self.why:
            lines.append(f"           Hvorfor: {self.why}")
        if self.mend:
            lines.append(f"           Gjør: {self.mend}")
        return "\n".join(lines)


Check = Callable[[Path], Iterator[Finding]]


def examine(data: Path, port: int) -> list[Finding]:
    """Every check's findings, in a fixed order; a check that fails is itself a finding."""
    from etl import doctor_copy, doctor_data, doctor_machine

    checks: list[tuple[str, Check]] = [
        *doctor_machine.CHECKS,
        ("Porten", lambda _data: doctor_machine.port(port)),
        *(doctor_copy.CHECKS if settings.is_copy(data) else doctor_data.CHECKS),
    ]
    return [each for name, check in checks for each in _run(name, check, data)]


def _run(name: str, check: Check, data: Path) -> list[Finding]:
    try:
        return list(check(data))
    except Exception as error:  # noqa: BLE001 -- the doctor looks at what is broken
        what = trouble.explained(error) or f"kunne ikke sjekkes ({type(error).__name__})"
        why = "Det som ikke kan leses her, kan ikke Svarvakt lese heller."
        return [Finding(name, BAD, what, why, "Rett det, og kjør doctor på nytt.")]
