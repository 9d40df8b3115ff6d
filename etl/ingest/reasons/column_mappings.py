"""What is wrong with a column mapping that a person made: code → bokmål with named values."""

from __future__ import annotations

COLUMN_MAPPINGS: dict[str, str] = {
    "mapping_unknown_reason": "«{name}» er ingen setning vi kjenner.",
    "template_too_large": "Malen har for mange eller for lange kolonnenavn. Velg færre kolonner.",
    "mapping_unknown_key": "Malen har et felt vi ikke kjenner: «{key}».",
    "mapping_lacks_key": "Malen mangler «{key}».",
    "mapping_not_text": "«{key}» må være tekst.",
    "mapping_not_switch": "«{key}» må være sann eller usann.",
    "mapping_not_list": "«{key}» må være en liste med tekster.",
    "mapping_not_table": "«{key}» må ha en liste med navn for hvert felt.",
    "mapping_two_orders": (
        "Datoene kan ikke være både dag først og måned først. Velg én rekkefølge."
    ),
    "mapping_no_zone": "Tidssonen «{zone}» finnes ikke. Skriv for eksempel «Europe/Oslo».",
    "mapping_unknown_field": "«{field}» er ikke et felt vi kan lese. Velg blant: {fields}.",
    "mapping_field_unnamed": "Feltet «{field}» mangler navnet på kolonnen.",
    "mapping_required_absent": "«{field}» er påkrevd, men har ingen kolonne.",
    "mapping_nothing_required": "Malen må si hvilke kolonner som er påkrevd.",
    "mapping_column_twice": "Kolonnen «{column}» er brukt til både «{first}» og «{second}».",
    "mapping_not_among": "«{key}» må være en av {choices}.",
    "mapping_unknown_platform": (
        "Plattformen «{platform}» er ikke en vi kjenner. Velg blant: {platforms}."
    ),
    "mapping_finds_no_columns": (
        "Kolonnene er ikke i denne filen, eller raden med navnene står lenger ned enn rad 10."
    ),
    "mapping_no_time": "Si hvilken kolonne som holder tidspunktet.",
    "mapping_no_text": "Si hvilken kolonne som holder teksten.",
    "mapping_no_post": "Si hvilken kolonne som holder innleggets ID eller lenke.",
    "mapping_no_kind": (
        "Si hvordan vi skiller innlegg fra kommentarer: en kolonne for det, eller en ID."
    ),
    "mapping_unknown_meaning": "«{meaning}» er ikke noe et ord kan bety. Velg blant: {meanings}.",
    "mapping_words_without_column": "Ordene for «{meaning}» trenger en kolonne for «{field}».",
    "mapping_no_own_words": "Si hvilke ord som betyr at kontoen selv har skrevet.",
    "mapping_no_visibility": "Si hvilke ord som betyr at meldingen er offentlig eller privat.",
    "mapping_pattern": (
        "Datoformatet «{pattern}» kan ikke brukes. Skriv for eksempel «%d.%m.%Y %H:%M»."
    ),
}
