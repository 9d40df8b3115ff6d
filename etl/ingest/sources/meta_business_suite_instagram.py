"""Instagram: content export of Meta Business Suite, CSV (formats.md 2)."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from etl.ingest.sources import _meta_business_suite as suite
from etl.ingest.staging import FileSample, ImportFile

FORMAT = "meta_business_suite_instagram"
PLATFORM = "instagram"
KIND = "text"
EXPECTS = (
    "Innlegg på Instagram: CSV-fil fra Meta Business Suite (Innsikt → Innhold → Eksporter data), "
    "med en kolonne for Post ID, Account ID, Publish time og Permalink."
)

# The same names in the languages met: English, Spanish, Swedish.
ALIASES = {
    "post_id": ("Post ID", "Identificador de la publicación", "Publicerings-id"),
    "account_id": ("Account ID", "Identificador de la cuenta", "Konto-id"),
    "account_handle": (
        "Account username", "Nombre de usuario de la cuenta", "Kontots användarnamn",
    ),
    "account_name": ("Account name", "Nombre de la cuenta", "Kontonamn"),
    "description": ("Description", "Descripción", "Beskrivning"),
    "published": ("Publish time", "Hora de publicación", "Publiceringstid"),
    "permalink": ("Permalink", "Enlace permanente", "Permalänk"),
    "post_type": ("Post type", "Tipo de publicación", "Inläggstyp"),
    "data_comment": ("Data comment",),
    "period": ("Date", "Fecha", "Datum"),
    "views": ("Views", "Visualizaciones", "Visningar"),
    "impressions": ("Impressions",),
    "reach": ("Reach", "Alcance", "Räckvidd"),
    "reactions": ("Likes", "Me gusta", "Gilla-markeringar"),
    "shares": ("Shares", "Veces que se compartió", "Delningar"),
    "comments": ("Comments", "Comentarios", "Kommentarer"),
    "saves": ("Saves", "Veces que se guardó", "Sparade objekt"),
    "follows": ("Follows", "Seguimientos", "Följer"),
    "link_clicks": ("Link clicks",),
}  # fmt: skip
# Unverified: no Norwegian file or header was found anywhere.
UNVERIFIED = {
    "post_id": ("Publikasjons-ID", "Innleggs-ID"),
    "account_id": ("Konto-ID",),
    "account_handle": ("Kontoens brukernavn", "Brukernavn for konto"),
    "account_name": ("Kontonavn",),
    "description": ("Beskrivelse",),
    "published": ("Publiseringstidspunkt", "Publiseringstid"),
    "permalink": ("Permalenke", "Permanent lenke"),
    "post_type": ("Innleggstype",),
    "period": ("Dato",),
    "views": ("Visninger",),
    "reach": ("Rekkevidde",),
    "reactions": ("Likerklikk", "Liker"),
    "shares": ("Delinger",),
    "comments": ("Kommentarer",),
    "saves": ("Lagringer",),
    "follows": ("Følger",),
}
IGNORED = (
    "Duration (sec)", "Duration (secs)", "Duración (segundos)", "Varighet (sek)", "Data comment",
    "Comentario sobre los datos", "Datakommentar", "Replies", "Navigation", "Profile visits",
    "Sticker taps",
)  # fmt: skip
FIXED = (
    "post_id", "account_id", "account_handle", "account_name", "description", "duration",
    "published", "permalink", "post_type", "data_comment", "period",
)  # fmt: skip


def no_measures(_records: Sequence[Sequence[str]]) -> dict[str, int]:
    """The order of the measures varies from file to file: places prove nothing (formats.md 1.2)."""
    return {}


EXPORT = suite.Export(
    platform=PLATFORM,
    aliases=ALIASES,
    unverified=UNVERIFIED,
    ignored=IGNORED,
    fixed=FIXED,
    host="instagram.com/",
    key_of_link="regexp_extract(permalink, '/(?:p|reel|tv)/([\\w-]+)', 1)",
    handle_of_link="NULL :: VARCHAR",
    measures_by_position=no_measures,
)


def recognises(head: FileSample) -> bool:
    """By four column names in any language met, or by what stands in the first columns."""
    return head.kind == KIND and EXPORT.layout(head) is not None


def read(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
    """Stages the posts; raises Refused for daily rows and turned dates."""
    suite.read(con, files, EXPORT)
