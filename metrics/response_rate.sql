-- M4, twice: numerator / denominator = all, needs_reply_… = what needs a reply.
-- The other counts say where the rest of what was received went; they add up.
CREATE VIEW metric_response_rate AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    sum(n)::BIGINT AS received,
    coalesce(sum(n) FILTER (standing = 'class_none'), 0)::BIGINT AS class_none,
    coalesce(sum(n) FILTER (standing = 'cannot_link'), 0)::BIGINT AS cannot_link,
    coalesce(sum(n) FILTER (standing = 'claimed'), 0)::BIGINT AS claimed,
    coalesce(sum(n) FILTER (standing = 'not_due'), 0)::BIGINT AS not_due,
    coalesce(sum(n) FILTER (standing = 'mature' AND is_registered_answer), 0)::BIGINT
        AS registered_answers,
    coalesce(sum(n) FILTER (standing = 'mature' AND is_answered), 0)::BIGINT AS numerator,
    coalesce(sum(n) FILTER (standing = 'mature'), 0)::BIGINT AS denominator,
    coalesce(sum(n) FILTER (standing = 'mature' AND is_needing_reply AND is_answered), 0)::BIGINT
        AS needs_reply_numerator,
    coalesce(sum(n) FILTER (standing = 'mature' AND is_needing_reply), 0)::BIGINT
        AS needs_reply_denominator
FROM item_months
GROUP BY ALL;

COMMENT ON VIEW metric_response_rate IS
'Svarandel: så mange av henvendelsene har fått et offentlig svar fra kontoen. Den vises to ganger: for alle henvendelser med innhold, og for dem som trenger svar. Bare henvendelser der fristen er gått ut, er med, enten de er besvart eller ikke. Emojier, rene navnetagger og søppelpost er ikke med. Henvendelser som ikke kan knyttes til en tråd, telles verken som besvart eller ubesvart. Et klikk på «liker», et automatisk svar eller et svar fra en annen innbygger er ikke et svar. Et svar gitt et annet sted, en henvisning til saksbehandling og en avsluttet dialog teller når et menneske har registrert det, og vises også for seg. «Svart nå» holder henvendelsen utenfor andelen til en ny eksport viser svaret.';
