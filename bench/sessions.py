"""Many readers at once: `python -m bench.sessions --data FOLDER [--sessions N] [--seconds S]`.

Each has a page open and changes a filter about every four seconds. `--soak N`: N changes as fast
as they come, in `--sessions` sessions, and what the server's memory does meanwhile.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from bench import twin
from bench.client import Line, Reader
from bench.pages import Changes
from bench.samples import Figures, command, processor, say, spread
from bench.serving import Server, dashboard

PAUSE = 4.0  # seconds between two changes of one reader, more or less half of it
VISITED = ("oversikt", "svarandel", "ubesvarte-negative", "min-enhet", "arbeidsliste", "aktivitet")


class Crowd:
    """What many readers met: seconds of every change, and every error."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.seconds: list[float] = []
        self.errors: list[str] = []
        self._lock = threading.Lock()

    def read(
        self, number: int, until: Callable[[float, int], bool], pause: float, met: threading.Barrier
    ) -> None:
        """One reader: opens a page, waits for the others to have one, then changes filters.

        `until` is asked with the seconds since everybody had a page, and the changes made.
        """
        chance = random.Random(number)
        with closing(Reader(self.server.address)) as reader, Line(reader) as line:
            line.open(VISITED[number % len(VISITED)])
            changes = Changes(line, number)
            met.wait(timeout=120)
            started, made = time.monotonic(), 0
            while not until(time.monotonic() - started, made):
                time.sleep(pause * chance.uniform(0.5, 1.5))
                self._note(changes.change())
                made += 1

    def _note(self, seconds: float) -> None:
        with self._lock:
            self.seconds.append(seconds)

    def all(self, sessions: int, until: Callable[[float, int], bool], pause: float) -> None:
        """Everybody at the same time."""
        met = threading.Barrier(sessions)
        with ThreadPoolExecutor(sessions) as pool:
            for done in [pool.submit(self.read, n, until, pause, met) for n in range(sessions)]:
                try:
                    done.result()
                except Exception as error:  # noqa: BLE001 -- whatever a reader met is counted
                    self.errors.append(f"{type(error).__name__}: {error}")


def measure(data: Path, sessions: int = 20, seconds: float = 60, pause: float = PAUSE) -> Figures:
    """ms of a change, errors, and the server's memory in MB at the start, half way and at the end.

    Raises SystemExit where a figure is not the twin's.
    """
    twin.check(data)
    with dashboard(data) as server:
        crowd, found = Crowd(server), Figures(sessions=sessions, start_mb=_mb(server))
        half = threading.Timer(seconds / 2, lambda: found.update(middle_mb=_mb(server)))
        half.start()
        with processor(server, 1, found, "cpu_ms_in_all"):
            crowd.all(sessions, lambda passed, _made: passed > seconds, pause)
        half.cancel()
        found["end_mb"] = _mb(server)
    return found | spread(crowd.seconds) | {"errors": len(crowd.errors), "met": crowd.errors[:3]}


def soak(data: Path, changes: int = 2000, sessions: int = 4) -> Figures:
    """Memory in MB after every tenth of the changes, without any pause between them."""
    with dashboard(data) as server:
        crowd, memory = Crowd(server), [_mb(server)]
        each = max(1, changes // sessions // 10)
        for _tenth in range(10):
            crowd.all(sessions, lambda _passed, made: made >= each, 0)
            memory.append(_mb(server))
    return {
        "memory_mb": memory,
        **spread(crowd.seconds),
        "errors": len(crowd.errors),
        "met": crowd.errors[:3],
    }


def _mb(server: Server) -> float | None:
    used = server.memory_mb
    return None if used is None else round(used, 1)


def main() -> None:
    parser = command("sessions")
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--soak", type=int, default=0, metavar="CHANGES")
    given = parser.parse_args()
    if given.soak:
        say(soak(given.data, given.soak, given.sessions))
    else:
        say(measure(given.data, given.sessions, given.seconds))


if __name__ == "__main__":
    main()
