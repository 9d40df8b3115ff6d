"""Figures follow what people decide: a build in the background, one at a time.

Lists leave out at once what was just decided (ui.decided); the figures come a few seconds later.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from svarvakt import settings

PAUSE = 2.0  # seconds; a row of quick decisions gives one build, not ten

_lock = threading.Lock()
_waiting: set[Path] = set()


def soon() -> None:
    """Builds the shown warehouse anew shortly, in a process of its own. Returns at once.

    Nothing where the figures are a copy: the machine that works them out asks the same decisions.
    """
    data = settings.active_data_dir()
    if settings.is_copy(data):
        return
    with _lock:
        if data in _waiting:
            return
        _waiting.add(data)
    threading.Thread(target=_build, args=(data,), daemon=True).start()


def _build(data: Path) -> None:
    threading.Event().wait(PAUSE)
    with _lock:
        _waiting.discard(data)  # what is decided from here on asks for the next build
    # The data folder's lock makes builds wait for each other.
    subprocess.run(
        [sys.executable, "-m", "etl", "build"],
        cwd=settings.PROJECT,
        env=settings.environment(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
