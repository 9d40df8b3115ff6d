-- M4, twice: numerator / denominator = all, needs_reply_… = what needs a reply.
-- The other counts say where the rest of what was received went; they add up.
CREATE OR REPLACE VIEW metric_response_rate AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    received,
    class_none,
    cannot_link,
    claimed,
    not_due,
    registered_answers,
    joined_answers,
    due_answered AS numerator,
    due AS denominator,
    due_need_answered AS needs_reply_numerator,
    due_need AS needs_reply_denominator
FROM month_counts;

COMMENT ON VIEW metric_response_rate IS
'Svarandel: så mange av henvendelsene har fått et offentlig svar fra kontoen. Den vises to ganger: for alle henvendelser med innhold, og for dem som trenger svar. Bare henvendelser der fristen er gått ut, er med, enten de er besvart eller ikke. Emojier, rene navnetagger og søppelpost er ikke med. Henvendelser som ikke kan knyttes til en tråd, telles verken som besvart eller ubesvart. Har en tråd flere kommentarer enn filene holder, er ingen av henvendelsene i den med, heller ikke de besvarte; de som kan være ubesvart, står i en egen liste. Et svar i samme minutt som kommentaren, eller opptil et døgn før den fordi en klokke går feil, besvarer den med én gang. Et klikk på «liker», et automatisk svar eller et svar fra en annen innbygger er ikke et svar. Et svar gitt et annet sted, en henvisning til saksbehandling og en avsluttet dialog teller når et menneske har registrert det, og vises også for seg; det gjør også et svar som et menneske har koblet til kommentaren. «Svart nå» holder henvendelsen utenfor andelen til en ny eksport viser svaret.';
