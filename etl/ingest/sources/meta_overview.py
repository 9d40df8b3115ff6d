"""Meta Business Suite, Insights → Overview → Export: one figure per day (formats.md 3).

A file is Excel's `sep=,`, a title, a header of two names and then the days; several of these
blocks may follow each other. No file names the account, and many titles not even the
platform. The clock flips with the summer time of the USA and is not used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from etl.ingest.reasons import reason
from etl.ingest.sources._columns import Layout
from etl.ingest.sources._days import DAY, stage_days
from etl.ingest.sources._rows import rows_table
from etl.ingest.staging import FileSample, ImportFile, InputRequired, UnsupportedFile, normalise

FORMAT = "meta_overview"
PLATFORM = None  # Facebook and Instagram write the same file
KIND = "text"
EXPECTS = (
    "Tall per dag fra Meta: CSV-fil fra oversikten i Meta Business Suite (Innsikt → Oversikt → "
    "Eksporter), for eksempel «Reach.csv» eller «Views.csv»."
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

TITLES: Mapping[str, tuple[str, ...]] = {
    "reach": ("reach", "page reach", "viewers"),
    "views": ("views",),
    "interactions": ("content interactions", "interactions"),
    "followers_gained": ("follows", "new follows"),
    "visits": ("visits", "profile visits", "page visits"),
    "link_clicks": ("link clicks",),
}
# Norwegian and Swedish titles that no real file has shown.
UNVERIFIED: Mapping[str, tuple[str, ...]] = {
    "reach": ("rekkevidde", "räckvidd"),
    "views": ("visninger", "visningar"),
    "interactions": (
        "innholdsinteraksjoner", "interaksjoner med innhold", "interaksjoner",
        "innehållsinteraktioner", "interaktioner med innehåll", "interaktioner",
    ),
    "followers_gained": ("nye følgere", "nye følgjarar", "nya följare"),
    "visits": ("besøk", "profilbesøk", "besök", "profilbesök"),
    "link_clicks": ("lenkeklikk", "lenkjeklikk", "länkklick"),
}  # fmt: skip
PLATFORM_WORD = re.compile(r"(?:\b(?:på|on|i) )?\b(facebook|instagram)\b[- ]?")
META = ("facebook", "instagram")
COLUMNS = ("cell", "figure")
HEADINGS = (
    "INSERT INTO staged_passed SELECT file_no, line, 'block_heading' FROM source_rows "
    "ANTI JOIN source_titled USING (file_no, line); DELETE FROM source_rows "
    "WHERE (file_no, line) NOT IN (SELECT (file_no, line) FROM source_titled)"
)

_AUDIENCE = reason("meta_audience")
_NO_TITLE = reason("overview_without_title")


def recognises(head: FileSample) -> bool:
    """By structure, in any language: a title alone in its row, two names, then days."""
    return head.kind == KIND and (_is_daily(head) or _is_audience(head))


def _is_daily(head: FileSample) -> bool:
    if len(head.rows) < 3 or not head.rows[2]:
        return False
    title, names = (_filled(row) for row in head.rows[:2])
    return (
        (len(title), len(names)) == (1, 2)
        and not re.fullmatch(DAY, title[0])
        and not any(re.search(r"\d", name) for name in names)
        and re.fullmatch(DAY, head.rows[2][0].strip()) is not None
    )


def _is_audience(head: FileSample) -> bool:
    """A title, names beside each other, and as many shares under them; only Meta writes so."""
    rows = [row for row in head.rows if _filled(row)][:3]
    if len(rows) < 3 or len(_filled(rows[0])) != 1 or head.encoding != "utf-16":
        return False
    names, (label, *shares) = rows[1], rows[2]
    are_numbers = [re.fullmatch(r"\d{1,3}(?:[.,]\d+)?", cell) is not None for cell in shares]
    is_table = len(_filled(names)) > 1 and len(names) == len(rows[2])
    return is_table and all(are_numbers) and not re.fullmatch(DAY, label)


def _filled(row: Sequence[str]) -> list[str]:
    return [cell for cell in row if cell.strip()]


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the days; raises `InputRequired` (account) where nothing says which platform."""
    if any(_is_audience(file.head) for file in files):
        raise UnsupportedFile(_AUDIENCE)
    rows_table(con, files, _layout, dict.fromkeys(COLUMNS, ()), ())
    con.execute(SQL)
    con.execute(HEADINGS)
    _titles_table(con, files)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE source_figures AS "
        "SELECT file_no, line, title AS platform, NULL::VARCHAR AS handle, cell, metric, figure "
        "FROM source_titled JOIN source_titles USING (file_no, title)"
    )
    stage_days(con, files)
    for file in files:  # which account, when it is known that the file can be used
        _set_platforms(con, file)


