"""What became of a row that was not used: code → bokmål, with at most one value."""

from __future__ import annotations

# Rows that could not be used.
REJECTED = {
    "too_many_fields": "Raden har flere felt enn overskriften.",
    "text_for_number": "Et av tallene kan ikke leses: {column}.",
    "comment_without_id": "Kommentaren mangler id.",
    "post_without_id": "Innlegget mangler id.",
    "no_published_time": "Publiseringstiden mangler eller kan ikke leses.",
    "post_repeated": "Innlegget står flere ganger i filen. Den første raden er brukt.",
    "post_without_time": "Innlegget mangler et tidspunkt vi kan lese.",
    "video_repeated": "Videoen står flere ganger i filen. Den første raden er brukt.",
    "private_message": "Privat melding: slike tas ikke inn.",
    "not_public": "Privat melding, eller bare for følgere: slike tas ikke inn.",
    "comment_without_time": "Kommentaren mangler et tidspunkt vi kan lese.",
    "comment_time_unknown_form": (
        "Tidspunktet kan ikke leses med sikkerhet. Det er skrevet slik: «{form}»."
    ),
    "reply_before_comment": (
        "Svaret er datert mer enn et døgn før kommentaren det svarer på, og besvarer den ikke."
    ),
    "post_id_and_link_lost": (
        "Innleggets ID mangler eller er ødelagt av et regneark, og lenken kan ikke brukes i stedet."
    ),
    "no_day": "Datoen mangler eller kan ikke leses.",
    "day_repeated": "Dagen står flere ganger i filen. Den første raden er brukt.",
    "no_video_id": "Videoens ID mangler eller er ikke en video-ID.",
    "unreadable_number": "Tallet kan ikke leses.",
    "wrong_sum": "Summen av reaksjoner, kommentarer og delinger stemmer ikke.",
    "from_group": "Skrevet i en gruppe: slikt tas ikke inn.",
    "row_repeated": "Raden står flere ganger i filen. Den første er brukt.",
    "no_direction": "Raden sier ikke om kontoen eller noen andre skrev den.",
    "no_row_kind": "Raden sier ikke om den er et innlegg eller en kommentar.",
    "no_platform": "Plattformen mangler eller er ukjent.",
    "message_without_id": "Meldingen mangler id.",
    "message_without_time": "Meldingen mangler et tidspunkt vi kan lese.",
    "video_link_broken": "Lenken til videoen mangler eller er ikke hel.",
    "comment_id_unreadable": "Kommentarens ID mangler eller kan ikke leses.",
    "comment_id_and_link_lost": (
        "Kommentarens ID mangler eller er ødelagt av et regneark, og lenken kan ikke "
        "brukes i stedet."
    ),
    "comment_repeated": "Kommentaren står flere ganger i filen. Den første raden er brukt.",
    "comment_without_clock": (
        "Kommentaren har dato, men ikke klokkeslett. Svartiden ville blitt feil."
    ),
    "channel_id_unreadable": "Kanalens ID mangler eller kan ikke leses.",
    "internal_note": "Internt notat: slike tas ikke inn.",
    "no_number_in_link": "Innleggets nummer mangler i lenken.",
    "post_id_lost": "Innleggets ID mangler eller er ødelagt.",
    "not_a_post_id": "Innleggets ID er ikke en ID. Et regneark kan ha ødelagt den.",
    "campaign_row": "Innlegget står flere ganger i filen. Raden uten kampanje er brukt.",
    "post_without_id_and_link": "Innlegget mangler ID og lenke.",
    "post_time_unreadable": "Innlegget har et tidspunkt vi ikke kan lese.",
    "not_a_video": "Dette er ikke en video på YouTube.",
    "day_unreadable": "Datoen kan ikke leses.",
    "implausible_time": "Tidspunktet kan ikke stemme.",
    "cut_row": "Filen er brutt: raden er kuttet før den var ferdig.",
    "id_lost_in_spreadsheet": (
        "ID-en er ødelagt av regnearket, som bare holder 15 sifre. Last filen ned på nytt, "
        "og importer kolonnen som tekst før du lagrer."
    ),
    "meta_error": "Meta kunne ikke hente denne raden: «{error}». Eksporter på nytt senere.",
    "platform_of_block_unknown": "Raden sier ikke hvilken plattform den gjelder.",
}
# Rows that hold nothing to use.
PASSED_OVER = {
    "empty_row": "Raden er tom.",
    "repeated_header": "Overskriften står en gang til.",
    "totals_row": "Raden er en sum av de andre.",
    "note_row": "Raden er en merknad fra plattformen.",
    "explanation_row": "Raden forklarer kolonnene.",
    "block_heading": "Raden er en overskrift.",
    "nothing_measured": "Dagen har ingen tall.",
    "placeholder_row": "Raden er en tom plass uten innlegg.",
    "bookkeeping_row": "Raden er verktøyets egen, ikke et innlegg eller en kommentar.",
    "automatic_message": "Automatisk melding eller hendelse fra verktøyet.",
    "own_example": "Raden er eksempelet i den tomme tabellen.",
    "companion": "Raden hører til en tabell som ikke brukes.",
    "repeated_in_file": "Meldingen står flere ganger i filen og er telt én gang.",
    "others_thread": "Meldingen er verken skrevet av kontoen eller til den.",
    "shared_post": "Kontoen har delt noe andre har skrevet.",
    "not_a_message": "Delen av filen er ikke et innlegg eller en kommentar.",
    "estimated_time": "Kommentaren har bare et anslått tidspunkt.",
    "partner_post": (
        "Innlegget er publisert sammen med en annen konto, som ikke er regnet som kommunens."
    ),
    "unaccounted": (
        "Raden er ikke brukt, og Svarvakt kan ikke si hvorfor. Meld fra til den som "
        "drifter Svarvakt."
    ),
}
ROWS = REJECTED | PASSED_OVER
