"""Delimited exports as `source_rows`: a row for each of the file's, none lost on the way."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Sequence

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import Aliases, Layout, name_key, readable
from etl.ingest.sources._json import files_table
from etl.ingest.sources._numbers import MACROS, tell_unreadable
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile

# Rows may be longer than their header; so many fields more are read, to be able to say so.
SPARE_FIELDS = 8

# What the row of sums is called; it has no date.
_TOTAL = (
    "total|totals|totalt|i alt|sum|summa|totale|gesamt|gesamtwerte|grand total|totalsum|alle|all"
)
_TOTAL_CELLS = 4  # how far to the right the word may stand
_DATE = r"\d[-./]\d{1,2}[-./]\d"


def rows_table(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[ImportFile],
    layout_of: Callable[[FileSample], Layout],
    aliases: Aliases,
    measures: Sequence[str],
    fractions: Collection[str] = (),
    is_counted: bool = True,
) -> None:
    """Makes `source_rows`, a column per canonical name: DOUBLE for the measures, else VARCHAR.

    Besides `file_no`; `line`, the row number that a spreadsheet shows; `is_too_long`;
    `bad_measure`, the first measure that holds words; `extra`, the numbers of columns without a
    canonical name (a text there could name a person). Short rows are filled with NULL. Files with
    the same header are read together. `fractions` are measures that need not be whole. Every row is
    staged as one of the file's, unless they only add columns to rows that are (`is_counted`); empty
    ones, sums and headers are passed over. Raises `UnsupportedFile` when the text cannot be cut
    into rows.
    """
    files_table(con, files)
    con.execute(MACROS)
    declared = ", ".join(
        f"{name} {'DOUBLE' if name in measures else 'VARCHAR'}" for name in aliases
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE source_rows (file_no INTEGER, line BIGINT, "
        f"is_too_long BOOLEAN, bad_measure VARCHAR, extra JSON, passed VARCHAR, {declared});"
        "CREATE OR REPLACE TEMP TABLE source_unread (file_no INTEGER, line BIGINT, name VARCHAR)"
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
        read = _cells_table(layout, aliases, measures)
        con.execute(read, told | _names_of_extra(layout, aliases))
        con.execute("DROP TABLE source_raw")
        con.execute(_insert_rows(layout, aliases, measures, fractions))
    _account_for_rows(con, files, is_counted)


def _has_separator_line(file: ImportFile) -> bool:
    """Excel's `sep=,`, which a spreadsheet does not count as a row."""
    with file.path.open("rb") as text:
        return text.read(7).removeprefix(b"\xef\xbb\xbf").lower().startswith(b"sep=")


def _empty_lines(head: FileSample, layout: Layout) -> int:
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
        raise UnsupportedFile(reason("no_rows_and_columns")) from None


def pass_over_companion(con: duckdb.DuckDBPyConnection, file: ImportFile) -> None:
    """Counts the rows of a table that only belongs to the one beside it."""
    with file.path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        rows = sum(map(bool, csv.reader(map(_short, text), delimiter=file.head.delimiter))) - 1
    told = {"file_no": file.file_no, "rows": max(0, rows)}
    for table in ("staged_rows", "staged_passed"):
        code = ", 'companion'" if table == "staged_passed" else ""
        con.execute(f"INSERT INTO {table} SELECT $file_no, unnest(range($rows)) + 2{code}", told)


def _short(line: str) -> str:
    """The reader takes no cell above 128 KiB, and none is needed to count rows."""
    return line[:10_000]


def _account_for_rows(
    con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile], is_counted: bool
) -> None:
    if is_counted:
        con.execute("INSERT INTO staged_rows SELECT file_no, line FROM source_rows")
        con.execute(
            "INSERT INTO staged_passed SELECT file_no, line, passed FROM source_rows "
            "WHERE passed IS NOT NULL"
        )
        for file in files:
            if file.is_cut:
                con.execute(_CUT_ROW, {"file_no": file.file_no})
                con.execute(_WITHOUT_CUT_ROW, {"file_no": file.file_no})
        tell_unreadable(con, files)
    con.execute("DELETE FROM source_rows WHERE passed IS NOT NULL")
    con.execute("ALTER TABLE source_rows DROP COLUMN passed")


