"""Column names of YouTube Studio's tables, in the languages met and in others."""

from __future__ import annotations

from collections.abc import Iterable

from etl.ingest.sources._columns import name_key

# English, Swedish, German: seen in real files.
SEEN = {
    "video": ("Content", "Innehåll", "Video"),
    "title": ("Video title", "Videotitel"),
    "published": (
        "Video publish time", "Publiceringstid för video", "Veröffentlichungszeitpunkt des Videos",
    ),
    "views": ("Views", "Visningar", "Aufrufe"),
    "watch_hours": ("Watch time (hours)", "Visningstid (timmar)", "Wiedergabezeit (Stunden)"),
    "follows": ("Subscribers", "Prenumeranter", "Abonnenten"),
    "impressions": ("Impressions", "Exponeringar", "Impressionen"),
    "reactions": ("Likes",),
    "comments": ("Comments added",),
    "shares": ("Shares",),
}  # fmt: skip
# Unverified: no file in these languages was found (Norwegian, Danish, French, Spanish, Dutch,
# Finnish, Polish, and the rest of Swedish and German). A word that two measures could bear
# stays out, and is then reported as unknown.
UNVERIFIED = {
    "video": ("Innhold", "Indhold", "Contenu", "Contenido", "Sisältö"),
    "title": (
        "Videotittel", "Titre de la vidéo", "Título del vídeo", "Título del video",
        "Videon nimi", "Tytuł filmu",
    ),
    "published": (
        "Publiseringstidspunkt for video", "Tidspunkt for udgivelse af video",
        "Heure de publication de la vidéo", "Hora de publicación del vídeo",
        "Hora de publicación del video", "Publicatietijd van video", "Videon julkaisuaika",
        "Godzina publikacji filmu",
    ),
    "views": ("Visninger", "Vues", "Visualizaciones", "Weergaven", "Katselukerrat", "Wyświetlenia"),
    "watch_hours": (
        "Seertid (timer)", "Visningstid (timer)", "Durée de visionnage (heures)",
        "Tiempo de visualización (horas)", "Kijktijd (uren)", "Weergavetijd (uren)",
        "Katseluaika (tunnit)", "Czas oglądania (godziny)",
    ),
    "follows": ("Abonnenter", "Abonnés", "Suscriptores", "Abonnees", "Tilaajat", "Subskrybenci"),
    "impressions": ("Eksponeringer", "Impresiones", "Vertoningen"),
    "reactions": (
        "Likerklikk", "Gilla-markeringar", "„Mag ich“-Bewertungen", "J'aime",
        "Mentions J'aime", "Me gusta", "Tykkäykset",
    ),
    "comments": (
        "Kommentarer lagt til", "Tillagda kommentarer", "Tilføjede kommentarer",
        "Hinzugefügte Kommentare", "Commentaires ajoutés", "Comentarios añadidos",
        "Comentarios agregados", "Toegevoegde reacties", "Lisätyt kommentit", "Dodane komentarze",
    ),
    "shares": ("Delinger", "Delningar", "Partages", "Veces compartido", "Keer gedeeld", "Jaot"),
}  # fmt: skip
ALIASES = {name: SEEN[name] + UNVERIFIED.get(name, ()) for name in SEEN}
IGNORED = (
    "Duration", "Varaktighet", "Dauer", "Varighet", "Durée", "Duración", "Duur", "Kesto",
    "Engaged views", "Dislikes", "Likes (vs dislikes) (%)", "Likes (vs. dislikes) (%)",
    "Subscribers gained", "Subscribers lost", "Average view duration",
    "Genomsnittlig visningslängd", "Durchschnittliche Wiedergabedauer",
    "Average percentage viewed (%)", "Unique viewers", "Impressions click-through rate (%)",
    "Klickfrekvens för exponeringar (%)", "Klickrate der Impressionen (%)",
    "Klikkfrekvens for eksponeringer (%)",
)  # fmt: skip
DAYS = ("date", "datum", "dato", "fecha", "data", "päivämäärä")
TOTALS = ("total", "totalt", "gesamt", "i alt", "totaal", "yhteensä", "łącznie", "totale")


def keys(names: Iterable[str]) -> set[str]:
    """The names as they are compared."""
    return {name_key(name) for name in names}


ID_NAMES = keys(name for column in ("video", "title", "published") for name in ALIASES[column])
NAMES = keys(name for group in ALIASES.values() for name in group) | keys(IGNORED)
GUESSED = keys(name for group in UNVERIFIED.values() for name in group)
