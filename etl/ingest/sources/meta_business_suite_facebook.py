"""Facebook: content export of Meta Business Suite, CSV (formats.md 1)."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from etl.ingest.sources import _meta_business_suite as suite
from etl.ingest.staging import FileSample, ImportFile

FORMAT = "meta_business_suite_facebook"
PLATFORM = "facebook"
KIND = "text"
EXPECTS = (
    "Innlegg på Facebook: CSV-fil fra Meta Business Suite (Innsikt → Innhold → Eksporter data), "
    "med en kolonne for Post ID, Page ID, Publish time og Permalink."
)

# The same names in the languages met: English, Swedish, Spanish.
ALIASES = {
    "post_id": ("Post ID", "Publicerings-id", "Identificador de la publicación"),
    "account_id": ("Page ID", "Sid-id", "Identificador de la página"),
    "account_name": ("Page name", "Sidnamn", "Nombre de la página"),
    "title": ("Title", "Titel", "Título"),
    "description": ("Description", "Beskrivning", "Descripción"),
    "published": ("Publish time", "Publiceringstid", "Hora de publicación"),
    "permalink": ("Permalink", "Permalänk", "Enlace permanente"),
    "post_type": ("Post type", "Inläggstyp", "Tipo de publicación"),
    "data_comment": ("Data comment",),
    "period": ("Date", "Datum", "Fecha"),
    "views": ("Views", "Visningar", "Visualizaciones"),
    "impressions": ("Impressions",),
    "reach": ("Reach", "Räckvidd", "Alcance"),
    "interactions": ("Reactions, Comments and Shares", "Reaktioner, kommentarer och delningar"),
    "reactions": ("Reactions", "Reaktioner"),
    "comments": ("Comments", "Kommentarer", "Comentarios"),
    "shares": ("Shares", "Delningar", "Veces que se compartió"),
    "clicks": ("Total clicks", "Totalt antal klick"),
    "link_clicks": ("Link Clicks", "Länkklick"),
    "other_clicks": ("Other Clicks", "Övriga klick"),
    "photo_clicks": ("Matched Audience Targeting Consumption (Photo Click)",),
    "video_views": ("3-second video views",),
    "watch_seconds": ("Seconds viewed",),
}
# Unverified: no Norwegian file or header was found anywhere.
UNVERIFIED = {
    "post_id": ("Publikasjons-ID", "Innleggs-ID"),
    "account_id": ("Side-ID",),
    "account_name": ("Sidenavn",),
    "title": ("Tittel",),
    "description": ("Beskrivelse",),
    "published": ("Publiseringstidspunkt", "Publiseringstid"),
    "permalink": ("Permalenke", "Permanent lenke"),
    "post_type": ("Innleggstype",),
    "period": ("Dato",),
    "views": ("Visninger",),
    "reach": ("Rekkevidde",),
    "interactions": ("Reaksjoner, kommentarer og delinger",),
    "reactions": ("Reaksjoner",),
    "comments": ("Kommentarer",),
    "shares": ("Delinger",),
    "clicks": ("Totalt antall klikk", "Klikk totalt"),
    "link_clicks": ("Lenkeklikk",),
    "other_clicks": ("Andre klikk",),
}
IGNORED = (
    "Duration (sec)", "Duration (secs)", "Varighet (sek)", "Caption type", "Is crosspost",
    "Is share", "Languages", "Språk", "Custom labels", "Funded content status", "Data comment",
    "Datakommentar", "Reach from Organic posts", "Reach from Boosted posts",
    "1-minute video views", "3-second viewers", "1-minute viewers",
    "3-second video views from Boosted posts", "3-second video views from Organic posts",
    "Negative feedback from users", "Negative feedback from users: Hide",
    "Negative feedback from users: Hide all", "Unique negative feedback from users",
    "Unique negative feedback from users: Hide", "Unique negative feedback from users: Hide all",
    "Average Seconds viewed", "Engaged users", "Estimated earnings (USD)", "Ad CPM (USD)",
    "Ad impressions", "Approximate content monetization earnings",
)  # fmt: skip
FIXED = (
    "post_id", "account_id", "account_name", "title", "description", "duration", "published",
    "caption_type", "permalink", "is_crosspost", "is_share", "post_type", "languages", "labels",
    "funding", "data_comment", "period",
)  # fmt: skip

# /posts/<id>, /posts/pfbid…, /videos/<n>, /reel/<n>, photo.php?fbid=<n>, ?story_fbid=…
KEY_OF_LINK = (
    "regexp_extract(permalink, "
    "'(?:fbid=|/posts/(?:[^/?]+/)?|/videos/(?:[^/?]+/)?|/reel/)(pfbid\\w+|\\d{5,})', 1)"
)
# Names that are pages of Facebook itself, and numbers, are nobody's handle.
HANDLE_OF_LINK = (
    "lower(regexp_extract(permalink, "
    "'facebook\\.com/([A-Za-z0-9.]*[A-Za-z][A-Za-z0-9.]*)/(?:posts|videos|photos)/', 1))"
)


def measures_by_position(records: Sequence[Sequence[str]]) -> dict[str, int]:
    """The column that is the sum of the three after it, and its neighbours (formats.md 1.2)."""
    width = min(len(row) for row in records)
    for at in range(len(FIXED), width - 3):
        quads = [[_number(cell) for cell in row[at : at + 4]] for row in records]
        is_sum = all(total == sum(parts) for total, *parts in quads)
        if is_sum and 10 * sum(total > 0 for total, *_ in quads) >= len(quads):
            names = ("views", "reach", "interactions", "reactions", "comments", "shares")
            places = zip(names, range(at - 2, at + 4), strict=True)
            return {name: place for name, place in places if place >= len(FIXED)}
    return {}


def _number(cell: str) -> int:
    """Only digits count: -1 keeps a text from passing as a part of a sum."""
    return int(cell) if cell.isdecimal() else 0 if not cell else -1


EXPORT = suite.Export(
    platform=PLATFORM,
    aliases=ALIASES,
    unverified=UNVERIFIED,
    ignored=IGNORED,
    fixed=FIXED,
    host="facebook.com/",
    key_of_link=KEY_OF_LINK,
    handle_of_link=HANDLE_OF_LINK,
    measures_by_position=measures_by_position,
)


def recognises(head: FileSample) -> bool:
    """By four column names in any language met, or by what stands in the first columns."""
    return head.kind == KIND and EXPORT.layout(head) is not None


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the posts; raises Refused for daily rows, shifted columns and turned dates."""
    suite.read(con, files, EXPORT)
