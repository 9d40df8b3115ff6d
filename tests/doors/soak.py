"""`python3 start.py soak doors`: everybody tries everything at every door of a running server."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.doors.ground import standing
from tests.doors.round import EVERYBODY, go


def main() -> int:
    parser = argparse.ArgumentParser(prog="start.py soak doors", description=__doc__)
    parser.add_argument("--most", type=int, help="tries of each kind; all where it is left out")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as place, standing(Path(place).resolve()) as ground:
        tally = go(ground, options.most, options.seed)
    for who in EVERYBODY:
        print(f"{who:<14} {tally.tried[who]:>6} tried, {tally.refused[who]:>6} refused")
    print(f"{tally.tried.total()} tries in {time.monotonic() - started:.0f} s")
    for each in tally.broken:
        print(f"BROKEN: {each}")
    return int(bool(tally.broken))


if __name__ == "__main__":
    sys.exit(main())
