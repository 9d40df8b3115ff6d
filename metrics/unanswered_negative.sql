-- M8. Class none is left out: a person or a rule has said that no answer is needed.
CREATE VIEW metric_unanswered_negative AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    coalesce(sum(n) FILTER (NOT is_answered AND is_tone_confirmed), 0)::BIGINT AS confirmed,
    coalesce(sum(n) FILTER (NOT is_answered AND NOT is_tone_confirmed), 0)::BIGINT AS suggested,
    coalesce(sum(n) FILTER (NOT is_answered AND standing = 'mature'), 0)::BIGINT AS overdue,
    coalesce(sum(n) FILTER (NOT is_answered AND standing = 'mature' AND is_tone_confirmed), 0)::BIGINT
        AS confirmed_overdue,
    coalesce(sum(n) FILTER (is_open_over_one_month), 0)::BIGINT AS over_one_month,
    coalesce(sum(n) FILTER (NOT is_answered), 0)::BIGINT AS numerator,
    sum(n)::BIGINT AS denominator
FROM item_months
WHERE is_negative AND standing IN ('mature', 'not_due')
GROUP BY ALL;

COMMENT ON VIEW metric_unanswered_negative IS
'Ubesvarte negative: negative henvendelser som kontoen ikke har svart på, og der ingen har registrert et svar gitt et annet sted. Vi skiller mellom dem et menneske har bekreftet at er negative, og dem som er en maskinell vurdering. Teller: de ubesvarte. Nevner: alle negative. Hvor mange negative henvendelser en konto får, er ikke et mål på hvor godt den drives.';
