"""YouTube Studio, Analytics → Advanced mode → download: the table of videos (formats.md 9.1).

The figures count only the period that was chosen, not the video's life. The period stands
in the folder's name and nowhere else, its end exclusive: 2024-08-13_2024-09-10 holds the
days to 9 September.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import duckdb

from etl.shapes import Head, ImportFile, Refused
from etl.sources._columns import Layout, find_layout, name_key, rows_table, whole_records
from etl.sources._dates import date_orders

FORMAT = "youtube_studio"
PLATFORM = "youtube"
KIND = "text"
EXPECTS = (
    "Videoer på YouTube: filen «Table data.csv» fra YouTube Studio (Analyse → Avansert modus → "
    "fanen Innhold → last ned), med målingene Likes, Comments added og Shares krysset av."
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

# English, Swedish, German; Norwegian names are unverified: no such file was found.
ALIASES = {
    "video": ("Content", "Innehåll", "Video", "Innhold"),
    "title": ("Video title", "Videotitel", "Videotittel"),
    "published": (
        "Video publish time", "Publiceringstid för video",
        "Veröffentlichungszeitpunkt des Videos", "Publiseringstidspunkt for video",
    ),
    "views": ("Views", "Visningar", "Aufrufe", "Visninger"),
    "watch_hours": (
        "Watch time (hours)", "Visningstid (timmar)", "Wiedergabezeit (Stunden)", "Seertid (timer)",
    ),
    "follows": ("Subscribers", "Prenumeranter", "Abonnenten", "Abonnenter"),
    "impressions": ("Impressions", "Exponeringar", "Impressionen", "Eksponeringer"),
    "reactions": ("Likes", "Gilla-markeringar"),
    "comments": ("Comments added",),
    "shares": ("Shares", "Delningar"),
}  # fmt: skip
MEASURES = ("views", "watch_hours", "follows", "impressions", "reactions", "comments", "shares")
REQUIRED = ("video", "title", "published")
IGNORED = (
    "Duration", "Varaktighet", "Dauer", "Varighet", "Engaged views", "Dislikes",
    "Likes (vs dislikes) (%)", "Likes (vs. dislikes) (%)", "Subscribers gained",
    "Subscribers lost", "Average view duration", "Genomsnittlig visningslängd",
    "Durchschnittliche Wiedergabedauer", "Average percentage viewed (%)", "Unique viewers",
    "Impressions click-through rate (%)", "Klickfrekvens för exponeringar (%)",
    "Klickrate der Impressionen (%)", "Klikkfrekvens for eksponeringer (%)",
)  # fmt: skip
DAYS = ("date", "datum", "dato")
TOTALS = ("total", "totalt", "gesamt")
VIDEO_ID = r"[A-Za-z0-9_-]{11}"
# English in every language; a re-saved file has 5/27/2025.
PUBLISHED = r"[A-Z][a-z]{2} \d{1,2}, \d{4}|\d{1,2}/\d{1,2}/\d{4}"
PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)(?: ([^/\\!]+))?")


def recognises(head: Head) -> bool:
    """True for every table that YouTube Studio downloads; `read` refuses those without videos."""
    return head.kind == KIND and (layout(head) is not None or _other_table(head) is not None)


def layout(head: Head) -> Layout | None:
    """Where the columns of a table of videos are; None for other tables.

    Files of all dimensions have the same name, so the first column has to hold videos. In a
    language that is not known: a first row of totals, then video ids with English dates.
    """
    if head.header_at() and name_key(head.rows[0][0]) in _keys(ALIASES["video"]):
        return find_layout(head, ALIASES, REQUIRED)
    videos = [row for row in whole_records(head)[1:] if len(row) > 3]
    is_table = (
        videos
        and len(head.rows[1]) > 3
        and not head.rows[1][1] + head.rows[1][2]
        and all(re.fullmatch(VIDEO_ID, row[0].strip()) for row in videos)
        and all(re.fullmatch(PUBLISHED, row[2]) for row in videos if row[2])
        and any(row[2] for row in videos)
    )
    if not is_table:
        return None
    named = find_layout(head, ALIASES, ())
    columns = dict(named.columns if named else {}) | {"video": 0, "title": 1, "published": 2}
    return Layout(0, head.rows[0], head.delimiter, columns, by_position=True)


def _known_layout(head: Head) -> Layout:
    found = layout(head)
    assert found is not None
    return found


def _other_table(head: Head) -> str | None:
    """Why a table of YouTube Studio without videos cannot be used; None when it is none."""
    if len(head.rows) < 2 or len(head.rows[0]) < 2:
        return None
    names = [name_key(cell) for cell in head.rows[0]]
    words = _keys(name for group in ALIASES.values() for name in group) | _keys(IGNORED)
    if not set(names[1:]) <= words or not set(names[1:]) & _keys(ALIASES["views"]):
        return None
    if name_key(head.rows[1][0]) in TOTALS:
        return (
            f"Dette er YouTube Studios tabell per «{head.rows[0][0]}», ikke per video. Velg "
            "fanen Innhold før du laster ned, og ta inn «Table data.csv»."
        )
    if names[0] in DAYS:
        return (
            "Dette er tallene per dag bak diagrammet i YouTube Studio, ikke videoene. Ta inn "
            "«Table data.csv» («Tabelldata.csv») fra den samme mappen."
        )
    return None


def _keys(names: Iterable[str]) -> set[str]:
    return {name_key(name) for name in names}


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the videos; raises `Refused` for tables of something else than videos."""
    for file in files:
        if layout(file.head) is None:
            raise Refused(_other_table(file.head) or EXPECTS)
    rows_table(con, files, _known_layout, ALIASES, MEASURES)
    date_orders(con, files)
    _periods_table(con, files)
    con.execute(SQL)
    _warn(con, files)


