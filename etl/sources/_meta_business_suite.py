"""What the Facebook and Instagram content exports of Meta Business Suite share.

Same dialog, same clock (Los Angeles), same ways of being damaged by a spreadsheet.
The rules are those of formats.md 1 and 2.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Mapping, Sequence

import duckdb

from etl.shapes import Head, ImportFile, Refused
from etl.sources._columns import Aliases, Layout, find_layout, name_key, rows_table, whole_records
from etl.sources._dates import date_orders

REQUIRED = ("post_id", "account_id", "published", "permalink")
MEASURES = (
    "views", "impressions", "reach", "interactions", "reactions", "comments", "shares", "saves",
    "follows", "clicks", "link_clicks", "other_clicks", "photo_clicks", "video_views",
    "watch_seconds",
)  # fmt: skip
TEXTS = (
    *REQUIRED, "account_handle", "account_name", "title", "description", "post_type", "period",
)  # fmt: skip
TIME = r"\d{1,2}[/.]\d{1,2}[/.]\d{4} \d{1,2}:\d{2}"
# Post type in the languages met; a type that is not here keeps its own word.
KINDS = {
    "photos": "photo", "foton": "photo", "bilder": "photo",
    "videos": "video", "videor": "video", "videoer": "video",
    "reels": "reel", "links": "link", "länkar": "link", "lenker": "link",
    "text": "text", "tekst": "text", "live": "live",
    "ig image": "photo", "ig reel": "reel", "ig carousel": "carousel", "ig story": "story",
    "imagen de instagram": "photo", "reel de instagram": "reel",
    "secuencia de instagram": "carousel",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Export:
    """One of the two exports. `fixed` are its first columns, whose order never changes."""

    platform: str
    aliases: Mapping[str, tuple[str, ...]]
    unverified: Mapping[str, tuple[str, ...]]  # Norwegian names that no real file has shown
    ignored: Collection[str]
    fixed: tuple[str, ...]
    host: str
    key_of_link: str  # SQL: a key of the post, from `permalink`
    handle_of_link: str  # SQL: the account's handle, from `permalink`
    measures_by_position: Callable[[Sequence[Sequence[str]]], dict[str, int]]

    def names(self) -> Aliases:
        """Every name of every canonical column, the ones without any included."""
        return {
            name: self.aliases.get(name, ()) + self.unverified.get(name, ())
            for name in (*TEXTS, *MEASURES)
        }

    def layout(self, head: Head) -> Layout | None:
        """Where the columns are, by name or, in a language not met yet, by content."""
        return find_layout(head, self.names(), REQUIRED) or self._by_position(head)

    def known_layout(self, head: Head) -> Layout:
        """The layout of a file that was recognised."""
        layout = self.layout(head)
        assert layout is not None
        return layout

    def _by_position(self, head: Head) -> Layout | None:
        records = [row for row in whole_records(head) if len(row) >= len(self.fixed)]
        places = {name: self.fixed.index(name) for name in (*REQUIRED, "period")}
        if not records or not all(self._looks_right(row, places) for row in records):
            return None
        if len({row[places["period"]] for row in records}) > 1:
            return None
        columns = {name: at for at, name in enumerate(self.fixed) if name in TEXTS}
        columns |= self.measures_by_position(records)
        return Layout(0, head.rows[0], head.delimiter, columns, by_position=True)

    def _looks_right(self, row: Sequence[str], places: Mapping[str, int]) -> bool:
        return (
            re.fullmatch(r"\d{15,18}", row[places["post_id"]]) is not None
            and self.host in row[places["permalink"]]
            and re.fullmatch(TIME, row[places["published"]]) is not None
        )


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile], export: Export) -> None:
    """Stages the posts of the files. Raises `Refused` for a file that would give wrong figures."""
    rows_table(con, files, export.known_layout, export.names(), MEASURES)
    _refuse_shifted_columns(con)
    _refuse_daily_rows(con)
    date_orders(con)
    _judge(con, export)
    con.execute(
        "INSERT INTO staged_rejects BY NAME SELECT file_no, line, reason, "
        "concat_ws(' | ', post_id, published, permalink, left(text, 200)) AS raw "
        "FROM source_posts WHERE reason IS NOT NULL"
    )
    con.execute(INSERT_POSTS, {"platform": export.platform})
    _warn(con, files, export)


def _refuse_daily_rows(con: duckdb.DuckDBPyConnection) -> None:
    """One row per post and day looks the same, but for the column that says «Lifetime»."""
    daily = con.execute(
        "SELECT 1 FROM source_rows WHERE regexp_matches(period, '\\d') LIMIT 1"
    ).fetchone()
    if daily:
        raise Refused(
            "Filen har én rad per innlegg per dag. Velg «Lifetime» (hele levetiden) i stedet for "
            "«Daily» (daglig) når du eksporterer, så hvert innlegg står på én rad."
        )


def _refuse_shifted_columns(con: duckdb.DuckDBPyConnection) -> None:
    """Rows of several layouts pasted under one header: the sum of the parts tells (1.3 g)."""
    shifted = con.execute(
        "SELECT 1 FROM source_rows GROUP BY file_no HAVING count(*) "
        f"FILTER ({WRONG_SUM} OR bad_measure IS NOT NULL) > 0.01 * count(*) LIMIT 1"
    ).fetchone()
    if shifted:
        raise Refused(
            "Tallene står i feil kolonner: summen av reaksjoner, kommentarer og delinger stemmer "
            "ikke, eller det står tekst der det skulle stått tall. Det skjer når flere eksporter "
            "er limt sammen i et regneark. Ta inn hver eksport for seg, slik den kom fra Meta."
        )


WRONG_SUM = "interactions <> coalesce(reactions, 0) + coalesce(comments, 0) + coalesce(shares, 0)"
WRONG_CLICKS = (
    "coalesce(link_clicks, other_clicks, photo_clicks) IS NOT NULL AND "
    "clicks <> coalesce(link_clicks, 0) + coalesce(other_clicks, 0) + coalesce(photo_clicks, 0)"
)


def _judge(con: duckdb.DuckDBPyConnection, export: Export) -> None:
    """Makes `source_posts`: each row with its key and, where it cannot be used, the reason.

    A spreadsheet keeps 15 digits: ids that are longer end in false zeros or are written
    1.09E+15. The link is then the only key left, and such a post joins with nothing else.
    """
    con.execute(rf"""
