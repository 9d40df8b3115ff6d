-- M1. Every item, whatever its class.
CREATE OR REPLACE VIEW metric_received AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    received,
    comments,
    visitor_posts,
    reviews,
    needing_reply AS numerator,
    received AS denominator
FROM month_counts;

COMMENT ON VIEW metric_received IS
'Innkommet: kommentarer, svar, innlegg og anmeldelser som andre har skrevet på kommunens kontoer, talt i måneden de kom. Det kommunen selv har skrevet, er ikke med. Samme kommentar telles én gang, uansett hvor mange eksporter den står i. Teller: de som trenger svar. Nevner: alle innkomne.';
