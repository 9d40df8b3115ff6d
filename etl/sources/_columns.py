"""Delimited exports: columns found by name in any language, many files in one statement.

Column names are data: a format declares `{canonical: (names it was met under, …)}` and
gets a table `source_rows` with one text column per canonical name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

import duckdb

from etl.shapes import Head, ImportFile, Refused, normalise
from etl.sources._json import files_table

HEADER_ROWS = 10  # how far down a header row is looked for (ExportComments: row 7)
# Rows may be longer than their header; so many fields more are read, to be able to say so.
SPARE_FIELDS = 8

Aliases = Mapping[str, tuple[str, ...]]

MACROS = r"""
CREATE OR REPLACE TEMP MACRO bare(cell) AS
    regexp_replace(cell, '[\s\x{00A0}\x{202F}]', '', 'g');
-- Digits, whatever a spreadsheet made of them: "1 234", "1,234", "376.0", "12,5".
CREATE OR REPLACE TEMP MACRO number(digits) AS TRY_CAST(CASE
    WHEN regexp_full_match(digits, '-?\d{1,3}(,\d{3})+(\.\d+)?') THEN replace(digits, ',', '')
    ELSE replace(digits, ',', '.') END AS DOUBLE);
-- Empty, "-", "undefined" are not measured, which is not 0. Other words do not belong there.
CREATE OR REPLACE TEMP MACRO is_misplaced(digits) AS number(digits) IS NULL
    AND lower(digits) NOT IN ('', '-', '--', 'undefined', 'n/a', 'null');
CREATE OR REPLACE TEMP MACRO whole(measure) AS TRY_CAST(round(measure) AS BIGINT);
"""


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
        return [_readable(cell) for cell in cells if name_key(cell) not in known]


def name_key(cell: str) -> str:
    """A column name for comparing; spreadsheets have been seen to drop its parentheses."""
    return _bare(normalise(cell))


def _bare(normalised: str) -> str:
    return normalised.replace("(", "").replace(")", "")


def whole_records(head: Head) -> tuple[tuple[str, ...], ...]:
    """The records below the first row, without the last one: the head may end inside it."""
    return head.rows[1:] if len(head.rows) < 4 else head.rows[1:-1]


def find_layout(head: Head, aliases: Aliases, required: Collection[str]) -> Layout | None:
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


def layout_by_content(head: Head, header_row: int, columns: Mapping[str, int]) -> Layout | None:
    """The layout of a table whose columns were told by what stands in them.

    None when the row of names is itself cut: then it is not the one above these rows.
    """
    header = head.rows[header_row]
    if len(header) <= max(columns.values()):
        return None
    return Layout(header_row, header, head.delimiter, columns, by_position=True)


def layout_by_names(aliases: Aliases, required: Collection[str]) -> Callable[[Head], Layout]:
    """`find_layout` for files that were recognised by it: there is always one."""

    def known_layout(head: Head) -> Layout:
        found = find_layout(head, aliases, required)
        assert found is not None
        return found

    return known_layout


def rows_table(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[ImportFile],
    layout_of: Callable[[Head], Layout],
    aliases: Aliases,
    measures: Sequence[str],
) -> None:
    """Makes `source_rows`, a column per canonical name: DOUBLE for the measures, else VARCHAR.

    Besides `file_no`; `line`, the row number that a spreadsheet shows; `is_too_long`;
    `bad_measure`, the first measure that holds something else than a number; `extra`, the
    numbers of columns without a canonical name (a text there could name a person). Short
    rows are filled with NULL. Files with the same header are read together. Raises
    `Refused` when the text cannot be cut into rows.
    """
    files_table(con, files)
    con.execute(MACROS)
    declared = ", ".join(
        f"{name} {'DOUBLE' if name in measures else 'VARCHAR'}" for name in aliases
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE source_rows (file_no INTEGER, line BIGINT, "
        f"is_too_long BOOLEAN, bad_measure VARCHAR, extra JSON, {declared})"
    )
    # The same header may have other columns where those are told by their content.
    groups: dict[tuple[object, ...], tuple[Layout, int, list[ImportFile]]] = {}
    for file in files:
        layout = layout_of(file.head)
        # Rows that the reader counts and a spreadsheet does not, or the other way round.
        hidden = int(_has_separator_line(file)) - _empty_lines(file.head, layout)
        key = (layout.header_row, layout.header, layout.delimiter, *layout.columns.items(), hidden)
        groups.setdefault(key, (layout, hidden, []))[2].append(file)
    for layout, hidden, group in groups.values():
        _read_raw(con, group, layout)
        told = {"hidden_rows": hidden, "header_line": layout.header_row + 1}
        con.execute(
            _insert_rows(layout, aliases, measures), told | _names_of_extra(layout, aliases)
        )
        con.execute("DROP TABLE source_raw")


def _by_name(aliases: Aliases) -> Mapping[str, str]:
    return _known_names(tuple(aliases.items()))


@lru_cache(maxsize=256)  # asked for by every format of every file
def _known_names(aliases: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    return {name_key(name): canonical for canonical, names in aliases for name in names}


def _readable(cell: str) -> str:
    """A column name as a person reads it: nothing unseen."""
    return "".join(filter(str.isprintable, " ".join(cell.split())))


def _has_separator_line(file: ImportFile) -> bool:
    """Excel's `sep=,`, which a spreadsheet does not count as a row."""
    with file.path.open("rb") as text:
        return text.read(7).removeprefix(b"\xef\xbb\xbf").lower().startswith(b"sep=")


