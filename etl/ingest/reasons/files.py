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
        "Filen sier ikke hvilken tidssone klokkeslettene er skrevet i. De er lest som norsk tid."
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
    "our_fault": (
        "Filen kan ikke leses på grunn av en feil i Svarvakt, ikke i filen. Resten er "
        "lest inn. Meld fra til den som drifter Svarvakt; feilen står i loggen."
    ),
    "no_rows": (
        "Filen har ingen rader. Det sier ikke at kontoen er uten innlegg eller "
        "kommentarer: kontroller perioden og kontoen du valgte i eksporten."
    ),
    "no_usable_rows": ("Ingen av radene i filen kunne brukes. Se grunnene under avviste rader."),
    "dates_turned": (
        "Datoene i filen er endret av et regneark, og dag og måned kan ikke skilles "
        "sikkert. Last filen ned på nytt, og ta den inn uten å åpne den i et regneark "
        "først."
    ),
    "dates_two_ways": (
        "Datoene i filen kan leses på to måter: dag først eller måned først. Si hva som "
        "er riktig, eller last filen ned på nytt og ta den inn uten å åpne den i et "
        "regneark først."
    ),
    "format_untried": (
        "Formatet er laget etter beskrivelser og er ikke prøvd mot en ekte fil. "
        "Kontroller tallene mot det du ser på plattformen."
    ),
    "no_visibility": (
        "Filen sier ikke hvilke meldinger som er offentlige kommentarer og hvilke som er "
        "private. Private meldinger tas aldri inn. Eksporter på nytt med kolonnen for "
        "meldingstype."
    ),
    "file_without_platform": (
        "Filen sier ikke hvilken plattform den er fra. Oppgi kontoen, eller legg filen i "
        "en mappe «<plattform>/<kontonavn>»."
    ),
    "no_thread_links": (
        "Filen sier ikke hvilken kommentar et svar hører til. Svarene telles, men vi kan "
        "ikke si hvilke kommentarer som er besvart."
    ),
    "no_authors": (
        "Filen sier ikke hvem som har skrevet kommentarene. Da kan vi ikke skille "
        "kontoens egne svar fra andres."
    ),
    "x_without_comments": (
        "Kommentarer fra andre står ikke i noen eksport fra X. Svarandel og svartid kan "
        "ikke regnes ut."
    ),
    "linkedin_without_comments": (
        "LinkedIn gir bare antallet kommentarer, ikke tekstene. Hva som er besvart, kan ikke vises."
    ),
    "linkedin_competitors": (
        "Dette er LinkedIns sammenligning med andre sider. Den er ikke i bruk her. Ta "
        "inn filene fra Innhold, Følgere og Besøkende i stedet."
    ),
    "linkedin_profile": (
        "Dette er tall fra en personlig profil på LinkedIn. Bare bedriftssiden er i bruk "
        "her. Åpne siden som administrator, velg Analyser og eksporter derfra."
    ),
    "linkedin_only_new": (
        "LinkedIn gir nye følgere per dag. Hvor mange følgere siden har i alt, står ikke i filen."
    ),
    "overview_without_title": (
        "Over noen av tallene står det ingen tittel som sier hva de gjelder; filen er "
        "trolig skadd. Last den ned på nytt, og ta den inn uten å åpne den i et regneark "
        "først."
    ),
    "file_not_found": ("Filen finnes ikke."),
    "archive_damaged": ("Zip-arkivet eller arbeidsboken er skadd. Last filen ned på nytt."),
    "unknown_columns": ("Kolonner vi ikke kjenner: {columns}."),
}