CREATE OR REPLACE TEMP TABLE source_posts AS
WITH marked AS (
    SELECT *, nullif({export.key_of_link}, '') AS link_key,
        nullif({export.handle_of_link}, '') AS link_handle,
        CASE WHEN length(coalesce(title, '')) > length(coalesce(description, ''))
            THEN title ELSE description END AS text,
        count(*) FILTER (length(post_id) > 15) OVER file >= 3 AND coalesce(bool_and(
            regexp_matches(post_id, '[.E]') OR regexp_full_match(substr(post_id, 16), '0+')
        ) FILTER (length(post_id) > 15) OVER file, false) AS is_rounded,
        sum(views) OVER file AS all_views, sum(reach) OVER file AS all_reach,
        count(*) FILTER ({WRONG_CLICKS}) OVER file > 0.01 * count(*) OVER file AS is_clicks_off
    FROM source_rows WINDOW file AS (PARTITION BY file_no)
), keyed AS (
    SELECT *, {_exact("post_id")} AS own_key, {_exact("account_id")} AS account_native,
        coalesce(lower(account_handle), mode(link_handle)
            OVER (PARTITION BY file_no, account_id, account_name)) AS handle,
        los_angeles(wall_time(trim(published), is_day_first)) AS published_at
    FROM marked JOIN source_dates USING (file_no)
), ordered AS (
    SELECT *, coalesce(own_key, link_key) AS post_native, row_number()
        OVER (PARTITION BY file_no, coalesce(own_key, link_key) ORDER BY line) AS nth
    FROM keyed
)
SELECT *, CASE
    WHEN is_too_long THEN 'Raden har flere felt enn overskriften.'
    WHEN post_native IS NULL THEN 'Innleggets ID mangler eller er ødelagt av et regneark, '
        'og lenken kan ikke brukes i stedet.'
    WHEN published_at IS NULL THEN 'Publiseringstiden mangler eller kan ikke leses.'
    WHEN {WRONG_SUM} THEN 'Summen av reaksjoner, kommentarer og delinger stemmer ikke.'
    WHEN bad_measure IS NOT NULL THEN 'Et av tallene kan ikke leses: ' || bad_measure || '.'
    WHEN nth > 1 THEN 'Innlegget står flere ganger i filen. Den første raden er brukt.'
    END AS reason