def _empty_lines(head: Head, layout: Layout) -> int:
    """Lines with nothing on them above the header: the reader steps over those."""
    return sum(not row for row in head.rows[: layout.header_row])


def _read_raw(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile], layout: Layout) -> None:
    try:
        con.execute(
            "CREATE OR REPLACE TEMP TABLE source_raw AS SELECT * FROM read_csv($paths, "
            f"columns = {{{_cells(layout)}}}, delim = $delimiter, quote = '\"', escape = '\"', "
            "header = false, skip = 0, auto_detect = false, null_padding = true, "
            # null_padding and line breaks inside quotes do not go with the parallel reader
            "strict_mode = false, parallel = false, filename = true)",
            {"paths": [str(file.path) for file in files], "delimiter": layout.delimiter},
        )
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        raise Refused(
            "Filen lar seg ikke dele i rader og kolonner. Last den ned på nytt fra plattformen, "
            "og ta den inn uten å åpne og lagre den i et regneark først."
        ) from None


def _insert_rows(layout: Layout, aliases: Aliases, measures: Sequence[str]) -> str:
    found = [name for name in aliases if name in layout.columns]
    figures = [name for name in found if name in measures]
    spare = range(len(layout.header), len(layout.header) + SPARE_FIELDS)
    cells = [
        f"bare({_cell(layout.columns[name])}) AS {name}"
        if name in figures
        else f"{_cell(layout.columns[name])} AS {name}"
        for name in found
    ]
    values = [f"number({name}) AS {name}" if name in figures else name for name in found]
    misplaced = " ".join(f"WHEN is_misplaced({name}) THEN '{name}'" for name in figures)
    return f"""
INSERT INTO source_rows BY NAME
WITH first_rows AS (
    SELECT filename, min(rowid) AS first_row FROM source_raw GROUP BY filename
), cells AS (
    SELECT filename, source_raw.rowid - first_row + 1 - $hidden_rows AS line,
        coalesce({", ".join(map(_cell, spare))}) IS NOT NULL AS is_too_long,
        {_extra(layout, aliases)} AS extra, {", ".join(cells)}
    FROM source_raw JOIN first_rows USING (filename)
)
SELECT file_no, line, is_too_long, extra, {", ".join(values)},
    CASE {misplaced or "WHEN false THEN ''"} END AS bad_measure
FROM cells JOIN source_files ON path = filename WHERE line > $header_line
"""


def _cell(position: int) -> str:
    return f"c{position:03}"


def _cells(layout: Layout) -> str:
    width = len(layout.header) + SPARE_FIELDS
    return ", ".join(f"'{_cell(position)}': 'VARCHAR'" for position in range(width))


def _extra(layout: Layout, aliases: Aliases) -> str:
    """SQL: the measures without a name of ours as JSON, NULL when there are none."""
    fields = [
        f"${_name(position)}::VARCHAR, number(bare({_cell(position)}))"
        for position in layout.unnamed(aliases)
    ]
    if not fields:
        return "NULL"
    return f"nullif(json_merge_patch('{{}}', json_object({', '.join(fields)})), '{{}}')"


def _names_of_extra(layout: Layout, aliases: Aliases) -> dict[str, str]:
    """The file's own names of those measures: bound, as every text of a file is."""
    named = layout.unnamed(aliases)
    return {_name(position): _readable(layout.header[position]) for position in named}


def _name(position: int) -> str:
    return f"name{position:03}"
