"""Delimited exports: columns found by name in any language, many files in one statement.

Column names are data: a format declares `{canonical: (names it was met under, …)}` and
gets a table `source_rows` with one text column per canonical name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence

import duckdb

from etl.shapes import Head, ImportFile, Refused, normalise
from etl.sources._json import files_table

HEADER_ROWS = 10  # how far down a header row is looked for (ExportComments: row 7)
# Rows may be longer than their header; so many fields more are read, to be able to say so.
SPARE_FIELDS = 8

Aliases = Mapping[str, tuple[str, ...]]

MACROS = r"""
-- Empty, "-", "undefined": not measured, which is not 0.
CREATE OR REPLACE TEMP MACRO is_unmeasured(cell) AS
    cell IS NULL OR lower(trim(cell)) IN ('', '-', '--', 'undefined', 'n/a', 'null');
-- Digits, whatever a spreadsheet made of them: "1 234", "1,234", "376.0", "12,5".
CREATE OR REPLACE TEMP MACRO bare_number(cell) AS
    regexp_replace(trim(cell), '[\s\x{00A0}\x{202F}]', '', 'g');
CREATE OR REPLACE TEMP MACRO measured(cell) AS CASE
    WHEN is_unmeasured(cell) THEN NULL
    WHEN regexp_full_match(bare_number(cell), '-?\d{1,3}(,\d{3})+(\.\d+)?')
    THEN TRY_CAST(replace(bare_number(cell), ',', '') AS DOUBLE)
    ELSE TRY_CAST(replace(bare_number(cell), ',', '.') AS DOUBLE) END;
CREATE OR REPLACE TEMP MACRO whole(cell) AS TRY_CAST(round(measured(cell)) AS BIGINT);
CREATE OR REPLACE TEMP MACRO is_unreadable(cell) AS
    NOT is_unmeasured(cell) AND measured(cell) IS NULL;
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

    def unknown(self, aliases: Aliases, ignored: Collection[str]) -> list[str]:
        """Names that neither stand in the aliases nor in the list of those left alone."""
        known = {name_key(name) for name in ignored}
        cells = (self.header[position] for position in self.unnamed(aliases))
        return [cell for cell in cells if name_key(cell) not in known]


def name_key(cell: str) -> str:
    """A column name for comparing; spreadsheets have been seen to drop its parentheses."""
    return normalise(cell).replace("(", "").replace(")", "")


def find_layout(head: Head, aliases: Aliases, required: Collection[str]) -> Layout | None:
    """The first row that names all required columns, among the first ten; None without one."""
    names = _by_name(aliases)
    for row, header in enumerate(head.rows[:HEADER_ROWS]):
        columns: dict[str, int] = {}
        for position, cell in enumerate(header):
            canonical = names.get(name_key(cell))
            if canonical is not None:
                columns.setdefault(canonical, position)  # a repeated name: the first one counts
        if columns.keys() >= set(required):
            return Layout(row, header, head.delimiter, columns)
    return None


def rows_table(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[ImportFile],
    layout_of: Callable[[Head], Layout],
    aliases: Aliases,
) -> None:
    """Makes `source_rows(file_no, line, is_too_long, extra, <canonical> VARCHAR, …)`.

    `line` is the row number that a spreadsheet shows. Short rows are filled with NULL.
    `extra` holds the numbers of the columns without a canonical name (a text there could
    name a person). Files with the same header are read together. Raises `Refused` when
    the text cannot be cut into rows.
    """
    files_table(con, files)
    con.execute(MACROS)
    declared = ", ".join(f"{name} VARCHAR" for name in aliases)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE source_rows "
        f"(file_no INTEGER, line BIGINT, is_too_long BOOLEAN, extra JSON, {declared})"
    )
    groups: dict[tuple[int, tuple[str, ...], str, bool], list[ImportFile]] = {}
    for file in files:
        layout = layout_of(file.head)
        key = (layout.header_row, layout.header, layout.delimiter, _has_separator_line(file))
        groups.setdefault(key, []).append(file)
    for key, group in groups.items():
        _insert_group(con, group, layout_of(group[0].head), aliases, hidden_rows=int(key[3]))


def unreadable(names: Sequence[str]) -> str:
    """SQL: the first of these measures that holds something else than a number, else NULL."""
    cases = " ".join(f"WHEN is_unreadable({name}) THEN '{name}'" for name in names)
    return f"CASE {cases} END"


def _by_name(aliases: Aliases) -> dict[str, str]:
    return {name_key(name): canonical for canonical, names in aliases.items() for name in names}


def _has_separator_line(file: ImportFile) -> bool:
    """Excel's `sep=,`, which a spreadsheet does not count as a row."""
    with file.path.open("rb") as text:
        return text.read(7).removeprefix(b"\xef\xbb\xbf").lower().startswith(b"sep=")


def _insert_group(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[ImportFile],
    layout: Layout,
    aliases: Aliases,
    hidden_rows: int,
) -> None:
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
    spare = range(len(layout.header), len(layout.header) + SPARE_FIELDS)
    columns = ", ".join(
        f"{_cell(layout.columns[name])} AS {name}" for name in aliases if name in layout.columns
    )
    con.execute(
        "INSERT INTO source_rows BY NAME WITH first_rows AS "
        "(SELECT filename, min(rowid) AS first_row FROM source_raw GROUP BY filename), "
        "numbered AS (SELECT *, source_raw.rowid - first_row + 1 - $hidden_rows AS line "
        "FROM source_raw JOIN first_rows USING (filename)) "
        "SELECT file_no, line, "
        f"coalesce({', '.join(map(_cell, spare))}) IS NOT NULL AS is_too_long, "
        f"{_extra(layout, aliases)} AS extra, {columns} "
        "FROM numbered JOIN source_files ON path = filename WHERE line > $header_line",
        {"hidden_rows": hidden_rows, "header_line": layout.header_row + 1},
    )
    con.execute("DROP TABLE source_raw")


def _cell(position: int) -> str:
    return f"c{position:03}"


def _cells(layout: Layout) -> str:
    width = len(layout.header) + SPARE_FIELDS
    return ", ".join(f"'{_cell(position)}': 'VARCHAR'" for position in range(width))


def _extra(layout: Layout, aliases: Aliases) -> str:
    """SQL: the measures without a name of ours as JSON, NULL when there are none."""
    fields = []
    for position in layout.unnamed(aliases):
        name = " ".join(layout.header[position].split()).replace("'", "''")
        fields.append(f"'{name}', measured({_cell(position)})")
    if not fields:
        return "NULL"
    return f"nullif(json_merge_patch('{{}}', json_object({', '.join(fields)})), '{{}}')"
