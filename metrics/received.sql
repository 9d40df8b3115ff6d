-- M1. Every item, whatever its class.
CREATE VIEW metric_received AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    sum(n)::BIGINT AS received,
    coalesce(sum(n) FILTER (item_kind = 'comment'), 0)::BIGINT AS comments,
    coalesce(sum(n) FILTER (item_kind = 'visitor_post'), 0)::BIGINT AS visitor_posts,
    coalesce(sum(n) FILTER (item_kind = 'review'), 0)::BIGINT AS reviews,
    coalesce(sum(n) FILTER (is_needing_reply), 0)::BIGINT AS numerator,
    sum(n)::BIGINT AS denominator
FROM item_months
GROUP BY ALL;

COMMENT ON VIEW metric_received IS
'Innkommet: kommentarer, svar, innlegg og anmeldelser som andre har skrevet på kommunens kontoer, talt i måneden de kom. Det kommunen selv har skrevet, er ikke med. Samme kommentar telles én gang, uansett hvor mange eksporter den står i. Teller: de som trenger svar. Nevner: alle innkomne.';
