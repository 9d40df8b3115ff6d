"""Numbers of many runs put together, and the line that a command prints."""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.serving import Server

Figures = dict[str, Any]


def spread(seconds: Sequence[float], prefix: str = "") -> Figures:
    """n, median, 95th percentile and the longest, in milliseconds; only n where there is none."""
    if not seconds:
        return {f"{prefix}n": 0}
    ordered = sorted(seconds)
    return {
        f"{prefix}n": len(ordered),
        f"{prefix}median_ms": _ms(statistics.median(ordered)),
        f"{prefix}p95_ms": _ms(ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]),
        f"{prefix}max_ms": _ms(ordered[-1]),
    }


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


@contextmanager
def processor(server: Server, runs: int, into: Figures, name: str = "cpu_ms") -> Iterator[None]:
    """Processor time of the server per run, in ms, while the block lasts: steady on a busy machine.

    None where the system does not tell.
    """
    before = server.cpu_seconds
    yield
    after = server.cpu_seconds
    into[name] = None if before is None or after is None else _ms((after - before) / runs)


def command(name: str) -> argparse.ArgumentParser:
    """What every measurement is asked with."""
    parser = argparse.ArgumentParser(prog=f"python -m bench.{name}")
    parser.add_argument("--data", type=Path, required=True, help="a data folder with a warehouse")
    return parser


def say(figures: Figures) -> None:
    """Prints the figures as JSON, a line for each of the outermost."""
    for name, value in figures.items():
        print(f"{name}: {json.dumps(value, ensure_ascii=False)}", flush=True)


def ask(name: str, measure: Callable[..., Figures], **numbers: int) -> None:
    """The command of a measurement that is asked with a data folder and a few whole numbers."""
    parser = command(name)
    for option, usual in numbers.items():
        parser.add_argument(f"--{option}", type=int, default=usual)
    given = vars(parser.parse_args())
    say(measure(given.pop("data"), **given))
