"""`python3 start.py soak`: kills the program at random, damages exports, and says what survived.

Every round takes a fresh copy of a small municipality, starts a real command, kills it with
SIGKILL (half of the times before a step on the disk, else after some milliseconds), perhaps
again, and then lets the next start heal. After that the figures must be, value for value, those of
a municipality that nobody ever disturbed.

Then files of every export format are damaged and imported (`tests.etl.ingest.damage`).
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import hashlib
import json
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from etl.lake import store as lake
from etl.operations.backup import backup
from etl.pipeline import load
from tests.etl.ingest import damage
from tests.faults.victims import Reader, Zygote, zygote
from tests.support.graph_threads import Message, comment_id, graph_json, write
from tests.support.lake_contents import everything, figures, rows

FILES = 6
LOADED_BEFORE = 3
TABLES = ("items", "replies", "posts", "accounts", "coverage")
MONTH = "2026-03"
SAID = "Ekornet ved dammen"


@dataclasses.dataclass
class Result:
    """What a soak survived; `broken` is empty or the soak failed."""

    kills: Counter[str] = dataclasses.field(default_factory=Counter)
    finished: Counter[str] = dataclasses.field(default_factory=Counter)
    heals: int = 0
    reads: int = 0
    decisions: int = 0
    months: int = 0
    broken: list[str] = dataclasses.field(default_factory=list)


class Soak:
    """The templates, the warm process and the tally. Folders lie in `place`."""

    def __init__(self, place: Path, victim: Zygote, seed: int) -> None:
        self.place, self.victim, self.result = place, victim, Result()
        self.chance = random.Random(seed)
        self.rounds = 0
        self.exports = _write_exports(place / "exports")
        self.half, self.whole = place / "half", place / "whole"
        self.empty = place / "empty"
        self.empty.mkdir()
        for data, count in ((self.half, LOADED_BEFORE), (self.whole, FILES)):
            data.mkdir()
            (data / "secret").write_text("5" * 64, encoding="ascii")
            load(self.exports[:count], data=data)
        self.copy = place / "copy.tar"
        backup(self.whole, self.copy)
        self.totals = {data: _total(data) for data in (self.half, self.whole)}
        self.golden = contents(self.whole)
        self.cost: dict[str, tuple[int, float]] = {}

    def round(self, name: str) -> None:
        """Kills one command one to three times, heals, compares."""
        act, heal, template = SCENARIOS[name]
        self.rounds += 1
        data = self.place / f"round{self.rounds}"
        shutil.copytree(template(self), data)
        with self.reading(data):
            for _ in range(self.chance.randint(1, 3)):
                self.kill(name, data, act(self, data))
            heal(self, data)
        self.result.heals += 1
        shutil.rmtree(data)
        (self.place / f"{data.name}.log").unlink(missing_ok=True)

    def kill(self, name: str, data: Path, command: Sequence[str]) -> None:
        """Starts a command and kills it somewhere; it may be done before that."""
        steps, seconds = self.cost[name]
        if self.chance.random() < 0.5:
            code = self.victim.run(data, *command, die_at=self.chance.randint(1, steps))
        else:
            after = self.chance.uniform(0, seconds)
            code = self.victim.run(data, *command, kill_after=after)
        self.result.kills[name] += code == -9
        self.result.finished[name] += code == 0
        if code not in (0, -9) and name != "erase":  # what is erased is not found again
            log = (data.parent / f"{data.name}.log").read_text(encoding="utf-8")
            self.result.broken.append(f"{name}: exit {code}: {log[-1500:]}")

    def learn(self, name: str) -> None:
        """How many steps and seconds a command takes when nobody disturbs it."""
        act, _heal, template = SCENARIOS[name]
        data = self.place / f"learn-{name}"
        shutil.copytree(template(self), data)
        counted = self.place / "steps"
        started = time.monotonic()
        code = self.victim.run(data, *act(self, data), count=str(counted))
        assert code == 0, (data.parent / f"{data.name}.log").read_text(encoding="utf-8")
        steps = max(1, int(counted.read_text(encoding="ascii")))
        self.cost[name] = steps, time.monotonic() - started
        shutil.rmtree(data)

    def must(self, data: Path, *command: str) -> None:
        """The next start: it has to succeed."""
        code = self.victim.run(data, *command)
        if code:
            log = (data.parent / f"{data.name}.log").read_text(encoding="utf-8")
            self.result.broken.append(f"{' '.join(command)}: exit {code}: {log[-1500:]}")

    def compare(self, name: str, found: Any, wanted: Any) -> None:
        if found != wanted:
            self.result.broken.append(f"{name}: {found} != {wanted}"[:2000])

    @contextlib.contextmanager
    def reading(self, data: Path) -> Iterator[None]:
        """Somebody who reads the pages all the time."""
        reader = Reader(data, [*self.totals.values(), self.totals[self.whole] - 2])
        reader.start()
        try:
            yield
        finally:
            reader.stop()
        self.result.reads += reader.reads
        self.result.broken += [f"reader: {each}" for each in reader.wrong]


def _write_exports(folder: Path) -> list[Path]:
    """Small exports of one page each, two messages in every one; the last is of the first page."""
    made = []
    for number in range(FILES):
        page = number % (FILES - 1)
        thread = [Message(0, page, text=f"{SAID} {page}?"), Message(None, page + 30)]
        export = json.dumps(graph_json([thread], page=str(501 + page)))
        again = export.replace("Nytt fra", "Nyere fra") if number > page else export
        content = json.loads(again.replace("900_", f"{900 + page}_"))
        made.append(write(folder / "facebook" / f"side{page}", content, f"{number}.json"))
    return made


def contents(data: Path) -> list[list[tuple[object, ...]]]:
    """Everything in the figures that nobody may find changed."""
    return [rows(data, f"SELECT * FROM {table} ORDER BY ALL") for table in TABLES]


def _total(data: Path) -> int:
    (found,) = rows(data, "SELECT (SELECT count(*) FROM items) + (SELECT count(*) FROM replies)")
    return int(str(found[0]))


# --- What is killed, and what the next start must make of it --------------------------------------


def _load(soak: Soak, _data: Path) -> list[str]:
    return ["etl", "load", *map(str, soak.exports)]


def _loaded(soak: Soak, data: Path) -> None:
    soak.must(data, "etl", "load", *map(str, soak.exports))
    soak.compare("load", contents(data), soak.golden)
    soak.compare("left behind", [p.name for p in lake.folder(data).glob(".*")], [])
    soak.compare("left behind", [p.name for p in (data / "warehouse").glob(".*")], [])


def _build(_soak: Soak, _data: Path) -> list[str]:
    return ["etl", "build"]


def _first(soak: Soak, data: Path) -> None:
    """The very first start: the key is made whole or not at all, and every file comes in."""
    soak.must(data, "etl", "load", *map(str, soak.exports))
    soak.compare("first", len(lake.imported(data)), FILES)
    soak.compare("first", _total(data), soak.totals[soak.whole])
    soak.compare("key", len((data / "secret").read_text(encoding="ascii")), 64)
    soak.compare("left behind", [path.name for path in data.glob(".secret*")], [])


def _undo(soak: Soak, data: Path) -> list[str]:
    newest = hashlib.sha256(soak.exports[-2].read_bytes()).hexdigest()
    return ["etl", "undo", newest] if newest in lake.imported(data) else ["etl", "build"]


def _erase(_soak: Soak, _data: Path) -> list[str]:
    return ["etl", "erase", comment_id(0, 0)]


def _erased(soak: Soak, data: Path) -> None:
    """Asked for again it is done, or was done: the words are in no file that is left."""
    code = soak.victim.run(data, *_erase(soak, data))
    soak.compare("erase", code in (0, 1), True)
    soak.compare("erased words left", f"{SAID} 0" in everything(data), False)
    soak.compare("erase", _total(data), soak.totals[soak.whole])


def _prune(_soak: Soak, data: Path) -> list[str]:
    register = data / "register"
    register.mkdir(exist_ok=True)
    lines = "key;value;valid_from\ntext_months;0;2020-01-01\nrow_months;999;2020-01-01\n"
    (register / "municipality.csv").write_text(lines, encoding="utf-8")
    return ["etl", "prune", "--now"]


def _pruned(soak: Soak, data: Path) -> None:
    """The texts are gone and every figure is as it was."""
    soak.must(data, "etl", "prune", "--now")
    soak.compare("prune", figures(data), figures(soak.whole))
    soak.compare("texts left", rows(data, "SELECT count(text) FROM items"), [(0,)])


def _lock(_soak: Soak, _data: Path) -> list[str]:
    return ["reports", "lock", MONTH, "--reason", "prøve"]


def _locked(soak: Soak, data: Path) -> None:
    """Every version that was acknowledged is there, and each one is whole."""
    soak.must(data, *_lock(soak, data))
    log = (data.parent / f"{data.name}.log").read_text(encoding="utf-8")
    told = {int(number) for number in re.findall(r"er låst, versjon (\d+)\.\n", log)}
    with sqlite3.connect(data / "decisions.sqlite") as con:
        query = "SELECT version, count(*) FROM locked_reports GROUP BY version ORDER BY version"
        kept = dict(con.execute(query).fetchall())
    soak.compare("locked", sorted(kept), list(range(1, len(kept) + 1)))
    soak.compare("acknowledged versions", told - set(kept), set())
    soak.compare("whole versions", len(set(kept.values())), 1)
    soak.result.months += len(kept)


def _restore(soak: Soak, _data: Path) -> list[str]:
    return ["etl", "restore", str(soak.copy), "--replace"]


def _restored(soak: Soak, data: Path) -> None:
    """Whatever came first is whole: all of the old or all of the copy, and then the copy."""
    soak.must(data, "etl", "build")
    soak.compare("half restored", _total(data) in soak.totals.values(), True)
    soak.compare("left behind", (data / ".restoring").exists(), False)
    soak.must(data, *_restore(soak, data))
    soak.compare("restore", contents(data), soak.golden)


def _empty(soak: Soak) -> Path:
    return soak.empty


def _half(soak: Soak) -> Path:
    return soak.half


def _whole(soak: Soak) -> Path:
    return soak.whole


Act = Callable[[Soak, Path], list[str]]
Heal = Callable[[Soak, Path], None]
SCENARIOS: dict[str, tuple[Act, Heal, Callable[[Soak], Path]]] = {
    "first": (_load, _first, _empty),
    "load": (_load, _loaded, _half),
    "build": (_build, _loaded, _whole),
    "undo": (_undo, _loaded, _whole),
    "prune": (_prune, _pruned, _whole),
    "erase": (_erase, _erased, _whole),
    "restore": (_restore, _restored, _half),
    "lock": (_lock, _locked, _whole),
}


def decide(soak: Soak) -> None:
    """Kills somebody who decides without a pause; every id that was told must be there."""
    soak.rounds += 1
    data = soak.place / f"round{soak.rounds}"
    data.mkdir()
    told = soak.place / f"{data.name}.log"
    told.touch()
    for _ in range(3):
        after = soak.chance.uniform(0.05, 0.3)
        soak.result.kills["decide"] += soak.victim.run(data, "decide", kill_after=after) == -9
    # Killed in the middle of a line: the number was not told.
    ids = {int(line) for line in told.read_text(encoding="ascii").split("\n")[:-1]}
    with sqlite3.connect(data / "decisions.sqlite") as con:
        kept = {row[0] for row in con.execute("SELECT decision_id FROM decisions")}
        soak.compare("decisions.sqlite", con.execute("PRAGMA integrity_check").fetchone(), ("ok",))
    soak.compare("acknowledged decisions", ids - kept, set())
    soak.result.decisions += len(ids)
    soak.result.heals += 1
    shutil.rmtree(data)


def run(kills: int, seed: int, progress: Callable[[Result], None] = lambda _: None) -> Result:
    """Soaks until so many processes were killed."""
    with tempfile.TemporaryDirectory() as place, zygote() as victim:
        soak = Soak(Path(place).resolve(), victim, seed)
        for name in SCENARIOS:
            soak.learn(name)
        names = [*SCENARIOS, "decide"]
        with contextlib.suppress(KeyboardInterrupt):  # what was survived so far is told too
            while soak.result.kills.total() < kills and not soak.result.broken:
                name = names[soak.rounds % len(names)]
                if name == "decide":
                    decide(soak)
                else:
                    soak.round(name)
                progress(soak.result)
        return soak.result


def main() -> int:
    parser = argparse.ArgumentParser(prog="start.py soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument(
        "--damaged", type=int, default=10_000, help="files of each family of exports"
    )
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    started = time.monotonic()
    result = run(options.kills, options.seed, _tell)
    seconds = time.monotonic() - started
    print(f"\n{result.kills.total()} kills in {seconds:.0f} s, {result.heals} recoveries")
    for name, count in sorted(result.kills.items()):
        print(f"    {name:<8} {count:>5} killed, {result.finished[name]} done before the kill")
    print(f"{result.reads} reads of the figures meanwhile, none of a half state")
    print(f"{result.decisions} acknowledged decisions, {result.months} locked versions, none lost")
    for each in result.broken:
        print(f"BROKEN: {each}")
    return int(damage.try_families(options.damaged, options.seed) + len(result.broken) > 0)


def _tell(result: Result) -> None:
    print(f"\r{result.kills.total()} kills", end="", flush=True)


if __name__ == "__main__":
    sys.exit(main())