def _layout(head: FileSample) -> Layout:
    """Titles and headers stand among the days, so every row is read and none is the header."""
    return Layout(-1, COLUMNS, head.delimiter, {"cell": 0, "figure": 1})


def _titles_table(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Makes `source_titles(file_no, title, platform, metric)`: what each title means."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE source_titles "
        "(file_no INTEGER, title VARCHAR, metric VARCHAR, platform VARCHAR)"
    )
    found = con.execute(
        "SELECT file_no, list(DISTINCT title ORDER BY title) FROM source_titled GROUP BY file_no"
    ).fetchall()
    titles = dict(found)
    if any(None in above for above in titles.values()):
        raise UnsupportedFile(_NO_TITLE)
    rows = [
        [file.file_no, title, _metric(file, title)]
        for file in files
        for title in titles.get(file.file_no, [])
    ]
    if rows:
        con.executemany("INSERT INTO source_titles VALUES (?, ?, ?, NULL)", rows)


def _set_platforms(con: duckdb.DuckDBPyConnection, file: ImportFile) -> None:
    titles = con.execute(
        "SELECT DISTINCT title FROM source_titles WHERE file_no = $file_no ORDER BY title",
        {"file_no": file.file_no},
    ).fetchall()
    for title, platform in _platforms(file, [title for (title,) in titles]).items():
        con.execute(
            "UPDATE staged_account_days SET platform = $platform "
            "WHERE file_no = $file_no AND platform = $title",
            {"platform": platform, "file_no": file.file_no, "title": title},
        )


def _platforms(file: ImportFile, titles: Sequence[str]) -> dict[str, str]:
    """The platform of each title: its own word, else the one that the titled blocks are not.

    Where no title says it, what is said of the account does.
    """
    written = {title: _written(title) for title in titles}
    named = {platform for platform in written.values() if platform}
    said = {one.partition(":")[0] for one in file.all_accounts} & set(META)
    if len(named) == 1 and None not in written.values() and said and not named & said:
        (platform,), (other, *_) = named, sorted(said)
        raise InputRequired(
            reason(
                "account_of_other_platform",
                platform=platform.capitalize(),
                said=other.capitalize(),
            ),
            "account",
        )
    others = [one for one in META if one not in named] if named else sorted(said)
    if None in written.values() and len(others) != 1:
        raise InputRequired(reason("overview_without_platform"), "account")
    return {title: platform or others[0] for title, platform in written.items()}


def _written(title: str) -> str | None:
    word = PLATFORM_WORD.search(normalise(title))
    return word.group(1) if word else None


def _metric(file: ImportFile, title: str) -> str:
    """Which figure it is: from the title, else from the name that Meta gives the file."""
    bare = _without_platform(title)
    if metric := _lookup(TITLES, bare):
        return metric
    if metric := _lookup(UNVERIFIED, bare):
        file.warnings.append(reason("title_untried", title=title))
        return metric
    stem = re.sub(r"(?: ?\(\d+\))?\.\w+$", "", file.name)
    if metric := _lookup(TITLES, _without_platform(stem)):
        file.warnings.append(reason("title_from_file_name", title=title))
        return metric
    is_english = "date" in {cell.strip() for row in file.head.rows for cell in map(normalise, row)}
    raise UnsupportedFile(reason("title_not_used" if is_english else "title_unknown", title=title))


def _without_platform(title: str) -> str:
    return PLATFORM_WORD.sub("", normalise(title)).strip()


def _lookup(names: Mapping[str, tuple[str, ...]], title: str) -> str | None:
    return next((metric for metric, known in names.items() if title in known), None)