# Half a cell of it could be a name: nothing of the row is shown.
_CUT_ROW = """
INSERT INTO staged_rejects SELECT file_no, max(line), 'cut_row', NULL FROM source_rows
WHERE file_no = $file_no AND passed IS NULL GROUP BY file_no
"""
_WITHOUT_CUT_ROW = """
DELETE FROM source_rows WHERE file_no = $file_no AND passed IS NULL
    AND line = (SELECT max(line) FROM source_rows WHERE file_no = $file_no AND passed IS NULL)
"""


def _cells_table(layout: Layout, aliases: Aliases, measures: Sequence[str]) -> str:
    """SQL: `source_cells`: the canonical columns, those of measures without blanks."""
    found = [name for name in aliases if name in layout.columns]
    spare = range(len(layout.header), len(layout.header) + SPARE_FIELDS)
    cells = [
        f"bare({_cell(layout.columns[name])}) AS {name}"
        if name in measures
        else f"{_cell(layout.columns[name])} AS {name}"
        for name in found
    ]
    return f"""
CREATE OR REPLACE TEMP TABLE source_cells AS
WITH first_rows AS (
    SELECT filename, min(rowid) AS first_row FROM source_raw GROUP BY filename
), cells AS (
    SELECT filename, source_raw.rowid - first_row + 1 - $hidden_rows AS line,
        coalesce({", ".join(map(_cell, spare))}) IS NOT NULL AS is_too_long,
        {_passed(layout)} AS passed,
        {_extra(layout, aliases)} AS extra, {", ".join(cells)}
    FROM source_raw JOIN first_rows USING (filename)
)
SELECT file_no, cells.* EXCLUDE (filename)
FROM cells JOIN source_files ON path = filename WHERE line > $header_line
"""


def _passed(layout: Layout) -> str:
    """SQL: why a row holds nothing to use, else NULL."""
    width = len(layout.header)
    everything = f"concat({', '.join(map(_cell, range(width)))})"
    words = [f"trim(lower({_cell(at)}))" for at in range(min(_TOTAL_CELLS, width))]
    is_total = " OR ".join(
        f"coalesce(regexp_full_match({word}, '{_TOTAL}'), false)" for word in words
    )
    tests = [f"WHEN trim({everything}) = '' THEN 'empty_row'"]
    if named := [at for at, cell in enumerate(layout.header) if name_key(cell)]:
        same = " AND ".join(
            f"{_cell(at)} IS NOT DISTINCT FROM ${_header(at)}::VARCHAR" for at in named
        )
        tests.append(f"WHEN {same} THEN 'repeated_header'")
    tests.append(
        f"WHEN ({is_total}) AND NOT regexp_matches({everything}, '{_DATE}') THEN 'totals_row'"
    )
    return f"CASE {' '.join(tests)} END"


def _insert_rows(
    layout: Layout, aliases: Aliases, measures: Sequence[str], fractions: Collection[str]
) -> str:
    """SQL: `source_cells` to `source_rows`, and what was no number to `source_unread`."""
    found = [name for name in aliases if name in layout.columns]
    figures = [name for name in found if name in measures]
    value = {name: "number" if name in fractions else "counted" for name in figures}
    values = [f"{value[name]}({name}) AS {name}" if name in value else name for name in found]
    unread = {
        name: f"{value[name]}({name}) IS NULL AND NOT is_unmeasured({name})" for name in figures
    }
    words = " ".join(
        f"WHEN {no_number} AND NOT is_numeric({name}) THEN '{name}'"
        for name, no_number in unread.items()
    )
    told = ", ".join(
        f"CASE WHEN {no_number} AND is_numeric({name}) THEN '{name}' END"
        for name, no_number in unread.items()
    )
    inserted = (
        "INSERT INTO source_rows BY NAME "
        f"SELECT file_no, line, is_too_long, extra, passed, {', '.join(values)}, "
        f"CASE {words or 'WHEN false THEN NULL'} END AS bad_measure FROM source_cells;"
    )
    if not figures:
        return inserted
    return (
        f"{inserted} INSERT INTO source_unread SELECT * FROM "
        f"(SELECT file_no, line, unnest([{told}]) AS name FROM source_cells WHERE passed IS NULL) "
        "WHERE name IS NOT NULL;"
    )


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
    """The file's own names of columns: bound, as every text of a file is."""
    named = {
        _name(position): readable(layout.header[position]) for position in layout.unnamed(aliases)
    }
    return named | {
        _header(position): cell for position, cell in enumerate(layout.header) if name_key(cell)
    }


def _header(position: int) -> str:
    return f"header{position:03}"


def _name(position: int) -> str:
    return f"name{position:03}"
