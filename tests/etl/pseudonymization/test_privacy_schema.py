"""No table, file or download has a column per person (R10, R30)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.demo import write_demo
from etl.pipeline import load
from svarvakt import (
    decisions,  # noqa: F401 -- fills METADATA with all of its tables
    warehouse,
)
from svarvakt.decisions.store import METADATA
from tests.support.lake_contents import everything

PERSON = re.compile(
    r"author|agent|user|person|employee|ansatt|(^|_)(from|by)_(id|name)$|profile|picture|avatar"
    r"|first_name|last_name|e_?mail|phone|display_name|administrator_(id|name|ref)|moderator|staff"
)
# Counts and answers about all of them together, and the account's own recovery address (yes/no).
HARMLESS = {
    "is_by_registered_administrator",
    "administrators",
    "communications_administrators",
    "by_administrators",
    "agent_replies",
    "agent_replies_by_others",
    "leader_email",  # a role's mailbox (register.md)
    "recovery_email",
    "has_recovery_email",
}
SENTINEL = "kari.sentinel@fjordvik.example"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration as it is loaded, with one more administrator."""
    data = tmp_path_factory.mktemp("demo")
    write_demo(data, 400, 6, 1, lambda _part, _what: None)
    with (data / "register" / "administrators.csv").open("a", encoding="utf-8") as file:
        separator = ";"
        account = _first_account(data)
        file.write(separator.join([account, SENTINEL, "administrator", "2020-01-01", ""]) + "\n")
    load([data / "exports"], data=data)
    return data


def _first_account(data: Path) -> str:
    lines = (data / "register" / "accounts.csv").read_text(encoding="utf-8-sig").splitlines()
    return lines[1].split(";")[0]


def _columns(data: Path) -> Iterator[tuple[str, str]]:
    pointer = warehouse.current(data)
    assert pointer is not None
    with duckdb.connect(str(warehouse.warehouse_path(data, pointer)), read_only=True) as con:
        yield from con.execute("SELECT table_name, column_name FROM duckdb_columns()"
            " WHERE NOT internal").fetchall()  # fmt: skip
    for path in (data / "lake").rglob("*.parquet"):
        with duckdb.connect() as con:
            described = con.execute(f"DESCRIBE FROM '{path}'").fetchall()
        yield from ((path.name, row[0]) for row in described)
    for table in METADATA.tables.values():
        yield from ((table.name, column.name) for column in table.columns)


def test_no_column_is_about_a_person(demo: Path) -> None:
    columns = set(_columns(demo))
    assert len(columns) > 200
    assert {(t, c) for t, c in columns if c not in HARMLESS and PERSON.search(c)} == set()


def test_the_list_of_words_finds_what_it_shall() -> None:
    for name in ("author_name", "answered_by_person", "agent", "user_id", "profile_url", "from_id"):
        assert PERSON.search(name)


def test_administrators_are_in_no_warehouse_lake_or_log(demo: Path) -> None:
    elsewhere = everything(demo).replace(
        (demo / "register" / "administrators.csv").read_text(encoding="utf-8"), ""
    )
    assert SENTINEL in (demo / "register" / "administrators.csv").read_text(encoding="utf-8")
    assert SENTINEL not in elsewhere
    assert "kari.sentinel" not in elsewhere.lower()


def test_no_download_has_a_heading_about_a_person(root: Path) -> None:
    """The headings stand as literal texts where `download.button` is called."""
    headings = set()
    for path in [*(root / "ui").glob("*.py"), *(root / "pages").rglob("*.py")]:
        source = path.read_text(encoding="utf-8")
        for call in re.finditer(r"download\.button\((.*?)\n    \)", source, re.DOTALL):
            headings |= set(re.findall(r'_\("([^"]+)"\)', call.group(1)))
    assert len(headings) > 5
    headings.discard("negative, confirmed by a person")  # some person, not which
    found = {each for each in headings if PERSON.search(each.lower().replace(" ", "_"))}
    assert found == set()
