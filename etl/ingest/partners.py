"""Posts that a partner published together with us: no account of ours, and no name is stored.

The name is shown in the question at upload and nowhere else; what a person answers is remembered
as a keyed hash of the account.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.staging import ImportFile
from etl.lake.files import atomic_write

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FILE = "partners.json"
SUITE = "meta_business_suite_"


class Partner(NamedTuple):
    """An account that may be somebody else's; for the screen alone."""

    account: str
    name: str
    is_ours: bool | None  # what a person has answered, now or earlier


def remembered(data: Path) -> dict[str, bool]:
    """Keyed hash of an account → whether a person has said that it is the municipality's."""
    path = data / "lake" / FILE
    if not path.exists():
        return {}
    found: dict[str, bool] = json.loads(path.read_text(encoding="utf-8"))
    return found


def remember(data: Path, keys: Mapping[str, bool]) -> None:
    """Adds to what is remembered."""
    if keys:
        content = json.dumps(remembered(data) | dict(keys), indent=1)
        atomic_write(data / "lake" / FILE, content.encode())


def partners_tables(
    con: duckdb.DuckDBPyConnection, known: Mapping[str, bool], answers: Mapping[str, bool]
) -> None:
    """Makes the tables of what is remembered and what is answered now."""
    for table, column, values in (
        ("partner_keys", "key", known),
        ("partner_answers", "account", answers),
    ):
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({column} VARCHAR, is_ours BOOLEAN)")
        if values:
            con.executemany(f"INSERT INTO {table} VALUES (?, ?)", [list(v) for v in values.items()])


def answered_keys(con: duckdb.DuckDBPyConnection) -> dict[str, bool]:
    """The answers of now, by the keyed hash of the account."""
    found = con.execute("SELECT keyed('partner', account), is_ours FROM partner_answers").fetchall()
    return dict(found)


def set_partners_apart(
    con: duckdb.DuckDBPyConnection, files: Iterable[tuple[str, ImportFile]]
) -> dict[int, Sequence[Partner]]:
    """Takes their posts out of `staged_posts`; the accounts to ask about, by file number."""
    suite = [file for name, file in files if name.startswith(SUITE)]
    if not suite:
        return {}
    con.execute("CREATE OR REPLACE TEMP TABLE suite_files (file_no INTEGER)")
    con.executemany("INSERT INTO suite_files VALUES (?)", [[file.file_no] for file in suite])
    con.execute(SQL)
    asked: dict[int, list[Partner]] = {}
    for file in suite:
        found = con.execute(
            "SELECT account, coalesce(name, who), is_ours, if(is_foreign, posts, 0) FROM partners "
            "WHERE file_no = $file_no ORDER BY account",
            {"file_no": file.file_no},
        ).fetchall()
        if apart := sum(row[-1] for row in found):
            file.notes.append(reason("partner_posts", count=apart))
        asked[file.file_no] = [Partner(*row[:-1]) for row in found]
    con.execute("DROP TABLE partners")
    return {file_no: partners for file_no, partners in asked.items() if partners}
