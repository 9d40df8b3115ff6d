"""Everything that reads bytes from outside, given whatever comes: a value or `UnsupportedFile`, no
more.

The tests try some inputs that Hypothesis makes; `… -m tests.etl.ingest.parsers_fuzz PARSER` more of
the harmed ones. With `--led`, atheris (which nothing else needs: `pip install atheris`) makes
them, led by the lines of the program that each one reaches.
"""

from __future__ import annotations

import argparse
import atexit
import contextlib
import importlib
import io
import random
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import NoReturn

import duckdb

from etl.ingest import batch
from etl.ingest.detection import json_prefix, recognise, sample_of
from etl.ingest.encoding import transcode_to_utf8
from etl.ingest.files import find_files
from etl.ingest.private_database import connection
from etl.ingest.sources import _dates, _days, _numbers, _spelled_dates, _template
from etl.ingest.sources._hyperlinks import hyperlinks
from etl.ingest.sources._json import elements, is_keyed_by_id, nodes_table
from etl.ingest.sources.templates import template_from
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile, objects
from etl.ingest.workbooks import sheets_of
from svarvakt.platforms import PLATFORMS
from svarvakt.register import TABLES, read_register, units_from
from svarvakt.register.upload_reader import read_upload
from svarvakt.register.workbook import as_workbook
from tests.etl.ingest.damage import damaged
from tests.support.paths import FIXTURES

CELLS_EACH = 1_000  # of one input: most of its time goes to planning the statement
NODE = {
    "id": "VARCHAR", "created_time": "VARCHAR", "likes": "BIGINT", "hidden": "BOOLEAN",
    "from": "STRUCT(id VARCHAR)", "comments": "STRUCT(data JSON)",
}  # fmt: skip
# Each macro that reads a cell or a text as people and platforms wrote it.
TIMES = (
    "number(bare(cell))", "balanced(bare(cell))", "is_unmeasured(bare(cell))",
    "whole(counted(bare(cell)))",
    "los_angeles(wall_time(cell, true))", "los_angeles(wall_time(cell, false))",
    "day_of(cell, true)", "day_of(cell, false)", "slashed_day(cell, true)",
    "slashed_day(cell, false)", "spelled_day(cell)",
    "year_before(month_in(cell), day_in(cell), DATE '2026-1-1')",
    "template_time(cell, 'Europe/Oslo')", "template_time(said(cell), 'UTC')",
)  # fmt: skip
TEXTS = (
    "mask_tags(mask_text(cell), ['fjordvik'])", "mask_names(cell, [cell, 'Fjord', NULL])",
    "without_initials(cell)", "native_id(cell)", "is_destroyed(cell)", "post_of_link(cell)",
    "comment_of_link(cell)", "named_by_link(cell)", "nameless(cell, 'threads')",
    "platform_of(cell)", "scoped(cell, cell, 'facebook')", "kind_of_post(cell)",
)  # fmt: skip


def read_file(content: bytes) -> None:
    """An export: what it is, and its text as UTF-8."""
    with _as_file(content) as (path, scratch):
        head = sample_of(path)
        recognise(head)
        transcode_to_utf8(_import_file(path, head), scratch)


def read_sheet(content: bytes) -> None:
    """The XML inside a workbook of ours, as an export and as the register."""
    book = io.BytesIO()
    with zipfile.ZipFile(_book()) as whole, zipfile.ZipFile(book, "w") as made:
        for name in whole.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            made.writestr(name, content if is_sheet else whole.read(name))
    with _as_file(book.getvalue(), "register.xlsx") as (path, _scratch):
        list(hyperlinks(path))
        read_register(path.parent)
        sheets_of(path)


def read_xml(content: bytes) -> None:
    """The XML that Facebook called .xls."""
    with _as_file(b"<?" + content) as (path, _scratch):
        sheets_of(path)


def read_zip(content: bytes) -> None:
    """An archive of exports."""
    with _as_file(content) as (path, scratch):
        for found in find_files([path], scratch):
            found.path.read_bytes()


def read_json(content: bytes) -> None:
    """A JSON export, by its beginning and whole; a column template."""
    text = content.decode("utf-8", "ignore")
    sample = json_prefix(text)
    objects(FileSample(Path(), "json", sample=sample))
    elements(sample)
    if isinstance(sample, dict):
        with contextlib.suppress(UnsupportedFile):
            template_from(sample)
    with _as_file(content) as (path, _scratch):
        head = FileSample(path, "json", sample=sample)
        is_keyed_by_id(head)
        try:
            nodes_table(_con(), [_import_file(path, head)], NODE)
        except batch.CONTENT_ERRORS:
            raise UnsupportedFile from None  # as the import does


def read_register_file(content: bytes) -> None:
    """A table of the register, and the same handed in; the first byte says which."""
    table = TABLES[content[0] % len(TABLES)].name if content else "units"
    with _as_file(content[1:], f"{table}.csv") as (path, _scratch):
        read_register(path.parent)
    read_upload(f"{table} (1).csv", content[1:])


def read_pasted(content: bytes) -> None:
    """Units as a person pastes them."""
    units_from(content.decode("utf-8", "replace"), [], date(2026, 1, 1))


def read_cells(content: bytes) -> None:
    """The cells of a table and the texts of people, a line each."""
    cells = content.decode("utf-8", "replace").split("\n")
    _con().execute(
        f"CREATE OR REPLACE TEMP TABLE seen AS SELECT {', '.join(TIMES + TEXTS)} "
        "FROM (SELECT unnest($cells::VARCHAR[]) AS cell)",
        {"cells": cells},
    )


