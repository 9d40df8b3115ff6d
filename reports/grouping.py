"""Lines of units put together by sector, and small figures covered (R31)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import groupby

from metrics import THIN, Rate
from reports.figures import UnitLine


def by_sector(lines: Sequence[UnitLine]) -> list[UnitLine]:
    """One line per sector, alphabetical as the names of the units' sectors stand."""
    ordered = sorted(lines, key=lambda each: _norwegian(each.sector))
    return [_sum(name, list(part)) for name, part in groupby(ordered, key=lambda e: e.sector)]


def _norwegian(name: str) -> str:
    """Æ, Ø and Å last, in that order, as Norwegian sorts."""
    return name.lower().translate({ord("æ"): "{", ord("ø"): "|", ord("å"): "}"})


def _sum(name: str, lines: list[UnitLine]) -> UnitLine:
    need = Rate(
        sum(each.need.numerator for each in lines), sum(each.need.denominator for each in lines)
    )
    return UnitLine(
        name=name or lines[0].name,
        sector=name,
        accounts=sum(each.accounts for each in lines),
        state="",
        posts=sum(each.posts for each in lines),
        received=sum(each.received for each in lines),
        need=need,
        has_comments=any(each.has_comments for each in lines),
    )


def covered(lines: Sequence[UnitLine]) -> list[UnitLine]:
    """The lines with a second small one hidden where one alone could be found from the total."""
    hidden = [each for each in lines if 0 < each.received < THIN]
    if len(hidden) != 1:
        return list(lines)
    others = [each for each in lines if each.received >= THIN]
    if not others:
        return list(lines)
    smallest = min(others, key=lambda each: each.received)
    few = dataclasses.replace(smallest, received=1, need=Rate(0, 1))
    return [few if each is smallest else each for each in lines]
