"""Reading JSON exports relationally: every file of a format in one statement.

`read_json` with a declared shape takes an object, a list, JSON lines and pages
(``[{"data": …}, …]``) alike, and gives NULL for keys that are missing. What it
cannot take is an object keyed by id (``{"178…": {…}}``, from ``?ids=``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile

# The database quotes the file in its message, and cuts the quotation inside a letter at times.
JSON_ERRORS = (duckdb.InvalidInputException, duckdb.ConversionException, UnicodeDecodeError)

_KINDS = {"OBJECT": "et objekt", "ARRAY": "en liste", "VARCHAR": "tekst", "NULL": "ingenting"}


def files_table(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Makes `source_files`, one row per file: joined on `path` = read_json's `filename`."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE source_files "
        "(file_no INTEGER, path VARCHAR, account_hint VARCHAR, origin VARCHAR)"
    )
    rows = [[file.file_no, str(file.path), file.account_hint, file.origin] for file in files]
    con.executemany("INSERT INTO source_files VALUES (?, ?, ?, ?)", rows)


def struct(fields: Mapping[str, str]) -> str:
    """A STRUCT type of these fields; names such as `from` are quoted."""
    return "STRUCT(" + ", ".join(f'"{name}" {kind}' for name, kind in fields.items()) + ")"


def nodes_table(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[ImportFile],
    fields: Mapping[str, str],
    list_key: str = "data",
) -> None:
    """Makes `source_nodes(file_no, line, key, node)`: the files' elements, whatever wraps them.

    An element is an entry of the list under `list_key`, a value of an object keyed by
    id (or an entry of that value's `data`, which then has the id as `key`), or an object of
    its own. `line` counts the file's elements from 1. Makes
    `source_files` as well. Raises `UnsupportedFile` when a key holds something else than declared.
    """
    files_table(con, files)
    shape = struct(fields)
    keyed = [file for file in files if is_keyed_by_id(file.head)]
    plain = [file for file in files if not is_keyed_by_id(file.head)]
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE source_numbered (path VARCHAR, key VARCHAR, node {shape})"
    )
    try:
        if plain:
            _insert_plain(con, plain, fields, list_key)
        if keyed:
            _insert_keyed(con, keyed, fields)
    except JSON_ERRORS as error:
        raise UnsupportedFile(
            explain(error)
        ) from None  # its message quotes the value: a person's words
    con.execute(
        "CREATE OR REPLACE TEMP TABLE source_nodes AS "
        "WITH first_rows AS "
        "(SELECT path, min(rowid) AS first_row FROM source_numbered GROUP BY path) "
        "SELECT source_files.file_no, source_numbered.rowid - first_row + 1 AS line, key, node "
        "FROM source_numbered JOIN first_rows USING (path) JOIN source_files USING (path)"
    )
    con.execute("DROP TABLE source_numbered")


def is_keyed_by_id(head: FileSample) -> bool:
    """True for ``{"178…": {…}, …}``. The sample may be cut inside its last value."""
    sample = head.sample
    if not isinstance(sample, dict) or not sample:
        return False
    return all(
        re.fullmatch(r"\d[\d_]*", key) and isinstance(value, dict) for key, value in sample.items()
    )


def elements(sample: Any, list_key: str = "data") -> list[dict[str, Any]]:
    """The objects of a JSON sample that `nodes_table` would make nodes of."""
    found: list[dict[str, Any]] = []
    left = [(sample, list_key)]  # no recursion: a damaged file may be a thousand brackets deep
    while left:
        value, key = left.pop()
        if isinstance(value, list):
            left.extend((page, key) for page in reversed(value))
        elif not isinstance(value, dict):
            continue
        elif isinstance(listed := value.get(key), list):
            found += [item for item in listed if isinstance(item, dict)]
        elif value and all(re.fullmatch(r"\d[\d_]*", name) for name in value):
            left.extend((item, "data") for item in reversed(value.values()))
        else:
            found.append(value)
    return found


def explain(error: Exception) -> str:
    """What was expected and found, in Norwegian, without the file's own content."""
    if isinstance(error, UnicodeDecodeError):
        return reason("json_damaged")
    text = str(error)
    if found := re.search(r"Expected (\w+), but got (\w+)", text):
        expected, got = (_KINDS.get(word, word) for word in found.groups())
        return reason("json_of_other_shape", found=got, expected=expected)
    if "to numerical" in text:
        return reason("json_text_for_number")
    if found := re.search(r"Malformed JSON .*?at byte (\d+)", text):
        where = found.group(1)
        return reason("json_cut", where=where)
    return reason("json_of_no_known_shape")


def _largest(files: Sequence[ImportFile]) -> int:
    """Bytes of the largest object: a file may be one. DuckDB sets aside twice that per thread."""
    return max(16 << 20, *(file.path.stat().st_size + 1 for file in files))


def _insert_plain(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[ImportFile],
    fields: Mapping[str, str],
    list_key: str,
) -> None:
    columns = dict(fields) | {list_key: struct(fields) + "[]"}
    itself = ", ".join(f'"{name}" := "{name}"' for name in fields)
    declared = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    con.execute(
        "INSERT INTO source_numbered "
        f'SELECT filename, NULL, unnest(coalesce("{list_key}", [struct_pack({itself})])) '
        f"FROM read_json($paths, columns = {{{declared}}}, filename = true, "
        f"maximum_object_size = {_largest(files)})",
        {"paths": [str(file.path) for file in files]},
    )


def _insert_keyed(
    con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile], fields: Mapping[str, str]
) -> None:
    whole = dict(fields) | {"data": struct(fields) + "[]"}
    structure = json.dumps(f"MAP(VARCHAR, {struct(whole)})")
    itself = ", ".join(f'"{name}" := entry.value."{name}"' for name in fields)
    con.execute(
        "INSERT INTO source_numbered "
        "SELECT filename, CASE WHEN entry.value.data IS NOT NULL THEN entry.key END, "
        f"unnest(coalesce(entry.value.data, [struct_pack({itself})])) "
        f"FROM (SELECT filename, unnest(map_entries(from_json(json, '{structure}'))) AS entry "
        "FROM read_json_objects($paths, filename = true, "
        f"maximum_object_size = {_largest(files)}))",
        {"paths": [str(file.path) for file in files]},
    )
