-- M1. Item grain summed to account x month.
CREATE VIEW metric_received AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    count(*) AS received,
    count(*) FILTER (item_kind = 'comment') AS comments,
    count(*) FILTER (item_kind = 'visitor_post') AS visitor_posts,
    count(*) FILTER (item_kind = 'review') AS reviews,
    count(*) FILTER (is_needing_reply) AS numerator,
    count(*) AS denominator
FROM measured_items
GROUP BY ALL;

COMMENT ON VIEW metric_received IS
'Innkommet: kommentarer, svar, innlegg og anmeldelser som andre har skrevet på kommunens kontoer, talt i måneden de kom. Det kommunen selv har skrevet, er ikke med. Samme kommentar telles én gang, uansett hvor mange eksporter den står i. Teller: de som trenger svar. Nevner: alle innkomne.';
