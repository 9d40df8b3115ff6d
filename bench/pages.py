"""What a choice in a filter costs on every page: `python -m bench.pages --data FOLDER`.

Every change on a page of ours is paired with one on a page that only says hello, served in the
same way by a server of its own: what differs between the two is what Svarvakt costs.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from bench import twin
from bench.client import Line, Reader
from bench.samples import Figures, command, processor, say, spread
from bench.serving import HELLO, Server, dashboard, script

PAGES = (
    "oversikt",
    "min-enhet",
    "arbeidsliste",
    "manedsrapport",
    "svarandel",
    "ubesvarte-negative",
    "merk",
    "kontoregister",
    "kontoeierskap",
    "aktivitet",
    "datagrunnlag",
    "innstillinger",
    "logg",
    "hjelp",
    "eksportguide",
)
MONTHS = [f"2026-{n:02}" for n in range(1, 13)]
FILTERS = ("fra", "til", "enhet")


class Changes:
    """Choices in the filters of one line, each a selection that was not made before."""

    def __init__(self, line: Line, seed: int = 0) -> None:
        self._line = line
        self._chance = random.Random(seed)
        self._made: set[tuple[str, ...]] = set()

    def change(self) -> float:
        """Makes one; seconds until the page has changed."""
        for _attempt in range(1000):
            boxes = self._line.selectboxes()
            there = [key for key in FILTERS if key in boxes and len(boxes[key].options) > 1]
            key = self._chance.choice(there)
            option = self._chance.choice(list(boxes[key].options))
            after = tuple(self._line.chosen.get(k, "") if k != key else option for k in FILTERS)
            if option != self._line.chosen.get(key) and after not in self._made:
                self._made.add(after)
                return self._line.choose(key, option)
        raise RuntimeError("There are too few months and units for new choices.")


def measure(data: Path, changes: int = 20, pages: Sequence[str] = PAGES) -> Figures:
    """By page: first run and change (new and seen before), beside hello; ms. Checks figures first.

    Raises SystemExit where a figure is not the twin's, RuntimeError where a page fails.
    """
    checked = twin.check(data)
    with (
        dashboard(data) as ours,
        script(HELLO) as plain,
        closing(Reader(ours.address)) as reader,
        closing(Reader(plain.address)) as other,
        Line(other) as hello,
    ):
        hello.open()
        found: Figures = {"samples_checked": checked, "hello": _hello(hello, plain, changes)}
        for page in pages:
            with Line(reader) as line:
                found[page] = _page(line, ours, page, hello, changes)
    return found


def _hello(line: Line, server: Server, changes: int) -> Figures:
    found: Figures = {}
    with processor(server, changes, found):
        found |= spread([line.choose("month", MONTHS[n % 12]) for n in range(changes)])
    return found


def _page(line: Line, server: Server, page: str, hello: Line, changes: int) -> Figures:
    first = line.open(page)
    made = Changes(line)
    found: Figures = {"first_ms": round(first * 1000, 1)}
    pairs: list[tuple[float, float]] = []
    with processor(server, changes, found):
        for number in range(changes):
            said = hello.choose("month", MONTHS[number % 12])
            pairs.append((made.change(), said))
    found |= spread([mine for mine, _hello in pairs])
    found["over_hello_ms"] = _over(pairs)
    return found | _seen(line, server, hello, changes)


def _seen(line: Line, server: Server, hello: Line, changes: int) -> Figures:
    """Two selections in turns, both asked for before."""
    newest = list(line.selectboxes()["til"].options)[:2]
    for option in newest * 2:
        line.choose("til", option)
    found: Figures = {}
    pairs = []
    with processor(server, changes, found, "seen_cpu_ms"):
        for number in range(changes):
            said = hello.choose("month", MONTHS[number % 12])
            pairs.append((line.choose("til", newest[number % len(newest)]), said))
    found |= spread([mine for mine, _hello in pairs], "seen_")
    return found | {"seen_over_hello_ms": _over(pairs)}


def _over(pairs: Sequence[tuple[float, float]]) -> float:
    """The median of what a page took longer than the hello beside it."""
    return round(statistics.median(mine - said for mine, said in pairs) * 1000, 1)


def main() -> None:
    parser = command("pages")
    parser.add_argument("--changes", type=int, default=20)
    parser.add_argument("--pages", nargs="*", default=PAGES)
    given = parser.parse_args()
    say(measure(given.data, given.changes, given.pages))


if __name__ == "__main__":
    main()
