"""The commands of our guides, run as they stand there, with folders of a test's own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.paths import ROOT


def commands(guide: str) -> list[str]:
    """The blocks of `docs/<guide>` that are marked as runnable, in their order."""
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    return re.findall(r"<!-- test -->\n```\n(.*?)```", text, re.DOTALL)


def run(text: str, places: Mapping[str, Path], data: Path) -> subprocess.CompletedProcess[str]:
    """Runs the commands up to one that fails, each folder that is named replaced by a real one."""
    for written, real in places.items():
        text = text.replace(written, str(real))
    return subprocess.run(
        ["/bin/sh", "-euc", text.replace(".venv/bin/python", sys.executable)],
        cwd=ROOT,
        env={**os.environ, "SVARVAKT_DATA": str(data)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
