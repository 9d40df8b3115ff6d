"""YouTube comments read off the page: their times are guesses (formats.md 9.2 b and c)."""

ESTIMATED = (
    "YouTube viser bare «for 3 uker siden», så tidspunktene i filen er anslag. Svartid og måned "
    "ville blitt feil. Hent kommentarene med YouTubes Data API i stedet."
)
