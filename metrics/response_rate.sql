-- M4, twice: numerator / denominator = all, needs_reply_… = what needs a reply.
-- The other counts say where the rest of what was received went; they add up.
CREATE VIEW metric_response_rate AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    count(*) AS received,
    count(*) FILTER (standing = 'class_none') AS class_none,
    count(*) FILTER (standing = 'cannot_link') AS cannot_link,
    count(*) FILTER (standing = 'claimed') AS claimed,
    count(*) FILTER (standing = 'not_due') AS not_due,
    count(*) FILTER (standing = 'mature' AND answered_how = 'registered') AS registered_answers,
    count(*) FILTER (standing = 'mature' AND is_answered) AS numerator,
    count(*) FILTER (standing = 'mature') AS denominator,
    count(*) FILTER (standing = 'mature' AND is_needing_reply AND is_answered)
        AS needs_reply_numerator,
    count(*) FILTER (standing = 'mature' AND is_needing_reply) AS needs_reply_denominator
FROM measured_items
GROUP BY ALL;

COMMENT ON VIEW metric_response_rate IS
'Svarandel: så mange av henvendelsene har fått et offentlig svar fra kontoen. Den vises to ganger: for alle henvendelser med innhold, og for dem som trenger svar. Bare henvendelser der fristen er gått ut, er med, enten de er besvart eller ikke. Emojier, rene navnetagger og søppelpost er ikke med. Henvendelser som ikke kan knyttes til en tråd, telles verken som besvart eller ubesvart. Et klikk på «liker», et automatisk svar eller et svar fra en annen innbygger er ikke et svar.';
