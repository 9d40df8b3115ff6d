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
    "error_from_meta": (
        "Dette er en feilmelding fra Meta, ikke data: spørringen ble avvist. Rett nøkkelen eller "
        "feltene det er spurt etter, og hent på nytt."
    ),
    "error_from_interface": (
        "Dette er en feilmelding fra plattformen, ikke data: spørringen ble avvist. Rett det den "
        "spør etter, og hent på nytt."
    ),
    "profile_download": (
        "Dette er innleggene fra «Last ned informasjonen din» for en profil. De har ingen ID-er, "
        "og en persons profil tas aldri inn. Hent sidens innlegg i Meta Business Suite: Innsikt → "
        "Innhold → Eksporter data."
    ),
    "youtube_table_of_others": (
        "Dette er YouTube Studios tabell per «{column}», ikke per video. Velg fanen Innhold før du "
        "laster ned, og ta inn «Table data.csv»."
    ),
    "table_of_audience": (
        "Filen viser hvem følgerne eller seerne er, i andeler og etter sted, alder eller kjønn. "
        "Det brukes ikke her. Ta inn tallene per dag i stedet, for eksempel «Reach.csv» eller "
        "«Views.csv»."
    ),
    "comments_without_ids": (
        "Kommentarene har verken ID eller tidspunkt, så svar kan ikke knyttes til dem. Eksporter "
        "på nytt og ta med alle feltene (All fields)."
    ),
    "dated_ahead": "Filen er datert frem i tid. Den regnes som hentet nå.",
    "no_time_zone": (
        "Filen sier ikke hvilken tidssone klokkeslettene er skrevet i. De er lest som {zone}."
    ),
    "known_by_words": (
        "Filen har ikke ID-er for {count} av kommentarene. De kjennes igjen på konto, innlegg, "
        "tidspunkt og tekst, så en rettet tekst blir en ny kommentar."
    ),
    "no_figures_read": (
        "Innleggene er kjent igjen, men ingen tall er lest; bytt språk til engelsk på plattformen "
        "og eksporter på nytt."
    ),
    "title_not_used": (
        "Tallene under tittelen «{title}» brukes ikke her. Vi bruker Reach, Views, Content "
        "interactions, Follows, Visits og Link clicks: last ned en av dem i stedet."
    ),
    "title_unknown": (
        "Vi vet ikke hva tallene under tittelen «{title}» gjelder. Bytt språk til engelsk i Meta "
        "Business Suite og eksporter på nytt. Vi bruker Reach, Views, Content interactions, "
        "Follows, Visits og Link clicks."
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
