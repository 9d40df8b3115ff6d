"""Lines of units put together by sector, and small figures covered on every level (R31)."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from reports.lines import AccountLine, UnitLine
from svarvakt.metrics import THIN, Rate

Line = TypeVar("Line", UnitLine, AccountLine)


def by_sector(lines: Sequence[UnitLine]) -> list[UnitLine]:
    """One line per sector, alphabetical; a unit that no sector is known of is a line of its own.

    Accounts without a unit belong to no sector and are the last line, «Uten enhet».
    """
    sectors = defaultdict[str, list[UnitLine]](list)
    for each in lines:
        if each.sector:
            sectors[each.sector].append(each)
    found = [_sum(name, part) for name, part in sectors.items()]
    found += [each for each in lines if not each.sector]
    return sorted(found, key=lambda each: (each.is_without_unit, _norwegian(each.name)))


def _norwegian(name: str) -> str:
    """Æ, Ø and Å last, in that order, as Norwegian sorts."""
    return name.lower().translate({ord("æ"): "{", ord("ø"): "|", ord("å"): "}"})


def _sum(name: str, lines: list[UnitLine]) -> UnitLine:
    need = Rate(
        sum(each.need.numerator for each in lines), sum(each.need.denominator for each in lines)
    )
    return UnitLine(
        name=name,
        sector=name,
        accounts=sum(each.accounts for each in lines),
        state="",
        posts=sum(each.posts for each in lines),
        received=sum(each.received for each in lines),
        need=need,
        has_comments=any(each.has_comments for each in lines),
    )


@dataclasses.dataclass(frozen=True)
class Covered:
    """The report's lines as they may be read, each level so that it does not give away another."""

    sectors: list[UnitLine]
    units: list[UnitLine]
    accounts: list[AccountLine]


def cover(
    units: Sequence[UnitLine], accounts: Sequence[AccountLine], *, with_sectors: bool
) -> Covered:
    """Sectors, units and accounts with every small line covered, and with it what would reveal it.

    On each level: the lines of fewer than five enquiries; in the group that they are summed in,
    one more where one alone could be found from the sum; and everything below a covered line.
    """
    sectors = by_sector(units) if with_sectors else []
    above: set[str | None] = set()
    if with_sectors:
        places = dict(enumerate(sectors))
        covered = _chosen({at: each.received for at, each in places.items()}, ())
        sectors = _replace(sectors, covered)
        above = {places[at].sector or places[at].unit_id for at in covered}
    groups = _grouped((each.sector or each.unit_id) if with_sectors else None for each in units)
    small_units: set[int] = set()
    for group, places_in in groups.items():
        sizes = {at: units[at].received for at in places_in}
        small_units |= _chosen(sizes, places_in if with_sectors and group in above else ())
    below = {units[at].unit_id for at in small_units}
    small_accounts: set[int] = set()
    for unit_id, places_in in _grouped(each.unit_id for each in accounts).items():
        sizes = {at: accounts[at].received for at in places_in}
        small_accounts |= _chosen(sizes, places_in if unit_id in below else ())
    return Covered(sectors, _replace(units, small_units), _replace(accounts, small_accounts))


def _grouped(keys: Iterable[str | None]) -> Mapping[str | None, list[int]]:
    found = defaultdict[str | None, list[int]](list)
    for at, key in enumerate(keys):
        found[key].append(at)
    return found


def _chosen(sizes: Mapping[int, int], all_of: Collection[int]) -> set[int]:
    """Which lines of one group to cover, of how many enquiries each has; `all_of` in any case."""
    chosen = {at for at, n in sizes.items() if 0 < n < THIN or (n and at in all_of)}
    others = {at: n for at, n in sizes.items() if n and at not in chosen}
    if len(chosen) == 1 and others:
        chosen.add(min(others, key=lambda at: others[at]))
    return chosen


def _replace(lines: Sequence[Line], places: Collection[int]) -> list[Line]:
    """A covered line says «one, nothing known»: every covered line says the same."""
    return [
        dataclasses.replace(each, received=1, need=Rate(0, 1)) if at in places else each
        for at, each in enumerate(lines)
    ]
