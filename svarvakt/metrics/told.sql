-- M15. One line per known account; the month is the one it was opened in, where that is known.
CREATE OR REPLACE VIEW metric_told AS
SELECT
    a.account_id,
    a.unit_id,
    a.platform,
    coalesce(date_trunc('month', a.opened_on)::DATE, m.month) AS month,
    coalesce(a.is_registered, false) AS is_registered,
    a.told_how,
    CASE
        WHEN a.told_how = 'date' THEN date_diff('day', a.opened_on, a.told_on)
    END AS days_to_told,
    coalesce(a.told_how IN ('date', 'declared'), false)::BIGINT AS numerator,
    1::BIGINT AS denominator
FROM accounts AS a
CROSS JOIN measured_on AS m;

COMMENT ON VIEW metric_told IS
'Meldt: kontoer som kommunikasjonsavdelingen har fått melding om, av alle kjente kontoer, og antall dager fra kontoen ble opprettet til den ble meldt. Kontoer som var kjent fra før, med ukjent dato for melding, teller som meldt og vises for seg. Er en dato ukjent, regnes ingen dager.';
