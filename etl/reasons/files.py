"""What became of a file, and what its reader should know: code → bokmål with named values."""

from __future__ import annotations

FILES: dict[str, str] = {
    "saved_in_spreadsheet": "Filen er åpnet og lagret i Excel; enkelte tegn kan ha gått tapt.",
    "letters_lost": "Noen tegn i filen er skadd og er erstattet med �.",
    "row_in_one_cell": (
        "Filen er lagret fra et regneark med hver rad i én celle. Radene er pakket ut igjen, men "
        "tegn og linjeskift i tekstene kan ha gått tapt. Ta helst inn filen slik den ble lastet "
        "ned."
    ),
    "unclosed_quotation_mark": (
        "Filen er skadd: et anførselstegn er ikke lukket (linje {lines}). Radene under er lest "
        "hver for seg. Last helst ned filen på nytt."
    ),
    "file_is_cut": (
        "Det siste av innholdet mangler: filen er brutt, og den siste raden er ikke brukt. Last "
        "den ned på nytt."
    ),
    "json_key_repeated": (
        "{count} steder i filen står det samme feltet to ganger; det siste er brukt."
    ),
    "account_of_other_platform": (
        "Tittelen i filen sier {platform}, men kontoen som er oppgitt, er på {said}. Oppgi kontoen "
        "på {platform}."
    ),
    "overview_without_platform": (
        "Filen sier ikke om tallene gjelder Facebook eller Instagram, og ikke hvilken konto. Oppgi "
        "kontoen, eller legg filen i en mappe som «facebook/<kontonavn>»."
    ),
    "account_unknown": (
        "Filen sier ikke hvilken konto den gjelder. Legg den i en mappe «{platform}/<kontonavn>», "
        "eller oppgi kontoen."
    ),
    "partner_posts": (
        "{count} innlegg er publisert av en konto som ikke er kjent som kommunens, og er holdt "
        "utenfor. Er kontoen kommunens, legg den i registeret eller svar ja ved opplasting."
    ),
    "hidden_sheets": "Skjulte ark i arbeidsboken er ikke lest: {names}.",
    "all_ids_lost": (
        "ID-en er ødelagt av regnearket i alle rader: det holder bare 15 sifre. Last filen ned på "
        "nytt, og importer kolonnene med ID-er som tekst (Data → Fra tekst/CSV → Tekst) før du "
        "lagrer."
    ),
    "unreadable_numbers": (
        "{count} tall kan ikke leses og står som tomme: kolonnene {columns}, linje {lines}."
    ),
}
