"""Lays out what is drawn from: accounts, calendar, texts, and all posts of the whole period."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import duckdb

from etl.demo import texts
from etl.demo.write import EXPORTS
from svarvakt.settings import ZONE

HERE = Path(__file__).parent
BATCH = 100_000  # comments drawn at a time: bounds memory
# A winter storm with snow and an autumn storm with floods, each a week from Monday.
STORMS = [date(2026, 1, 12), date(2026, 10, 5)]


def prepare(
    comments: int, first_day: date, last_day: date, seed: int
) -> tuple[duckdb.DuckDBPyConnection, int]:
    """A connection with everything but the comments, and the number of batches to draw."""
    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false; SET TimeZone = 'UTC'")
    days = {"first_day": first_day, "last_day": last_day}
    end = datetime.combine(last_day, time(23, 59, 59), ZONE)
    _set(con, seed=seed, batch_size=BATCH, persons=max(300, comments // 3), **days)
    _set(con, until=int(end.timestamp()) + 1)
    _set(con, **{f"earlier_{name}": value for name, value in EXPORTS[0].variables().items()})
    _fill_calendar(con, first_day, last_day)
    _fill_texts(con, _fill_accounts(con, comments, first_day, last_day))
    run(con, "setup.sql", "posts.sql")
    words = (HERE / "words.sql").read_text(encoding="utf-8")
    con.execute(words.replace("{filled}", texts.filling_sql()))
    ((batches,),) = con.execute("SELECT max(batch) + 1 FROM posts").fetchall()
    return con, int(batches)


def run(con: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Runs SQL files of this folder."""
    for name in names:
        con.execute((HERE / name).read_text(encoding="utf-8"))


def _set(con: duckdb.DuckDBPyConnection, **values: object) -> None:
    for name, value in values.items():
        con.execute(f"SET VARIABLE {name} = $value", {"value": value})


def _fill_calendar(con: duckdb.DuckDBPyConnection, first_day: date, last_day: date) -> None:
    import holidays

    years = range(first_day.year - 1, last_day.year + 2)
    closed = sorted(holidays.country_holidays("NO", years=years))
    con.execute("CREATE TABLE holidays AS SELECT unnest($days::DATE[]) AS d", {"days": closed})
    con.execute(
        "CREATE TABLE storms AS SELECT f + o::INTEGER AS d"
        " FROM unnest($first::DATE[]) AS s(f), range(7) AS r(o)",
        {"first": STORMS},
    )


# Every account gets its part of the comments; the parts add up to exactly what was asked for.
ACCOUNTS = """
CREATE TABLE accounts AS
WITH read AS (
    SELECT * EXCLUDE (topics, active_to, opened_on), string_split(topics, '|') AS topics,
        greatest($first, coalesce(opened_on, $first)) AS active_from,
        least($last, coalesce(active_to, $last)) AS active_to,
        40 * sqrt(weight + 1) AS reach_scale
    FROM read_csv($file, delim = ';', header = true, types = {
        'native_id': 'VARCHAR', 'suite_id': 'VARCHAR', 'weight': 'DOUBLE', 'active_to': 'DATE'})
    LEFT JOIN (SELECT native_id, opened_on FROM read_csv($register, delim = ';', header = true,
        types = {'native_id': 'VARCHAR', 'opened_on': 'DATE'})) USING (native_id)
),
weighed AS (
    SELECT *, weight * greatest(0, date_diff('day', active_from, active_to) + 1) AS share FROM read
)
SELECT * EXCLUDE share,
    (round($n * sum(share) OVER upto / sum(share) OVER ())
        - round($n * (sum(share) OVER upto - share) / sum(share) OVER ()))::BIGINT AS comments
FROM weighed WINDOW upto AS (ORDER BY no)
"""


def _fill_accounts(
    con: duckdb.DuckDBPyConnection, comments: int, first_day: date, last_day: date
) -> list[str]:
    """Makes `accounts`; returns the topics they write about."""
    files = {"file": str(HERE / "accounts.csv"), "register": str(HERE / "register/accounts.csv")}
    con.execute(ACCOUNTS, {**files, "n": comments, "first": first_day, "last": last_day})
    topics = con.execute("SELECT DISTINCT unnest(topics) FROM accounts ORDER BY 1").fetchall()
    return [topic for (topic,) in topics]


def _fill_texts(con: duckdb.DuckDBPyConnection, topics: list[str]) -> None:
    """Makes `combos` (see texts.py) and the lists that texts are drawn from."""
    phones = texts.phones()
    long_list, combos = texts.lay_out(topics, phones)
    _set(con, pieces=long_list, telefon_n=len(phones), fnr=texts.identity_numbers())
    _set(con, **texts.names())
    parts = ("open", "core", "tail", "tema", *texts.SLOTS)
    places = ", ".join(f"{part}_at INTEGER, {part}_n INTEGER" for part in parts)
    con.execute(f"CREATE TABLE combos (intent VARCHAR, lang VARCHAR, topic VARCHAR, {places})")
    columns = [list(column) for column in zip(*combos, strict=True)]
    unnested = ", ".join(f"unnest(${number + 1})" for number in range(len(columns)))
    con.execute(f"INSERT INTO combos SELECT {unnested}", columns)
