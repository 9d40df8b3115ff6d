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
    "workbook_locked": (
        "Arbeidsboken er låst med passord. Fjern passordet i Excel og ta den inn på nytt."
    ),
    "workbook_damaged": "Arbeidsboken er skadd og kan ikke åpnes. Last den ned på nytt.",
    "workbook_bomb": "Arbeidsboken pakker seg ut til altfor mye data og er ikke lest.",
    "workbook_of_other_kind": (
        "Arbeidsboken er lagret i et annet format enn «.xlsx». Lagre den som «.xlsx» i "
        "Excel og ta den inn på nytt."
    ),
    "workbook_too_wide": (
        "Et ark i arbeidsboken strekker seg over altfor mange rader og kolonner, trolig "
        "fordi det står noe i en celle langt utenfor tabellen. Lagre bare tabellen i en "
        "ny arbeidsbok, eller som CSV."
    ),
    "several_formats": "Filen passer til flere formater ({names}), og vi gjetter ikke.",
    "file_went_away": "Filen ble borte mens den ble lest. Legg den tilbake og les inn på nytt.",
    "zip_in_zip": "Zip-arkivet ligger inni et annet. Pakk det ut, og ta inn filene som er i det.",
    "no_ordinary_file": "Dette er ingen vanlig fil.",
    "file_too_large": (
        "Filen er på {size} MB, og vi leser høyst {most} MB om gangen. Eksporter en "
        "kortere periode."
    ),
    "zip_member_damaged": "Filen i zip-arkivet er skadd eller låst.",
    "zip_of_too_many": "Zip-arkivet har {count} filer; vi tar høyst {most}.",
    "zip_bomb": "Zip-arkivet pakker seg ut til altfor mye data og er ikke lest.",
    "no_rows_and_columns": (
        "Filen lar seg ikke dele i rader og kolonner. Last den ned på nytt fra "
        "plattformen, og ta den inn uten å åpne og lagre den i et regneark først."
    ),
    "json_damaged": "Filen er skadd: JSON-teksten i den kan ikke leses. Hent den på nytt.",
    "json_of_other_shape": (
        "Filen har en annen form enn ventet: fant {found} der det skulle stått {expected}."
    ),
    "json_text_for_number": (
        "Filen har en annen form enn ventet: fant tekst der det skulle stått et tall."
    ),
    "json_cut": "Filen er ikke hel: JSON-teksten er brutt ved tegn {where}. Hent den på nytt.",
    "json_of_no_known_shape": "Filen kan ikke leses som JSON i den formen dette formatet har.",
    "comments_of_several_accounts": (
        "Filen har kommentarer fra flere enn én konto, og kan ikke brukes."
    ),
    "download_names_no_account": (
        "Filen sier ikke hvilken konto den gjelder. Den må være lastet ned for kommunens "
        "egen konto, aldri for en ansatts profil. Legg den i en mappe "
        "«<plattform>/<kontonavn>», eller oppgi kontoen."
    ),
    "own_answers_only": (
        "Filen har bare svarene kontoen selv har skrevet, uten det de svarer på. De "
        "telles per dag. Er de samme svarene også lest inn fra en annen kilde, telles de "
        "to ganger."
    ),
    "insights_without_ids": (
        "Filen har måltall for innlegg uten innleggenes id, så tallene kan ikke knyttes "
        "til noe innlegg. Bruk eksporten av innhold fra Meta Business Suite."
    ),
    "chart_beside_videos": (
        "Brukes ikke: dette er tallene bak diagrammet i YouTube Studio. Videoene er lest "
        "fra tabellen i samme mappe."
    ),
    "videos_cut_at_500": (
        "Listen er ufullstendig: YouTube Studio gir høyst 500 videoer. Velg en kortere "
        "periode, eller last ned i flere deler."
    ),
    "period_not_in_folder": (
        "Perioden tallene gjelder, står ikke i navnet på mappen. Ta inn mappen eller "
        "zip-filen slik den ble lastet ned."
    ),
    "measures_not_ticked": (
        "Likerklikk, kommentarer eller delinger mangler. Kryss av for Likes, Comments "
        "added og Shares i YouTube Studio før du laster ned."
    ),
    "untried_names_youtube": (
        "Noen kolonner har navn som ikke er prøvd mot en ekte fil. Kontroller tallene, "
        "eller last ned på nytt med engelsk som språk i YouTube."
    ),
    "rows_per_day": (
        "Filen har én rad per innlegg per dag. Velg «Lifetime» (hele levetiden) i stedet "
        "for «Daily» (daglig) når du eksporterer, så hvert innlegg står på én rad."
    ),
    "shifted_columns": (
        "Tallene står i feil kolonner: summen av reaksjoner, kommentarer og delinger "
        "stemmer ikke, eller det står tekst der det skulle stått tall. Det skjer når "
        "flere eksporter er limt sammen i et regneark. Ta inn hver eksport for seg, slik "
        "den kom fra Meta."
    ),
    "found_by_position_meta": (
        "Kolonnene har navn vi ikke kjenner, og er funnet ved plasseringen. Kontroller "
        "tallene, eller eksporter på nytt med engelsk som språk i Meta Business Suite."
    ),
    "ids_broken_rescued": (
        "Et regneark har ødelagt ID-en til {count} innlegg. De er kjent igjen på lenken, "
        "og kan ikke kobles med kommentarer fra andre filer."
    ),
    "views_empty": (
        "Visninger er tomme for alle innlegg, selv om de har nådd folk. De er ikke tatt "
        "med. Eksporter på nytt med standardkolonnene for å få dem."
    ),
    "clicks_left_out": "Klikkene er ikke tatt med: delene stemmer ikke med summen.",
    "untried_names_norwegian": (
        "Kolonnene har norske navn som ikke er prøvd mot en ekte fil. Kontroller tallene."
    ),
    "unknown_json_damaged": "Ukjent format: JSON-filen er skadd. Hent den på nytt.",
    "unknown_json": (
        "Ukjent format: JSON med feltene {fields}. Vi kan lese JSON fra plattformenes "
        "egne grensesnitt og arkiver. «Slik henter du filene» viser hva som kan hentes "
        "fra hver plattform."
    ),
    "unknown_json_without_fields": (
        "Ukjent format: JSON uten felt vi kjenner. «Slik henter du filene» viser hva som "
        "kan hentes fra hver plattform."
    ),
    "unknown_text": (
        "Ukjent format: tekst med første linje «{line}». Er det en tabell med innlegg "
        "eller kommentarer, kan du fortelle hva kolonnene er på siden «Import og "
        "datagrunnlag»."
    ),
    "unknown_workbook": (
        "Ukjent format: en arbeidsbok med arkene {sheets}. Er det en tabell med innlegg "
        "eller kommentarer, lagre arket som CSV og fortell hva kolonnene er på siden "
        "«Import og datagrunnlag»."
    ),
    "unknown_empty": "Filen er tom.",
    "unknown_other": (
        "Ukjent format: verken tekst, JSON eller en arbeidsbok. Ventet en eksport som "
        "CSV, Excel eller JSON fra plattformen."
    ),
    "looks_like_format": (
        "Filen ligner «{format}», men kan ikke leses. Last den ned på nytt, slik "
        "plattformen gir den; «Slik henter du filene» viser hvordan."
    ),
    "file_unreadable": "Filen kan ikke leses ({cause}).",
    "found_by_position_linkedin": (
        "Kolonnene har navn vi ikke kjenner, og er funnet ved plasseringen. Kontroller "
        "tallene, eller bytt språk til engelsk i LinkedIn og eksporter på nytt."
    ),
    "linkedin_page_views": (
        "Besøk er sidevisninger. Unike besøkende per dag kan ikke legges sammen og er "
        "ikke tatt med."
    ),
    "own_comments_only": (
        "Filen har bare det kontoen selv har skrevet, også under andres videoer. "
        "Kommentarer fra andre mangler, så ubesvarte kan ikke finnes med denne filen "
        "alene."
    ),
    "threads_not_told": "Filen sier ikke hvilken tråd hver kommentar hører til.",
    "post_not_told": (
        "Filen sier ikke hvilket innlegg kommentarene står under, så de kan ikke vises "
        "sammen med innlegget."
    ),
    "archive_of_own_posts": (
        "Arkivet har bare det kontoen selv har skrevet. Svarene til andre kan telles, men"
        " ikke knyttes til det de svarer på; hent «context» for innleggene i tillegg."
    ),
    "estimated_times": (
        "YouTube viser bare «for 3 uker siden», så tidspunktene i filen er anslag. "
        "Svartid og måned ville blitt feil. Hent kommentarene med YouTubes Data API i "
        "stedet."
    ),
    "tiktok_audience": "Brukes ikke: filen beskriver hvem følgerne er, ikke hva kontoen har gjort.",
    "tiktok_audience_alone": (
        "Brukes ikke: filen beskriver hvem følgerne er, ikke hva kontoen har gjort. Ta "
        "inn «Overview» eller «FollowerHistory» i stedet."
    ),
    "tiktok_year_guessed": (
        "TikTok skriver dager uten år. Året er regnet ut fra når filen er laget: {day}. "
        "Er det feil, oppgi tidspunktet for eksporten."
    ),
    "sheets_not_read": "Disse arkene er ikke lest: {sheets}.",
    "download_private_messages": (
        "Filen er fra «Last ned informasjonen din» og har private meldinger. Slikt tas "
        "ikke inn: bare det som er skrevet åpent på kontoen."
    ),
    "download_group_posts": (
        "Filen er fra «Last ned informasjonen din» og har innlegg i grupper. Slikt tas "
        "ikke inn: bare det som er skrevet åpent på kontoen."
    ),
    "download_group_comments": (
        "Filen er fra «Last ned informasjonen din» og har kommentarer i grupper. Slikt "
        "tas ikke inn: bare det som er skrevet åpent på kontoen."
    ),
    "download_groups": (
        "Filen er fra «Last ned informasjonen din» og har grupper kontoen er med i. Slikt"
        " tas ikke inn: bare det som er skrevet åpent på kontoen."
    ),
    "facebook_inbox": (
        "Filen har private meldinger fra innboksen. Slikt tas ikke inn: hent innlegg og "
        "kommentarer («posts» med «comments»), aldri «conversations»."
    ),
    "facebook_group": (
        "Filen er fra en gruppe. Grupper tas ikke inn: de kan være lukket, og det står "
        "ikke i filen. Hent innlegg og kommentarer fra kommunens egen side."
    ),
    "exportcomments_without_ids": (
        "ID-ene til kommentarene mangler: de står bare i lenkene i arbeidsboken fra "
        "ExportComments. Kommentarene kan ikke kjennes igjen i andre filer. Ta helst inn "
        "arbeidsboken slik den kom."
    ),
    "exportcomments_without_post": (
        "Adressen i filen er ikke et innlegg. Kommentarene er tatt inn, men hører ikke "
        "til noe innlegg."
    ),
    "time_zone_unknown": (
        "Filen sier at tidene er i tidssonen «{zone}», og den kjenner vi ikke. Velg UTC "
        "når du eksporterer."
    ),
    "meta_audience": (
        "Filen har prosenter om publikum (alder, kjønn, byer og land), ikke tall per dag."
        " Den er ikke i bruk her. Ta inn for eksempel «Reach.csv» eller «Views.csv» i "
        "stedet."
    ),
    "title_untried": (
        "Tittelen «{title}» er tolket uten at den er prøvd mot en ekte fil. Kontroller tallene."
    ),
    "title_from_file_name": (
        "Vi kjenner ikke tittelen «{title}». Hva tallene gjelder, er lest av filnavnet. "
        "Kontroller tallene."
    ),
    "mastodon_thread_of_others": (
        "Tråden er startet av noen andre enn kontoen, og kontoen har ikke svart i den. "
        "Hent «context» for kontoens egne innlegg."
    ),
    "mastodon_own_only": (
        "Filen har bare det kontoen selv har skrevet. Hent «context» for innleggene i "
        "tillegg, så følger kommentarene med."
    ),
    "youtube_chart_days": (
        "Dette er tallene per dag bak diagrammet i YouTube Studio, ikke videoene. Ta inn "
        "«Table data.csv» («Tabelldata.csv») fra den samme mappen."
    ),
    "youtube_api_other_kind": (
        "Filen er fra YouTubes Data API, men er «{kind}», ikke kommentarer. Hent "
        "«commentThreads» for kanalen."
    ),
    "facebook_insights_page_level": (
        "Dette er tall per dag for hele siden fra det gamle Facebook Insights, ikke "
        "innleggene. De er ikke i bruk her. Ta inn «Facebook Insights Data Export (Post "
        "Level)» i stedet."
    ),
    "reactions_sheet_missing": (
        "Reaksjoner, kommentarer og delinger mangler: filen har ikke arket «Lifetime Post"
        " Stories by action type»."
    ),
    "reactions_empty": (
        "Noen innlegg har tomme felt for reaksjoner, kommentarer eller delinger. Tomt er "
        "lest som ukjent, ikke som 0."
    ),
    "tiktok_dates_rewritten": (
        "Datoene i filen er endret av et regneark. Last filen ned på nytt fra TikTok "
        "Studio, og ta den inn uten å åpne og lagre den i et regneark først."
    ),
    "x_own_replies": (
        "Rader som begynner med «@»: {count}. De er tatt som egne svar, og tallene deres "
        "er holdt utenfor innleggene. Filen sier ikke hvem de svarer."
    ),
    "x_ids_rescued": (
        "Et regneark har ødelagt ID-en på {count} av radene. Den er hentet fra lenken."
    ),
    "bluesky_thread_of_others": (
        "Tråden er startet av noen andre enn kontoen, og kontoen har ikke svart i den. "
        "Hent trådene under kontoens egne innlegg."
    ),
    "bluesky_own_only": (
        "Filen har det kontoen selv har skrevet, og det den svarer på. Kommentarer uten "
        "svar står ikke her; hent «getPostThread» for innleggene i tillegg."
    ),
    "tiktok_not_all_videos": (
        "TikTok lister ikke alltid alle videoene. Andre eksporter av samme konto kan ha flere."
    ),
    "instagram_insights_alone": (
        "Filen har bare måltall (insights) for ett innlegg, uten innlegget selv. Hent "
        "innleggene med «insights» som ett av feltene, eller bruk eksporten fra Meta "
        "Business Suite."
    ),
    "zeeschuimer_account": (
        "Filen har meldinger fra mange kontoer og sier ikke hvilken som er kommunens. "
        "Legg den i en mappe «threads/<kontonavn>», eller oppgi kontoen."
    ),
    "zeeschuimer_no_parents": (
        "Zeeschuimer lagrer det som har stått på skjermen, og ikke hva et svar svarer på."
        " Svarene kan telles, men ikke knyttes til kommentarer."
    ),
    "facepager_column_missing": (
        "Kolonnen «{column}» mangler i filen fra Facepager. Kryss av for message, "
        "created_time, from.id, from.name, parent.id og is_hidden før du eksporterer."
    ),
    "yt_dlp_comments": "Kommentarer som ikke er lest inn: {count}.",
    "apify_ordered_length": (
        "Listen er så lang som den ble bestilt hos apify. Kommentarer utenfor grensen er ikke med."
    ),
    "apify_instagram_replies": (
        "Svarene er med bare når filen er lastet ned som JSON og svar er bestilt hos apify."
    ),
    "apify_instagram_links": (
        "Filen kjenner innlegget på lenken. Kommentarene kan ikke kobles til tallene for innlegget."
    ),
    "apify_tiktok_replies": (
        "Svarene er med bare når de er bestilt hos apify. Listen er så lang som den ble bestilt."
    ),
    "chatwoot_public_only": (
        "Meldinger er tatt inn bare der kolonnen for kanal sier at samtalen er en "
        "offentlig kommentar."
    ),
    "video_not_told": "Filen sier ikke hvilken video kommentarene hører til.",
}
