"""Old workbooks (.xls), read in a process of its own.

The reader follows a damaged file's chains for ever and sets aside memory without end, and then it
takes the whole program with it. Apart, it can only take itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from etl.ingest.reasons import reason
from etl.ingest.staging import UnsupportedFile
from svarvakt.archive_limits import DAMAGED_BOOK

MEMORY = 2 << 30  # bytes, where the system lets a process have a limit
SECONDS = 120
LOCKED = 3  # what the process ends with for a workbook with a password

LOCKED_BOOK = reason("workbook_locked")


def read_xls_in_subprocess(path: Path, rows: int | None) -> list[tuple[str, list[tuple[str, ...]]]]:
    """The names of the sheets and their first `rows` rows as text cells. Raises UnsupportedFile."""
    command = [sys.executable, "-m", "etl.ingest.workbooks", str(path.absolute()), str(rows or 0)]
    root = Path(__file__).parents[2]
    try:
        done = subprocess.run(
            command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise UnsupportedFile(DAMAGED_BOOK) from None
    if done.returncode:
        raise UnsupportedFile(LOCKED_BOOK if done.returncode == LOCKED else DAMAGED_BOOK)
    return [(name, [tuple(row) for row in cells]) for name, cells in json.loads(done.stdout)]


def limit_memory() -> None:
    """Bounds this process; a system without such limits (Windows) bounds its time alone."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
