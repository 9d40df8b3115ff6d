"""Delimited exports: columns found by name in any language.

Column names are data: a format declares `{canonical: (names it was met under, …)}`, and
`_rows.rows_table` gives it a table `source_rows` with one column per canonical name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

from etl.ingest.staging import FileSample, normalise

HEADER_ROWS = 10  # how far down a header row is looked for (ExportComments: row 7)
Aliases = Mapping[str, tuple[str, ...]]


@dataclasses.dataclass(frozen=True)
class Layout:
    """Where the columns of a file stand. `columns` is canonical name → position from 0."""

    header_row: int
    header: tuple[str, ...]
    delimiter: str
    columns: Mapping[str, int]
    by_position: bool = False  # no name was known: the columns were told by their content

    def unnamed(self, aliases: Aliases) -> list[int]:
        """Positions of the columns that have no canonical name."""
        taken, names = set(self.columns.values()), _by_name(aliases)
        return [
            position
            for position, cell in enumerate(self.header)
            if position not in taken and name_key(cell) and name_key(cell) not in names
        ]

    def unknown(self, aliases: Aliases, ignored: Collection[str], first: int = 0) -> list[str]:
        """Names from position `first` on that stand neither in the aliases nor in `ignored`."""
        known = {name_key(name) for name in ignored}
        cells = (self.header[position] for position in self.unnamed(aliases) if position >= first)
        return [readable(cell) for cell in cells if name_key(cell) not in known]


def name_key(cell: str) -> str:
    """A column name for comparing; spreadsheets have been seen to drop its parentheses."""
    return _bare(normalise(cell))


def _bare(normalised: str) -> str:
    return normalised.replace("(", "").replace(")", "")


def whole_records(head: FileSample) -> tuple[tuple[str, ...], ...]:
    """The records below the first row, without the last one: the head may end inside it."""
    return head.rows[1:] if len(head.rows) < 4 else head.rows[1:-1]


def find_layout(head: FileSample, aliases: Aliases, required: Collection[str]) -> Layout | None:
    """The first row that names all required columns, among the first ten; None without one."""
    names = _by_name(aliases)
    for row, header in enumerate(head.rows[:HEADER_ROWS]):
        columns: dict[str, int] = {}
        for position, cell in enumerate(head.header_at(row)):
            canonical = names.get(_bare(cell))
            if canonical is not None:
                columns.setdefault(canonical, position)  # a repeated name: the first one counts
        if columns.keys() >= set(required):
            return Layout(row, header, head.delimiter, columns)
    return None


def layout_by_content(
    head: FileSample, header_row: int, columns: Mapping[str, int]
) -> Layout | None:
    """The layout of a table whose columns were told by what stands in them.

    None when the row of names is itself cut: then it is not the one above these rows.
    """
    header = head.rows[header_row]
    if len(header) <= max(columns.values()):
        return None
    return Layout(header_row, header, head.delimiter, columns, by_position=True)


def layout_by_names(aliases: Aliases, required: Collection[str]) -> Callable[[FileSample], Layout]:
    """`find_layout` for files that were recognised by it: there is always one."""

    def known_layout(head: FileSample) -> Layout:
        found = find_layout(head, aliases, required)
        assert found is not None
        return found

    return known_layout


def _by_name(aliases: Aliases) -> Mapping[str, str]:
    return _known_names(tuple(aliases.items()))


@lru_cache(maxsize=256)  # asked for by every format of every file
def _known_names(aliases: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    return {name_key(name): canonical for canonical, names in aliases for name in names}


def readable(cell: str) -> str:
    """A column name as a person reads it: nothing unseen."""
    return "".join(filter(str.isprintable, " ".join(cell.split())))