FROM ordered
""")


def _exact(column: str) -> str:
    """SQL: the id as digits while it is still exact, else NULL."""
    return (
        f"CASE WHEN regexp_full_match({column}, '\\d{{15}}\\d+') AND is_rounded THEN NULL "
        f"WHEN regexp_full_match({column}, '\\d{{5,20}}') THEN {column} "
        f"WHEN regexp_full_match({column}, '\\d{{5,15}}\\.0+') "
        f"THEN split_part({column}, '.', 1) END"
    )


# Views are 0 or empty for every post in one of Meta's layouts, also where hundreds of
# thousands were reached (1.3 f): not measured. Clicks whose parts do not add up are left out.
INSERT_POSTS = f"""
INSERT INTO staged_posts BY NAME SELECT
    file_no, line, $platform AS platform, account_native, handle AS account_handle, account_name,
    post_native, published_at, 'minute' AS published_precision,
    coalesce(MAP {KINDS}[lower(trim(post_type))], lower(trim(post_type))) AS kind,
    text, permalink, true AS is_own,
    regexp_extract_all(text, '@\\[\\d+:\\d+:([^\\]]+)\\]', 1) AS mask_names,
    whole(reach) AS reach,
    CASE WHEN all_views = 0 AND all_reach > 0 THEN NULL ELSE whole(views) END AS views,
    whole(impressions) AS impressions,
    whole(reactions) AS reactions, whole(comments) AS comments, whole(shares) AS shares,
    whole(saves) AS saves, CASE WHEN NOT is_clicks_off THEN whole(clicks) END AS clicks,
    CASE WHEN NOT is_clicks_off THEN whole(link_clicks) END AS link_clicks,
    whole(follows) AS follows, whole(video_views) AS video_views,
    whole(watch_seconds) AS watch_seconds, extra
FROM source_posts WHERE reason IS NULL ORDER BY file_no, line
"""


BY_POSITION = (
    "Kolonnene har navn vi ikke kjenner, og er funnet ved plasseringen. Kontroller tallene, "
    "eller eksporter på nytt med engelsk som språk i Meta Business Suite."
)


def _warn(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile], export: Export) -> None:
    counted = con.execute(
        "SELECT file_no, count(*) FILTER (own_key IS NULL AND link_key IS NOT NULL), "
        "any_value(coalesce(all_views, 0) = 0 AND all_reach > 0), any_value(is_clicks_off) "
        "FROM source_posts GROUP BY file_no"
    ).fetchall()
    found = {file_no: rest for file_no, *rest in counted}
    for file in files:
        layout = export.known_layout(file.head)
        rescued, has_no_views, is_clicks_off = found.get(file.file_no, (0, False, False))
        if rescued:
            file.warnings.append(
                f"Et regneark har ødelagt ID-en til {rescued} innlegg. De er kjent igjen på "
                "lenken, og kan ikke kobles med kommentarer fra andre filer."
            )
        if has_no_views and "views" in layout.columns:
            file.warnings.append(
                "Visninger er tomme for alle innlegg, selv om de har nådd folk. De er ikke tatt "
                "med. Eksporter på nytt med standardkolonnene for å få dem."
            )
        if is_clicks_off:
            file.warnings.append("Klikkene er ikke tatt med: delene stemmer ikke med summen.")
        file.warnings.extend(_column_warnings(layout, export))


def _column_warnings(layout: Layout, export: Export) -> list[str]:
    if layout.by_position:
        return [BY_POSITION]
    warnings = []
    guessed = {name_key(name) for names in export.unverified.values() for name in names}
    seen = {name_key(name) for names in export.aliases.values() for name in names}
    if any(name_key(layout.header[at]) in guessed - seen for at in layout.columns.values()):
        warnings.append(
            "Kolonnene har norske navn som ikke er prøvd mot en ekte fil. Kontroller tallene."
        )
    # What the fixed columns hold is known, whatever they are called.
    if unknown := layout.unknown(export.names(), export.ignored, first=len(export.fixed)):
        warnings.append(f"Kolonner vi ikke kjenner: {', '.join(unknown)}.")
    return warnings