PARSERS: dict[str, Callable[[bytes], None]] = {
    "file": read_file,
    "sheet": read_sheet,
    "xml": read_xml,
    "zip": read_zip,
    "json": read_json,
    "register": read_register_file,
    "pasted": read_pasted,
    "cells": read_cells,
}


def is_read(parser: str, content: bytes) -> bool:
    """True when the parser makes something of it, False when it refuses; nothing else happens."""
    try:
        PARSERS[parser](content)
    except UnsupportedFile:
        return False
    return True


@cache
def seeds(parser: str) -> Sequence[bytes]:
    """Inputs that a parser makes something of; others are made by harming them."""
    small = sorted(
        (path for path in FIXTURES.rglob("*") if path.is_file() and path.stat().st_size < 9_000),
        key=lambda path: path.relative_to(FIXTURES).as_posix(),
    )
    exports = [path.read_bytes() for path in small if not path.name.endswith("golden.json")]
    tables = [content for content in exports if content[:1] not in (b"{", b"[", b"P", b"<")]
    with zipfile.ZipFile(_book()) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    register = [f"{at}".encode() + _csv(at) for at in range(len(TABLES))]
    xml = (FIXTURES / "facebook_insights" / "page_level.xls").read_bytes()
    return {
        "file": exports,
        "sheet": [sheet],
        "xml": [xml.removeprefix(b"\xef\xbb\xbf").removeprefix(b"<?")],
        "zip": [_zip(tables[at : at + 2]) for at in range(0, 20, 2)],
        "json": [content for content in exports if content[:1] in (b"{", b"[")],
        "register": register,
        "pasted": [b"Navn;Type;Overordnet\nKulturskolen;enhet;Kultur\nKultur;sektor;\n"],
        "cells": sorted({cell for text in tables for cell in re.split(b"[,;\t\n]", text)}),
    }[parser]


def _csv(at: int) -> bytes:
    names = [column.name for column in TABLES[at].columns]
    return f"{';'.join(names)}\n{';'.join(names)}\n".encode()


def _zip(members: Sequence[bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(members):
            archive.writestr(f"facebook/fjordvik/{number}.csv", content)
    return made.getvalue()


@cache
def _book() -> io.BytesIO:
    return io.BytesIO(as_workbook({"units": [{"unit_id": "a", "name": "Å", "kind": "enhet"}]}))


@contextlib.contextmanager
def _as_file(content: bytes, name: str = "fil") -> Iterator[tuple[Path, Path]]:
    """A file of these bytes in a folder of its own, and a folder for what is made of it."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path, Path(scratch)


def _import_file(path: Path, head: FileSample) -> ImportFile:
    return ImportFile(0, path, path.name, "0" * 64, head, datetime(2026, 11, 25, tzinfo=UTC))


@cache
def _con() -> duckdb.DuckDBPyConnection:
    """The import's own database, with every macro that reads cells."""
    con = connection(Path(tempfile.gettempdir()) / "nothing", dry=True)
    con.execute("CREATE TABLE source_rows (file_no INTEGER, published VARCHAR)")
    for macros in (_numbers.MACROS, _dates.SQL, _days.MACRO, _template.IDENTITY + _template.MACROS):
        con.execute(macros)
    _spelled_dates.spelled_macros(con)
    for name, value in (("has_epoch", True), ("patterns", ["%d.%m.%Y %H:%M", "%b %d, %Y"])):
        con.execute(f"SET VARIABLE template_{name} = $value", {"value": value})
    con.execute("SET VARIABLE template_id_scope = 'post'")
    con.execute("SET VARIABLE template_platforms = $all", {"all": list(PLATFORMS)})
    atexit.register(_con.cache_clear)
    return con


def harmed(parser: str, chance: random.Random) -> bytes:
    """One of the seeds, harmed as files are; for the cells, many of them."""
    many = CELLS_EACH if parser == "cells" else 1
    return b"\n".join(damaged(chance.choice(seeds(parser)), True, chance) for _ in range(many))


def main() -> int:
    """Looks for an input that breaks a parser: that raises, and says which it was."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("parser", choices=PARSERS)
    options.add_argument("--inputs", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--led", action="store_true", help="by atheris")
    told = options.parse_args()
    if told.led:
        _led(told.parser, told.inputs, told.seed)
    read = 0
    for number in range(told.inputs):
        content = harmed(told.parser, random.Random(f"{told.seed} {number}"))
        try:
            read += is_read(told.parser, content)
        except BaseException:
            print(f"number {number}: {content!r}")
            raise
    print(f"{told.parser}: {told.inputs} inputs, {read} read, {told.inputs - read} refused")
    return 0


def _led(parser: str, inputs: int, seed: int) -> NoReturn:
    """Atheris counts, tells and ends the process by itself."""
    atheris = importlib.import_module("atheris")  # no dependency: who wants it installs it
    corpus = Path(tempfile.mkdtemp(prefix="svarvakt-corpus-"))
    for number, content in enumerate(seeds(parser)):
        (corpus / str(number)).write_bytes(content)
    atheris.instrument_all()

    def one(content: bytes) -> None:
        is_read(parser, content)

    limits = [f"-runs={inputs}", f"-seed={seed}", "-timeout=20", "-max_len=10000"]
    atheris.Setup([sys.argv[0], str(corpus), *limits, f"-artifact_prefix={corpus}/broken-"], one)
    atheris.Fuzz()
    sys.exit("atheris came back")


if __name__ == "__main__":
    sys.exit(main())
