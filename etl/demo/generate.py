"""Draws the demonstration batch by batch in DuckDB and hands it to the writers."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from etl.demo import Progress, texts

if TYPE_CHECKING:
    import duckdb

HERE = Path(__file__).parent
LAST_DAY = date(2026, 10, 31)  # fixed, so that the demonstration never changes with today
BATCH = 100_000  # comments drawn at a time: bounds memory
# A winter storm with snow and an autumn storm with floods, each a week from Monday.
STORMS = ("2026-01-12", "2026-10-05")
SCHEMA = """
CREATE TABLE accounts AS
    SELECT *, 0::BIGINT AS comments, string_split(topic_list, '|') AS topics,
        coalesce(until_day, DATE '9999-12-31') AS active_to, 40 * sqrt(weight + 1) AS reach_scale,
        CASE WHEN no <= 4 THEN 'official' ELSE 'unit' END AS kind
    FROM (SELECT * RENAME (topics AS topic_list, active_to AS until_day)
          FROM read_csv($file, delim = ';', header = true, types = {
            'no': 'INTEGER', 'platform': 'VARCHAR', 'handle': 'VARCHAR', 'name': 'VARCHAR',
            'native_id': 'VARCHAR', 'suite_id': 'VARCHAR', 'topics': 'VARCHAR', 'weight': 'DOUBLE',
            'posts_per_month': 'DOUBLE', 'answer_rate': 'DOUBLE', 'answer_hours': 'DOUBLE',
            'storm': 'DOUBLE', 'visitors': 'INTEGER', 'older': 'INTEGER', 'active_to': 'DATE'}));
"""


def generate(target: Path, comments: int, months: int, seed: int, progress: Progress) -> None:
    """See `etl.demo.write_demo`."""
    if comments < 1 or not 1 <= months <= 60:
        raise ValueError("Minst én kommentar, og mellom 1 og 60 måneder.")
    from etl.demo import write

    _write_register(target)
    first_day = _first_day(months)
    con = _prepare(comments, first_day, seed)
    batches = _number(con, "SELECT max(batch) + 1 FROM posts")
    writer = write.Writer(con, target / "exports")
    for batch in range(batches):
        progress(batch / batches, f"Skriver del {batch + 1} av {batches}")
        con.execute(f"SET VARIABLE batch = {batch}")
        _run(con, "comments.sql")
        _run(con, "spoken.sql")
        for export in write.EXPORTS:
            writer.write(export)
    writer.finish(first_day, LAST_DAY + timedelta(days=1))
    con.close()
    progress(1.0, "Ferdig")


def _first_day(months: int) -> date:
    month_number = LAST_DAY.year * 12 + LAST_DAY.month - months
    return date(month_number // 12, month_number % 12 + 1, 1)


def _write_register(target: Path) -> None:
    """The register is the same whatever is drawn: it is copied."""
    shutil.copytree(HERE / "register", target / "register", dirs_exist_ok=True)
    (target / "OPPDIKTET.txt").write_text(
        "Fjordvik kommune finnes ikke. Alle navn, steder, personer, innlegg og kommentarer\n"
        "i denne mappen er oppdiktet for å vise fram Svarvakt.\n",
        encoding="utf-8",
    )


def _prepare(comments: int, first_day: date, seed: int) -> duckdb.DuckDBPyConnection:
    import duckdb

    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false; SET TimeZone = 'UTC'")
    con.execute(SCHEMA, {"file": str(HERE / "accounts.csv")})
    _set(con, seed=seed, first_day=first_day, last_day=LAST_DAY, batch_size=BATCH)
    _set(con, persons=max(300, comments // 3))
    con.execute(
        "SET VARIABLE until = epoch(timezone('Europe/Oslo', "
        "(getvariable('last_day') + 1)::TIMESTAMP))::BIGINT"
    )
    _fill_calendar(con, first_day)
    _fill_texts(con)
    _run(con, "setup.sql")
    _share_out(con, comments, first_day)
    _run(con, "posts.sql")
    words = (HERE / "words.sql").read_text(encoding="utf-8")
    con.execute(words.replace("{filled}", texts.filling_sql()))
    return con


def _fill_calendar(con: duckdb.DuckDBPyConnection, first_day: date) -> None:
    import holidays

    years = range(first_day.year - 1, LAST_DAY.year + 2)
    closed = sorted(holidays.country_holidays("NO", years=years))
    con.execute("CREATE TABLE holidays AS SELECT unnest($days::DATE[]) AS d", {"days": closed})
    con.execute(
        "CREATE TABLE storms AS SELECT f + o::INTEGER AS d"
        " FROM unnest($first::DATE[]) AS s(f), range(7) AS r(o)",
        {"first": list(STORMS)},
    )


def _fill_texts(con: duckdb.DuckDBPyConnection) -> None:
    topics = [t for (t,) in con.execute("SELECT DISTINCT unnest(topics) FROM accounts ORDER BY 1").fetchall()]
    phones = [f"3{6 if n % 2 else 9}{n * 7919 % 1_000_000:06d}" for n in range(1, 41)]
    phones = [p if n % 3 else f"{p[:2]} {p[2:4]} {p[4:6]} {p[6:]}" for n, p in enumerate(phones)]
    long_list, combos = texts.lay_out(topics, phones)
    _set(con, pieces=long_list, telefon_n=len(phones), fnr=_identity_numbers(), **texts.names())
    places = ", ".join(
        f"{part}_at INTEGER, {part}_n INTEGER" for part in ("open", "core", "tail", "tema", *texts.SLOTS)
    )
    con.execute(f"CREATE TABLE combos (intent VARCHAR, lang VARCHAR, topic VARCHAR, {places})")
    columns = list(zip(*combos, strict=True))
    con.execute(
        "INSERT INTO combos SELECT " + ", ".join(f"unnest(${n + 1})" for n in range(len(columns))),
        [list(column) for column in columns],
    )


def _identity_numbers() -> list[str]:
    """Synthetic national identity numbers: month + 80, which no person has; check digits right."""
    numbers = []
    for n in range(60):
        digits = [int(d) for d in f"{1 + n % 28:02d}{81 + n % 12:02d}{50 + n % 45:02d}{100 + 7 * n:03d}"]
        first = -sum(w * d for w, d in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), digits, strict=True)) % 11
        second = -sum(
            w * d for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), [*digits, first], strict=True)
        ) % 11
        if first < 10 and second < 10:
            numbers.append("".join(map(str, [*digits, first, second])))
    return numbers


def _share_out(con: duckdb.DuckDBPyConnection, comments: int, first_day: date) -> None:
    """Gives every account its part of the comments; they add up to exactly `comments`."""
    con.execute(
        """
        CREATE TABLE shares AS
        WITH weighted AS (
            SELECT no, weight * greatest(0, date_diff('day', $first, least(active_to, $last)) + 1) AS w
            FROM accounts
        )
        SELECT no, (round($n * sum(w) OVER o / sum(w) OVER ())
            - round($n * (sum(w) OVER o - w) / sum(w) OVER ()))::BIGINT AS c
        FROM weighted WINDOW o AS (ORDER BY no)
        """,
        {"n": comments, "first": first_day, "last": LAST_DAY},
    )
    con.execute("UPDATE accounts SET comments = c FROM shares WHERE shares.no = accounts.no")


def _set(con: duckdb.DuckDBPyConnection, **values: object) -> None:
    for name, value in values.items():
        con.execute(f"SET VARIABLE {name} = $value", {"value": value})


def _run(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute((HERE / name).read_text(encoding="utf-8"))


def _number(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    assert row is not None
    return int(row[0])