def _periods_table(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Makes `source_periods`: period (half-open) and channel from folder or zip, else NULL."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE source_periods "
        "(file_no INTEGER, period_from DATE, period_to DATE, channel VARCHAR)"
    )
    con.executemany(
        "INSERT INTO source_periods VALUES (?, ?, ?, ?)",
        [[file.file_no, *period_of(file)] for file in files],
    )


def period_of(file: ImportFile) -> tuple[date | None, date | None, str | None]:
    """(first day, day after the last, channel) as the folder's or zip's name gives them."""
    # The innermost folder or zip that has a period in its name.
    found = [*PERIOD.finditer(str(file.path)), *PERIOD.finditer(file.origin)]
    if not found:
        return None, None, None
    first, after, channel = found[-1].groups(default="")
    try:
        days = date.fromisoformat(first), date.fromisoformat(after)
    except ValueError:
        return None, None, None
    return *days, re.sub(r"( \(\d+\))?(\.zip|\.csv)?$", "", channel).strip() or None


def _warn(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    cut = con.execute(
        "SELECT DISTINCT file_no FROM source_posts WHERE is_note AND NOT is_video"
    ).fetchall()
    for file in files:
        found = _known_layout(file.head)
        if (file.file_no,) in cut:
            file.warnings.append(
                "Listen er ufullstendig: YouTube Studio gir høyst 500 videoer. Velg en kortere "
                "periode, eller last ned i flere deler."
            )
        if period_of(file)[0] is None:
            file.warnings.append(
                "Perioden tallene gjelder, står ikke i navnet på mappen. Ta inn mappen eller "
                "zip-filen slik den ble lastet ned."
            )
        missing = {"reactions", "comments", "shares"} - found.columns.keys()
        if missing:
            file.warnings.append(
                "Likerklikk, kommentarer eller delinger mangler. Kryss av for Likes, Comments "
                "added og Shares i YouTube Studio før du laster ned."
            )
        if unknown := found.unknown(ALIASES, IGNORED):
            file.warnings.append(f"Kolonner vi ikke kjenner: {', '.join(unknown)}.")
