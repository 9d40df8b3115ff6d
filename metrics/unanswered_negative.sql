-- M8. Class none is left out: a person or a rule has said that no answer is needed.
CREATE VIEW metric_unanswered_negative AS
WITH
negative AS (
    SELECT
        i.*,
        coalesce(i.tone_confirmed, false) AS is_confirmed,
        (i.received_at AT TIME ZONE 'Europe/Oslo') + INTERVAL 1 MONTH
            <= coalesce(a.comments_as_of, a.as_of, m.as_of) AT TIME ZONE 'Europe/Oslo'
            AS is_over_one_month
    FROM measured_items AS i
    CROSS JOIN measured_on AS m
    LEFT JOIN accounts AS a ON a.account_id = i.account_id
    WHERE i.tone = 'negative' AND i.standing IN ('mature', 'not_due')
)
SELECT
    account_id,
    unit_id,
    platform,
    month,
    count(*) FILTER (NOT is_answered AND is_confirmed) AS confirmed,
    count(*) FILTER (NOT is_answered AND NOT is_confirmed) AS suggested,
    count(*) FILTER (NOT is_answered AND standing = 'mature') AS overdue,
    count(*) FILTER (NOT is_answered AND standing = 'mature' AND is_confirmed)
        AS confirmed_overdue,
    count(*) FILTER (NOT is_answered AND is_over_one_month) AS over_one_month,
    count(*) FILTER (NOT is_answered) AS numerator,
    count(*) AS denominator
FROM negative
GROUP BY ALL;

COMMENT ON VIEW metric_unanswered_negative IS
'Ubesvarte negative: negative henvendelser som kontoen ikke har svart på. Vi skiller mellom dem et menneske har bekreftet at er negative, og dem som er en maskinell vurdering. Teller: de ubesvarte. Nevner: alle negative. Hvor mange negative henvendelser en konto får, er ikke et mål på hvor godt den drives.';
