"""What a check of the doctor says."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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
