-- M13 (G6a). One line per account and ISO week in which something arrived.
CREATE OR REPLACE VIEW metric_monitored AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    week,
    first_received_at,
    looked_at,
    gap_working_seconds,
    (looked_at IS NOT NULL)::BIGINT AS numerator,
    1::BIGINT AS denominator
FROM watched_weeks;

COMMENT ON VIEW metric_monitored IS
'Overvåket: for uker der det kom noe til kontoen, hvor mange arbeidsdager det gikk før noen så det, og det lengste opphold. Et svar fra kontoen, en avgjørelse om en henvendelse eller «sett, ingenting nytt» viser at noen har sett det. Har ingen det ennå, løper tiden til den nyeste eksporten. Retningslinjene sier at kontoene overvåkes jevnlig, men ikke hvor ofte: et tall for det er et lokalt måltall.';
