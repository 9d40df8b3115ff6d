-- M8. Class none is left out: a person or a rule has said that no answer is needed.
CREATE OR REPLACE VIEW metric_unanswered_negative AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    negative_confirmed AS confirmed,
    negative_open - negative_confirmed AS suggested,
    negative_was_due AS due,
    negative_due AS overdue,
    negative_confirmed_due AS confirmed_overdue,
    negative_over_one_month AS over_one_month,
    negative_open AS numerator,
    negative AS denominator
FROM month_counts
WHERE negative > 0;

COMMENT ON VIEW metric_unanswered_negative IS
'Ubesvarte negative: negative henvendelser som kontoen ikke har svart på, og der ingen har registrert et svar gitt et annet sted. Vi skiller mellom dem et menneske har bekreftet at er negative, og dem som er en maskinell vurdering. Teller: de ubesvarte. Nevner: alle negative. Hvor mange negative henvendelser en konto får, er ikke et mål på hvor godt den drives.';
